"""Words that tell what the number beside them is: a day, a hotline, a share, a name."""

import re

DATE_STRONG = (
    " ngày", " sáng", " chiều", " tối", " trưa", " đêm", " hôm", " mùng", " mồng", " rạng sáng", " tết", " khánh",
    " sáng ngày", " dịp", " lễ", " dịp lễ", " rằm",
)  # fmt: skip
"""Directly before a day: it is a date whatever follows."""
DATE_WEAK = (
    " từ", " đến", " tới", " trước", " sau", " kể từ", " hết", " đến hết", " vào", " hạn", " hạn cuối", " cuối",
    " đầu", " giữa", " là", " lúc", " qua", " bắt đầu từ", " chậm nhất",
)  # fmt: skip
"""Before a day unless a counted thing follows."""
WEEKDAY = re.compile(r" (?:thứ (?:hai|ba|tư|năm|sáu|bảy|[2-7])|chủ nhật|cn|t[2-7])(?: ,)?(?: ngày)?\Z")
DATE_RIGHT = re.compile(
    r"(?:h[àằ]ng năm|âm lịch|dương lịch|tới|vừa qua|năm nay|năm sau|năm (?:19|20)\d\d|này)\b"
)
NAMED_DAY = re.compile(
    r"(?:(?<!\d )ngày (?!\d)|lễ |tết |kỷ niệm |khánh |quốc tế |giỗ tổ |chiến thắng |giải phóng |nhà giáo |thầy thuốc |"
    r"phụ nữ |thành lập )[^\d.;!?\n]{0,55}\Z"
)
"""A named day ("Ngày Chuyển đổi số quốc gia") shortly before: what follows is its date."""

SHARE_LEFT = (
    " đạt", " được", " có", " với", " chiếm", " tỷ lệ", " tỉ lệ", " hoàn thành", " xếp", " hạng", " xếp hạng",
    " đứng thứ", " thứ", " thuộc", " cả", " đã có", " tổng số", " trên", " điểm", " số điểm", " khoảng", " hơn", " gần",
    " còn", " chỉ", " bước", " bậc", " trang", " thị lực", " thương binh", " bệnh binh", " chấm", " ít nhất", " tối thiểu", " gồm", " tại", " trong",
)  # fmt: skip
COUNTED = frozenset(
    """
    thôn xã phường tỉnh huyện quận bản làng ấp tổ khu hộ người trường lớp điểm hồ thủ tiêu chỉ nhiệm đơn cơ sở cán
    phiếu đại đảng chi hội đoàn thành học giáo em cháu khóm cụm trạm tuyến đồng gia trẻ nhà dự công số dân tổng bộ
    ngành đầu dịch mục câu bài nội giải cuộc buổi lượt ý bị ca mẫu vị trí ủy ban đài máy xe tàu chiếc cái con cây tấm
    đặc khóa loại nhóm đội ban sinh ứng giường phòng văn báo thư kế sản tài hạng suất quyển cuốn trang giấy thẻ
    cử diện thời chặng quãng lương khối sản mức chiều quân nhân viên khách độ tháng ngày năm tuần giờ phút lần quý đêm xóm
    """.split()  # noqa: SIM905
)
"""First words of counted things: after "6/6" they make it a share, after "5-6" a span of quantities."""
ALSO_COUNTED = COUNTED | frozenset(
    """
    tuổi sao mũi sào bát viên thìa muỗng bao mét cân lít tấn tạ yến vụ lứa cành hạt quả củ trái gốc lá luống phân li ly căn tầng dãy
    bậc chỉ lượng bữa hiệp bàn trận vòng chuyến đôi cặp bộ tờ tập chữ dòng kíp mẻ bể cuộn thùng hộp chai can bình xô giọt giây đời
    ngôi hòn sợi dây ống cột trụ nấc vạch mốc ngã đám vườn ruộng bãi toán bạn vợ đứa gói bó liều ký kí cốc chén đĩa miếng lát
    bước nhịp tiết tiếng lời tin bản mảnh thửa vị dự mẫu giải suất chức danh trại chuồng ổ đàn bầy cụ mẹ chị anh
    phụ chiến nạn bệnh thai trang giá nss nsc nst
    """.split()  # noqa: SIM905
)
"""Further things that "5-7" can count; after "6/6" they decide nothing."""
PART_OF = (
    "số ", "tổng ", "dân số ", "diện tích ", "thời gian ", "lương ", "thành viên ", "đại biểu ", "cử tri ", "khối lượng ",
    "sản lượng ", "quãng ", "chặng ", "nhân viên ", "mức ", "chiều ", "quân số ", "giá ", "kinh phí ", "dân ", "hội viên ",
    "người ", "phiếu ", "thế kỷ ", "đảng viên ", "còn lại ", "trong số ", "kinh tế ", "hộ dân ", "dự toán ", "học sinh ", "doanh thu ",
)  # fmt: skip
"""After a small fraction these words say that it is a part of a whole ("hai phần ba số hộ")."""

