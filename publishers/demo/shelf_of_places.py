"""What else stands on the demo's shelf, beside the short guides: articles and working papers of centre, provinces, wards.

All of it is the demo's own wording. It names no person, no number of a document and no figure of a place; what is said
of procedures is what the guides and articles say. `tests/publishers/demo/test_texts.py` reads it for yesterday's words."""

from __future__ import annotations

from dataclasses import dataclass, field

from publishers.demo.people import WARD_OF_GIA_LAI, WARD_OF_THANH_HOA

CENTRE, THANH_HOA, GIA_LAI = "00", "38", "52"
HAC_THANH, QUY_NHON = WARD_OF_THANH_HOA, WARD_OF_GIA_LAI

CITIZENS = ("Người dân",)
OLDER = ("Người dân", "Người cao tuổi")
STUDENTS = ("Học sinh, sinh viên",)
BUSINESSES = ("Doanh nghiệp",)
OFFICIALS = ("Cán bộ, công chức, viên chức",)
TEAMS = ("Tổ công nghệ số cộng đồng",)
STATIONS = ("Cán bộ đài truyền thanh",)
MINORITIES = ("Đồng bào dân tộc thiểu số", "Tổ công nghệ số cộng đồng")
DISABLED = ("Người khuyết tật", "Người dân")

ACCOUNT = "Tài khoản định danh điện tử"
BENEFITS = "Lợi ích của dịch vụ công trực tuyến"
FILING = "Cách nộp hồ sơ trực tuyến"
TRACKING = "Tra cứu tình trạng hồ sơ"
PAYING = "Thanh toán trực tuyến"
PROCEDURES = "Thủ tục thường gặp"
FRAUD = "Cảnh báo giả mạo"
HELP = "Nơi hỗ trợ người dân"
FEEDBACK = "Đánh giá, phản ánh, kiến nghị"
MODELS = "Kinh nghiệm, mô hình hay"
POLICY = "Cơ chế, chính sách về dịch vụ công trực tuyến"


@dataclass(frozen=True)
class Item:
    """One item: `place` is the code of the place whose lead owns it, `review_in` the days until its review (or since).

    `paper` makes it a document (văn bản) instead of an article; `own` keeps it inside its body."""

    place: str
    title: str
    summary: str
    topic: str
    audiences: tuple[str, ...]
    review_in: int
    points: tuple[str, ...]
    paper: bool = False
    own: bool = False
    warning: str = ""


@dataclass(frozen=True)
class Graphic:
    """One infographic in a design of the house, drawn with the record of the body that owns it."""

    place: str
    design: str
    title: str
    kicker: str
    lead: str
    topic: str
    audiences: tuple[str, ...]
    review_in: int
    points: tuple[str, ...] = field(default=())


