"""What has been abolished, merged or replaced, as data: words, since when, what stands in their place. Pure: no Django.

Sources: Nghị quyết 202/2025/QH15 (provinces) and Luật 72/2025/QH15 (no district tier) from 01/7/2025; Nghị quyết
30/2026/QH16 (Đồng Nai a city) from 30/4/2026; Nghị quyết 60-NQ/TW and 81/2025/UBTVQH15 (courts of three tiers) from
01/7/2025; the letter of the Ban Tuyên giáo và Dân vận Trung ương of 27/6/2025 (names of provincial press); Nghị quyết 176/2025/QH15 (ministries) from 01/3/2025; Luật Thanh tra 84/2025/QH15 from
01/7/2025; closing of the
provincial portals 01/7/2025 and of the ministries' by 2/2026; Luật 116/2025/QH15 from 01/7/2026; Nghị định 331/2026
from 19/8/2026; Luật 91/2025/QH15 from 01/01/2026; Luật Cư trú (paper household books end 01/01/2023); Luật Căn cước
(nine-digit cards end 01/01/2025)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Final

from cms.facts.former_places import FORMER_CITY, FORMER_PROVINCES

TWO_TIERS = date(2025, 7, 1)
MINISTRIES = date(2025, 3, 1)
PARTY = date(2025, 2, 3)


@dataclass(frozen=True, slots=True)
class Rule:
    """Words that are out of date from `since` on. `advice` is a whole sentence or a clause that names what holds now.

    `cited` rules also apply inside the name of a cited document; the others do not, because a decree keeps the name
    of the body that issued it."""

    kind: str
    pattern: re.Pattern[str]
    since: date
    advice: str
    cited: bool = False


def _words(*alternatives: str) -> re.Pattern[str]:
    """Whole words in any case, blanks as they come; not part of a document's symbol such as TT-BTTTT."""
    joined = "|".join(alternative.replace(" ", r"\s+") for alternative in alternatives)
    return re.compile(rf"(?<![\w/&-])(?:{joined})(?![\w&]|-\w)", re.IGNORECASE)


_AND = r"(?: và |\s?&\s?)"
_DASH = r"\s?[-–—,]\s?"

#: Ministry or department → its names, what took over its work. The provincial Sở follows its ministry.
_MERGED: Final = (
    (rf"Thông tin{_AND}Truyền thông|TT{_AND}TT|TTTT|TT-TT", "Khoa học và Công nghệ",
     "; riêng truyền thanh cơ sở, báo chí thuộc {level} Văn hóa, Thể thao và Du lịch"),
    (rf"Kế hoạch{_AND}Đầu tư|KH{_AND}ĐT|KHĐT", "Tài chính", ""),
    (r"Giao thông vận tải|Giao thông Vận tải|GTVT", "Xây dựng", "; riêng giấy phép lái xe do ngành Công an cấp"),
    (rf"Tài nguyên{_AND}Môi trường|TN{_AND}MT|TNMT", "Nông nghiệp và Môi trường", ""),
    (rf"Nông nghiệp{_AND}Phát triển nông thôn|NN{_AND}PTNT", "Nông nghiệp và Môi trường", ""),
    (rf"Lao động{_DASH}Thương binh{_AND}Xã hội|LĐ{_DASH}?TB{_AND}XH|LĐTBXH", "Nội vụ", ""),
)  # fmt: skip


