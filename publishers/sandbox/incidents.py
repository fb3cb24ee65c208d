"""Bad days a trainer can choose, each in plain Vietnamese, and the rules that bring them about."""

from dataclasses import dataclass
from typing import Any

from publishers.sandbox.routing import FACEBOOK, YOUTUBE, ZALO

PLATFORMS = (FACEBOOK, YOUTUBE, ZALO)
#: Calls by platform: those by which a post becomes visible (SHOWS), those that put anything on a platform (WRITES),
#: those whose object a list shows late, and those that hand a film over.
_Calls = dict[str, tuple[str, ...]]
SHOWS: _Calls = {
    FACEBOOK: ("feed.create", "videos.finish", "reels.finish"),
    YOUTUBE: ("videos.update",),
    ZALO: ("article.update",),
}
WRITES: _Calls = {
    FACEBOOK: ("feed.create", "photos.create", "videos.*", "reels.*"),
    YOUTUBE: ("videos.insert.*", "videos.update"),
    ZALO: ("article.create", "article.update", "video.prepare"),
}
LISTED: _Calls = {FACEBOOK: ("feed.create",), YOUTUBE: ("videos.insert.chunk",), ZALO: ("article.verify",)}
FILMS: _Calls = {
    FACEBOOK: ("videos.finish", "reels.finish"),
    YOUTUBE: ("videos.insert.chunk",),
    ZALO: ("video.prepare",),
}
_Rule = dict[str, Any]


@dataclass(frozen=True)
class Incident:
    """One bad day: what happens, what the product should do then, and which calls it hits in which way."""

    name: str
    label: str
    expected: str
    calls: _Calls
    common: _Rule
    by_platform: dict[str, _Rule]

    def rules(self, platform: str, account: str, times: int) -> list[_Rule]:
        """The rules for one platform; each kind of call is hit `times` times (0: until it is stopped)."""
        return [
            {"platform": platform, "op": op, "times": times, "label": self.label, **self.common,
             **self.by_platform.get(platform, {}), **({"account": account} if account else {})}
            for op in self.calls[platform]
        ]  # fmt: skip


def _errors(facebook: _Rule, youtube: _Rule, zalo: _Rule) -> dict[str, _Rule]:
    return {FACEBOOK: {"error": facebook}, YOUTUBE: {"error": youtube}, ZALO: {"error": zalo}}


