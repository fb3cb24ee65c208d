"""What the demo tells citizens of today: only what is true at the time of writing, and where each fact comes from.

Sources of the facts: the National Public Service Portal is the one address since the provincial portals closed on
1/7/2025; VNeID level 2 signs in; the hotline 18001096 (docs/demo.md lists them)."""

from __future__ import annotations

from dataclasses import dataclass

PORTAL = "https://dichvucong.gov.vn"


@dataclass(frozen=True)
class Article:
    """An article of the library: blocks are (type, content) as the library's StreamField takes them."""

    title: str
    summary: str
    topic: str
    blocks: tuple[tuple[str, object], ...]


HOW_TO_FILE = Article(
    "Sáu bước nộp hồ sơ trực tuyến tại nhà",
    "Người dân nộp hồ sơ trên Cổng Dịch vụ công quốc gia bằng tài khoản VNeID mức 2, không phải đi lại nhiều lần.",
    "Cách nộp hồ sơ trực tuyến",
    (
        (
            "paragraph",
            "<p>Nhiều thủ tục hành chính nay làm được ngay tại nhà, trên điện thoại hoặc máy tính. Từ ngày 01/7/2025, "
            "người dân cả nước dùng chung một địa chỉ: <b>dichvucong.gov.vn</b>.</p>",
        ),
        ("heading", "Làm theo sáu bước"),
        (
            "steps",
            [
                "Vào Cổng Dịch vụ công quốc gia, địa chỉ dichvucong.gov.vn.",
                "Đăng nhập bằng tài khoản định danh điện tử VNeID mức 2.",
                "Gõ tên thủ tục cần làm vào ô tìm kiếm và chọn đúng thủ tục.",
                "Chọn nơi giải quyết, điền thông tin và đính kèm giấy tờ theo hướng dẫn.",
                "Kiểm tra lại, nộp phí hoặc lệ phí trực tuyến (nếu có) rồi bấm gửi.",
                "Ghi lại mã hồ sơ, theo dõi tiến độ và nhận kết quả.",
            ],
        ),
        (
            "paragraph",
            "<p>Ai chưa quen, xin đến Trung tâm Phục vụ hành chính công cấp xã nơi gần nhất hoặc hỏi Tổ công nghệ số "
            "cộng đồng. Cần hỗ trợ, gọi tổng đài <b>1800 1096</b>.</p>",
        ),
    ),
)

PORTAL_AND_VNEID = Article(
    "Cổng Dịch vụ công quốc gia và VNeID giúp người dân những gì",
    "Một cổng để nộp và theo dõi hồ sơ, một tài khoản để đăng nhập: mỗi thứ làm việc gì và dùng khi nào.",
    "Lợi ích của dịch vụ công trực tuyến",
    (
        (
            "paragraph",
            "<p><b>Cổng Dịch vụ công quốc gia</b> (dichvucong.gov.vn) là nơi tra cứu thủ tục, nộp hồ sơ, nộp phí và "
            "lệ phí, theo dõi việc giải quyết và gửi phản ánh, kiến nghị.</p>",
        ),
        (
            "paragraph",
            "<p><b>VNeID</b> là ứng dụng định danh điện tử quốc gia của Bộ Công an. Tài khoản mức 2 dùng để đăng nhập "
            "Cổng và xuất trình giấy tờ đã tích hợp khi làm thủ tục.</p>",
        ),
        ("heading", "Vì sao nên dùng"),
        (
            "steps",
            [
                "Nộp hồ sơ lúc nào cũng được, không phải xếp hàng chờ.",
                "Biết hồ sơ đang ở đâu, ai giải quyết và khi nào có kết quả.",
                "Dùng lại thông tin, giấy tờ đã có, không phải khai đi khai lại.",
                "Nộp phí, lệ phí trực tuyến và có biên lai điện tử.",
            ],
        ),
        (
            "paragraph",
            "<p>Chưa có tài khoản mức 2? Hãy mang thẻ căn cước đến cơ quan công an cấp xã để đăng ký.</p>",
        ),
    ),
)

FALSE_PORTALS = Article(
    "Cảnh giác cổng dịch vụ công giả và người tự xưng cán bộ",
    "Địa chỉ thật có đuôi .gov.vn; cán bộ không bao giờ hỏi mật khẩu hay mã xác thực qua điện thoại.",
    "Cảnh báo giả mạo",
    (
        (
            "warning",
            "Cổng Dịch vụ công quốc gia chỉ có một địa chỉ: dichvucong.gov.vn. Trang có địa chỉ khác là giả.",
        ),
        (
            "paragraph",
            "<p>Kẻ xấu lập trang giống hệt Cổng Dịch vụ công, gọi điện xưng là cán bộ rồi gửi liên kết, bảo cài ứng "
            "dụng lạ. Mục đích là lấy mật khẩu, mã xác thực và tiền trong tài khoản.</p>",
        ),
        ("heading", "Bốn điều cần nhớ"),
        (
            "steps",
            [
                "Tự gõ địa chỉ dichvucong.gov.vn, không bấm liên kết trong tin nhắn lạ.",
                "Chỉ cài VNeID từ kho ứng dụng chính thức của điện thoại.",
                "Không đọc mật khẩu, mã xác thực cho bất kỳ ai, kể cả người xưng là cán bộ.",
                "Nghi ngờ thì dừng lại, gọi tổng đài 1800 1096 hoặc báo công an cấp xã.",
            ],
        ),
    ),
)