def _bodies() -> list[Rule]:
    rules: list[Rule] = []
    for names, heir, beside in _MERGED:
        for level, since in (("Bộ", MINISTRIES), ("Sở", MINISTRIES)):
            rules.append(
                Rule(
                    "body",
                    _words(f"{level} (?:{names})"),
                    since,
                    f"nay là {level} {heir}{beside.format(level=level)}",
                )
            )
    rules += [
        Rule("body", _words("BTTTT", "BKHĐT", "BGTVT", "BTNMT", "BLĐTBXH", "BNNPTNT"), MINISTRIES, "bộ này đã hợp nhất từ 01/3/2025"),
        Rule("body", _words("Ủy ban Dân tộc", "Uỷ ban Dân tộc"), MINISTRIES, "nay là Bộ Dân tộc và Tôn giáo"),
        Rule("body", _words("Ban Dân tộc"), MINISTRIES, "nay là Sở Dân tộc và Tôn giáo"),
        Rule("body", _words("Ủy ban Giám sát tài chính Quốc gia", "Ủy ban Quản lý vốn nhà nước(?: tại doanh nghiệp)?"), MINISTRIES, "nay thuộc Bộ Tài chính"),
        Rule("body", _words("Tổng cục Thuế", "Tổng cục Hải quan", "Tổng cục Thống kê", "Tổng cục Dự trữ Nhà nước", "Kho bạc Nhà nước cấp huyện"), MINISTRIES, "nay là cục thuộc Bộ Tài chính"),
        Rule("body", _words("Tổng cục Thi hành án dân sự"), MINISTRIES, "nay là Cục Quản lý Thi hành án dân sự thuộc Bộ Tư pháp"),
        Rule("body", _words("Tổng cục (?:Quản lý thị trường|Giáo dục nghề nghiệp|Đường bộ(?: Việt Nam)?|Du lịch|Thể dục thể thao|Môi trường|Quản lý đất đai|Lâm nghiệp|Thủy sản|Thủy lợi|Phòng,? chống thiên tai|Khí tượng thủy văn|Địa chất và Khoáng sản(?: Việt Nam)?|Biển và Hải đảo(?: Việt Nam)?|Dân số(?: - Kế hoạch hóa gia đình)?|Tiêu chuẩn Đo lường Chất lượng)"), MINISTRIES, "các tổng cục của bộ dân sự không còn; nay là cục thuộc bộ quản lý ngành"),
        Rule("body", re.compile(r"(?<!\w)(?:Chánh [Tt]hanh tra|Thanh tra)\s+(?:các\s+)?[Ss]ở(?!\w|\s+hữu)"), TWO_TIERS, "thanh tra sở không còn từ 01/7/2025; nay là Thanh tra tỉnh, thành phố"),
        Rule("body", re.compile(r"(?<!\w)(?:Chánh [Tt]hanh tra|Thanh tra)\s+(?:các\s+)?[Bb]ộ(?!\w|\s+(?:Quốc phòng|Công an|phận|máy|hồ sơ))"), TWO_TIERS, "thanh tra bộ không còn từ 01/7/2025 (trừ Bộ Quốc phòng, Bộ Công an); nay là Thanh tra Chính phủ"),
        Rule("body", _words("Thanh tra (?:cấp )?(?:huyện|quận|thị xã)"), TWO_TIERS, "thanh tra cấp huyện không còn từ 01/7/2025; nay là Thanh tra tỉnh, thành phố"),
        Rule("body", _words(f"Phòng (?:Giáo dục{_AND}Đào tạo|GD{_AND}ĐT|Tài nguyên{_AND}Môi trường|TN{_AND}MT|Lao động{_DASH}Thương binh{_AND}Xã hội|LĐ{_DASH}?TB{_AND}XH|Văn hóa{_AND}Thông tin|VH{_AND}TT|Tài chính{_DASH}Kế hoạch)"), TWO_TIERS, "phòng của cấp huyện, không còn từ 01/7/2025; nay là phòng chuyên môn thuộc UBND cấp xã hoặc sở"),
        Rule("body", _words("Ban Tuyên giáo(?! và Dân vận)", "Ban Dân vận"), PARTY, "nay là Ban Tuyên giáo và Dân vận"),
        Rule("body", _words("Chi cục Thuế (?:huyện|quận|thị xã|khu vực)"), TWO_TIERS, "nay là Thuế cơ sở thuộc Thuế tỉnh, thành phố"),
        Rule("body", _words("Tòa án nhân dân (?:cấp )?(?:huyện|quận|thị xã)", "Viện [Kk]iểm sát nhân dân (?:cấp )?(?:huyện|quận|thị xã)"), TWO_TIERS, "nay là Tòa án, Viện kiểm sát nhân dân khu vực"),
        Rule("body", _words("(?:Tòa án|Toà án|Viện [Kk]iểm sát) nhân dân cấp cao", "TAND cấp cao", "VKSND cấp cao"), TWO_TIERS, "tòa án, viện kiểm sát cấp cao không còn từ 01/7/2025; nay có ba cấp: tối cao, tỉnh và khu vực"),
        Rule("body", _words("Chi cục (?:Thi hành án dân sự|THADS)"), TWO_TIERS, "nay là Phòng Thi hành án dân sự khu vực thuộc Thi hành án dân sự tỉnh, thành phố"),
        Rule("body", _words("Cục Thuế (?:tỉnh|thành phố|TP)"), TWO_TIERS, "nay là Thuế tỉnh, thành phố"),
        Rule("body", _words(f"(?:Báo và )?Đài (?:Phát thanh|PT)(?:{_DASH}|{_AND})(?:Truyền hình|TH) (?:các )?tỉnh"), TWO_TIERS, "nay là Báo và phát thanh, truyền hình của tỉnh"),
        Rule("body", _words("Ban Kinh tế Trung ương"), PARTY, "nay là Ban Chính sách, chiến lược Trung ương"),
        Rule("body", _words("Ban Đối ngoại Trung ương"), PARTY, "nay thuộc Bộ Ngoại giao"),
        Rule("body", _words("Đảng ủy [Kk]hối"), PARTY, "đảng ủy khối không còn từ tháng 02/2025; nay là đảng ủy các cơ quan Đảng, đảng ủy Ủy ban nhân dân"),
        Rule("body", _words("Đài truyền thanh (?:huyện|quận|thị xã)", "Trung tâm Văn hóa,? Thông tin và Truyền thông (?:huyện|quận|thị xã)"), TWO_TIERS, "đài cấp huyện đã dừng; nay là đài truyền thanh cấp xã"),
        Rule("body", _words("Cổng Dịch vụ công (?:trực tuyến )?(?:của )?(?:tỉnh|thành phố|cấp tỉnh)"), TWO_TIERS, "nay chỉ còn Cổng Dịch vụ công quốc gia, địa chỉ dichvucong.gov.vn"),
    ]  # fmt: skip
    return rules


