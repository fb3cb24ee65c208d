"""Where a Vietnamese line may end: syllables of one word stay together, lines come out evenly long."""

from collections.abc import Callable
from functools import lru_cache

from .typefaces import PITCH_TEXT, Weight, clean, measure

#: Words of several syllables that occur in public-service texts; a line should not end inside one.
COMPOUNDS = frozenset(
    clean(word)
    for word in (
        "dịch vụ công,trực tuyến,hồ sơ,thủ tục,hành chính,căn cước,định danh,điện tử,tài khoản,mật khẩu,mã số,"
        "quốc gia,ủy ban,nhân dân,trung tâm,phục vụ,kết quả,giấy tờ,bản sao,chứng thực,đăng ký,khai sinh,khai tử,"
        "kết hôn,thường trú,tạm trú,đăng nhập,đăng xuất,thanh toán,lệ phí,phí lệ phí,ngân hàng,điện thoại,"
        "cơ quan,nhà nước,người dân,bà con,công dân,doanh nghiệp,xã phường,địa phương,tỉnh thành,thành phố,"
        "thông tin,hướng dẫn,hỗ trợ,tổng đài,đường dây,kiểm tra,tra cứu,theo dõi,tiếp nhận,trả kết quả,giải quyết,"
        "thời gian,thời hạn,ngày làm việc,giờ làm việc,làm việc,miễn phí,lừa đảo,giả mạo,cảnh báo,công an,"
        "bảo hiểm,y tế,xã hội,lý lịch,tư pháp,lái xe,giấy phép,tin nhắn,cuộc gọi,đường dẫn,liên kết,địa chỉ,"
        "chính thức,tên miền,cung cấp,cá nhân,bảo mật,mã OTP,xác thực,xác minh,xác nhận,sinh trắc học,ứng dụng,"
        "cài đặt,kích hoạt,lựa chọn,biểu mẫu,tờ khai,thành phần,đính kèm,nộp hồ sơ,tải lên,tổ công nghệ,công nghệ,"
        "cộng đồng,chuyển đổi,chuyển đổi số,dữ liệu,an toàn,an ninh,đề án,chiến dịch,tháng cao điểm,ban hành,"
        "trẻ em,người cao tuổi,học sinh,sinh viên,khuyết tật,dân tộc,thiểu số,tổ dân phố,trụ sở,nhà văn hóa,"
        "bộ phận,một cửa,phản ánh,kiến nghị,đánh giá,hài lòng,chất lượng,thuận tiện,tiết kiệm,nhanh chóng,"
        "minh bạch,công khai,tiền mặt,chuyển khoản,chuyển tiền,kho bạc,số liệu,minh họa,tuyệt đối,cảnh giác,"
        "ví dụ,duy nhất,bất kỳ ai,rõ nét,xã hội hóa,bình tĩnh,nghi ngờ,trình báo,gần nhất,mọi lúc,mọi nơi,tại nhà,qua mạng"
    ).split(",")
)
_LONGEST = max(word.count(" ") + 1 for word in COMPOUNDS)
_TRIM = ".,;:!?()“”\"'…"
#: A number does not part from the word that counts or names it.
_NUMBER_NAMES = frozenset("số mức tháng ngày năm bước điều khoản quý lúc cấp độ".split())


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
        if plain[i + 1][:1].isdigit() and plain[i] in _NUMBER_NAMES:
            glued.add(i)
        elif words[i].isdigit() and words[i + 1][:1].isalnum():
            glued.add(i)
        elif words[i] in ("–", "-", "&"):
            glued.add(i)
    return frozenset(glued)


def break_lines(text: str, width: float, measure_line: Callable[[str], float]) -> tuple[str, ...] | None:
    """The fewest lines no wider than `width`, evenly filled; None when a single word is wider than the line."""
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
    """Pixels from the top of the first capital to the foot of the last line's letters (g and dots included)."""
    if lines == 0:
        return 0
    return round(size * (0.76 + pitch * (lines - 1) + 0.2))
