"""Invented words for drawings: no real body, no real address."""

from datetime import date

import pytest

from media.renditions.content import Callout, InfographicContent, Step
from media.renditions.recipes import ClipRecipe
from tests.media.library.conftest import (  # noqa: F401
    central_editor,
    centre,
    clip_bytes,
    communicator,
    neighbour,
    other_province,
    province,
)

TINY_CLIP = ClipRecipe("tiny", "video thử", 320, 180, fps=10, preset="ultrafast")


@pytest.fixture
def guide() -> InfographicContent:
    return InfographicContent(
        title="Nộp hồ sơ trực tuyến trên Cổng Dịch vụ công quốc gia",
        kicker="Dịch vụ công trực tuyến",
        lead="Sáu bước, làm ngay trên điện thoại",
        steps=(
            Step("Mở dichvucong.gov.vn", "Gõ đúng địa chỉ, không bấm đường dẫn lạ", "globe"),
            Step("Đăng nhập bằng VNeID", "Dùng tài khoản định danh mức 2", "mobile"),
            Step("Tìm thủ tục cần làm", "Gõ tên việc, ví dụ: khai sinh", "magnifier"),
            Step("Điền tờ khai", "Tải ảnh giấy tờ rõ nét, đủ trang", "document"),
            Step("Nộp phí, lệ phí", "Thanh toán trực tuyến nếu có", "wallet"),
            Step("Theo dõi và nhận kết quả", "Xem mã hồ sơ, nhận bản điện tử", "check"),
        ),
        callouts=(
            Callout("Tổng đài hỗ trợ", "1800 0000", "phone"),
            Callout("Địa chỉ chính thức", "dichvucong.gov.vn", "globe"),
        ),
        issuer="Trung tâm Phục vụ hành chính công tỉnh Minh Họa",
        issued_on=date(2026, 11, 21),
        verify_address="https://lantoa.vidu.gov.vn/xac-minh/7KQ2MX",
    )
