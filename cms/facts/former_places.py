"""Former provinces and former cities of provinces as people go on naming them, and what only looks like one. Pure: no
Django.

Since 01/7/2025 (Nghị quyết 202/2025/QH15, Luật 72/2025/QH15) 29 provinces are part of another and no city belongs to a
province any more. Most of the names live on, as those of wards and communes, of rivers and streets, of people: a bare
"Nam Định" is told as something to look at, "tỉnh Nam Định" as something that is over."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

#: Former province → today's name, Nghị quyết 202/2025/QH15.
FORMER_PROVINCES: Final[dict[str, str]] = {
    "Hà Giang": "tỉnh Tuyên Quang",
    "Yên Bái": "tỉnh Lào Cai",
    "Bắc Kạn": "tỉnh Thái Nguyên",
    "Vĩnh Phúc": "tỉnh Phú Thọ",
    "Hòa Bình": "tỉnh Phú Thọ",
    "Bắc Giang": "tỉnh Bắc Ninh",
    "Thái Bình": "tỉnh Hưng Yên",
    "Hải Dương": "thành phố Hải Phòng",
    "Hà Nam": "tỉnh Ninh Bình",
    "Nam Định": "tỉnh Ninh Bình",
    "Quảng Bình": "tỉnh Quảng Trị",
    "Quảng Nam": "thành phố Đà Nẵng",
    "Kon Tum": "tỉnh Quảng Ngãi",
    "Bình Định": "tỉnh Gia Lai",
    "Ninh Thuận": "tỉnh Khánh Hòa",
    "Đắk Nông": "tỉnh Lâm Đồng",
    "Bình Thuận": "tỉnh Lâm Đồng",
    "Phú Yên": "tỉnh Đắk Lắk",
    "Bà Rịa - Vũng Tàu": "Thành phố Hồ Chí Minh",
    "Bình Dương": "Thành phố Hồ Chí Minh",
    "Bình Phước": "thành phố Đồng Nai",
    "Long An": "tỉnh Tây Ninh",
    "Sóc Trăng": "thành phố Cần Thơ",
    "Hậu Giang": "thành phố Cần Thơ",
    "Bến Tre": "tỉnh Vĩnh Long",
    "Trà Vinh": "tỉnh Vĩnh Long",
    "Tiền Giang": "tỉnh Đồng Tháp",
    "Bạc Liêu": "tỉnh Cà Mau",
    "Kiên Giang": "tỉnh An Giang",
}
#: Those of which no commune and no ward has the name today: the bare name can hardly mean anything else.
NAMES_NOBODY_HAS: Final = frozenset(
    {"Hà Giang", "Quảng Nam", "Ninh Thuận", "Đắk Nông", "Bà Rịa - Vũng Tàu", "Hậu Giang", "Tiền Giang", "Kiên Giang"}
)  # fmt: skip
#: The provinces whose names stand: neighbours in a list of provinces.
PROVINCES: Final = (
    "Hà Nội", "Huế", "Lai Châu", "Điện Biên", "Sơn La", "Lạng Sơn", "Quảng Ninh", "Thanh Hóa", "Nghệ An", "Hà Tĩnh",
    "Cao Bằng", "Tuyên Quang", "Lào Cai", "Thái Nguyên", "Phú Thọ", "Bắc Ninh", "Hưng Yên", "Hải Phòng", "Ninh Bình",
    "Quảng Trị", "Đà Nẵng", "Quảng Ngãi", "Gia Lai", "Khánh Hòa", "Lâm Đồng", "Đắk Lắk", "Hồ Chí Minh", "Đồng Nai",
    "Tây Ninh", "Cần Thơ", "Vĩnh Long", "Đồng Tháp", "Cà Mau", "An Giang",
)  # fmt: skip
#: Cities that belonged to a province or to a city, until 01/7/2025.
FORMER_CITIES: Final = (
    "Biên Hòa", "Buôn Ma Thuột", "Bà Rịa", "Bạc Liêu", "Bảo Lộc", "Bắc Giang", "Bắc Kạn", "Bắc Ninh", "Bến Cát", "Bến Tre",
    "Cam Ranh", "Cao Bằng", "Cao Lãnh", "Châu Đốc", "Chí Linh", "Cà Mau", "Cẩm Phả", "Dĩ An", "Gia Nghĩa", "Gò Công",
    "Hoa Lư", "Hà Giang", "Hà Tiên", "Hà Tĩnh", "Hòa Bình", "Hưng Yên", "Hạ Long", "Hải Dương", "Hồng Ngự", "Hội An",
    "Kon Tum", "Lai Châu", "Long Khánh", "Long Xuyên", "Lào Cai", "Lạng Sơn", "Móng Cái", "Mỹ Tho", "Nam Định", "Ngã Bảy",
    "Nha Trang", "Phan Rang - Tháp Chàm", "Phan Thiết", "Phú Mỹ", "Phú Quốc", "Phúc Yên", "Phổ Yên", "Phủ Lý", "Pleiku",
    "Quy Nhơn", "Quảng Ngãi", "Rạch Giá", "Sa Đéc", "Sóc Trăng", "Sông Công", "Sơn La", "Sầm Sơn", "Tam Kỳ", "Tam Điệp",
    "Thanh Hóa", "Thuận An", "Thái Bình", "Thái Nguyên", "Thủ Dầu Một", "Thủ Đức", "Thủy Nguyên", "Trà Vinh", "Tuy Hòa",
    "Tuyên Quang", "Tân An", "Tân Uyên", "Tây Ninh", "Từ Sơn", "Uông Bí", "Vinh", "Việt Trì", "Vĩnh Long", "Vĩnh Yên",
    "Vũng Tàu", "Vị Thanh", "Yên Bái", "Điện Biên Phủ", "Đà Lạt", "Đông Hà", "Đông Triều", "Đồng Hới", "Đồng Xoài",
)  # fmt: skip

#: Words too: "Thái Bình, Hòa Bình" in a row are no list of provinces.
_ALSO_WORDS: Final = frozenset({"Hòa Bình", "Thái Bình"})
#: A name that stands behind one of these is a place, a thing or a person of that name.
_OTHER_THING = re.compile(
    r"(?:xã|phường|đặc khu|thôn|ấp|bản|làng|buôn|tổ|tổ dân phố|khu phố|khu|khối|xóm|đường|phố|đại lộ|ngõ|hẻm|cầu|sông|"
    r"suối|hồ|chợ|trường|ga|bến|bến xe|cảng|sân bay|đèo|núi|đảo|vịnh|biển|chùa|nhà thờ|nhà hát|rạp|nhà máy|thủy điện|công ty|"
    r"khách sạn|hãng|ông|bà|anh|chị|em|cô|chú|bác|cháu|đồng chí|tên|tỉnh|TP\.?|thành phố|thị xã)\s+$",
    re.IGNORECASE,
)
#: A name that stands behind one of these is where somebody lives, goes, or serves.
_WHERE = re.compile(
    r"(?<!\w)(?:ở|tại|của|từ|về|đến|tới|vào|ra|lên|xuống|qua|trên|địa bàn|khu vực|người dân|nhân dân|bà con|đồng bào|công dân|"
    r"cử tri|quê|gốc|người|UBND|HĐND|Tỉnh ủy|Báo|Đài|Công an|BHXH)\s+$",
    re.IGNORECASE,
)
_BODY = re.compile(
    r"(?<!\w)(?:Sở|Công an|UBND|Ủy ban nhân dân|HĐND|Hội đồng nhân dân|Tỉnh ủy|Tỉnh đoàn|Báo|Đài|Ban|Hội|Cục|Chi cục|Bảo hiểm xã hội|"
    r"BHXH|Thuế|Trung tâm|Bệnh viện|Liên đoàn)\s(?:[\w&-]+\s){0,6}$"
)
# Ranges would not do: in Unicode the capitals of Vietnamese stand among the small letters.
_CAPITAL: Final = f"[{''.join(filter(str.isupper, map(chr, range(0x41, 0x1EFA))))}]"
_NEXT_TO = r"(?:\s*,\s*|\s*;\s*|\s+và\s+|\s*[-–]\s*)"
_BEFORE: Final = 60


def _names(names: Iterator[str] | tuple[str, ...]) -> str:
    """A pattern of names, blanks, dashes and the place of the tone mark as they come."""
    spelled = (
        re.escape(name).replace(r"\ \-\ ", r"\s?[-–—]\s?").replace(r"\ ", r"\s+").replace("Hòa", "H(?:òa|oà)")
        for name in sorted(names, key=len, reverse=True)
    )  # fmt: skip
    return "|".join(spelled)


_BARE = re.compile(rf"(?<![\w/@#.-])(?:{_names(tuple(FORMER_PROVINCES))})(?![\w@]|\s+{_CAPITAL}\w)")
_ANY = _names((*FORMER_PROVINCES, *PROVINCES))
_LISTED_BEFORE = re.compile(rf"(?:{_ANY}){_NEXT_TO}$")
_LISTED_AFTER = re.compile(rf"{_NEXT_TO}(?:{_ANY})(?!\w)")
FORMER_CITY = re.compile(
    rf"(?<![\w/&-])(?:(?:[Tt]hành\s+phố|THÀNH PHỐ)\s+|T[Pp]\.?\s?)(?:{_names(FORMER_CITIES)})(?!\w|\s+trực\s+thuộc\s+trung\s+ương)"
    rf"|(?<![\w/&-])T[Xx]\.\s?{_CAPITAL}\w*(?:\s+{_CAPITAL}\w*)*"
)


@dataclass(frozen=True, slots=True)
class BareName:
    """A former province named without "tỉnh"; `is_certain` where nothing else has that name today."""

    start: int
    end: int
    name: str
    heir: str
    is_certain: bool


def bare_provinces(text: str) -> Iterator[BareName]:
    """Yield former provinces that are named alone, where somebody lives, goes or serves, or in a list of provinces."""
    for found in _BARE.finditer(text):
        start, end = found.span()
        name = re.sub(r"\s?[-–—]\s?", " - ", " ".join(found[0].split())).replace("Hoà", "Hòa")
        before = text[max(0, start - _BEFORE) : start]
        if _OTHER_THING.search(before) and not before.rstrip().lower().endswith("bà con"):
            continue
        listed = name not in _ALSO_WORDS and (_LISTED_BEFORE.search(before) or _LISTED_AFTER.match(text, end))
        if listed or _WHERE.search(before) or _BODY.search(before):
            yield BareName(start, end, name, FORMER_PROVINCES[name], name in NAMES_NOBODY_HAS)
