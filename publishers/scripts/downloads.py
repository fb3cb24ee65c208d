"""Files of one script, made when somebody asks for them: each the same bytes as often as it is made.

`station.place.parent`, `station.organisation`, `organisation.place` and the station's windows of a version should have
been fetched (`with_what_files_need`)."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import datetime

from django.conf import settings
from django.core.cache import cache
from django.db.models import QuerySet

from cms.core import clock
from publishers.scripts.blocks import Block, BlockKind
from publishers.scripts.composition import weekday
from publishers.scripts.models import Priority, ScriptVersion
from publishers.scripts.renderers.announcer_pdf import sheet_pdf
from publishers.scripts.renderers.bulletin_record import BulletinCodes, BulletinItem
from publishers.scripts.renderers.file_names import file_name
from publishers.scripts.renderers.leader_page import leader_page
from publishers.scripts.renderers.sheet_layout import SHEET_LAYOUT, SheetHead
from publishers.scripts.renderers.ssml import About, ssml
from publishers.scripts.renderers.voice_text import voice_text
from publishers.scripts.timing import length_in_words

_KEEP_SECONDS = 24 * 3600
README = """GÓI BẢN TIN PHÁT THANH
Trong gói có những tệp sau (gói theo tỉnh chỉ có .txt, .docx và bantin.json, mỗi đài một thư mục):
- .txt: lời đọc, dán vào ô nhập của hệ thống giọng máy, không phải sửa gì.
- .docx, .pdf: phiếu đọc của phát thanh viên, in trên giấy A4.
- truong_thon.pdf: bản đọc một trang cho trưởng thôn, tổ trưởng tổ dân phố.
- ssml.xml: lời đọc dạng SSML 1.1 cho dịch vụ giọng đọc.
- .mp3 (nếu có): bản âm thanh; tên có chữ giong_may là giọng máy, chỉ để nghe thử.
- tên có .km, .cjm, .hmn … (nếu có): cùng bản tin ấy, bản dịch đã duyệt sang tiếng dân tộc hoặc tiếng nước ngoài.
- bantin.json: thông tin để đưa vào hệ thống thông tin nguồn.
- SHA256SUMS: mã băm của từng tệp, kiểm tra bằng lệnh sha256sum -c SHA256SUMS.
Kiểm tra bản tin có thật không: mở địa chỉ ghi ở chân phiếu đọc, hoặc quét mã QR.
"""


def with_what_files_need(versions: QuerySet) -> QuerySet:
    """Return `versions` with everything their files say, in a number of queries that does not grow with them."""
    return versions.select_related(
        "station__place__parent", "station__organisation", "organisation__place", "slot"
    ).prefetch_related("station__windows")


def verify_address(code: str) -> str:
    """Return the whole address at which `code` is verified, as it is printed."""
    return f"{settings.PUBLIC_BASE_URL}/xac-minh/{code}"


def on_air(version: ScriptVersion) -> datetime:
    return clock.in_vietnam(version.on_air_at)


def download_name(version: ScriptVersion, ending: str, place: int = 0) -> str:
    """Return the ASCII name under which a file of `version` is downloaded."""
    if version.cut_minutes:
        ending = f"{version.cut_minutes}p.{ending}"
    return file_name(
        on_air(version), version.title, version.seconds, ending, number=version.number, place=place
    )


def vendor_text(version: ScriptVersion) -> str:
    """Return what is said, and nothing else."""
    return voice_text(version.composed())


def announcer_sheet(version: ScriptVersion, voice: str = "") -> bytes:
    """Return the announcer's sheet as DOCX; `voice` says who speaks in the sound that goes with it."""
    from publishers.scripts.renderers.sheet_press import press_sheet  # python-docx: heavy, seldom needed

    return press_sheet(sheet_head(version, voice), version.composed())


def announcer_pdf(version: ScriptVersion, voice: str = "") -> bytes:
    """Return the announcer's sheet as PDF. Raises LettersMissing."""
    return _kept("phieu-doc", version, sheet_pdf, voice)


