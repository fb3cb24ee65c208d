"""The hand-card pack for community digital teams: cards of A5 to print, and the same as pictures for a phone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from importlib.resources import files
from typing import Any, Final

from cms.core.clock import in_vietnam
from cms.core.verify_mark import verify_mark_svg
from cms.facts.imprints import Imprint, imprint_of
from cms.organisations.models import Organisation
from media.library.marking import PACKET
from media.library.models import Asset
from media.library.versions import PICTURE, files_of
from media.packs.parts import Bench, Part
from media.packs.pieces import folder_of, texts
from media.packs.words import address_of, body_lines, steps_of
from media.renditions.content import Callout, InfographicContent, Step
from media.renditions.cutting import reencode_still
from media.renditions.errors import RenditionError
from media.renditions.focal import focal_shares
from media.renditions.models import RenditionState
from media.renditions.recipes import HAND_CARD, PHONE, STORY
from media.renditions.stills import draw_infographic

LAYOUT: Final = files("media.packs") / "layouts" / "hand_card.typ"
SCAN: Final = "Quét để xem bản mới"
#: Points of the text, the largest first: the first at which every asset has one page is taken.
_SIZES: Final = (16, 14, 13, 12, 11, 10, 9)
#: Lines of a card; the rest is read from the text beside it.
_MOST_LINES: Final = 9


def card_parts(bench: Bench, assets: Sequence[Asset], body: Organisation) -> list[Part]:
    """Return the cards as one PDF, a picture for the phone per asset where there is one, and the words of each."""
    # LettersMissing is left to travel: a card without its letters is worse than none.
    imprint = imprint_of(body)
    parts = [bench.data("the-a5.pdf", cards_pdf(bench, assets, imprint), "Thẻ A5 để in (PDF)")]
    for number, asset in enumerate(assets, 1):
        parts += texts(bench, number, asset)
        phone = _phone_picture(bench, number, asset, imprint)
        if phone is not None:
            parts.append(phone)
        bench.alive(number / len(assets) * 0.9)
    return parts


def cards_pdf(bench: Bench, assets: Sequence[Asset], imprint: Imprint) -> bytes:
    """Return the PDF, a page per asset. Raises LettersMissing."""
    from cms.core.paper import page_count, print_pdf  # typst is heavy, and only needed here

    moment = latest(assets)
    data: dict[str, Any] = {
        "title": "Thẻ cầm tay cho Tổ công nghệ số cộng đồng",
        "issuer": imprint.name,
        "foot": f"{imprint.name} · in theo nội dung ngày {in_vietnam(moment):%d/%m/%Y}",
        "scan": SCAN,
        "mark_alternative": "Mã QR dẫn tới trang của tài liệu",
        "cards": [_card(bench, asset, imprint) for asset in assets],
    }
    made = b""
    for size in _SIZES:
        made = print_pdf(LAYOUT, {**data, "size": size}, moment)
        if page_count(made) <= len(assets):
            break
    return made


def latest(assets: Sequence[Asset]) -> datetime:
    """Return when the newest of these was put into the library: what the papers say of when they were made."""
    return max(asset.last_published_at or asset.created_at for asset in assets)


def _card(bench: Bench, asset: Asset, imprint: Imprint) -> dict[str, Any]:
    steps = steps_of(asset)
    lines = steps or body_lines(asset)
    address = address_of(asset)
    return {
        "issuer": asset.organisation.short_name or asset.organisation.name,
        "title": asset.title,
        "summary": asset.summary,
        "lines": [line.removeprefix("Lưu ý: ") for line in lines[:_MOST_LINES]],
        "numbered": bool(steps),
        "picture": _picture(bench, asset),
        "picture_alt": asset.alt_text or asset.title,
        "contact": imprint.lines(),
        "mark": verify_mark_svg(address) if address else "",
    }


def _picture(bench: Bench, asset: Asset) -> list[int] | None:
    """The picture as typst takes bytes through JSON: a list of numbers."""
    if asset.image is not None:
        cut = bench.from_shelf(asset, [f"{PICTURE}:{HAND_CARD.key}"]).values()
        made = next((one for one in cut if one.state == RenditionState.DONE), None)
        return list(bench.fetched(made.file).read_bytes()) if made is not None else None
    source = next((file for file in files_of(asset) if file.role == "anh-bia"), None)
    if source is None:
        return None
    target = bench.new_path(".jpg")
    try:
        mark = PACKET if asset.machine_made else b""
        reencode_still(bench.fetched(source.path), HAND_CARD, target, focal=focal_shares(asset), mark=mark)
    except RenditionError:
        return None
    return list(target.read_bytes())


def _phone_picture(bench: Bench, number: int, asset: Asset, imprint: Imprint) -> Part | None:
    name = f"{folder_of(number, asset)}/dien-thoai.jpg"
    if asset.image is not None:
        for one in bench.from_shelf(asset, [f"{PICTURE}:{PHONE.key}"]).values():
            if one.state == RenditionState.DONE:
                return Part(name, bench.fetched(one.file), "Hình cho điện thoại", number)
            bench.notes.append(f"{asset.title}: không có hình cho điện thoại. {one.sentence}")
        return None
    target = bench.new_path(".jpg")
    source = next((file for file in files_of(asset) if file.role == "anh-bia"), None)
    try:
        if source is not None:
            drawn = bench.fetched(source.path)
        else:
            steps = steps_of(asset)
            if not 3 <= len(steps) <= 6:
                return None
            drawn = bench.new_path(".png")
            draw_infographic(_drawing(asset, steps, imprint), STORY, drawn)
        mark = PACKET if asset.machine_made else b""
        reencode_still(drawn, PHONE, target, focal=focal_shares(asset), mark=mark)
    except RenditionError as error:
        bench.notes.append(f"{asset.title}: không có hình cho điện thoại. {error}")
        return None
    return Part(name, target, "Hình cho điện thoại", number)


def _drawing(asset: Asset, steps: list[str], imprint: Imprint) -> InfographicContent:
    return InfographicContent(
        title=asset.title,
        steps=tuple(Step(step) for step in steps),
        issuer=imprint.name,
        issued_on=in_vietnam(asset.last_published_at or asset.created_at).date(),
        callouts=(Callout("Gọi hỏi", imprint.hotline),) if imprint.hotline else (),
        verify_address=address_of(asset),
        show_qr=False,
    )