INCIDENTS = (
    Incident(
        "mat-cau-tra-loi", "Bài đã lên nhưng mất câu trả lời",
        "Phần mềm không gửi lại ngay: đọc lại kênh, thấy bài thì ghi nhận. Trên tường chỉ có một bài.",
        SHOWS, {"action": "drop_after"}, {},
    ),
    Incident(
        "mat-ket-noi", "Mất kết nối trước khi nền tảng nhận",
        "Phần mềm đọc lại kênh hai lần, không thấy bài mới gửi lại. Bài lên muộn vài phút, vẫn chỉ một bài.",
        SHOWS, {"action": "drop_before"}, {},
    ),
    Incident(
        "im-lang", "Nền tảng im lặng sau khi đã nhận bài",
        "Phần mềm chờ hết giờ rồi đọc lại kênh. Các kênh khác vẫn đăng bình thường.",
        SHOWS, {"action": "timeout_after", "seconds": 90}, {},
    ),
    Incident(
        "bao-loi-gia", "Nền tảng báo lỗi dù bài đã lên",
        "Phần mềm không tin lời báo lỗi: đọc lại kênh rồi ghi nhận bài đã lên.",
        SHOWS, {"action": "error_after"},
        _errors({"code": 2}, {"http": 503, "reason": "backendError"}, {"error": -1, "http": 502}),
    ),
    Incident(
        "qua-tai", "Nền tảng quá tải (lỗi 502)",
        "Phần mềm tự thử lại, thời gian chờ tăng dần; quá nhiều lần thì giữ lại và nói rõ lý do.",
        WRITES, {"action": "html_502"}, {},
    ),
    Incident(
        "tra-loi-cham", "Nền tảng trả lời chậm 20 giây",
        "Bài lên chậm hơn; kênh khác không phải chờ.",
        WRITES, {"action": "delay", "seconds": 20}, {},
    ),
    Incident(
        "gioi-han", "Kênh bị giới hạn số lần gọi",
        "Kênh được tạm nghỉ đến hết hạn chế rồi tự đăng tiếp, không tính là một lần thử. Kênh khác vẫn đăng.",
        SHOWS, {"action": "error"},
        _errors({"code": 80001, "subcode": 2446079}, {"http": 403, "reason": "quotaExceeded"},
                {"error": -32, "message": "Your OA reached limit call api"}),
    ),
    Incident(
        "het-han-ket-noi", "Mã truy cập của kênh hết hiệu lực",
        "YouTube và Zalo được gia hạn tự động. Facebook cần người phụ trách kết nối lại; bài được giữ, không mất.",
        SHOWS, {"action": "error"},
        _errors({"code": 190, "subcode": 463}, {"http": 401, "reason": "authError"}, {"error": -220}),
    ),
    Incident(
        "thieu-quyen", "Ứng dụng mất quyền đăng lên kênh",
        "Bài được giữ với lời nhắc kiểm tra quyền; phần mềm không gửi đi gửi lại.",
        SHOWS, {"action": "error"},
        _errors({"code": 200, "http": 403}, {"http": 403, "reason": "forbidden"}, {"error": -221}),
    ),
    Incident(
        "tu-choi-noi-dung", "Nền tảng từ chối nội dung",
        "Bài được giữ, báo lý do cho người soạn; phần mềm không gửi lại nội dung cũ.",
        SHOWS, {"action": "error"},
        _errors({"code": 1346003}, {"http": 400, "reason": "invalidDescription"}, {"error": -248}),
    ),
    Incident(
        "xu-ly-video-hong", "Nền tảng không xử lý được video",
        "Video không hiện ra; bài được giữ và đề nghị xuất lại tệp.",
        FILMS, {"action": "fate"},
        {FACEBOOK: {"fate": {"processing": "error"}}, YOUTUBE: {"fate": {"failureReason": "codec"}},
         ZALO: {"fate": {"processing": "error"}}},
    ),
    Incident(
        "danh-sach-tre", "Bài mới hiện chậm 2 phút trong danh sách",
        "Không ảnh hưởng bài đăng bình thường; đi cùng “mất câu trả lời” thì phần mềm đọc lại lần thứ hai mới thấy bài.",
        LISTED, {"action": "lag", "seconds": 120}, {},
    ),
)  # fmt: skip
BY_NAME = {incident.name: incident for incident in INCIDENTS}

#: What a recorded call was about, in words a trainer understands.
OP_NAMES = {
    "feed.create": "đăng bài", "feed.list": "đọc lại danh sách bài", "photos.create": "tải ảnh lên", "videos.start": "mở phiên tải video",
    "videos.transfer": "tải một đoạn video", "videos.finish": "công bố video", "reels.start": "mở phiên tải thước phim",
    "reels.upload": "tải thước phim", "reels.finish": "công bố thước phim", "comments.create": "viết bình luận đầu",
    "comments.list": "đọc lại bình luận", "object.read": "đọc lại một bài", "object.edit": "sửa một bài", "object.delete": "gỡ một bài",
    "videos.insert.start": "mở phiên tải video", "videos.insert.chunk": "tải một đoạn video", "videos.insert.status": "hỏi phiên tải video",
    "videos.update": "công khai hoặc sửa video", "videos.list": "đọc lại video", "videos.delete": "gỡ video",
    "thumbnails.set": "đặt ảnh bìa", "captions.insert.start": "gửi phụ đề", "captions.insert.chunk": "gửi phụ đề",
    "captions.list": "đọc lại phụ đề", "playlistItems.insert": "thêm vào danh sách phát", "playlistItems.list": "đọc lại danh sách phát",
    "channels.list": "hỏi thông tin kênh", "article.create": "gửi bài ở dạng ẩn", "article.verify": "hỏi kết quả bài",
    "article.update": "gửi bản hiện hoặc bản sửa của bài", "article.remove": "gỡ bài", "article.getdetail": "đọc lại một bài",
    "article.getslice": "đọc lại danh sách bài", "video.prepare": "gửi video", "video.verify": "hỏi kết quả video",
    "oa.broadcast": "gửi thông báo rộng rãi", "oa.getoa": "hỏi thông tin OA", "token.refresh": "gia hạn mã truy cập",
    "scheduled.list": "đọc lại bài hẹn giờ",
}  # fmt: skip