def village_page(version: ScriptVersion) -> bytes:
    """Return the page for the head of a village, as PDF. Raises LettersMissing."""
    return _kept("truong-thon", version, leader_page)


def marked_up(version: ScriptVersion) -> str:
    """Return the spoken text as SSML."""
    return ssml(version.composed(), about(version))


def about(version: ScriptVersion) -> About:
    """Return what a marked-up text tells of itself."""
    issued = clock.in_vietnam(version.issued_at).isoformat(timespec="seconds")
    return About(version.title, version.issuer, issued, verify_address(version.code))


def _kept(
    what: str,
    version: ScriptVersion,
    make: Callable[[SheetHead, tuple[Block, ...]], bytes],
    voice: str = "",
) -> bytes:
    """A PDF takes a tenth of a second: it is kept by everything it says."""
    head = sheet_head(version, voice)
    key = f"{what}:{content_key(SHEET_LAYOUT, head)}"
    content = cache.get(key)
    if content is None:
        content = make(head, version.composed())
        cache.set(key, content, _KEEP_SECONDS)
    return content


def sheet_head(version: ScriptVersion, voice: str = "") -> SheetHead:
    """Return what stands above and below the text on paper."""
    moment = on_air(version)
    return SheetHead(
        body=version.station.organisation.name,
        station=version.station.name,
        title=version.title,
        number=f"{version.code}, bản {version.number}" + _cut_note(version),
        on_air=f"{moment:%H} giờ {moment:%M}, {weekday(moment.date())} {moment:%d/%m/%Y}",
        windows="; ".join(str(window) for window in version.station.windows.all()),
        priority=str(Priority(version.priority).label),
        length=length_in_words(version.seconds),
        issuer=version.issuer,
        issued=clock.spoken_stamp(version.issued_at),
        issued_at=version.issued_at,
        verify_address=verify_address(version.code),
        sha256=version.body_sha256,
        approved=version.approved_as,
        voice_note=f"Âm thanh kèm theo: {voice[:1].lower()}{voice[1:]}" if voice else "",
    )


def _cut_note(version: ScriptVersion) -> str:
    return f", rút gọn {version.cut_minutes} phút" if version.cut_minutes else ""


def bulletin_item(version: ScriptVersion, blocks: tuple[Block, ...], voice: str = "") -> BulletinItem:
    """Return what `bantin.json` says of `version`."""
    station, issuer = version.station, version.organisation
    content = next((block for block in blocks if block.kind is BlockKind.CONTENT), None)
    return BulletinItem(
        code=version.code,
        number=version.number,
        title=version.title + (f" (bản {version.cut_minutes} phút)" if version.cut_minutes else ""),
        summary=content.written if content else version.title,
        spoken=voice_text(blocks),
        priority=version.priority,
        seconds=version.seconds,
        on_air=on_air(version),
        issued_at=clock.in_vietnam(version.issued_at),
        issuer=version.issuer,
        issuer_id=str(issuer.public_id),
        origin_place=issuer.place.code,
        origin_place_name=issuer.place.full_name,
        station=station.slug,
        station_name=station.name,
        place=station.place.code,
        place_name=station.place.full_name,
        windows=[(window.starts, window.ends) for window in station.windows.all()],
        verify_address=verify_address(version.code),
        sha256=version.body_sha256,
        voice=voice,
    )


def bulletin_codes(province_code: str) -> BulletinCodes:
    """Return the code values of a province's own system: those for all ("*"), then its own."""
    merged: dict[str, dict[str, object]] = {}
    for scope in ("*", province_code):
        for name, values in settings.BULLETIN_CODES.get(scope, {}).items():
            merged.setdefault(name, {}).update(values)
    return BulletinCodes(merged)


def province_code(version: ScriptVersion) -> str:
    """Return the code of the province in which the station of `version` stands."""
    place = version.station.place
    return (place.parent or place).code


def content_key(*parts: object) -> str:
    """Return the content address of a file made from `parts`."""
    return hashlib.sha256("\0".join(map(str, parts)).encode()).hexdigest()