def _provinces() -> list[Rule]:
    rules = []
    for former, heir in FORMER_PROVINCES.items():
        name = former.replace(" - ", _DASH).replace("Hòa Bình", "(?:Hòa|Hoà) Bình")
        rules.append(Rule("province", _words(f"(?:UBND |HĐND )?tỉnh {name}"), TWO_TIERS, f"nay là {heir}"))
    rules += [
        Rule("unit", FORMER_CITY, TWO_TIERS, "thành phố, thị xã thuộc tỉnh không còn từ 01/7/2025; nay ghi tên phường, xã, đặc khu"),
        Rule("province", _words("tỉnh Thừa Thiên (?:- )?Huế"), date(2025, 1, 1), "nay là thành phố Huế"),
        Rule("province", _words("tỉnh Đồng Nai"), date(2026, 4, 30), "nay là thành phố Đồng Nai"),
        Rule("province", _words("63 tỉnh(?:, | và )?thành(?: phố)?", "63/63 tỉnh"), TWO_TIERS, "nay cả nước có 34 tỉnh, thành phố"),
    ]  # fmt: skip
    return rules


RULES: Final[tuple[Rule, ...]] = (
    Rule("unit", _words("cấp huyện", "cấp quận", "huyện", "quận", "thị xã", "thị trấn", "thành phố (?:trực )?thuộc tỉnh"), TWO_TIERS, "cấp huyện không còn từ 01/7/2025; nay chỉ có cấp tỉnh và xã, phường, đặc khu"),
    *_bodies(),
    *_provinces(),
    Rule("paper", _words("CMND", "CMTND", "(?:giấy )?chứng minh (?:nhân dân|thư)"), date(2025, 1, 1), "chứng minh nhân dân hết giá trị từ 01/01/2025; nay dùng thẻ căn cước"),
    Rule("paper", _words("sổ hộ khẩu", "sổ tạm trú"), date(2023, 1, 1), "sổ giấy hết giá trị từ 01/01/2023; thông tin cư trú tra trên VNeID"),
    Rule("portal", re.compile(r"(?<![\w.-])(?:dichvucong|dvc|dvctt|motcua|motcuadientu|hcc|tthc)\.(?!gov\.vn)[a-z0-9-]+(?:\.[a-z0-9-]+)*\.gov\.vn", re.IGNORECASE), TWO_TIERS, "cổng dịch vụ công của tỉnh đã đóng từ 01/7/2025, của bộ đóng dần đến 2/2026; nay chỉ dùng dichvucong.gov.vn"),
    Rule("wording", _words("(?:dịch vụ công )?(?:trực tuyến )?mức độ [34](?:(?:, | và )(?:mức độ )?4)?"), date(2022, 8, 15), "nay gọi là dịch vụ công trực tuyến toàn trình, một phần"),
    Rule("law", re.compile(r"\b(?:Nghị định|NĐ)\s+(?:số\s+)?13/2023(?:/NĐ-CP)?", re.IGNORECASE), date(2026, 1, 1), "nay là Luật 91/2025/QH15 và Nghị định 356/2025/NĐ-CP", cited=True),
    Rule("law", re.compile(r"\b(?:Nghị định|NĐ)\s+(?:số\s+)?85/2016(?:/NĐ-CP)?|\b(?:Thông tư|TT)\s+(?:số\s+)?12/2022(?:/TT-BTTTT)?", re.IGNORECASE), date(2026, 8, 19), "nay là Luật An ninh mạng 116/2025/QH15 và Nghị định 331/2026/NĐ-CP", cited=True),
    Rule("law", re.compile(r"\bLuật (?:An toàn thông tin mạng|(?:số\s+)?86/2015/QH13|An ninh mạng (?:năm )?2018|(?:An ninh mạng )?(?:số\s+)?24/2018/QH14)", re.IGNORECASE), date(2026, 7, 1), "nay là Luật An ninh mạng 116/2025/QH15", cited=True),
    Rule("law", re.compile(r"\bTCVN\s*11930(?::2017)?", re.IGNORECASE), date(2026, 8, 19), "nay là TCVN 14423:2026", cited=True),
)  # fmt: skip
