"""Everything one station can use of one script, in one ZIP."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
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
from publishers.scripts.renderers.bulletin_package import README_NAME, BulletinPackage
from publishers.scripts.renderers.bulletin_record import RECORD_NAME, bulletin_record
from publishers.scripts.sounds import Sound, kept_sound

#: What is played when, inside the package of a day; and of each item who issued it, when, and where it is verified, which
#: the spoken text beside it does not carry.
ORDER_NAME: Final = "THU-TU-PHAT.txt"


def station_package(version: ScriptVersion) -> bytes:
    """Return the package of one station: text, sheet, village page, markup, record, and the sound where there is one
    already. What this machine cannot print is left out and said in the read-me; nothing is printed with boxes for
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
    sums, left_out = {}, []
    for ending, make in makers:
        name = download_name(version, ending)
        try:
            sums[name] = package.add(name, make())
        except LettersMissing as refusal:
            left_out.append(f"Không có tệp {name}: {refusal.sentence}\n")
    package.add(RECORD_NAME, bulletin_record(item, bulletin_codes(province_code(version)), sums))
    package.add(README_NAME, (README + "".join(left_out)).encode())
    package.close()
    return target.getvalue()


def day_package(versions: Sequence[ScriptVersion]) -> bytes:
    """Return what a station plays on one day, in a ZIP whose names are numbered in playing order: the sound of each
    script where there is one, its text and its sheet. A player that goes through a folder by name plays it right."""
    target = io.BytesIO()
    package = BulletinPackage(target)
    order = []
    for place, version in enumerate(versions, 1):
        sound = kept_sound(version)
        files: list[tuple[str, bytes]] = [
            ("txt", vendor_text(version).encode()),
            ("docx", announcer_sheet(version, sound.label if sound is not None else "")),
        ]
        if sound is not None:
            files.insert(0, (sound.ending, sound.content()))
        for ending, content in files:
            package.add(download_name(version, ending, place), content)
        told = sound.label if sound is not None else "chưa có bản âm thanh"
        order.append(
            f"{place:02d}  {on_air(version):%H:%M}  {version.title} – {version.length_text} – {told}\n"
            f"    Cơ quan ban hành: {version.issuer} · {clock.spoken_stamp(version.issued_at)}\n"
            f"    Kiểm tra tại: {verify_address(version.code)}\n"
        )
    package.add(ORDER_NAME, "".join(order).encode())
    package.close()
    return target.getvalue()


def _voice(sound: Sound | None) -> str:
    """Who speaks, as the record says it."""
    if sound is None:
        return ""
    return "may" if sound.is_machine else "nguoi"
