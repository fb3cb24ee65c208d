"""The press pack: what a newsroom needs, and whom to call. Public material only."""

from __future__ import annotations

from collections.abc import Sequence

from cms.core.clock import in_vietnam
from cms.facts.imprints import imprint_of
from cms.organisations.models import Organisation
from media.library.models import Asset
from media.packs.parts import Bench, Part
from media.packs.pieces import cuts, originals, texts
from media.packs.words import address_of
from media.renditions.recipes import PORTAL_LINK, PORTAL_SQUARE


def press_parts(bench: Bench, assets: Sequence[Asset], body: Organisation) -> list[Part]:
    """Return originals, two cuts for the web, the words, the captions under the pictures and the contact."""
    parts = [
        bench.text("chu-thich-anh.txt", captions_text(assets), "Chú thích và ghi công"),
        bench.text("lien-he.txt", contact_text(assets, body), "Liên hệ"),
    ]
    for number, asset in enumerate(assets, 1):
        parts += originals(bench, number, asset) + texts(bench, number, asset)
        parts += cuts(bench, number, asset, [PORTAL_LINK, PORTAL_SQUARE])
        bench.alive(number / len(assets) * 0.9)
    return parts


def captions_text(assets: Sequence[Asset]) -> str:
    """Return the line to print under each picture or clip."""
    lines = ["CHÚ THÍCH VÀ GHI CÔNG", ""]
    for number, asset in enumerate(assets, 1):
        credit = asset.rights_holder or asset.organisation.name
        made = " (hình hoặc giọng do máy tạo)" if asset.machine_made else ""
        lines += [
            f"{number:02d}. {asset.title}",
            f"    {asset.alt_text or asset.summary}",
            f"    Ảnh, tư liệu: {credit}{made}",
        ]
        if address := address_of(asset):
            lines.append(f"    Bản gốc: {address}")
        lines.append("")
    return "\n".join(lines)


def contact_text(assets: Sequence[Asset], body: Organisation) -> str:
    """Return whom a journalist calls, and which bodies issued what is inside."""
    imprint = imprint_of(body)
    issuers = sorted({asset.organisation.name for asset in assets})
    newest = max(asset.last_published_at or asset.created_at for asset in assets)
    return "\n".join(
        [
            "LIÊN HỆ",
            "",
            imprint.name,
            *imprint.lines(),
            "",
            "Nội dung trong gói do các cơ quan sau ban hành:",
            *(f"- {name}" for name in issuers),
            "",
            f"Nội dung mới nhất: ngày {in_vietnam(newest):%d/%m/%Y}. Trước khi đăng, vui lòng mở địa chỉ bản gốc để "
            "biết nội dung còn hiệu lực hay đã đính chính.",
            "",
        ]
    )