CALL_NEAR = re.compile(
    r" (?:tổng đài|đường dây nóng|hotline|điện thoại|đt|sđt|dđ|gọi|số máy|đầu số|liên hệ|liên lạc|alo|fax|nhắn tin|zalo|tel|"
    r"phone|mobile|nhắn|bấm số|bấm phím|quay số|tổng đài viên|số nóng|phản ánh qua|qua số|cấp cứu|cứu hỏa|số điện thoại|soạn)"
    r"(?: (?!gồm|có|cho|được)[^\W\d_]+| ,){0,5}(?: (?:[\d][\d./-]*) (?:hoặc|và|,))*\Z"
)
CODE_NEAR = re.compile(
    r" (?:mã(?! hóa)|otp|pin|mật khẩu|định danh|cccd|cmnd|cmtnd|(?<!luật )căn cước|chứng minh nhân dân|tài khoản|stk|tk|mst|mã số thuế|hộ chiếu|số bhxh|số bảo hiểm|bảo hiểm xã hội số|bhxh số|số bhyt|"
    r"số thẻ|biển số|serial|seri|bhyt số|thẻ số|pass|password|passcode|cú pháp|soạn tin|id|số hiệu|số báo danh|sbd|mã khách hàng|mã bưu chính|số sổ|số seri|bks|đuôi|số cuối|tận cùng)(?: (?!gồm|có|cho|được|của)[^\W\d_]+){0,3}\Z"
)
NAMED_STREET = (
    " đường", " phố", " công viên", " quảng trường", " cầu", " đại lộ", " bệnh viện", " nhà thi đấu", " nhà máy",
    " xí nghiệp", " rạp", " hội trường", " sân vận động", " mầm non", " mẫu giáo",
)  # fmt: skip
"""A thing named after a day: "đường 3/2" is said "đường ba tháng hai", without "ngày" and "mùng"."""
NAMED_HOLDING = (
    " nông trường", " lâm trường", " hợp tác xã", " htx", " công ty", " cty", " nhà hát", " khách sạn", " thủy điện",
    " nhà văn hóa", " câu lạc bộ", " xưởng",
)  # fmt: skip
"""A body or a place that may be named after a day too ("nông trường 3/2")."""
NAMED_GROUP = (
    " đội",
    " đội sản xuất",
    " tổ",
    " thôn",
    " ấp",
    " bản",
    " khu",
    " khu phố",
    " cụm",
    " xóm",
    " làng",
    " chi đội",
    " liên đội",
)
"""A group that has a number as a rule, but may be named after a day: "đội 3/2"."""
NOT_CALLED = re.compile(r" (?:gồm|có|được|khoảng|hơn|gần|trên|dưới|đạt|tổng cộng|tổng số|thêm|trong)\Z")
DIGITS_COUNTED = re.compile(r"(?:chữ số|số |ký tự|chữ |kí tự)")

