"""What already stands on the demo's shelf: short guides that centre, provinces and communes have shared."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Guide:
    """A short guide: title, one-sentence summary, topic, points. `place` is the code of the place whose lead owns it."""

    title: str
    summary: str
    topic: str
    points: tuple[str, ...]
    place: str = "00"


GUIDES = (
    Guide(
        "Đăng ký và kích hoạt tài khoản VNeID mức 2",
        "Tài khoản mức 2 đăng ký tại cơ quan công an, kích hoạt trên điện thoại của chính mình.",
        "Tài khoản định danh điện tử",
        (
            "Mang thẻ căn cước đến cơ quan công an nơi gần nhất để đăng ký.",
            "Tải ứng dụng VNeID từ kho ứng dụng chính thức của điện thoại.",
            "Kích hoạt theo tin nhắn nhận được và đặt mật khẩu của riêng mình.",
            "Không cho người khác mượn tài khoản, không chụp màn hình mã xác thực.",
        ),
    ),
    Guide(
        "Tra cứu hồ sơ đã nộp đang ở bước nào",
        "Chỉ cần mã hồ sơ để biết hồ sơ đang ở đâu và khi nào có kết quả.",
        "Cách nộp hồ sơ trực tuyến",
        (
            "Vào dichvucong.gov.vn, chọn mục tra cứu hồ sơ.",
            "Nhập mã hồ sơ ghi trên giấy hẹn hoặc trong tin nhắn.",
            "Đọc tình trạng: đã tiếp nhận, đang giải quyết, cần bổ sung hoặc đã có kết quả.",
        ),
    ),
    Guide(
        "Nộp phí, lệ phí trực tuyến có biên lai điện tử",
        "Thanh toán ngay khi nộp hồ sơ, biên lai lưu trong tài khoản, tra lại lúc nào cũng được.",
        "Thanh toán trực tuyến",
        (
            "Sau khi điền hồ sơ, chọn thanh toán trực tuyến.",
            "Chọn ngân hàng hoặc ví điện tử đang dùng và xác nhận đúng số tiền.",
            "Tải biên lai điện tử về máy nếu cần nộp cho cơ quan khác.",
        ),
    ),
    Guide(
        "Chứng thực bản sao điện tử từ bản chính",
        "Bản sao điện tử đã chứng thực dùng lại được nhiều lần khi nộp hồ sơ trực tuyến.",
        "Thủ tục thường gặp",
        (
            "Mang bản chính đến nơi chứng thực và đề nghị cấp bản sao điện tử.",
            "Kết quả được gửi vào tài khoản của người yêu cầu trên Cổng Dịch vụ công quốc gia.",
            "Khi nộp hồ sơ khác, chọn lại bản sao đã có, không phải đi chứng thực lần nữa.",
        ),
    ),
    Guide(
        "Đăng ký khai sinh, thường trú và thẻ bảo hiểm y tế cho trẻ cùng một lần",
        "Ba việc cho trẻ mới sinh được làm liên thông bằng một hồ sơ trực tuyến.",
        "Thủ tục thường gặp",
        (
            "Đăng nhập Cổng Dịch vụ công quốc gia bằng tài khoản của cha hoặc mẹ.",
            "Chọn nhóm thủ tục liên thông cho trẻ dưới 6 tuổi.",
            "Điền thông tin, đính kèm giấy chứng sinh và gửi hồ sơ.",
            "Nhận từng kết quả theo tin nhắn thông báo.",
        ),
    ),
    Guide(
        "Khai báo tạm trú, tạm vắng trên mạng",
        "Thuê trọ, đi học, đi làm xa đều khai báo được trên điện thoại.",
        "Thủ tục thường gặp",
        (
            "Mở VNeID hoặc Cổng Dịch vụ công, tìm thủ tục thông báo lưu trú hoặc đăng ký tạm trú.",
            "Điền đúng địa chỉ nơi ở và thời hạn.",
            "Chủ nhà trọ có thể khai báo thay cho người thuê.",
        ),
    ),
    Guide(
        "Đổi giấy phép lái xe trực tuyến cần chuẩn bị gì",
        "Chuẩn bị sẵn ảnh, giấy khám sức khỏe và tài khoản mức 2 trước khi nộp.",
        "Thủ tục thường gặp",
        (
            "Có giấy khám sức khỏe của người lái xe còn thời hạn.",
            "Chụp rõ giấy phép lái xe đang dùng.",
            "Nộp hồ sơ, nộp lệ phí trực tuyến và chọn nơi nhận kết quả.",
        ),
    ),
    Guide(
        "Yêu cầu phiếu lý lịch tư pháp trên VNeID",
        "Người dân yêu cầu và nhận phiếu lý lịch tư pháp ngay trên ứng dụng định danh.",
        "Thủ tục thường gặp",
        (
            "Mở VNeID, vào mục thủ tục hành chính.",
            "Chọn cấp phiếu lý lịch tư pháp, kiểm tra thông tin hiện sẵn.",
            "Nộp phí, theo dõi và nhận kết quả điện tử.",
        ),
    ),
    Guide(
        "Đi khám bệnh dùng VNeID thay thẻ bảo hiểm y tế giấy",
        "Thông tin thẻ bảo hiểm y tế đã tích hợp trên VNeID dùng được khi đi khám, chữa bệnh.",
        "Lợi ích của dịch vụ công trực tuyến",
        (
            "Kiểm tra mục ví giấy tờ trên VNeID đã có thẻ bảo hiểm y tế chưa.",
            "Khi đi khám, mở thẻ trên ứng dụng cho nhân viên y tế quét.",
            "Chưa thấy thẻ? Gửi yêu cầu tích hợp trong ứng dụng.",
        ),
    ),
    Guide(
        "Trung tâm Phục vụ hành chính công cấp xã giúp gì cho bà con",
        "Nơi tiếp nhận hồ sơ, hướng dẫn nộp trực tuyến và trả kết quả, gần nhà hơn trước.",
        "Nơi hỗ trợ người dân",
        (
            "Nộp hồ sơ trực tiếp hoặc được hướng dẫn nộp trực tuyến tại chỗ.",
            "Được giúp quét giấy tờ, chụp ảnh, thanh toán.",
            "Hỏi về thủ tục của cả xã và tỉnh.",
        ),
    ),
    Guide(
        "Tổ công nghệ số cộng đồng: gõ từng nhà, hướng dẫn từng người",
        "Người trong thôn, tổ dân phố hướng dẫn tận nơi, không thu tiền.",
        "Nơi hỗ trợ người dân",
        (
            "Hướng dẫn cài VNeID và đăng nhập Cổng Dịch vụ công.",
            "Giúp người lớn tuổi nộp hồ sơ lần đầu.",
            "Không giữ mật khẩu, không nhận tiền nộp hộ.",
        ),
    ),
    Guide(
        "Sau khi nhận kết quả, xin đánh giá một phút",
        "Ý kiến của người dân giúp cơ quan nhà nước phục vụ tốt hơn.",
        "Đánh giá, phản ánh, kiến nghị",
        (
            "Mở thông báo trả kết quả, chọn mức độ hài lòng.",
            "Viết rõ điều chưa được, không cần ghi tên người khác.",
            "Phản ánh, kiến nghị được trả lời công khai.",
        ),
    ),
    Guide(
        "Thanh Hóa: nơi nộp hồ sơ ở 166 xã, phường",
        "Mỗi xã, phường của Thanh Hóa có một Trung tâm Phục vụ hành chính công.",
        "Nơi hỗ trợ người dân",
        (
            "Nộp ở nơi nào thuận tiện nhất trong tỉnh.",
            "Giấy hẹn ghi mã hồ sơ để tra cứu trên mạng.",
            "Đội tình nguyện hướng dẫn người lớn tuổi vào các buổi sáng.",
        ),
        place="38",
    ),
    Guide(
        "Gia Lai: hướng dẫn nộp hồ sơ cho đồng bào ở xa trung tâm",
        "Tổ công nghệ số cộng đồng các làng giúp bà con nộp hồ sơ, không phải đi đường xa.",
        "Nơi hỗ trợ người dân",
        (
            "Đến nhà văn hóa làng vào buổi hẹn của Tổ công nghệ số cộng đồng.",
            "Mang thẻ căn cước và điện thoại đã đăng ký số của mình.",
            "Nhận kết quả qua bưu điện tại nhà.",
        ),
        place="52",
    ),
)
