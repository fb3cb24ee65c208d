"""Units of measure and money, as written after a number and as said."""

import re

UNITS = {
    "km²": "ki-lô-mét vuông", "km2": "ki-lô-mét vuông", "m²": "mét vuông", "m2": "mét vuông", "cm²": "xăng-ti-mét vuông",
    "cm2": "xăng-ti-mét vuông", "dm2": "đề-xi-mét vuông", "mm2": "mi-li-mét vuông", "m³": "mét khối", "m3": "mét khối",
    "cm3": "xăng-ti-mét khối", "cm³": "xăng-ti-mét khối", "dm3": "đề-xi-mét khối", "km": "ki-lô-mét", "Km": "ki-lô-mét", "KM": "ki-lô-mét",
    "hm": "héc-tô-mét", "dm": "đề-xi-mét", "cm": "xăng-ti-mét", "mm": "mi-li-mét", "µm": "mi-crô-mét", "m": "mét",
    "ha": "héc-ta", "Ha": "héc-ta", "HA": "héc-ta", "kg": "ki-lô-gam", "Kg": "ki-lô-gam", "KG": "ki-lô-gam", "mg": "mi-li-gam", "gr": "gam",
    "g": "gam", "µg": "mi-crô-gam", "ml": "mi-li-lít", "mL": "mi-li-lít", "cl": "xen-ti-lít", "l": "lít", "L": "lít",
    "°C": "độ xê", "℃": "độ xê", "oC": "độ xê", "ºC": "độ xê", "độ C": "độ xê", "°F": "độ ép", "°": "độ", "º": "độ",
    "kWh": "ki-lô-oát giờ", "KWh": "ki-lô-oát giờ", "kwh": "ki-lô-oát giờ", "MWh": "mê-ga-oát giờ", "kWp": "ki-lô-oát pích",
    "kW": "ki-lô-oát", "KW": "ki-lô-oát", "MW": "mê-ga-oát", "W": "oát", "kV": "ki-lô-vôn", "KV": "ki-lô-vôn", "kVA": "ki-lô-vôn am-pe", "MVA": "mê-ga-vôn am-pe",
    "V": "vôn", "Hz": "héc", "kHz": "ki-lô-héc", "MHz": "mê-ga-héc", "GHz": "gi-ga-héc", "dB": "đề-xi-ben",
    "GB": "gi-ga-bai", "MB": "mê-ga-bai", "KB": "ki-lô-bai", "kB": "ki-lô-bai", "Gb": "gi-ga-bai", "Mb": "mê-ga-bai", "Kb": "ki-lô-bai",
    "Mbps": "mê-ga-bít trên giây", "Gbps": "gi-ga-bít trên giây", "kbps": "ki-lô-bít trên giây", "Kbps": "ki-lô-bít trên giây",
    "Mb/s": "mê-ga-bít trên giây", "MB/s": "mê-ga-bai trên giây", "Gb/s": "gi-ga-bít trên giây",
    "cc": "phân khối", "CC": "phân khối", "kcal": "ki-lô-ca-lo", "cal": "ca-lo", "hPa": "héc-tô-pát-can", "mmHg": "mi-li-mét thủy ngân",
    "km/h": "ki-lô-mét trên giờ", "Km/h": "ki-lô-mét trên giờ", "m/s": "mét trên giây", "dặm/h": "dặm trên giờ", "vòng/phút": "vòng trên phút",
    "mg/l": "mi-li-gam trên lít", "µg/m3": "mi-crô-gam trên mét khối", "µg/m³": "mi-crô-gam trên mét khối", "mg/m3": "mi-li-gam trên mét khối",
    "mg/L": "mi-li-gam trên lít", "g/L": "gam trên lít", "µg/L": "mi-crô-gam trên lít", "µg/l": "mi-crô-gam trên lít", "g/l": "gam trên lít", "mg/kg": "mi-li-gam trên ki-lô-gam", "ms": "mi-li giây", "s": "giây", "h": "giờ", "MP": "mê-ga-pích-xeo",
    "mAh": "mi-li-am-pe giờ", "Ah": "am-pe giờ", "TB": "tê-ra-bai", "kPa": "ki-lô-pát-can", "MPa": "mê-ga-pát-can", "Pa": "pát-can", "lux": "lúc",
    "mmol/l": "mi-li-mon trên lít", "mmol/L": "mi-li-mon trên lít", "mg/dl": "mi-li-gam trên đề-xi-lít", "mg/dL": "mi-li-gam trên đề-xi-lít", "IU": "đơn vị quốc tế", "UI": "đơn vị quốc tế",
    "Wh": "oát giờ", "Ω": "ôm", "kΩ": "ki-lô-ôm", "MΩ": "mê-ga-ôm", "GW": "gi-ga-oát", "GWh": "gi-ga-oát giờ", "kHZ": "ki-lô-héc", "mA": "mi-li-am-pe", "km³": "ki-lô-mét khối", "inch": "in", "px": "pích-xeo", "dpi": "đi pi ai", "HP": "mã lực", "CV": "mã lực", "hp": "mã lực", "ounce": "ao-xơ", "ppm": "phần triệu",
    "%": "phần trăm", "‰": "phần nghìn",
}  # fmt: skip
"""Measures. After a number each has one meaning; some single letters count only where they touch the digits."""

