"""Verbs that write assets. The editor's screens and the demo come through the same checks."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any, BinaryIO, cast

from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from cms.audit.services import record
from cms.core import clock
from cms.core.errors import ConflictingState, InputRefused
from cms.core.models import nfc
from cms.core.upload_checks import CLIPS, PICTURES, SOUNDS, FileType
from cms.facts.models import Fact
from cms.organisations.models import Organisation
from media.library import blobs, marking, recording_marks, uploads
from media.library.captions import as_webvtt
from media.library.models import Asset, AssetKind, DocumentStatus, Sharing
from media.library.recordings import Recording
from media.library.requirements import Content, content_of, missing, missing_for_sharing
from media.library.sources import public_uses_of, refusal_of, sources_refusal
from media.library.uses import is_used
from media.library.versions import freeze
from media.taxonomy.models import Audience, Topic

__all__ = [
    "attach",
    "bring_back",
    "check_file",
    "create_asset",
    "delete_asset",
    "freeze",
    "in_use",
    "mark_picture",
    "mark_recording",
    "retire",
    "set_document_status",
    "share",
    "sources_refusal",
    "withdraw_from_library",
]

CheckedFile = uploads.CheckedPicture | uploads.CheckedRecording | uploads.CheckedDocument


def check_file(kind: str, file: BinaryIO, name: str, field: str = "upload") -> CheckedFile:
    """Return `file` checked for an asset of `kind`; nothing is written. Raises UploadRefused, which names `field`."""
    if kind == AssetKind.INFOGRAPHIC:
        return uploads.check_picture(file, field, name)
    if kind in (AssetKind.CLIP, AssetKind.AUDIO):
        return uploads.check_recording(file, field, name, moving=kind == AssetKind.CLIP)
    if kind == AssetKind.ARTICLE:
        return uploads.check_picture(file, field, name)
    return uploads.check_document(file, field, name)


def attach(asset: Asset, checked: CheckedFile, actor: Any = None) -> None:
    """Keep the checked file and let `asset` carry it; the asset itself is not saved. Inside `blobs.storing()` only."""
    if isinstance(checked, uploads.CheckedPicture):
        if asset.machine_made:
            checked = uploads.marked_picture(checked)
        asset.image = uploads.picture_row(checked, asset.title, asset.organisation_id, actor)
    elif isinstance(checked, uploads.CheckedRecording):
        if asset.machine_made:
            checked = uploads.marked_recording(checked)
        asset.clip = uploads.recording_row(checked, asset.title, asset.organisation_id, actor)
    else:
        asset.document = uploads.document_row(checked, asset.title, asset.organisation_id, actor)


def mark_picture(asset: Asset, actor: Any = None) -> None:
    """Let the picture that `asset` carries say in its file that a machine made it; the asset itself is not saved.

    The file that was there stays as it was: versions before still carry it. Inside `blobs.storing()` only."""
    image = asset.image
    if image is None or image.blob is None:
        return
    with default_storage.open(str(image.blob.file.name), "rb") as kept:
        content = kept.read()
    if marking.is_marked(content):
        return
    checked = uploads.CheckedPicture(
        io.BytesIO(content),
        kind_of_blob(image.blob.media_type),
        (image.width, image.height),
        image.shows_identity_card,
    )
    focal = image.get_focal_point()
    marked = uploads.picture_row(uploads.marked_picture(checked), image.title, asset.organisation_id, actor)
    if focal is not None:
        marked.set_focal_point(focal)
        marked.save()
    asset.image = marked


def mark_recording(asset: Asset, actor: Any = None) -> None:
    """Let the clip or sound that `asset` carries say in its file that a machine made it, as `mark_picture` does."""
    clip = asset.clip
    if clip is None or clip.blob is None:
        return
    kind = next(kind for kind in (*CLIPS, *SOUNDS) if kind.media_type == clip.blob.media_type)
    with default_storage.open(str(clip.blob.file.name), "rb") as kept:
        marked = recording_marks.marked(cast(BinaryIO, kept), kind)
    if marked is None:
        return
    found = Recording(clip.duration, clip.width, clip.height)
    poster = clip.poster
    row = uploads.recording_row(
        uploads.CheckedRecording(marked, kind, found, None, clip.shows_identity_card),
        clip.title,
        asset.organisation_id,
        actor,
    )
    if poster is not None:
        row.poster = poster
        row.save(update_fields=["poster"])
    asset.clip = row


def kind_of_blob(media_type: str) -> FileType:
    """Return the kind of picture with this media type."""
    return next(kind for kind in PICTURES if kind.media_type == media_type)


def create_asset(
    *,
    organisation: Organisation,
    kind: str,
    title: str,
    actor: Any = None,
    summary: str = "",
    body: Sequence[tuple[str, Any]] = (),
    file: BinaryIO | None = None,
    file_name: str = "",
    alt_text: str = "",
    transcript: str = "",
    captions: str = "",
    end_card: str = "",
    source_note: str = "",
    language: str = "vi",
    sharing: str = Sharing.OWN,
    document_status: str = "",
    document_number: str = "",
    sources: Iterable[Asset] = (),
    relies_on: Iterable[Fact] = (),
    topics: Iterable[Topic] = (),
    audiences: Iterable[Audience] = (),
    machine_made: bool = False,
    review_by: date | None = None,
    procedure_code: str = "",
    rights_holder: str = "",
    licence: str = "",
    consent: str = "",
    consent_note: str = "",
    usable_from: datetime | None = None,
    usable_until: date | None = None,
    live: bool = True,
) -> Asset:
    """Make an asset with its first revision; `live` puts it into the library at once (Đưa vào kho).

    `body` holds (block, value) pairs as the StreamField takes them; `captions` are SRT or WebVTT. Raises InputRefused
    (UploadRefused for the file) with a Vietnamese sentence and the field's name when something is missing or may not
    be; then nothing is written."""
    title = nfc(title).strip()
    checked = check_file(kind, file, file_name) if file is not None else None
    captions = _read_captions(captions)
    content = Content(
        kind=kind,
        title=title,
        has_picture=isinstance(checked, uploads.CheckedPicture),
        has_recording=isinstance(checked, uploads.CheckedRecording),
        has_document=isinstance(checked, uploads.CheckedDocument),
        has_body=bool(body),
        alt_text=alt_text,
        transcript=transcript,
        captions=captions,
        summary=summary,
        source=source_note,
        rights_holder=rights_holder,
        licence=licence,
        consent=consent,
        consent_note=consent_note,
        review_by=review_by,
        shows_identity_card=checked is not None and checked.shows_identity_card,
    )
    _refuse(missing(content))
    if live and sharing != Sharing.OWN:
        _refuse(missing_for_sharing(content))
    sources = list(sources)
    if live and sharing == Sharing.PUBLIC:
        _refuse_unfit_sources(title, sources, document_status)
    asset = Asset(
        organisation=organisation,
        kind=kind,
        title=title,
        summary=summary,
        body=list(body),
        alt_text=alt_text,
        transcript=transcript,
        captions=captions,
        end_card=end_card,
        source_note=source_note,
        language=language,
        sharing=sharing,
        document_status=document_status,
        document_number=document_number,
        machine_made=machine_made,
        review_by=review_by,
        procedure_code=procedure_code,
        rights_holder=rights_holder,
        licence=licence,
        consent=consent,
        consent_note=consent_note,
        usable_from=usable_from,
        usable_until=usable_until,
        live=False,
        created_by=actor if getattr(actor, "pk", None) else None,
    )
    with blobs.storing():
        if checked is not None:
            attach(asset, checked, actor)
        asset.full_clean(exclude=["created_by"])
        asset.save()
        asset.topics.set(topics)
        asset.audiences.set(audiences)
        asset.sources.set(sources)
        asset.relies_on.set(relies_on)
        asset.save()
        record("library.create", asset, actor=actor, kind=str(kind), sharing=str(sharing))
        revision = asset.save_revision(user=actor, log_action=False)
        if live:
            revision.publish(user=actor, skip_permission_checks=True)
            asset.refresh_from_db()
    return asset


def share(asset: Asset, sharing: str, actor: Any = None) -> Asset:
    """Put `asset` into the library for those named by `sharing`. Raises InputRefused when a source forbids it, or when
    something is missing that its kind must carry before it is shared."""
    if sharing != Sharing.OWN:
        _refuse(missing_for_sharing(content_of(asset)))
    if sharing == Sharing.PUBLIC:
        _refuse_unfit_sources(asset.title, asset.sources.all(), asset.document_status)
    with transaction.atomic():
        asset.sharing = sharing
        revision = asset.save_revision(user=actor, log_action=False)
        revision.publish(user=actor, skip_permission_checks=True)
        record("library.share", asset, actor=actor, sharing=str(sharing))
    asset.refresh_from_db()
    return asset


def withdraw_from_library(asset: Asset, actor: Any = None) -> Asset:
    """Take `asset` out of the library: it stays with its body as a draft."""
    with transaction.atomic():
        asset.unpublish(user=actor)
        record("library.withdraw", asset, actor=actor)
    asset.refresh_from_db()
    return asset


def set_document_status(asset: Asset, status: str, actor: Any = None) -> list[Asset]:
    """Say where a source document stands; return the public assets that rest on it and are no longer covered.

    Raises InputRefused for anything but a document."""
    if asset.kind != AssetKind.DOCUMENT:
        raise InputRefused(_("Chỉ văn bản mới có tình trạng hiệu lực."), "document_status")
    with transaction.atomic():
        asset.document_status = status
        asset.save(update_fields=["document_status", "updated_at"])
        asset.save_revision(user=actor, log_action=False)
        record("library.document_status", asset, actor=actor, status=str(status))
    if status not in (DocumentStatus.DRAFT, DocumentStatus.EXPIRED):
        return []
    return [use for use in public_uses_of(asset) if sources_refusal(use)]


def delete_asset(asset: Asset, actor: Any = None) -> None:
    """Delete `asset` with its files. Raises ConflictingState when something uses it: then it can only be retired.

    A file whose content another asset also carries stays."""
    if is_used(asset):
        raise ConflictingState(in_use())
    with transaction.atomic():
        record("library.delete", asset, actor=actor)
        try:
            asset.delete()
        except ProtectedError:
            raise ConflictingState(in_use()) from None


def in_use() -> str:
    """Return the sentence for somebody who wants to delete what is in use."""
    return _("Tài liệu này đang được dùng nên không xóa được. Vui lòng bấm “Ngừng dùng” thay vì xóa.")


def retire(asset: Asset, actor: Any = None) -> Asset:
    """Say that `asset` is not to be used any more (Ngừng dùng): nobody chooses it, nothing sends it; what it was is
    kept. Raises ConflictingState when it is retired already."""
    with transaction.atomic():
        asset = Asset.objects.select_for_update().get(pk=asset.pk)
        if asset.retired_at is not None:
            raise ConflictingState(_("Tài liệu này đã ngừng dùng từ trước."))
        asset.retired_at = clock.now()
        asset.save(update_fields=["retired_at", "updated_at"])
        record("library.retire", asset, actor=actor)
    return asset


def bring_back(asset: Asset, actor: Any = None) -> Asset:
    """Let a retired asset be used again (Dùng lại). Raises ConflictingState when it is not retired."""
    with transaction.atomic():
        asset = Asset.objects.select_for_update().get(pk=asset.pk)
        if asset.retired_at is None:
            raise ConflictingState(_("Tài liệu này đang được dùng bình thường."))
        asset.retired_at = None
        asset.save(update_fields=["retired_at", "updated_at"])
        record("library.bring_back", asset, actor=actor)
    return asset


def _refuse(lacks: dict[str, str]) -> None:
    for field, sentence in lacks.items():
        raise InputRefused(sentence, field)


def _read_captions(captions: str) -> str:
    if not captions.strip():
        return ""
    try:
        return as_webvtt(captions)
    except ValueError as unreadable:
        raise InputRefused(str(unreadable), "captions") from None


def _refuse_unfit_sources(title: str, sources: Iterable[Asset], own_status: str) -> None:
    own = [Asset(title=title, document_status=own_status)] if own_status else []
    refusal = refusal_of(title, [*own, *sources])
    if refusal:
        raise InputRefused(refusal, "sources" if not own_status else "document_status")
