"""Who signs: the codes behind the stroke of a Vietnamese document number, and the kinds of documents.

The kinds follow the appendix of Nghị định 30/2020/NĐ-CP on paperwork and the Party's own list.
"""

import re
from functools import lru_cache

from .voice import DIGIT_WORDS

KINDS = {
    "QĐ": "Quyết định", "QĐi": "Quy định", "NQ": "Nghị quyết", "NĐ": "Nghị định", "TT": "Thông tư", "CT": "Chỉ thị",
    "KH": "Kế hoạch", "TB": "Thông báo", "BC": "Báo cáo", "TTr": "Tờ trình", "TTR": "Tờ trình", "HD": "Hướng dẫn",
    "CĐ": "Công điện", "CTr": "Chương trình", "Ctr": "Chương trình", "CTR": "Chương trình", "KL": "Kết luận",
    "QC": "Quy chế", "QyĐ": "Quy định", "QYĐ": "Quy định", "ĐA": "Đề án", "PA": "Phương án", "TTLT": "Thông tư liên tịch",
    "NQLT": "Nghị quyết liên tịch", "VBHN": "Văn bản hợp nhất", "GM": "Giấy mời", "BB": "Biên bản", "CV": "Công văn",
    "TC": "Thông cáo", "DA": "Dự án", "BTT": "Bản thỏa thuận", "GUQ": "Giấy ủy quyền", "GGT": "Giấy giới thiệu",
    "PL": "Phụ lục", "L": "Lệnh", "SL": "Sắc lệnh", "PLe": "Pháp lệnh", "CTPH": "Chương trình phối hợp",
    "KHLT": "Kế hoạch liên tịch", "KHPH": "Kế hoạch phối hợp", "HDLN": "Hướng dẫn liên ngành", "HDLT": "Hướng dẫn liên tịch",
    "TBKL": "Thông báo kết luận", "TM": "Thư mời", "GP": "Giấy phép", "HĐ": "Hợp đồng", "HĐMB": "Hợp đồng mua bán", "HĐLĐ": "Hợp đồng lao động", "HĐKT": "Hợp đồng kinh tế", "HĐTĐ": "Hợp đồng thuê đất", "ĐC": "Đề cương", "QCPH": "Quy chế phối hợp",
    "TL": "Thể lệ", "CB": "Công bố", "TTg": "", "CTHĐ": "Chương trình hành động", "QCVN": "Quy chuẩn", "LCT": "Lệnh công bố",
}  # fmt: skip