RANK_FIRST = (" hạng", " giải", " lần thứ", " thứ", " xếp thứ", " đứng thứ", " vị trí thứ", " nhiệm vụ thứ")
ORDINAL = re.compile(r" thứ(?: (?:[2-7]|hai|ba|tư|năm|sáu|bảy)(?: ,| và| đến| hoặc|))*\Z")
MONTHS = re.compile(r" tháng(?: \d{1,2}(?: ,| và| hoặc|))*\Z")
ALSO_TIMES = frozenset(
    (
        "lần",
        "buổi",
        "lượt",
        "ca",
        "giờ",
        "phút",
        "người",
        "đợt",
        "kỳ",
        "triệu",
        "nghìn",
        "hồ",
        "phiên",
        "suất",
    )
)
PER_PERIOD = re.compile(
    r" (?:mỗi|một|hằng|hàng|hai|ba|mấy|nhiều|từng|vài) (?:ngày|tháng|năm|tuần)\Z| (?:trong|cả) (?:ngày|năm|tuần)\Z"
)
"""A length of time and no name of one: "mỗi tháng 4 buổi"; but "trong tháng 4" is April."""
KEEPS_ZERO = re.compile(
    r" (?:đề án|(?<!tối )đa|ban chỉ đạo|bcđ|tổ công tác|mẫu|mẫu số|biểu mẫu|biểu|phụ lục|biểu số|mẫu đơn|tờ khai|mẫu biểu|phiếu|mẫu tờ khai)(?: số)?\Z"
)
NAMED_BY_CODE = re.compile(
    r" (?:khổ|hạng|mã|mã số|mã thẻ|mã đối tượng|gói thầu|ki ốt|trạm biến áp|lộ|galaxy|iphone|oppo|samsung|vivo|xiaomi|redmi|nokia|lớp|phòng|phòng (?:thi|họp|học|khám|chờ|máy|bệnh|số|mổ)|hội trường|giảng đường|nhà|tòa|toà|khu|lô|lô đất|thửa đất|đường|mẫu|biểu|tuyến|cổng|cửa|quầy|bàn|vùng|nhóm|ga|tầng|cấp|khối|tổ hợp|tổ hợp môn|tổ hợp xét tuyển|trạm|"
    r"giấy|bằng|tờ khai|biểu mẫu|quốc lộ|tỉnh lộ|dãy|ô|thửa|số|kênh|làn|mức|loại|vitamin|cúm|virus|vi rút|nút|tổ|đội|thôn|xóm|ấp|bản|buôn|làng|khóm|khu phố|tiểu khu|tổ dân phố|block|"
    r"căn|căn hộ|phân khu|hẻm|ngõ|kiệt|gplx|vitamin(?: [a-z]\d{0,2}(?: ,| và)?)*|phiếu|phụ lục|hầm|cột|trụ|ghế|đồi|cứ điểm|kho|xưởng|chốt|cụm|lối|ống|xăng|gạo|nếp|giống|giống lúa|lúa|giống ngô|ngô|ngô lai|bãi|bãi xe|cống|cầu|giếng|đập|kênh|hồ|ao|mương|bến|đoàn tàu|tàu|chuyến bay|máy bay|xe|số hiệu|điều|km|cỡ|size|văn bản)"
    r"(?: (?:số|ký hiệu|hạng|loại|in|theo mẫu|xe|lái|buýt|mang))?\Z"
)
ROMAN_HEAD = re.compile(
    r" (?:quý|chương|phụ lục|mục|phần|khóa|khoá|thế kỷ|thế kỉ|tk|bđ|đại hội|đại hội đảng|kỳ|kì|hạng|loại|cấp|đợt|thứ|tập|quyển|vùng|bảng|giai đoạn|"
    r"khu vực|học kỳ|kỳ họp|đại hội lần|lần|hội nghị|nhóm|phiên|vòng|tiểu mục|lớp|quân khu|mức|độ|bước|trung ương|câu|tuyến|"
    r"thế chiến|báo động|nhiệm vụ|nội dung|phân khu|khối|ban|vụ|số|đại hội đại biểu|toàn quốc|lần thứ|đại biểu toàn quốc|festival|hội thi)\Z"
)
SECTION_LEFT = (
    " mục",
    " tiểu mục",
    " điểm",
    " điều",
    " khoản",
    " phần",
    " chương",
    " nội dung",
    " hình",
    " bảng",
    " biểu",
    " câu",
    " bước",
)
VERSION_LEFT = (
    " phiên bản", " version", " ver", " vneid", " nghiệp", " web", " android", " ios", " windows", " bản", " mạng", " usb", " bluetooth",
    " v", " ielts", " app", " giáo dục", " xã hội", " kinh tế",
)  # fmt: skip
ADDRESS_LEFT = re.compile(
    r" (?:số nhà|nhà số|ngõ|hẻm|ngách|kiệt|địa chỉ|địa chỉ số|đ/c số|tại số|ở số|trụ sở số|lô|căn hộ|nhà|thửa|thửa đất số|số)\Z"
)
SCORE_LEFT = re.compile(
    r" (?:tỷ số|tỉ số|thắng|thua|hòa|hoà|kết quả|luân lưu|pen|dẫn trước|bị dẫn|chung cuộc|gỡ hòa)(?: [^\W\d_]+){0,3}\Z"
    r"| kết quả(?: [^\W\d_]+){4,5}\Z"
)
SPAN_LEFT = (
    " từ", " khoảng", " độ tuổi", " tuổi", " mức", " lớp", " điều", " khoản", " trang", " tầng", " nhóm", " cấp", " mức độ", " bước",
    " loại", " số", " thứ", " lô", " kiot", " ki-ốt", " quầy", " bàn", " cửa", " tổ", " thôn", " khu", " mục", " bài", " quý", " chương", " tuần", " thôn số", " hạng", " khối", " kỳ",
    " cực đại", " chỉ số", " ph", " độ ph", " vĩ tuyến", " kinh tuyến", " vĩ độ", " kinh độ", " ngưỡng", " nhất", " phổ biến", " bình quân", " trung bình", " tối đa", " tối thiểu", " uv", " đạt", " gió", " giật", " câu", " dưới", " trên", " hơn", " gần", " tập", " phần", " cỡ", " đợt", " giải", " tháng",
)  # fmt: skip

DOCUMENT_WORDS = re.compile(
    r" (?:quyết định|nghị định|thông tư|thông tư liên tịch|nghị quyết|chỉ thị|công văn|kế hoạch|thông báo|luật|bộ luật|pháp lệnh|"
    r"hướng dẫn|báo cáo|tờ trình|công điện|chương trình|kết luận|quy định|quy chế|văn bản|giấy mời|thư mời|đề án|lệnh|quy chuẩn|"
    r"tiêu chuẩn|phương án|biên bản|hợp đồng|công bố|giấy phép|giấy chứng nhận|thư|quyết nghị|nghị quyết liên tịch|chương trình hành động|"
    r"qđ|nq|nđ|tt|ct|cv|kh|tb|bc|hd|kl|hđ|ttlt|văn bản hợp nhất|tuyên bố|đề cương|lịch|danh sách|luật [^\d,]{2,40}|nghị định [^\d,]{2,30})(?: ,)?(?: số)?\Z"
)
