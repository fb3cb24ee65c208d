"""Everything one station can use of one script, in one ZIP."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Final

from cms.core import clock
from cms.core.paper import LettersMissing
from publishers.scripts.downloads import (
    README,
    announcer_pdf,
    announcer_sheet,
    bulletin_codes,
    bulletin_item,
    download_name,
    marked_up,
    on_air,
    province_code,
    vendor_text,
    verify_address,
    village_page,
)
from publishers.scripts.models import ScriptVersion
from publishers.scripts.package_members import translated_members, translation_items
from publishers.scripts.renderers.bulletin_package import README_NAME, BulletinPackage
from publishers.scripts.renderers.bulletin_record import RECORD_NAME, bulletin_record
from publishers.scripts.renderers.file_names import file_name
from publishers.scripts.sounds import (
    PERSON,
    Sound,
    kept_reading,
    kept_sound,
    sound_of_reading,
    translated_readings,
)
from publishers.scripts.timing import length_in_words
from publishers.scripts.translation_files import (
    translation_markup,
    translation_name,
    translation_pdf,
    translation_sheet,
    translation_text,
)
from publishers.scripts.translations import Translated, shelf_for

#: What is played when, inside the package of a day; and of each item who issued it, when, and where it is verified, which
#: the spoken text beside it does not carry.
ORDER_NAME: Final = "THU-TU-PHAT.txt"


def station_package(version: ScriptVersion) -> bytes:
    """Return the package of one station: text, sheet, village page, markup, record, the sound where there is one already,
    and the files of every approved translation. What this machine cannot print is left out and said in the read-me; nothing is printed with boxes for
    letters."""
    # The sound there is reads the whole script, not a shorter version of it.
    sound = None if version.cut_minutes else kept_sound(version)
    label = sound.label if sound is not None else ""
    target = io.BytesIO()
    package = BulletinPackage(target)
    blocks = version.composed()
    item = bulletin_item(version, blocks, _voice(sound))
    makers: list[tuple[str, Callable[[], bytes]]] = [
        ("txt", item.spoken.encode),
        ("docx", lambda: announcer_sheet(version, label)),
        ("pdf", lambda: announcer_pdf(version, label)),
        ("truong_thon.pdf", lambda: village_page(version)),
        ("ssml.xml", lambda: marked_up(version).encode()),
    ]
    if sound is not None:
        makers.append((sound.ending, sound.content))
    shelf = shelf_for([version])
    beside = [] if version.cut_minutes else [Translated(version, row) for row in shelf.beside(version)]
    named = [(download_name(version, ending), make) for ending, make in makers]
    for told in beside:
        named += _translated_makers(told)
    sums, left_out = {}, []
    for name, make in named:
        try:
            sums[name] = package.add(name, make())
        except LettersMissing as refusal:
            left_out.append(f"Không có tệp {name}: {refusal.sentence}\n")
    codes = bulletin_codes(province_code(version))
    package.add(RECORD_NAME, bulletin_record(item, codes, sums, translation_items(beside)))
    package.add(README_NAME, (README + "".join(left_out)).encode())
    package.close()
    return target.getvalue()


@dataclass(frozen=True, slots=True)
class LocalWords:
    """A commune's own notice as it goes into the package of a day: what is said, by whom, and for how long (seconds)."""

    title: str
    spoken: str
    issuer: str
    seconds: int
    approved_at: datetime
    verify_address: str


def day_package(
    versions: Sequence[ScriptVersion], notices: Sequence[LocalWords] = (), day: date | None = None
) -> bytes:
    """Return what a station plays on one day, in a ZIP whose names are numbered in playing order: the sound of each
    script where there is one, its text and its sheet, and behind it each translation the station broadcasts; then the
    commune's own notices. A player that goes through a folder by name plays it right."""
    target = io.BytesIO()
    package = BulletinPackage(target)
    shelf = shelf_for(versions)
    spoken = {version.pk: shelf.of_station(version) for version in versions}
    readings = translated_readings([told for rows in spoken.values() for told in rows])
    order, place = [], 0
    for version in versions:
        place += 1
        sound = kept_sound(version)
        if sound is not None:
            package.add(download_name(version, sound.ending, place), sound.content())
        package.add(download_name(version, "txt", place), vendor_text(version).encode())
        package.add(
            download_name(version, "docx", place),
            announcer_sheet(version, sound.label if sound is not None else ""),
        )
        who = sound.label if sound is not None else "chưa có bản âm thanh"
        order.append(
            f"{place:02d}  {on_air(version):%H:%M}  {version.title} – {version.length_text} – {who}\n"
            f"    Cơ quan ban hành: {version.issuer} · {clock.spoken_stamp(version.issued_at)}\n"
            f"    Kiểm tra tại: {verify_address(version.code)}\n"
        )
        for told in spoken[version.pk]:
            place += 1
            reading = readings.get((version.pk, told.language))
            if reading is not None:
                package.add(translation_name(told, "mp3", place), sound_of_reading(reading).content())
            package.add_all(translated_members([told], place))
            who = PERSON if reading is not None else "chưa có bản đọc, cần người biết tiếng đọc"
            order.append(f"{place:02d}  {told.language_in_text}: {told.found.title} – {who}\n")
    for notice in notices:
        place += 1
        moment = datetime.combine(day or clock.today(), time(0), clock.VIETNAM)
        name = file_name(moment, notice.title, notice.seconds, "txt", place=place)
        package.add(name, f"{notice.spoken}\n".encode())
        order.append(
            f"{place:02d}  Thông báo: {notice.title} – {length_in_words(notice.seconds)} – chưa có bản âm thanh\n"
            f"    Cơ quan ban hành: {notice.issuer} · {clock.spoken_stamp(notice.approved_at)}\n"
            f"    Trang đọc: {notice.verify_address}\n"
        )
    package.add(ORDER_NAME, "".join(order).encode())
    package.close()
    return target.getvalue()


def _translated_makers(told: Translated) -> list[tuple[str, Callable[[], bytes]]]:
    """The files of a translation, and its reading where somebody has read it."""
    makers: list[tuple[str, Callable[[], bytes]]] = [
        ("txt", lambda: translation_text(told).encode()),
        ("docx", lambda: translation_sheet(told)),
        ("pdf", lambda: translation_pdf(told)),
        ("ssml.xml", lambda: translation_markup(told).encode()),
    ]
    sound = kept_reading(told)
    if sound is not None:
        makers.append((sound.ending, sound.content))
    return [(translation_name(told, ending), make) for ending, make in makers]


def _voice(sound: Sound | None) -> str:
    """Who speaks, as the record says it."""
    if sound is None:
        return ""
    return "may" if sound.is_machine else "nguoi"
