"""Where a Vietnamese line may end: syllables of one word stay together, lines come out evenly long."""

from collections.abc import Callable
from functools import lru_cache

from .typefaces import PITCH_TEXT, Weight, clean, measure

#: Words of several syllables that occur in public-service texts; a line should not end inside one.
COMPOUNDS = frozenset(
    word.replace("_", " ")
    for line in (
        "dịch_vụ_công trực_tuyến hồ_sơ thủ_tục hành_chính căn_cước định_danh điện_tử tài_khoản mật_khẩu mã_số",
        "quốc_gia ủy_ban nhân_dân trung_tâm phục_vụ kết_quả giấy_tờ bản_sao chứng_thực đăng_ký khai_sinh",
        "khai_tử kết_hôn thường_trú tạm_trú đăng_nhập đăng_xuất thanh_toán lệ_phí phí_lệ_phí ngân_hàng",
        "điện_thoại cơ_quan nhà_nước người_dân bà_con công_dân doanh_nghiệp xã_phường địa_phương tỉnh_thành",
        "thành_phố thông_tin hướng_dẫn hỗ_trợ tổng_đài đường_dây kiểm_tra tra_cứu theo_dõi tiếp_nhận",
        "trả_kết_quả giải_quyết thời_gian thời_hạn ngày_làm_việc giờ_làm_việc làm_việc miễn_phí lừa_đảo",
        "giả_mạo cảnh_báo công_an bảo_hiểm y_tế xã_hội lý_lịch tư_pháp lái_xe giấy_phép tin_nhắn cuộc_gọi",
        "đường_dẫn liên_kết địa_chỉ chính_thức tên_miền cung_cấp cá_nhân bảo_mật mã_otp xác_thực xác_minh",
        "xác_nhận sinh_trắc_học ứng_dụng cài_đặt kích_hoạt lựa_chọn biểu_mẫu tờ_khai thành_phần đính_kèm",
        "nộp_hồ_sơ tải_lên tổ_công_nghệ công_nghệ cộng_đồng chuyển_đổi chuyển_đổi_số dữ_liệu an_toàn an_ninh",
        "đề_án chiến_dịch tháng_cao_điểm ban_hành trẻ_em người_cao_tuổi học_sinh sinh_viên khuyết_tật dân_tộc",
        "thiểu_số tổ_dân_phố trụ_sở nhà_văn_hóa bộ_phận một_cửa phản_ánh kiến_nghị đánh_giá hài_lòng",
        "chất_lượng thuận_tiện tiết_kiệm nhanh_chóng minh_bạch công_khai tiền_mặt chuyển_khoản chuyển_tiền",
        "kho_bạc số_liệu minh_họa tuyệt_đối cảnh_giác ví_dụ duy_nhất bất_kỳ_ai rõ_nét xã_hội_hóa bình_tĩnh",
        "nghi_ngờ trình_báo gần_nhất mọi_lúc mọi_nơi tại_nhà qua_mạng",
    )
    for word in clean(line).split()
)
_LONGEST = max(word.count(" ") + 1 for word in COMPOUNDS)
_TRIM = ".,;:!?()“”\"'…"
#: A number does not part from the word that counts or names it.
_NUMBER_NAMES = frozenset(
    ("số", "mức", "tháng", "ngày", "năm", "bước", "điều", "khoản", "quý", "lúc", "cấp", "độ")
)


@lru_cache(maxsize=2048)
def _glued(words: tuple[str, ...]) -> frozenset[int]:
    """Positions i where a break between word i and word i + 1 would tear something apart."""
    plain = [word.strip(_TRIM).lower() for word in words]
    glued: set[int] = set()
    for start in range(len(words)):
        for length in range(2, _LONGEST + 1):
            if start + length > len(words):
                break
            inner = words[start : start + length - 1]
            if " ".join(plain[start : start + length]) in COMPOUNDS and all(
                w[-1] not in ".,;:!?" for w in inner
            ):
                glued.update(range(start, start + length - 1))
    for i in range(len(words) - 1):
        named_number = plain[i + 1][:1].isdigit() and plain[i] in _NUMBER_NAMES
        counted_thing = words[i].isdigit() and words[i + 1][:1].isalnum()
        if named_number or counted_thing or words[i] in ("–", "-", "&"):
            glued.add(i)
    return frozenset(glued)


def break_lines(text: str, width: float, measure_line: Callable[[str], float]) -> tuple[str, ...] | None:
    """The fewest lines no wider than `width`, evenly filled; None when a single word is wider than the
    line.
    """
    words = tuple(text.split())
    if not words:
        return ()
    lengths = [measure_line(word) for word in words]
    if max(lengths) > width:
        return None
    blank = measure_line(" ")
    glued = _glued(words)
    count = len(words)
    # best[i]: (lines, cost, start of the last line) for the first i words
    best: list[tuple[int, float, int]] = [(0, 0.0, 0)] + [(count + 1, 0.0, 0)] * count
    for end in range(1, count + 1):
        length = -blank
        for start in range(end - 1, -1, -1):
            length += lengths[start] + blank
            if length > width:
                break
            slack = (width - length) / width
            last = end == count
            cost = slack * slack * (0.75 if last else 1.0)
            if last and start > 0 and (end - start == 1 or length < width * 0.35):
                cost += 0.35
            if not last and end - 1 in glued:
                cost += 0.6
            lines, before, _ = best[start]
            candidate = (lines + 1, before + cost, start)
            if candidate[:2] < best[end][:2]:
                best[end] = candidate
    pieces: list[str] = []
    end = count
    while end:
        start = best[end][2]
        pieces.append(" ".join(words[start:end]))
        end = start
    return tuple(reversed(pieces))


def tears(lines: tuple[str, ...]) -> bool:
    """True when a line ends inside a word of several syllables or between a number and its name."""
    words = tuple(word for line in lines for word in line.split())
    ends: set[int] = set()
    for line in lines[:-1]:
        ends.add(len(line.split()) - 1 + (max(ends) + 1 if ends else 0))
    return bool(ends & _glued(words))


def uneven(lines: tuple[str, ...]) -> bool:
    """True when one line looks lost beside another."""
    lengths = [len(line) for line in lines]
    return len(lines) > 1 and min(lengths) < 0.3 * max(lengths)


def wrapped(text: str, weight: Weight, size: int, width: float) -> tuple[str, ...] | None:
    """`break_lines` with a typeface."""
    return break_lines(text, width, lambda piece: measure(piece, weight, size))


def block_height(lines: int, size: int, pitch: float = PITCH_TEXT) -> int:
    """Pixels from the top of the first capital to the foot of the last line's letters (g and dots
    included).
    """
    if lines == 0:
        return 0
    return round(size * (0.76 + pitch * (lines - 1) + 0.2))