BODIES = {
    "TTg": "Thủ tướng Chính phủ", "CP": "Chính phủ", "CTN": "Chủ tịch nước", "TW": "Trung ương", "TƯ": "Trung ương",
    "VPCP": "Văn phòng Chính phủ", "VPTW": "Văn phòng Trung ương Đảng", "VPQH": "Văn phòng Quốc hội", "QH": "Quốc hội",
    "UBTVQH": "Ủy ban Thường vụ Quốc hội", "UBND": "Ủy ban nhân dân", "HĐND": "Hội đồng nhân dân",
    "CTUBND": "Chủ tịch Ủy ban nhân dân", "VPUB": "Văn phòng Ủy ban nhân dân", "VPUBND": "Văn phòng Ủy ban nhân dân",
    "VPHĐND": "Văn phòng Hội đồng nhân dân", "ĐU": "Đảng ủy", "HU": "Huyện ủy", "ThU": "Thành ủy", "QU": "Quận ủy",
    "TTHĐND": "Thường trực Hội đồng nhân dân", "BCĐ": "Ban Chỉ đạo", "BCĐQG": "Ban Chỉ đạo quốc gia",
    "BTGTW": "Ban Tuyên giáo Trung ương", "BTGDVTW": "Ban Tuyên giáo và Dân vận Trung ương", "BTCTW": "Ban Tổ chức Trung ương",
    "BTGDV": "Ban Tuyên giáo và Dân vận", "BTG": "Ban Tuyên giáo", "BDV": "Ban Dân vận", "BDVTW": "Ban Dân vận Trung ương",
    "UBKT": "Ủy ban Kiểm tra", "UBKTTW": "Ủy ban Kiểm tra Trung ương", "BBT": "Ban Bí thư", "BCT": "Bộ Công Thương",
    "BCH": "Ban Chấp hành", "BTV": "Ban Thường vụ", "BTP": "Bộ Tư pháp", "BTC": "Bộ Tài chính", "BCA": "Bộ Công an",
    "BQP": "Bộ Quốc phòng", "BNG": "Bộ Ngoại giao", "BNV": "Bộ Nội vụ", "BXD": "Bộ Xây dựng", "BYT": "Bộ Y tế",
    "TTCP": "Thanh tra Chính phủ", "NHNN": "Ngân hàng Nhà nước", "KTNN": "Kiểm toán nhà nước", "UBDT": "Ủy ban Dân tộc",
    "TANDTC": "Tòa án nhân dân tối cao", "VKSNDTC": "Viện Kiểm sát nhân dân tối cao", "VKSTC": "Viện Kiểm sát nhân dân tối cao",
    "HĐTP": "Hội đồng Thẩm phán", "TAND": "Tòa án nhân dân", "VKSND": "Viện kiểm sát nhân dân", "VKS": "Viện kiểm sát",
    "BHXH": "Bảo hiểm xã hội", "NHCS": "Ngân hàng Chính sách xã hội", "NHCSXH": "Ngân hàng Chính sách xã hội",
    "TCT": "Tổng cục Thuế", "CT": "Cục Thuế", "TCTK": "Tổng cục Thống kê", "CTK": "Cục Thống kê", "KBNN": "Kho bạc Nhà nước",
    "MTTQ": "Mặt trận Tổ quốc", "MTTW": "Ủy ban Trung ương Mặt trận Tổ quốc Việt Nam", "UBMTTQ": "Ủy ban Mặt trận Tổ quốc",
    "MT": "Mặt trận Tổ quốc", "UBMT": "Ủy ban Mặt trận Tổ quốc", "UBMTTQVN": "Ủy ban Mặt trận Tổ quốc Việt Nam",
    "LĐLĐ": "Liên đoàn Lao động", "TLĐ": "Tổng Liên đoàn Lao động Việt Nam", "CĐ": "Công đoàn", "ĐTN": "Đoàn Thanh niên",
    "TWĐTN": "Trung ương Đoàn Thanh niên Cộng sản Hồ Chí Minh", "TĐTN": "Tỉnh đoàn Thanh niên", "TĐ": "Tỉnh đoàn",
    "HND": "Hội Nông dân", "HPN": "Hội Liên hiệp Phụ nữ", "LHPN": "Hội Liên hiệp Phụ nữ", "HLHPN": "Hội Liên hiệp Phụ nữ",
    "CCB": "Hội Cựu chiến binh", "HCCB": "Hội Cựu chiến binh", "HCTĐ": "Hội Chữ thập đỏ", "HKH": "Hội Khuyến học",
    "ĐCT": "Đoàn Chủ tịch", "CA": "Công an", "CAT": "Công an tỉnh", "CATP": "Công an thành phố", "CAX": "Công an xã",
    "CAP": "Công an phường", "CAH": "Công an huyện", "BCHQS": "Ban Chỉ huy Quân sự", "BĐBP": "Bộ đội Biên phòng",
    "BQL": "Ban Quản lý", "BQLDA": "Ban Quản lý dự án", "VPTU": "Văn phòng Tỉnh ủy", "VPĐU": "Văn phòng Đảng ủy", "BTVĐU": "Ban Thường vụ Đảng ủy", "VP": "Văn phòng", "TTCN": "Trung tâm Công nghệ",
    "TTPVHCC": "Trung tâm Phục vụ hành chính công", "PVHCC": "Trung tâm Phục vụ hành chính công",
    "TTPVHCCTP": "Trung tâm Phục vụ hành chính công thành phố", "TTYT": "Trung tâm Y tế", "TYT": "Trạm Y tế",
    "BVĐK": "Bệnh viện đa khoa", "TTVH": "Trung tâm Văn hóa", "CCT": "Chi cục Thuế", "THADS": "Thi hành án dân sự",
    "THA": "Thi hành án", "CTHADS": "Cục Thi hành án dân sự", "QLTT": "Quản lý thị trường", "UBCKNN": "Ủy ban Chứng khoán Nhà nước",
    "VNPT": "Tập đoàn Bưu chính Viễn thông Việt Nam", "EVN": "Tập đoàn Điện lực Việt Nam", "PC": "Công ty Điện lực",
    "CCTTHC": "Cục Kiểm soát thủ tục hành chính", "CĐSQG": "Cục Chuyển đổi số quốc gia", "UBQGCĐS": "Ủy ban Quốc gia về chuyển đổi số",
    "C06": "Cục Cảnh sát quản lý hành chính về trật tự xã hội", "TGCP": "Ban Tôn giáo Chính phủ", "BCĐTW": "Ban Chỉ đạo Trung ương",
    "ĐUK": "Đảng ủy khối", "HV": "Học viện", "UBATGTQG": "Ủy ban An toàn giao thông Quốc gia", "ATGT": "Ban An toàn giao thông",
    "UBQG": "Ủy ban Quốc gia", "BCHPCTT": "Ban Chỉ huy Phòng chống thiên tai", "PCTT": "Ban Chỉ huy Phòng chống thiên tai",
    "ĐĐBQH": "Đoàn đại biểu Quốc hội", "THCS": "trường trung học cơ sở", "THPT": "trường trung học phổ thông", "TH": "trường tiểu học",
    "MN": "trường mầm non", "TP": "Tư pháp", "HĐBCQG": "Hội đồng Bầu cử Quốc gia", "UBBC": "Ủy ban bầu cử",
}  # fmt: skip

