"""Receiving files in parts: begin, add a part at its place, keep what is whole.

Parts lie in a folder of their own (settings.LIBRARY_PARTS_DIR), outside the storage from which anything is served, and
nothing looks into them before the file is whole; then the same checks decide as for a file sent in one piece."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from cms.audit.services import record
from cms.core import clock
from cms.core.errors import ConflictingState, InputRefused, UploadRefused
from cms.core.models import nfc
from cms.core.upload_checks import CLIPS, DOCUMENTS, LIMITS, MEGABYTE, PICTURES, SOUNDS, recognise, shown_name
from cms.organisations.models import Organisation
from media.library import blobs
from media.library.models import Asset, AssetKind
from media.library.services import attach, check_file
from media.library.upload_tables import Upload, UploadState

#: The largest part a person's machine may send at once, and the largest file.
PART: Final = 4 * MEGABYTE
LARGEST: Final = max(LIMITS.values())
#: So many files of one person may be on their way; what stands still longer than this is thrown away.
MOST_OPEN: Final = 60
STANDS_STILL: Final = timedelta(days=2)


class WrongOffset(ConflictingState):
    """The part does not begin where the file ends; `offset` is where it would."""

    def __init__(self, offset: int) -> None:
        super().__init__(_("Phần vừa gửi không nối tiếp phần đã nhận."))
        self.offset = offset


def begin(user: Any, organisation: Organisation, name: str, size: int, changed_at: int = 0) -> Upload:
    """Return the upload into which the file is sent: the one that was begun before, or a new one.

    Raises UploadRefused for a file that is empty or larger than any kind allows, InputRefused for too many at once."""
    shown = shown_name(name)
    if size <= 0:
        raise UploadRefused(_("Tệp %(name)s trống, không có nội dung.") % {"name": shown})
    if size > LARGEST:
        raise UploadRefused(
            _("Tệp %(name)s nặng %(size)s MB, vượt mức cho phép là %(limit)s MB. Vui lòng chọn tệp nhẹ hơn.")
            % {"name": shown, "size": -(-size // MEGABYTE), "limit": LARGEST // MEGABYTE}
        )
    kept = _safe_name(name)
    open_ones = Upload.objects.filter(user=user, state=UploadState.COMING)
    same = open_ones.filter(organisation=organisation, name=kept, size=size, changed_at=changed_at).first()
    if same is not None:
        return same
    if open_ones.count() >= MOST_OPEN:
        raise InputRefused(
            _("Đang có %(count)s tệp tải lên dở. Vui lòng chờ các tệp đó xong rồi chọn thêm.")
            % {"count": MOST_OPEN}
        )
    return Upload.objects.create(
        user=user, organisation=organisation, name=kept, size=size, changed_at=changed_at
    )


def add_part(upload: Upload, offset: int, content: bytes) -> Upload:
    """Write a part at its place; a file that is whole then is kept as a draft, or refused with a sentence.

    Raises WrongOffset when the part does not join what is there (it was sent twice, or one before it was lost), and
    InputRefused when it is longer than what is missing."""
    with transaction.atomic():
        upload = Upload.objects.select_for_update().get(pk=upload.pk)
        if upload.state != UploadState.COMING or upload.received == upload.size:
            return _keep(upload) if upload.state == UploadState.COMING else upload
        if offset != upload.received:
            raise WrongOffset(upload.received)
        if not content or len(content) > PART or offset + len(content) > upload.size:
            raise InputRefused(_("Phần vừa gửi dài hơn phần còn thiếu của tệp."))
        path = path_of(upload)
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with path.open("r+b" if path.exists() else "wb") as file:
            file.seek(offset)
            file.write(content)
            file.truncate()
        upload.received = offset + len(content)
        upload.save(update_fields=["received", "updated_at"])
    return _keep(upload) if upload.received == upload.size else upload


def give_up(upload: Upload) -> None:
    """Throw away an upload and what arrived of it."""
    path_of(upload).unlink(missing_ok=True)
    upload.delete()


def clear_away() -> int:
    """Throw away what stands still since two days, and the notes of what is done; return how many."""
    old = Upload.objects.filter(updated_at__lt=clock.now() - STANDS_STILL)
    for upload in old:
        give_up(upload)
    return len(old)


def path_of(upload: Upload) -> Path:
    """Return where the parts of `upload` lie. The name the person gave is no part of it."""
    return Path(settings.LIBRARY_PARTS_DIR) / f"{upload.public_id}.part"


def kind_of(path: Path) -> AssetKind | None:
    """Return the kind of asset whose content the file is, by its first bytes; None when it is none."""
    with path.open("rb") as file:
        found = recognise(file)
    for types, kind in (
        (PICTURES, AssetKind.INFOGRAPHIC),
        (CLIPS, AssetKind.CLIP),
        (SOUNDS, AssetKind.AUDIO),
        (DOCUMENTS, AssetKind.DOCUMENT),
    ):
        if found in types:
            return kind
    return None


def _keep(upload: Upload) -> Upload:
    """Make the whole file an asset, as a draft: what its kind must carry is filled in afterwards."""
    path = path_of(upload)
    try:
        kind = kind_of(path)
        if kind is None:
            raise UploadRefused(
                _("Tệp %(name)s không phải hình, video, âm thanh hay văn bản mà kho nhận được.")
                % {"name": shown_name(upload.name)}
            )
        with path.open("rb") as file, blobs.storing():
            checked = check_file(kind, file, upload.name)
            asset = Asset(
                organisation=upload.organisation,
                kind=kind,
                title=title_of(upload.name),
                live=False,
                created_by=upload.user,
            )
            attach(asset, checked, upload.user)
            asset.save()
            record("library.create", asset, actor=upload.user, kind=str(kind), sharing=asset.sharing)
            asset.save_revision(user=upload.user, log_action=False)
            upload.state, upload.asset = UploadState.KEPT, asset
            upload.save(update_fields=["state", "asset", "updated_at"])
    except UploadRefused as refused:
        upload.state, upload.complaint = UploadState.REFUSED, str(refused.sentence)
        upload.save(update_fields=["state", "complaint", "updated_at"])
    # After anything else that went wrong the parts stay: sending the last one again tries once more.
    path.unlink(missing_ok=True)
    return upload


def title_of(name: str) -> str:
    """Return a title to begin with for a file of this name: "don_dang-ky.pdf" becomes "don dang ky"."""
    stem = name.rsplit(".", 1)[0] if "." in name else name
    return " ".join(stem.replace("_", " ").replace("-", " ").split())[:200] or _("Tài liệu chưa đặt tên")


def _safe_name(name: str) -> str:
    last = nfc(name).replace("\\", "/").replace("\x00", "").rsplit("/", 1)[-1]
    return "".join(char for char in last if char.isprintable()).strip()[-120:] or "tep"
