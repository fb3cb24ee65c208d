"""`bantin.json`: a bulletin as the information systems of provinces exchange it. Pure: no Django.

Field names are those seen in public code of such systems. Their code values are not published, so ours are words, and
each province's own values are put in by settings (`BulletinCodes`)."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time
from typing import Any, Final

from publishers.scripts.timing import whole_seconds

RECORD_NAME: Final = "bantin.json"
FORMAT: Final = "lantoa-bantin/1"
KIND: Final = "phat-thanh"
SUBJECT_AREA: Final = "dich-vu-cong-truc-tuyen"
#: The fields whose values a province may have its own codes for.
CODED: Final = ("LoaiBanTin", "MucDoUuTien", "LoaiLinhVuc")


@dataclass(frozen=True, slots=True)
class BulletinCodes:
    """A province's own values: field → our word → its value. What is not named keeps our word."""

    values: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    def of(self, name: str, word: str) -> Any:
        return self.values.get(name, {}).get(word, word)


@dataclass(frozen=True, slots=True)
class BulletinItem:
    """One station's bulletin, with everything its record says."""

    code: str
    number: int
    title: str
    summary: str
    spoken: str
    priority: str
    seconds: float
    on_air: datetime
    issued_at: datetime
    issuer: str
    issuer_id: str
    origin_place: str
    origin_place_name: str
    station: str
    station_name: str
    place: str
    place_name: str
    windows: Sequence[tuple[time, time]]
    verify_address: str
    sha256: str
    #: Who speaks in the sound file: "" when there is none, else "nguoi" or "may".
    voice: str = ""


@dataclass(frozen=True, slots=True)
class TranslationItem:
    """What the record says of an approved translation beside the bulletin; `language` is a BCP 47 tag."""

    language: str
    language_name: str
    title: str
    text: str
    translator: str
    sha256: str


def bulletin_record(
    item: BulletinItem,
    codes: BulletinCodes,
    files: Mapping[str, str],
    translations: Sequence[TranslationItem] = (),
) -> bytes:
    """Return `bantin.json` as UTF-8. `files` are the names beside it with their SHA-256."""
    day = f"{item.on_air:%Y-%m-%d}"
    start = _seconds_of_day(item.on_air.time())
    record: dict[str, Any] = {
        "NguonID": item.issuer_id,
        "TenNguon": item.issuer,
        "DichID": item.station,
        "TenDich": item.station_name,
        "VungPhat": [{"Ma": item.place, "Ten": item.place_name}],
        "BanTinCongCongID": item.code,
        "BanTinId": f"{item.code}-{item.number}",
        "LoaiBanTin": codes.of("LoaiBanTin", KIND),
        "MucDoUuTien": codes.of("MucDoUuTien", item.priority),
        "TieuDe": item.title,
        "LoaiLinhVuc": codes.of("LoaiLinhVuc", SUBJECT_AREA),
        "NoiDungTomTat": item.summary,
        "NoiDung": item.spoken,
        "ThoiGianSanXuat": int(item.issued_at.timestamp()),
        "DiaBanTao": item.origin_place,
        "TenDiaBanTao": item.origin_place_name,
        "NguonTin": item.issuer,
        "ThoiLuong": whole_seconds(item.seconds),
        "PhanVungManHinh": None,
        # A body signs, no person: names and addresses of staff are not for passing on.
        "TacGia": {"TenDayDu": item.issuer, "TenDangNhap": "", "Email": "", "ButDanh": ""},
        "LichPhat": {
            day: {
                "Start": start,
                "End": start + whole_seconds(item.seconds),
                "KhungGio": [
                    {"Start": _seconds_of_day(first), "End": _seconds_of_day(last)}
                    for first, last in item.windows
                ],
            }
        },
        "LanToa": {
            "DinhDang": FORMAT,
            "BanSo": item.number,
            "BanHanhLuc": item.issued_at.isoformat(timespec="seconds"),
            "DiaChiXacMinh": item.verify_address,
            "SHA256NoiDung": item.sha256,
            "GiongDoc": item.voice,
            "GiongMay": item.voice == "may",
            "Tep": dict(sorted(files.items())),
        },
    }
    if translations:
        record["LanToa"]["BanDich"] = [
            {
                "NgonNgu": each.language,
                "TenNgonNgu": each.language_name,
                "TieuDe": each.title,
                "NoiDung": each.text,
                "NguoiDich": each.translator,
                "SHA256NoiDung": each.sha256,
            }
            for each in translations
        ]
    return (json.dumps(record, ensure_ascii=False, indent=1) + "\n").encode()


def _seconds_of_day(moment: time) -> int:
    return moment.hour * 3600 + moment.minute * 60 + moment.second