FIELDS = {
    "KHCN": "Khoa học và Công nghệ", "KH&CN": "Khoa học và Công nghệ", "TTTT": "Thông tin và Truyền thông",
    "TT&TT": "Thông tin và Truyền thông", "VHTTDL": "Văn hóa, Thể thao và Du lịch", "VHTT&DL": "Văn hóa, Thể thao và Du lịch",
    "VH,TT&DL": "Văn hóa, Thể thao và Du lịch", "VH-TT&DL": "Văn hóa, Thể thao và Du lịch",
    "VHTT": "Văn hóa và Thể thao", "VH&TT": "Văn hóa và Thể thao", "DL": "Du lịch", "SDL": "Du lịch",
    "GDĐT": "Giáo dục và Đào tạo", "GD&ĐT": "Giáo dục và Đào tạo", "GDDT": "Giáo dục và Đào tạo", "GD-ĐT": "Giáo dục và Đào tạo",
    "YT": "Y tế", "TC": "Tài chính", "NV": "Nội vụ", "TP": "Tư pháp", "XD": "Xây dựng", "CT": "Công Thương", "CA": "Công an",
    "QP": "Quốc phòng", "NG": "Ngoại giao", "GTVT": "Giao thông vận tải", "TNMT": "Tài nguyên và Môi trường",
    "TN&MT": "Tài nguyên và Môi trường", "NNMT": "Nông nghiệp và Môi trường", "NN&MT": "Nông nghiệp và Môi trường",
    "NNPTNT": "Nông nghiệp và Phát triển nông thôn", "NN&PTNT": "Nông nghiệp và Phát triển nông thôn",
    "NN-PTNT": "Nông nghiệp và Phát triển nông thôn", "NN": "Nông nghiệp", "LĐTBXH": "Lao động, Thương binh và Xã hội",
    "LĐTB&XH": "Lao động, Thương binh và Xã hội", "LĐ-TB&XH": "Lao động, Thương binh và Xã hội",
    "LĐ-TBXH": "Lao động, Thương binh và Xã hội", "KHĐT": "Kế hoạch và Đầu tư", "KH&ĐT": "Kế hoạch và Đầu tư",
    "KH-ĐT": "Kế hoạch và Đầu tư", "DTTG": "Dân tộc và Tôn giáo", "DT&TG": "Dân tộc và Tôn giáo", "DT-TG": "Dân tộc và Tôn giáo",
    "DT": "Dân tộc", "VHXH": "Văn hóa, Xã hội", "VH-XH": "Văn hóa, Xã hội", "VH&XH": "Văn hóa và Xã hội",
    "KT": "Kinh tế", "KTHT": "Kinh tế, Hạ tầng", "KT-HT": "Kinh tế, Hạ tầng", "KTHTĐT": "Kinh tế, Hạ tầng và Đô thị",
    "KT,HT&ĐT": "Kinh tế, Hạ tầng và Đô thị", "KT-HT&ĐT": "Kinh tế, Hạ tầng và Đô thị", "QLĐT": "Quản lý đô thị",
    "TCKH": "Tài chính, Kế hoạch", "TC-KH": "Tài chính, Kế hoạch", "QHKT": "Quy hoạch và Kiến trúc", "ATTP": "An toàn thực phẩm",
    "LĐTBXH&DT": "Lao động, Thương binh, Xã hội và Dân tộc", "VHTTTT": "Văn hóa, Thông tin", "VHTTTDL": "Văn hóa, Thể thao và Du lịch",
}  # fmt: skip
"""Fields of work after Bộ, Sở, Phòng, or after B, S, P in one code (SKHCN)."""

_PREFIXES = (("B", "Bộ "), ("S", "Sở "), ("P", "Phòng "))
_NUMBERED = re.compile(r"BCĐ(\d{2,3})\Z")
_TERM = re.compile(r"(QH|UBTVQH|HĐND|HĐNDK)(\d{1,2})\Z")


@lru_cache(maxsize=4096)
def body_of(code: str) -> tuple[str, int | None] | None:
    """(name, term) of the body behind a code; the term is the number of the Quốc hội ("QH15"). None if unknown."""
    name = BODIES.get(code)
    if name:
        return name, None
    term = _TERM.match(code)
    if term:
        return BODIES["HĐND" if term[1].startswith("HĐND") else term[1]], int(term[2])
    numbered = _NUMBERED.match(code)
    if numbered:
        return "Ban Chỉ đạo " + " ".join(DIGIT_WORDS[int(digit)] for digit in numbered[1]), None
    for prefix, word in _PREFIXES:
        field = FIELDS.get(code[1:]) if code.startswith(prefix) else None
        if field:
            return word + field, None
    return None