ITEMS = (
    # ------------------------------------------------------------------------------------------------ the centre
    Item(
        CENTRE, "Mười câu bà con hay hỏi về nộp hồ sơ trực tuyến",
        "Trả lời ngắn những câu mà người đi hướng dẫn gặp nhiều nhất.", FILING, OLDER, 64,
        ("Không có máy tính vẫn nộp được: điện thoại là đủ.",
         "Quên mật khẩu thì lấy lại ngay trong ứng dụng VNeID, không cần đi đâu.",
         "Nộp thiếu giấy tờ thì được nhắc bổ sung, hồ sơ không mất.",
         "Nộp trực tuyến và nộp tại quầy có giá trị như nhau."),
    ),
    Item(
        CENTRE, "Chụp giấy tờ bằng điện thoại sao cho hồ sơ không bị trả lại",
        "Ảnh mờ, mất góc là lý do hay gặp khiến hồ sơ phải bổ sung.", FILING, CITIZENS, 120,
        ("Đặt giấy tờ trên mặt phẳng tối màu, đủ ánh sáng, không để bóng tay.",
         "Chụp thẳng từ trên xuống, thấy đủ bốn góc.",
         "Phóng to xem lại: đọc được từng chữ thì mới gửi.",
         "Mỗi trang một ảnh, đặt tên dễ nhớ."),
    ),
    Item(
        CENTRE, "Năm dấu hiệu của cuộc gọi mạo danh cán bộ làm thủ tục",
        "Biết trước dấu hiệu thì không hoảng, không làm theo kẻ xấu.", FRAUD, OLDER, 18,
        ("Giục làm ngay trong vài phút, dọa khóa tài khoản.",
         "Bảo cài ứng dụng từ liên kết lạ.",
         "Hỏi mật khẩu hoặc mã xác thực.",
         "Bảo chuyển tiền để “giữ hồ sơ”.",
         "Không cho mình gọi lại cơ quan để hỏi."),
        warning="Cán bộ không bao giờ hỏi mật khẩu, mã xác thực qua điện thoại. Nghi ngờ, gọi 1800 1096.",
    ),
    Item(
        CENTRE, "Doanh nghiệp đăng nhập và nộp hồ sơ trên Cổng Dịch vụ công quốc gia",
        "Người đại diện dùng tài khoản định danh của tổ chức, phân quyền cho người nộp thay.", FILING, BUSINESSES, 150,
        ("Người đại diện đăng ký tài khoản định danh cho tổ chức.",
         "Phân quyền cho nhân viên nộp hồ sơ, không dùng chung mật khẩu.",
         "Theo dõi mọi hồ sơ của đơn vị ở một nơi."),
    ),
    Item(
        CENTRE, "Học sinh, sinh viên làm được gì với dịch vụ công trực tuyến",
        "Từ đăng ký dự thi đến khai báo tạm trú, nhiều việc của người trẻ làm được trên mạng.", BENEFITS, STUDENTS, 200,
        ("Đăng ký dự thi, xét tuyển đúng hạn, không phải đi lại.",
         "Khai báo tạm trú khi đi học xa.",
         "Giúp ông bà, cha mẹ nộp hồ sơ bằng tài khoản của chính ông bà, cha mẹ."),
    ),
    Item(
        CENTRE, "Người khuyết tật nộp hồ sơ tại nhà: những cách được hỗ trợ",
        "Không phải đến tận nơi: nộp qua mạng, nhờ Tổ công nghệ số cộng đồng, nhận kết quả qua bưu điện.", HELP, DISABLED, 95,
        ("Bật trợ năng trên điện thoại: chữ to, đọc màn hình.",
         "Gọi 1800 1096 để được hướng dẫn từng bước.",
         "Chọn nhận kết quả qua dịch vụ bưu chính."),
    ),
    Item(
        CENTRE, "Nộp nhầm phí, nộp hai lần thì làm thế nào",
        "Giữ biên lai điện tử, liên hệ nơi nhận hồ sơ để được hoàn hoặc trừ.", PAYING, CITIZENS, -6,
        ("Tra lại giao dịch trong tài khoản trên Cổng Dịch vụ công quốc gia.",
         "Gửi mã hồ sơ và biên lai điện tử cho nơi tiếp nhận.",
         "Không chuyển tiền cho tài khoản cá nhân của bất kỳ ai."),
    ),
    Item(
        CENTRE, "Hồ sơ báo “cần bổ sung”: đọc ở đâu, nộp thêm ra sao",
        "Yêu cầu bổ sung nằm ngay trong hồ sơ; nộp thêm trên mạng, không phải làm lại từ đầu.", TRACKING, CITIZENS, 77,
        ("Mở hồ sơ, đọc kỹ phần yêu cầu bổ sung.",
         "Chụp lại đúng giấy tờ được yêu cầu và tải lên.",
         "Bấm gửi và xem tình trạng đã chuyển sang đang giải quyết."),
    ),
    Item(
        CENTRE, "Bộ từ dễ hiểu thay cho từ hành chính khó",
        "Gợi ý cách nói gần gũi khi viết bài, viết bản tin loa cho bà con.", MODELS, OFFICIALS, 240,
        ("“Thành phần hồ sơ”: giấy tờ cần có.",
         "“Cơ quan có thẩm quyền”: nơi giải quyết.",
         "“Định danh điện tử mức độ 2”: tài khoản VNeID mức 2.",
         "“Hoàn thiện hồ sơ”: nộp thêm giấy tờ còn thiếu."),
        paper=True,
    ),
    Item(
        CENTRE, "Bảng kiểm trước khi đăng một bài về thủ tục hành chính",
        "Mười phút kiểm tra để không phải gỡ bài.", POLICY, OFFICIALS, 180,
        ("Địa chỉ duy nhất trong bài là dichvucong.gov.vn.",
         "Phí, thời hạn lấy từ dữ kiện đang còn hiệu lực.",
         "Ảnh không lộ giấy tờ, mặt người chưa đồng ý.",
         "Có mô tả hình bằng lời.",
         "Người thứ hai đã đọc và duyệt."),
        paper=True,
    ),
    Item(
        CENTRE, "Khung nội dung buổi tập huấn hai giờ cho Tổ công nghệ số cộng đồng",
        "Chia phần, thời lượng và bài tập thực hành cho người hướng dẫn ở thôn, tổ dân phố.", HELP, TEAMS, 130,
        ("20 phút: dịch vụ công trực tuyến giúp gì cho bà con.",
         "40 phút: thực hành đăng nhập và tìm thủ tục.",
         "40 phút: nộp thử một hồ sơ.",
         "20 phút: an toàn thông tin và hỏi đáp."),
        paper=True,
    ),
    Item(
        CENTRE, "Mẫu trả lời bình luận của người dân trên trang chính thức",
        "Câu trả lời ngắn, lịch sự cho những câu hỏi lặp lại; không hỏi thông tin cá nhân nơi công khai.", FEEDBACK, OFFICIALS, 45,
        ("Cảm ơn bà con đã hỏi; mời xem hướng dẫn tại dichvucong.gov.vn.",
         "Xin không ghi số giấy tờ, số điện thoại ở phần bình luận.",
         "Việc cụ thể, mời gọi 1800 1096 hoặc đến Trung tâm Phục vụ hành chính công gần nhất."),
        paper=True,
    ),
    # ------------------------------------------------------------------------------------------------ Thanh Hóa
    Item(
        THANH_HOA, "Bà con miền núi Thanh Hóa nộp hồ sơ khi sóng yếu",
        "Chuẩn bị ảnh giấy tờ trước ở nhà, ra nơi có sóng rồi gửi một lần.", FILING, MINORITIES, 88,
        ("Chụp sẵn giấy tờ khi ở nhà.",
         "Đến nhà văn hóa thôn, bản hoặc điểm có mạng không dây để gửi.",
         "Hồ sơ đang điền dở được lưu lại, mở ra làm tiếp."),
    ),
    Item(
        THANH_HOA, "Ngư dân ven biển Thanh Hóa: việc nào làm được trên mạng",
        "Gợi ý những việc nên tra cứu, chuẩn bị trước mỗi chuyến biển.", PROCEDURES, CITIZENS, 110,
        ("Tìm tên thủ tục về tàu cá trên Cổng Dịch vụ công quốc gia.",
         "Xem giấy tờ cần có và nơi giải quyết trước khi đi.",
         "Theo dõi hồ sơ trên điện thoại, không phải chờ ở quầy."),
    ),
    Item(
        THANH_HOA, "Ngày thứ bảy tình nguyện: hướng dẫn dịch vụ công tại phường, xã",
        "Cách một buổi tình nguyện được tổ chức: ai làm gì, chuẩn bị gì.", MODELS, ("Cán bộ, công chức, viên chức", "Học sinh, sinh viên"), 33,
        ("Một bàn đón tiếp, hai bàn hướng dẫn, một bàn quét giấy tờ.",
         "Bà con tự bấm trên máy của mình; người hướng dẫn không giữ mật khẩu.",
         "Cuối buổi ghi lại câu hỏi chưa trả lời được."),
    ),
    Item(
        THANH_HOA, "Công nhân khu công nghiệp nộp hồ sơ ngoài giờ làm",
        "Cổng Dịch vụ công quốc gia nhận hồ sơ cả buổi tối và ngày nghỉ.", BENEFITS, CITIZENS, 52,
        ("Nộp lúc nào cũng được; thời hạn giải quyết tính theo ngày làm việc.",
         "Nhận thông báo qua tin nhắn, không phải xin nghỉ để hỏi.",
         "Chủ nhà trọ khai báo tạm trú giúp người thuê."),
    ),
    Item(
        THANH_HOA, "Hỏi đáp: sáp nhập xã rồi thì giấy tờ cũ có phải đổi không",
        "Giấy tờ còn thời hạn vẫn dùng được; ai muốn cập nhật thì làm khi thuận tiện.", PROCEDURES, OLDER, 14,
        ("Giấy tờ đã cấp còn thời hạn thì tiếp tục dùng.",
         "Khi làm thủ tục mới, ghi địa chỉ theo tên xã, phường hiện nay.",
         "Chưa rõ, hỏi Trung tâm Phục vụ hành chính công nơi gần nhất."),
    ),
    Item(
        THANH_HOA, "Kịch bản tiểu phẩm loa: Ông Tư nộp hồ sơ",
        "Tiểu phẩm ba phút, hai giọng, kể chuyện một người lớn tuổi nộp hồ sơ lần đầu.", FILING, STATIONS, 160,
        ("Ông Tư: Tôi già rồi, bấm điện thoại có được không?",
         "Cô tổ công nghệ số: Được chứ ông. Ông bấm, cháu đứng cạnh chỉ.",
         "Ông Tư: Ơ, gửi xong rồi à? Nhanh thế!",
         "Cô tổ công nghệ số: Ông nhớ giữ mật khẩu cho riêng mình nhé."),
        paper=True,
    ),
    Item(
        THANH_HOA, "Phiếu ghi nhanh buổi hướng dẫn (không ghi họ tên người dân)",
        "Đếm số lượt, nhóm thủ tục và câu hỏi; không thu thập thông tin cá nhân.", HELP, TEAMS, 210,
        ("Ngày, địa điểm, số người hướng dẫn.", "Số lượt theo nhóm thủ tục.", "Khó khăn hay gặp và cách đã gỡ."),
        paper=True,
    ),
    Item(
        THANH_HOA, "Đề cương đợt cao điểm tháng chuyển đổi số của tỉnh",
        "Bản nháp nội bộ: tuần nào nói việc gì, kênh nào, ai duyệt.", POLICY, OFFICIALS, 27,
        ("Tuần 1: tài khoản định danh.", "Tuần 2: nộp hồ sơ tại nhà.", "Tuần 3: thanh toán trực tuyến.", "Tuần 4: đánh giá, phản ánh."),
        paper=True, own=True,
    ),
    # ------------------------------------------------------------------------------------------------ Gia Lai
    Item(
        GIA_LAI, "Hướng dẫn bà con làng xa nhận kết quả qua bưu điện",
        "Chọn nhận tại nhà khi nộp hồ sơ, khỏi đi đường đèo hai lượt.", PROCEDURES, MINORITIES, 70,
        ("Ở bước cuối, chọn nhận kết quả qua dịch vụ bưu chính.",
         "Ghi rõ tên làng, điểm đón dễ tìm.",
         "Nhân viên bưu điện gọi trước khi giao."),
    ),
    Item(
        GIA_LAI, "Già làng, trưởng thôn nói về dịch vụ công: năm ý chính",
        "Ý chính để nói trong buổi họp làng, câu ngắn, dễ dịch sang tiếng của bà con.", BENEFITS, MINORITIES, 99,
        ("Việc giấy tờ nay làm được trên điện thoại.",
         "Ai chưa biết, có người trong làng chỉ giúp, không lấy tiền.",
         "Chỉ có một địa chỉ: dichvucong.gov.vn.",
         "Không đưa mật khẩu cho ai.",
         "Có việc chưa hiểu, gọi 1800 1096."),
    ),
    Item(
        GIA_LAI, "Sau hợp nhất tỉnh: nộp hồ sơ ở đâu cũng được trong tỉnh Gia Lai",
        "Bà con ở phía đông hay phía tây tỉnh đều nộp ở nơi thuận tiện nhất.", POLICY, CITIZENS, 40,
        ("Nộp trực tuyến: chọn đúng xã, phường theo tên hiện nay.",
         "Nộp tại quầy: đến Trung tâm Phục vụ hành chính công nào gần nhất.",
         "Kết quả trả theo nơi mình chọn."),
    ),
    Item(
        GIA_LAI, "Hộ trồng cà phê, hồ tiêu cần thủ tục gì thì tìm thế nào",
        "Cách gõ từ khóa và lọc theo lĩnh vực để ra đúng thủ tục.", FILING, CITIZENS, 84,
        ("Gõ vài từ của việc cần làm, không cần đúng tên thủ tục.",
         "Lọc theo cấp xã hoặc cấp tỉnh.",
         "Đọc phần giấy tờ cần có trước khi bấm nộp."),
    ),
    Item(
        GIA_LAI, "Cảnh báo: nhận làm hộ giấy tờ qua mạng để lấy tiền",
        "Người lạ nhận “làm nhanh” giấy tờ là lừa đảo; dịch vụ công không có “suất ngoại giao”.", FRAUD, CITIZENS, -2,
        ("Không gửi ảnh giấy tờ cho người lạ.",
         "Phí, lệ phí chỉ nộp trên Cổng Dịch vụ công quốc gia hoặc tại quầy.",
         "Đã lỡ chuyển tiền, báo ngay công an xã, phường."),
        warning="Không ai làm nhanh hơn bằng cách nhận tiền riêng. Đừng chuyển khoản.",
    ),
    Item(
        GIA_LAI, "Bản tin loa mẫu: một phút về tra cứu hồ sơ",
        "Bản đọc một phút cho đài cơ sở, câu ngắn, số đọc thành lời.", TRACKING, STATIONS, 140,
        ("Kính thưa bà con. Hồ sơ đã nộp, bà con xem được ngay trên điện thoại.",
         "Bà con vào Cổng Dịch vụ công quốc gia, bấm tra cứu, nhập mã hồ sơ ghi trên giấy hẹn.",
         "Chưa làm được, mời bà con hỏi Tổ công nghệ số cộng đồng. Xin cảm ơn bà con đã lắng nghe."),
        paper=True,
    ),
    Item(
        GIA_LAI, "Lịch lưu động của Tổ công nghệ số cộng đồng (biểu mẫu)",
        "Biểu mẫu để xã, phường điền ngày, nơi và việc mang theo.", HELP, TEAMS, 58,
        ("Ngày, giờ, nhà văn hóa.", "Thiết bị mang theo: máy quét, ổ điện, bộ phát mạng.", "Người phụ trách của xã, phường."),
        paper=True,
    ),
    Item(
        GIA_LAI, "Đánh giá cán bộ, nơi phục vụ: một phút trên điện thoại",
        "Cách gửi đánh giá sau khi nhận kết quả, và điều gì xảy ra sau đó.", FEEDBACK, CITIZENS, 175,
        ("Mở thông báo có kết quả, chọn mức hài lòng.",
         "Viết rõ điều chưa được.",
         "Phản ánh được chuyển đến nơi có trách nhiệm trả lời."),
    ),
    # ------------------------------------------------------------------------------------------------ the wards
    Item(
        HAC_THANH, "Phường Hạc Thành: đến Trung tâm Phục vụ hành chính công cho đỡ chờ",
        "Nộp trực tuyến trước, chỉ đến khi cần; đến thì chuẩn bị đủ để đi một lần.", HELP, OLDER, 24,
        ("Nộp trực tuyến trước, chỉ đến khi cần đối chiếu bản chính.",
         "Lấy số, ngồi chờ gọi theo số.",
         "Chưa rõ cần giấy tờ gì, hỏi trước qua 1800 1096."),
    ),
    Item(
        HAC_THANH, "Phường Hạc Thành: hộ kinh doanh ở chợ cần biết",
        "Những việc của hộ kinh doanh làm được trên mạng và nơi hỏi.", PROCEDURES, BUSINESSES, 68,
        ("Tìm thủ tục về hộ kinh doanh trên Cổng Dịch vụ công quốc gia.",
         "Nộp phí trực tuyến, giữ biên lai điện tử.",
         "Tổ công nghệ số cộng đồng của khu phố giúp lần đầu."),
    ),
    Item(
        HAC_THANH, "Sinh viên thuê trọ ở phường Hạc Thành khai báo tạm trú",
        "Ba bước trên điện thoại, chủ nhà khai thay cũng được.", PROCEDURES, STUDENTS, 36,
        ("Mở VNeID, tìm mục thông báo lưu trú hoặc đăng ký tạm trú.",
         "Điền địa chỉ nhà trọ và thời hạn.",
         "Lưu mã hồ sơ để xem kết quả."),
    ),
    Item(
        HAC_THANH, "Phân công trực bàn hướng dẫn của phường (nội bộ)",
        "Bảng phân công theo buổi, ghi theo chức danh, không ghi số điện thoại riêng.", HELP, OFFICIALS, 12,
        ("Sáng thứ hai, thứ tư: công chức văn hóa.", "Sáng thứ ba, thứ năm: công chức tư pháp.", "Thứ sáu: đoàn viên tình nguyện."),
        paper=True, own=True,
    ),
    Item(
        QUY_NHON, "Phường Quy Nhơn: điểm hỗ trợ nộp hồ sơ ở khu phố",
        "Nhà văn hóa khu phố mở cửa theo buổi hẹn, có người chỉ từng bước.", HELP, OLDER, 48,
        ("Mang điện thoại của mình và thẻ căn cước.",
         "Sạc đầy pin, nhớ mật khẩu VNeID.",
         "Không thu tiền."),
    ),
    Item(
        QUY_NHON, "Phường Quy Nhơn: chủ khách sạn, nhà nghỉ thông báo lưu trú",
        "Thông báo lưu trú cho khách trên mạng, không phải mang sổ ra phường.", PROCEDURES, BUSINESSES, 30,
        ("Đăng nhập bằng tài khoản VNeID mức 2 của chủ cơ sở.",
         "Nhập thông tin khách đúng trong ngày.",
         "Xem lại danh sách đã gửi."),
    ),
    Item(
        QUY_NHON, "Lời dẫn giờ phát loa sáng của đài phường Quy Nhơn",
        "Câu mở đầu và câu kết dùng chung cho mọi bản tin của đài.", MODELS, STATIONS, 220,
        ("Đây là đài truyền thanh phường Quy Nhơn.", "Mời bà con nghe bản tin dịch vụ công.", "Bản tin đến đây là hết. Chúc bà con một ngày tốt lành."),
        paper=True,
    ),
)  # fmt: skip

