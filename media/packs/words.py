"""The words of an asset as plain texts for a pack: what it says, by what right, how it is named. In Vietnamese, as every
printed thing of the house."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import unescape
from typing import Final

from django.conf import settings
from django.utils.html import strip_tags

from media.library.models import Asset, Sharing
from media.library.rights import Licence
from media.library.versions import version_hash

_LINE_END = re.compile(r"</(?:p|li|h\d)>|<br\s*/?>", re.IGNORECASE)
_RULE: Final = "-" * 60


def address_of(asset: Asset) -> str:
    """Return the public address of a public asset; "" for one that citizens cannot open."""
    if asset.sharing != Sharing.PUBLIC:
        return ""
    return f"{settings.PUBLIC_BASE_URL.rstrip('/')}{asset.get_absolute_url()}"


def body_lines(asset: Asset) -> list[str]:
    """Return the paragraphs, steps and warnings of an article, one line each."""
    lines: list[str] = []
    for block in asset.body or []:
        if block.block_type == "steps":
            lines += [f"{number}. {step}" for number, step in enumerate(block.value, 1)]
        elif block.block_type == "warning":
            lines.append(f"Lưu ý: {block.value}")
        else:
            marked = _LINE_END.sub("\n", str(getattr(block.value, "source", block.value)))
            lines += [line.strip() for line in unescape(strip_tags(marked)).splitlines() if line.strip()]
    return lines


def steps_of(asset: Asset) -> list[str]:
    """Return the steps of an article, in order; empty when it has none."""
    return [str(step) for block in asset.body or [] if block.block_type == "steps" for step in block.value]


def text_of(asset: Asset) -> str:
    """Return everything of `asset` that can be read, for printing and for pasting."""
    parts = [asset.title.upper(), f"{asset.organisation.name}"]
    if asset.document_number:
        parts.append(f"Số, ký hiệu: {asset.document_number}")
    if asset.machine_made:
        parts.append("Hình hoặc giọng do máy tạo.")
    if asset.summary:
        parts += ["", "Tóm tắt", asset.summary]
    if asset.body:
        parts += ["", *body_lines(asset)]
    if asset.alt_text:
        parts += ["", "Mô tả hình", asset.alt_text]
    if asset.transcript:
        parts += ["", "Lời thoại", asset.transcript]
    if asset.source_note:
        parts += ["", f"Nguồn: {asset.source_note}"]
    return "\n".join(parts) + "\n"


def licence_text(assets: Sequence[Asset]) -> str:
    """Return by what right each asset may be used, how to name its owner, and until when."""
    blocks = [
        "QUYỀN SỬ DỤNG\n",
        "Giữ nguyên nội dung cốt lõi, ghi rõ cơ quan ban hành. Không dùng cho mục đích thương mại hoặc ghép "
        "vào nội dung khác nghĩa.\n",
    ]
    for asset in assets:
        lines = [
            _RULE,
            asset.title,
            f"Cơ quan ban hành: {asset.organisation.name}",
            f"Chủ sở hữu quyền: {asset.rights_holder or asset.organisation.name}",
            f"Quyền sử dụng: {Licence(asset.licence).label if asset.licence else 'chưa ghi, vui lòng hỏi cơ quan ban hành'}",
            f"Ghi công: “{asset.rights_holder or asset.organisation.name}”",
        ]
        if asset.consent:
            lines.append(f"Người nhận ra được trong hình, tiếng: {asset.get_consent_display()}")
        if asset.usable_until:
            lines.append(f"Chỉ dùng đến hết ngày {asset.usable_until:%d/%m/%Y}. Sau ngày này vui lòng xóa.")
        if asset.machine_made:
            lines.append("Hình hoặc giọng do máy tạo; vui lòng ghi rõ khi dùng lại.")
        if asset.source_note:
            lines.append(f"Nguồn: {asset.source_note}")
        if address := address_of(asset):
            lines.append(f"Bản mới nhất: {address}")
        lines.append(f"Mã phiên bản: {version_hash(asset)[:16]}")
        blocks.append("\n".join(lines) + "\n")
    return "\n".join(blocks)
