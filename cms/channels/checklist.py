"""What the platforms demand before a channel goes live, kind by kind. Data only (PLATFORMS §1.1, §2.1, §3.2, §5).

Keys are stored: a key never changes its meaning, and a step that is no longer demanded is taken out here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cms.channels.kinds import ChannelKind


@dataclass(frozen=True)
class Step:
    """One thing to see to. `hides_posts`: without it citizens may not see what is posted, although it "went out"."""

    key: str
    title: str | Promise
    what: str | Promise
    hides_posts: bool = False


EVERYWHERE: Final = (
    Step(
        "decision",
        _("Quyết định lập kênh"),
        _("Có quyết định của cơ quan, ghi số và ngày vào sổ đăng ký."),
    ),
    Step(
        "phone",
        _("Xác thực tài khoản bằng số điện thoại"),
        _("Nghị định 147/2024/NĐ-CP: chỉ tài khoản đã xác thực được đăng bài, bình luận, phát trực tiếp."),
    ),
    Step(
        "two-people",
        _("Hai người phụ trách và đầu mối khôi phục"),
        _("Có người phụ trách, người thay và nơi giữ thông tin khôi phục; không để một cá nhân giữ riêng."),
    ),
)

FACEBOOK: Final = (
    Step(
        "meta-business",
        _("Xác minh doanh nghiệp/tổ chức (Business verification)"),
        _("Làm trong Meta Business Suite bằng giấy tờ của cơ quan đăng ký ứng dụng."),
    ),
    Step(
        "meta-app-review",
        _("Xét duyệt ứng dụng (App review), chế độ Live"),
        _("Ứng dụng còn ở chế độ phát triển thì bài đăng chỉ quản trị viên nhìn thấy."),
        hides_posts=True,
    ),
    Step(
        "meta-permissions",
        _("Các quyền ở mức Advanced access"),
        _(
            "pages_show_list, pages_manage_posts, pages_read_engagement, pages_manage_engagement, read_insights, "
            "publish_video, business_management."
        ),
        hides_posts=True,
    ),
    Step(
        "meta-page-role",
        _("Vai trò của người kết nối trên Trang"),
        _(
            "Có quyền tạo nội dung (CREATE_CONTENT), quản lý (MANAGE) và kiểm duyệt (MODERATE); mất vai trò hoặc đổi mật "
            "khẩu là phải kết nối lại."
        ),
    ),
    Step(
        "meta-page-authorisation",
        _("Xác thực quyền đăng của Trang (Page publishing authorisation)"),
        _("Người quản trị Trang hoàn tất yêu cầu xác minh của Facebook nếu được hỏi."),
    ),
    Step(
        "meta-callback",
        _("Địa chỉ quay lại đã đăng ký"),
        _("Valid OAuth Redirect URIs của ứng dụng có đúng địa chỉ ghi ở mục “Ứng dụng nền tảng”."),
    ),
    Step(
        "meta-public-post",
        _("Bài thử công khai"),
        _("Đăng một bài thử, mở liên kết ở cửa sổ ẩn danh và thấy bài; rồi xóa."),
        hides_posts=True,
    ),
)

YOUTUBE: Final = (
    Step(
        "google-apis",
        _("Bật các API của dự án"),
        _("YouTube Data API v3 và YouTube Analytics API đã bật trong Google Cloud."),
    ),
    Step(
        "google-scopes",
        _("Phạm vi quyền đã khai báo và được xác minh"),
        _(
            "youtube, youtube.force-ssl, yt-analytics.readonly có trên màn hình cấp quyền và đã được Google xác minh."
        ),
    ),
    Step(
        "google-production",
        _("Màn hình cấp quyền ở chế độ “In production”"),
        _("Còn ở “Testing” thì kết nối chết sau 7 ngày."),
    ),
    Step(
        "google-audit",
        _("Kiểm duyệt dự án (YouTube API audit)"),
        _("Dự án chưa qua kiểm duyệt thì video tải lên có thể bị khóa ở chế độ riêng tư."),
        hides_posts=True,
    ),
    Step(
        "youtube-phone",
        _("Xác minh số điện thoại của kênh"),
        _("Cần cho ảnh thu nhỏ riêng và video dài hơn 15 phút (youtube.com/verify)."),
    ),
    Step(
        "google-quota",
        _("Hạn mức của dự án đủ dùng"),
        _("Hạn mức tính chung cho mọi kênh của dự án; kiểm tra “Video uploads per day” trong Google Cloud."),
    ),
    Step(
        "google-callback",
        _("Địa chỉ quay lại đã đăng ký"),
        _("Authorized redirect URIs của OAuth client có đúng địa chỉ ghi ở mục “Ứng dụng nền tảng”."),
    ),
    Step(
        "youtube-public-video",
        _("Video thử công khai"),
        _("Đăng một video thử, mở ở cửa sổ ẩn danh và xem được; rồi xóa."),
        hides_posts=True,
    ),
)

ZALO: Final = (
    Step("zalo-verified", _("OA đã xác thực"), _("OA chưa xác thực không đăng được bài viết (lỗi -221)."), hides_posts=True),
    Step("zalo-package", _("Gói dịch vụ OA còn hạn"), _("Gói phải cho phép đăng bài viết qua API (lỗi -224 nếu không).")),
    Step(
        "zalo-app",
        _("Ứng dụng đang hoạt động và đã liên kết với OA"),
        _("Liên kết trong trang Zalo Developers bằng tài khoản quản trị OA (lỗi -14002, -14012, -14024 nếu chưa)."),
    ),
    Step(
        "zalo-permissions",
        _("Nhóm quyền “Quản lý bài viết”"),
        _("Bật trong trang Zalo Developers; thêm “Gửi tin và thông báo qua OA” nếu gửi broadcast. Đổi nhóm quyền là phải kết nối lại."),
    ),
    Step(
        "zalo-callback",
        _("Callback và PKCE trong trang Zalo Developers"),
        _("Official Account Callback URL đúng địa chỉ; nếu code_challenge cố định thì dán giá trị ghi ở mục “Ứng dụng nền tảng”. Đổi địa chỉ là phải kết nối lại."),
    ),
    Step(
        "zalo-media-base",
        _("Zalo tải được ảnh của hệ thống"),
        _("Địa chỉ PUBLIC_MEDIA_BASE mở được từ Internet qua HTTPS."),
    ),
    Step(
        "zalo-one-house",
        _("Chỉ một hệ thống dùng kết nối của OA"),
        _("Hệ thống thử nghiệm hoặc phần mềm khác dùng chung ứng dụng và OA thì mỗi lần gia hạn làm bên kia mất kết nối."),
    ),
    Step(
        "zalo-public-article",
        _("Bài viết thử công khai"),
        _("Đăng một bài viết thử, mở liên kết trên điện thoại không quản trị OA và thấy bài; rồi gỡ."),
        hides_posts=True,
    ),
)  # fmt: skip

OF_KIND: Final[Mapping[str, tuple[Step, ...]]] = {
    ChannelKind.FACEBOOK: FACEBOOK,
    ChannelKind.YOUTUBE: YOUTUBE,
    ChannelKind.ZALO: ZALO,
}


def steps_for(kind: str) -> tuple[Step, ...]:
    """Return the checklist of a kind of channel. A loudspeaker station stands in a register of its own: no steps."""
    if kind == ChannelKind.LOUDSPEAKER:
        return ()
    return (*EVERYWHERE, *OF_KIND.get(kind, ()))