ARTICLES = (HOW_TO_FILE, PORTAL_AND_VNEID, FALSE_PORTALS)

# ---------------------------------------------------------------- what goes out

FACEBOOK_HOW_TO = (
    "NỘP HỒ SƠ TẠI NHÀ, CHỈ SÁU BƯỚC\n\n"
    "Bà con không phải đi lại nhiều lần nữa. Từ ngày 01/7/2025, cả nước dùng chung một địa chỉ: dichvucong.gov.vn\n\n"
    "1. Vào dichvucong.gov.vn\n"
    "2. Đăng nhập bằng tài khoản VNeID mức 2\n"
    "3. Tìm và chọn đúng thủ tục\n"
    "4. Điền thông tin, đính kèm giấy tờ\n"
    "5. Kiểm tra, nộp phí trực tuyến (nếu có) rồi gửi\n"
    "6. Theo dõi mã hồ sơ và nhận kết quả\n\n"
    "Chưa quen? Mời đến Trung tâm Phục vụ hành chính công xã, phường nơi gần nhất. "
    "Hỗ trợ: tổng đài 1800 1096."
)

FACEBOOK_PROVINCE = (
    "NGƯỜI DÂN GIA LAI NỘP HỒ SƠ TRỰC TUYẾN THẾ NÀO?\n\n"
    "135 xã, phường của tỉnh đều có Trung tâm Phục vụ hành chính công sẵn sàng hướng dẫn bà con nộp hồ sơ trên Cổng "
    "Dịch vụ công quốc gia: dichvucong.gov.vn\n\n"
    "Đăng nhập bằng tài khoản VNeID mức 2, chọn thủ tục, điền thông tin, gửi hồ sơ và theo dõi kết quả ngay trên "
    "điện thoại. Không rõ bước nào, gọi tổng đài 1800 1096."
)

FACEBOOK_WARNING = (
    "CẢNH GIÁC CỔNG DỊCH VỤ CÔNG GIẢ\n\n"
    "Cổng Dịch vụ công quốc gia chỉ có một địa chỉ: dichvucong.gov.vn\n\n"
    "• Không bấm liên kết trong tin nhắn lạ.\n"
    "• Chỉ cài VNeID từ kho ứng dụng chính thức.\n"
    "• Không đọc mật khẩu, mã xác thực cho bất kỳ ai, kể cả người xưng là cán bộ.\n"
    "• Nghi ngờ thì dừng lại, gọi tổng đài 1800 1096 hoặc báo công an cấp xã."
)

YOUTUBE_TITLE = "Sáu bước nộp hồ sơ trực tuyến tại nhà"
YOUTUBE_TEXT = (
    "Hướng dẫn nộp hồ sơ trên Cổng Dịch vụ công quốc gia dichvucong.gov.vn bằng tài khoản VNeID mức 2.\n"
    "Cần hỗ trợ, gọi tổng đài 1800 1096 hoặc đến Trung tâm Phục vụ hành chính công cấp xã."
)

ZALO_TITLE = "Sáu bước nộp hồ sơ trực tuyến tại nhà"
ZALO_SUMMARY = "Một địa chỉ cho cả nước: dichvucong.gov.vn. Đăng nhập bằng VNeID mức 2 và làm theo sáu bước."
ZALO_TEXT = (
    "Nhiều thủ tục hành chính nay làm được ngay tại nhà, trên điện thoại hoặc máy tính.\n\n"
    "1. Vào Cổng Dịch vụ công quốc gia, địa chỉ dichvucong.gov.vn.\n"
    "2. Đăng nhập bằng tài khoản VNeID mức 2.\n"
    "3. Tìm và chọn đúng thủ tục.\n"
    "4. Điền thông tin, đính kèm giấy tờ.\n"
    "5. Kiểm tra, nộp phí trực tuyến (nếu có) rồi gửi.\n"
    "6. Theo dõi mã hồ sơ và nhận kết quả.\n\n"
    "Cần hỗ trợ, gọi tổng đài 1800 1096."
)

LOUDSPEAKER_TITLE = "Nộp hồ sơ trực tuyến và phòng tránh cổng giả"
LOUDSPEAKER_TEXT = (
    "Thưa bà con! Từ ngày 01/7/2025, người dân cả nước nộp hồ sơ trực tuyến tại một địa chỉ chung là Cổng Dịch vụ công "
    "quốc gia, dichvucong.gov.vn. Nhiều thủ tục làm được ngay tại nhà, trên điện thoại hoặc máy tính.\n\n"
    "Bà con làm theo ba bước. Bước 1, vào dichvucong.gov.vn. Bước 2, đăng nhập bằng tài khoản VNeID mức 2. Bước 3, "
    "chọn thủ tục, điền thông tin, gửi hồ sơ và theo dõi kết quả.\n\n"
    "Ai chưa quen, xin đến {{ten_trung_tam}}, tại {{dia_chi_trung_tam}}. Giờ làm việc: {{gio_lam_viec}}. "
    "Tổ công nghệ số cộng đồng ở thôn, tổ dân phố sẽ hướng dẫn tận nơi, không thu tiền.\n\n"
    "Bà con cảnh giác với trang giả. Cán bộ không bao giờ hỏi mật khẩu hay mã OTP qua điện thoại. Bà con tuyệt đối "
    "không đọc mã cho người lạ.\n\n"
    "Việc này thực hiện theo Quyết định số 1588/QĐ-TTg ngày 17/12/2024. Cần giúp đỡ, bà con gọi tổng đài {{tong_dai}}."
)