MONEY = {
    "đồng": "đồng", "đ": "đồng", "Đ": "đồng", "₫": "đồng", "VNĐ": "đồng", "VND": "đồng", "vnđ": "đồng", "vnd": "đồng", "Vnđ": "đồng",
    "VNđ": "đồng", "USD": "đô la Mỹ", "usd": "đô la Mỹ", "$": "đô la Mỹ", "US$": "đô la Mỹ", "EUR": "ơ-rô", "€": "ơ-rô", "£": "bảng Anh", "¥": "yên",
    "tr": "triệu", "trđ": "triệu đồng", "tr.đ": "triệu đồng", "tr đ": "triệu đồng", "trđồng": "triệu đồng", "k": "nghìn", "K": "nghìn", "ngđ": "nghìn đồng",
    "tỷđ": "tỷ đồng", "tỉđ": "tỷ đồng", "CNY": "nhân dân tệ", "JPY": "yên Nhật", "KRW": "uôn Hàn Quốc",
}  # fmt: skip

TOUCHING_ONLY = frozenset(("Pa", "k", "K", "V", "W", "s", "h", "L", "Đ", "hm", "in", "CC"))
"""Letters that are a unit only when no blank parts them from the number."""

SCALES = frozenset(("trăm", "nghìn", "ngàn", "vạn", "triệu", "tỷ", "tỉ", "chục"))

_ORDER = sorted((*UNITS, *MONEY), key=len, reverse=True)
UNIT = re.compile(r"(?:" + "|".join(re.escape(unit) for unit in _ORDER) + r")(?![^\W_])")
UNIT_SIGN = re.compile(r"(?:%|‰|\$|€|£|¥|₫|[°º]C(?![^\W\d_])|℃|°|º)")

PER = frozenset(
    """
    ngày tuần tháng quý năm giờ phút giây buổi ca lượt lần người hộ hồ trường thửa học em cháu gia đơn xe con cái chiếc bản
    trang sản đêm suất khẩu nhà thôn xã tỉnh giấy thẻ tờ đợt kỳ vụ sào mẫu lớp nhóm đội cơ cán thành chuyến đầu vé phiếu bộ
    hốc gốc luống chậu khay lồng chuồng trại bể ao lứa dãy khóm hàng ổ đàn bình can xô lon vỉ liệu mét
    video clip lao công cuộc tệp tài thiết căn hộp viên gói thùng chai ống giỏ bữa ô cụm điểm buồng tiết môn bài sim máy hạt liều mũi cọc bó mớ tuổi lượng chỉ tin cuộc tấn tạ yến lít mét cân khối số phòng đối cây bao bài tin phần bàn tổ sinh viên bệnh khách thuê bao
    """.split()  # noqa: SIM905
)
"""First words after a stroke that make it a rate: "đồng/hồ sơ" is said "đồng một hồ sơ"."""

NOT_COUNTED_PER = frozenset(
    "xã phường tỉnh huyện thôn tổ khu bản ấp khóm anh chị cô chú ông bà cháu bộ ngành ban sở và có cha mẹ vợ nam nữ ngõ".split()  # noqa: SIM905
)
"""Words that in front of a stroke name an alternative, not a rate: "15 xã/phường"."""