GRAPHICS = (
    Graphic(
        CENTRE, "canh-bao", "Bốn việc cán bộ không bao giờ yêu cầu", "Cảnh báo giả mạo",
        "Ai yêu cầu một trong bốn việc này, hãy dừng lại.", FRAUD, OLDER, 56,
        ("Đọc mật khẩu hoặc mã xác thực", "Cài ứng dụng từ liên kết lạ", "Chuyển tiền vào tài khoản cá nhân",
         "Chụp màn hình mã gửi cho họ"),
    ),
    Graphic(
        THANH_HOA, "cac-buoc", "Thanh Hóa: tra cứu hồ sơ trong ba bước", "Tra cứu hồ sơ",
        "Chỉ cần mã hồ sơ ghi trên giấy hẹn.", TRACKING, CITIZENS, 82,
        ("Vào dichvucong.gov.vn, chọn tra cứu hồ sơ", "Nhập mã hồ sơ", "Đọc tình trạng và ngày hẹn trả"),
    ),
    Graphic(
        GIA_LAI, "loi-nhan", "Điện thoại của mình, mật khẩu của mình", "Gia Lai", "Không cho mượn, không đọc cho ai.",
        ACCOUNT, MINORITIES, 104,
    ),
    Graphic(
        HAC_THANH, "cac-buoc", "Phường Hạc Thành: mang gì khi đến làm thủ tục", "Nơi hỗ trợ",
        "Chuẩn bị đủ, đi một lần.", HELP, OLDER, 42,
        ("Thẻ căn cước của mình", "Điện thoại đã cài VNeID, còn pin", "Bản chính giấy tờ cần đối chiếu"),
    ),
)  # fmt: skip

JINGLE = "Nhạc hiệu mở đầu bản tin dịch vụ công"
JINGLE_SUMMARY = (
    "Sáu giây nhạc hiệu không lời để đài cơ sở phát trước bản tin; do máy tạo, dùng tự do trong hệ thống."
)
JINGLE_WORDS = "(Nhạc hiệu, không có lời.)"
