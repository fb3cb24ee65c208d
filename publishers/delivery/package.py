"""The package for posting by hand: every text ready to copy, every file under a plain name, what to do, and checksums."""

from __future__ import annotations

import hashlib
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from campaigns.posts.extras import shown
from cms.channels.specs import SPECS
from cms.core import clock
from cms.core.errors import ConflictingState
from publishers.adapters.seam import Request
from publishers.delivery import frozen_request, remedies
from publishers.delivery.models import Delivery
from publishers.delivery.prepared_files import local_path

SUMS = "SHA256SUMS.txt"
SHEET = "00-huong-dan.txt"
TEXTS = (
    ("title", "01-tieu-de.txt"),
    ("summary", "02-tom-tat.txt"),
    ("text", "03-noi-dung.txt"),
    ("link", "04-lien-ket.txt"),
    ("first_comment", "05-binh-luan.txt"),
)
_CHUNK = 1024 * 1024
USUAL_CATEGORY = Request.category


def package_of(delivery: Delivery, frozen: dict[str, Any]) -> tempfile.SpooledTemporaryFile:
    """Return the package of `delivery` as a ZIP file open for reading; the caller (or the response) closes it.

    Texts are UTF-8 with Windows line ends; files are stored as they are under ASCII names and listed with their
    SHA-256. Raises ConflictingState when the frozen request or one of its files is no longer what was approved."""
    files = [
        (f"tep-{number:02d}{_ending(media['path'])}", media)
        for number, media in enumerate(frozen.get("media", []), 1)
    ]
    made = tempfile.SpooledTemporaryFile(max_size=16 * _CHUNK)  # noqa: SIM115
    sums: list[str] = []
    try:
        with zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as package:
            for name, text in _texts(delivery, frozen, files):
                content = text.replace("\r\n", "\n").replace("\n", "\r\n").encode()
                package.writestr(zipfile.ZipInfo(name, _when(delivery)), content)
                sums.append(f"{hashlib.sha256(content).hexdigest()}  {name}")
            for name, media in files:
                sums.append(f"{_copy(package, name, media, delivery)}  {name}")
            package.writestr(zipfile.ZipInfo(SUMS, _when(delivery)), "\r\n".join([*sums, ""]).encode())
    except (OSError, ConflictingState) as error:
        made.close()
        if isinstance(error, ConflictingState):
            raise
        raise ConflictingState(
            _("Không còn đọc được tệp đã duyệt. Vui lòng báo quản trị hệ thống.")
        ) from error
    made.seek(0)
    return made


def _when(delivery: Delivery) -> tuple[int, int, int, int, int, int]:
    shown = clock.in_vietnam(delivery.due_at)
    return shown.year, shown.month, shown.day, shown.hour, shown.minute, shown.second


def _ending(path: str) -> str:
    return "." + path.rsplit(".", 1)[-1] if "." in path else ""


def _texts(
    delivery: Delivery, frozen: dict[str, Any], files: list[tuple[str, dict[str, Any]]]
) -> Iterator[tuple[str, str]]:
    yield SHEET, sheet_of(delivery, files)
    for field, name in TEXTS:
        if frozen.get(field):
            yield name, str(frozen[field])


def sheet_of(delivery: Delivery, files: list[tuple[str, dict[str, Any]]]) -> str:
    """Return what the person who posts has to do, step by step."""
    channel = delivery.channel
    where = str(channel or delivery.station)
    post = delivery.slot.variant.post
    lines = [
        _("HƯỚNG DẪN ĐĂNG THỦ CÔNG"),
        "",
        _("Việc: %(purpose)s") % {"purpose": delivery.get_purpose_display()},
        _("Kênh: %(where)s") % {"where": where},
        _("Cơ quan: %(body)s") % {"body": delivery.organisation.name},
        _("Giờ đăng: %(at)s (giờ Việt Nam)") % {"at": clock.spoken_stamp(delivery.due_at)},
        _("Trang xác minh: %(address)s") % {"address": post.verify_address},
    ]
    if channel is not None and channel.address:
        lines.append(_("Mở kênh: %(address)s") % {"address": channel.address})
    lines += [
        "",
        remedies.by_hand(delivery),
        "",
        _("1. Chép nguyên văn từng tệp chữ vào đúng mục; không sửa nội dung vì đây là bản đã duyệt."),
        _("2. Đính kèm các tệp theo đúng thứ tự; dán mô tả ảnh (nếu kênh có mục này):"),
    ]
    extras = _extras_of(frozen_of(delivery))
    if extras:
        lines.append(_("Chọn thêm trên kênh: %(extras)s") % {"extras": "; ".join(extras)})
    lines += [
        f"   {name}{': ' + media['alt_text'] if media.get('alt_text') else ''}" for name, media in files
    ]
    lines += [
        _(
            "3. Đăng xong, mở trang lượt đăng trong Lan Tỏa, dán liên kết hoặc tải ảnh chụp màn hình lên để ghi nhận."
        ),
        _("Tệp %(name)s ghi mã SHA-256 để kiểm tra các tệp còn nguyên vẹn.") % {"name": SUMS},
        "",
    ]
    return "\n".join(lines)


def _extras_of(frozen: dict[str, Any]) -> list[str]:
    """What only this kind takes, in words, as it was approved; the first comment has a file of its own."""
    spec = SPECS.get(str(frozen.get("kind")))
    given = {**frozen, "tags": ", ".join(frozen.get("tags") or ())}
    chosen = {
        extra.name: str(given.get(extra.name) or "")
        for extra in (spec.extras if spec else ())
        if extra.name not in ("first_comment", "author", "thumbnail", "captions")
    }
    if chosen.get("category") == USUAL_CATEGORY:
        del chosen["category"]
    return [f"{label}: {words}" for label, words in shown(str(frozen.get("kind")), chosen)] if spec else []


def _copy(package: zipfile.ZipFile, name: str, media: dict[str, Any], delivery: Delivery) -> str:
    """Copy one approved file into the package, piece by piece; return its SHA-256, which must be the approved one."""
    digest = hashlib.sha256()
    entry = zipfile.ZipInfo(name, _when(delivery))
    with (
        Path(local_path(media["path"])).open("rb") as source,
        package.open(entry, "w", force_zip64=True) as target,
    ):
        while piece := source.read(_CHUNK):
            digest.update(piece)
            target.write(piece)
    if digest.hexdigest() != media["sha256"]:
        raise ConflictingState(
            _("Tệp trong kho không còn đúng như đã duyệt. Vui lòng báo quản trị hệ thống.")
        )
    return digest.hexdigest()


def frozen_of(delivery: Delivery) -> dict[str, Any]:
    """Return the frozen request of a delivery; a station's stands on its batch. {} when it was changed by hand."""
    frozen = delivery.request or (delivery.slot.batch.request if delivery.station_id else {})
    return frozen if frozen and frozen_request.hash_of(frozen) == delivery.request_sha256 else {}
