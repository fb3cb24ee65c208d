"""From an upload to a row with its blob. The checks come first and write nothing."""

from __future__ import annotations

import io
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO

from PIL import Image

from cms.core.upload_checks import CLIPS, DOCUMENTS, SOUNDS, WEBP, FileType, check_upload
from media.library import blobs, marking, recording_marks
from media.library.hidden_cards import card_in_clip, card_in_document
from media.library.identity_cards import shows_identity_card
from media.library.likeness import picture_hash
from media.library.models import LibraryDocument, LibraryImage, LibraryMedia
from media.library.pictures import clean_picture
from media.library.recording_notes import without_notes
from media.library.recordings import Recording, frame_of, look_at
from media.library.similar import note_look, stored_look


@dataclass(slots=True)
class CheckedPicture:
    """A picture drawn again, ready to be kept."""

    content: BinaryIO
    kind: FileType
    size: tuple[int, int]
    shows_identity_card: bool = False


@dataclass(slots=True)
class CheckedRecording:
    """A clip or sound that plays to its end; a clip brings a frame of itself."""

    content: BinaryIO
    kind: FileType
    found: Recording
    poster: CheckedPicture | None
    shows_identity_card: bool = False


@dataclass(slots=True)
class CheckedDocument:
    """A document that is what it says and carries nothing that runs."""

    content: BinaryIO
    kind: FileType
    shows_identity_card: bool = False


def check_picture(file: BinaryIO, field: str, name: str) -> CheckedPicture:
    """Raises UploadRefused (see `clean_picture`)."""
    content, kind, size = clean_picture(file, field, name)
    return CheckedPicture(content, kind, size, shows_identity_card(content))


def check_recording(file: BinaryIO, field: str, name: str, *, moving: bool) -> CheckedRecording:
    """Check a clip (`moving`) or a sound. Raises UploadRefused when it is not one, or is cut off."""
    kind = check_upload(file, CLIPS if moving else SOUNDS, field, name)
    with _on_disk(file, kind) as path:
        found = look_at(path, kind, field, name)
        frame = frame_of(path, kind, found.seconds) if moving else None
        card = moving and card_in_clip(path, kind, found.seconds)
    poster = CheckedPicture(*clean_picture(frame, field, name)) if frame and _large_enough(found) else None
    card = card or (poster is not None and shows_identity_card(poster.content))
    return CheckedRecording(without_notes(file, kind), kind, found, poster, card)


def check_document(file: BinaryIO, field: str, name: str) -> CheckedDocument:
    """Raises UploadRefused (see `check_upload`)."""
    kind = check_upload(file, DOCUMENTS, field, name)
    return CheckedDocument(file, kind, card_in_document(file, kind))


def marked_picture(checked: CheckedPicture) -> CheckedPicture:
    """Return the picture with the mark in its file that a machine made it."""
    checked.content.seek(0)
    content = checked.content.read()
    if checked.kind == WEBP:
        target = io.BytesIO()
        with Image.open(io.BytesIO(content)) as picture:
            picture.save(target, "WEBP", quality=92, method=4, xmp=marking.PACKET)
        return replace(checked, content=target)
    return replace(checked, content=io.BytesIO(marking.marked(content)))


def marked_recording(checked: CheckedRecording) -> CheckedRecording:
    """Return the clip or sound with the mark in its file that a machine made it; its streams are not encoded again."""
    marked = recording_marks.marked(checked.content, checked.kind)
    return checked if marked is None else replace(checked, content=marked)


def picture_row(checked: CheckedPicture, title: str, organisation_id: int, actor) -> LibraryImage:
    """Keep the picture and return its row. Inside `blobs.storing()` only."""
    blob = blobs.keep(checked.content, checked.kind)
    row = LibraryImage(
        title=title[:255],
        blob=blob,
        organisation_id=organisation_id,
        uploaded_by_user=actor,
        width=checked.size[0],
        height=checked.size[1],
        file_size=blob.size,
        file_hash=blob.sha256[:40],
        look=stored_look(_look_of(checked.content)),
        shows_identity_card=checked.shows_identity_card,
    )
    row.file.name = blob.file.name
    row.save()
    note_look(row)
    blobs.take(blob)
    return row


def _look_of(content: BinaryIO) -> int | None:
    """Return by what a picture that was drawn again is known; the file is left at its beginning."""
    content.seek(0)
    with Image.open(content) as picture:
        picture.draft("L", (64, 64))
        bits = picture_hash(picture)
    content.seek(0)
    return bits


def recording_row(checked: CheckedRecording, title: str, organisation_id: int, actor) -> LibraryMedia:
    """Keep the clip or sound, and the clip's poster, and return the row. Inside `blobs.storing()` only."""
    blob = blobs.keep(checked.content, checked.kind)
    row = LibraryMedia(
        title=title[:255],
        type="video" if checked.kind in CLIPS else "audio",
        blob=blob,
        organisation_id=organisation_id,
        uploaded_by_user=actor,
        duration=checked.found.seconds,
        width=checked.found.width,
        height=checked.found.height,
        shows_identity_card=checked.shows_identity_card,
        poster=picture_row(checked.poster, title, organisation_id, actor) if checked.poster else None,
    )
    row.file.name = blob.file.name
    row.save()
    blobs.take(blob)
    return row


def document_row(checked: CheckedDocument, title: str, organisation_id: int, actor) -> LibraryDocument:
    """Keep the document and return its row. Inside `blobs.storing()` only."""
    blob = blobs.keep(checked.content, checked.kind)
    row = LibraryDocument(
        title=title[:255],
        blob=blob,
        organisation_id=organisation_id,
        uploaded_by_user=actor,
        file_size=blob.size,
        file_hash=blob.sha256[:40],
        shows_identity_card=checked.shows_identity_card,
    )
    row.file.name = blob.file.name
    row.save()
    blobs.take(blob)
    return row


def _large_enough(found: Recording) -> bool:
    return bool(found.width and found.height and min(found.width, found.height) >= 64)


@contextmanager
def _on_disk(file: BinaryIO, kind: FileType) -> Iterator[Path]:
    """Yield a path at which ffmpeg can read the upload: where Django put it, or a copy for the while."""
    reachable = getattr(file, "temporary_file_path", None)
    if reachable is not None:
        yield Path(reachable())
        return
    with tempfile.NamedTemporaryFile(suffix=kind.ending) as copy:
        file.seek(0)
        shutil.copyfileobj(file, copy)
        copy.flush()
        file.seek(0)
        yield Path(copy.name)
