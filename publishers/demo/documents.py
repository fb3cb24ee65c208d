"""The five source documents, with where each of them stands today."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from media.library.models import DocumentStatus

FOLDER = Path(__file__).parent / "data" / "documents"


@dataclass(frozen=True)
class SourceDocument:
    """One document: its file, what it is, its number, its status and why it has that status."""

    file: str
    title: str
    number: str
    status: DocumentStatus
    why: str

    def text(self) -> str:
        return (FOLDER / self.file).read_text(encoding="utf-8")


DOCUMENTS = (
    SourceDocument(
        "000-cong-van-trien-khai-1588.txt",
        "Công văn về việc triển khai Quyết định số 1588/QĐ-TTg ngày 17/12/2024",
        "/BTTTT-CĐSQG (2025)",
        DocumentStatus.IN_FORCE,
        "Giao việc hằng năm đến ngày 15 tháng 12; Quyết định 1588/QĐ-TTg còn hiệu lực. Cơ quan ký nay là Bộ KH&CN.",
    ),
    SourceDocument(
        "001-cong-van-trien-khai-1690.txt",
        "Công văn về việc triển khai Quyết định số 1690/QĐ-TTg ngày 26/12/2023",
        "/BTTTT-CĐSQG (2024)",
        DocumentStatus.EXPIRED,
        "Thời hạn giao việc đã qua (ngày 15/01/2024); nhiều cơ quan trong văn bản đã sắp xếp lại.",
    ),
    SourceDocument(
        "002-bao-cao-binh-dinh-ocr.txt",
        "Báo cáo tình hình triển khai Quyết định số 1588/QĐ-TTg trên địa bàn tỉnh Bình Định (bản quét)",
        "1239/UBND-KSTT",
        DocumentStatus.EXPIRED,
        "Báo cáo của tỉnh Bình Định trước khi sáp nhập vào tỉnh Gia Lai; chữ nhận dạng tự động còn nhiều lỗi.",
    ),
    SourceDocument(
        "003-cong-van-lay-y-kien-du-thao.txt",
        "Công văn đề nghị cung cấp thông tin để xây dựng Dự thảo Đề án",
        "(25/10/2023)",
        DocumentStatus.EXPIRED,
        "Thời hạn góp ý là ngày 30/11/2023, đã kết thúc.",
    ),
    SourceDocument(
        "004-du-thao-quyet-dinh.txt",
        "Dự thảo Quyết định phê duyệt Đề án tuyên truyền, phổ biến dịch vụ công trực tuyến",
        "/QĐ-TTg (dự thảo 2024)",
        DocumentStatus.DRAFT,
        "Là dự thảo; văn bản ban hành là Quyết định số 1588/QĐ-TTg ngày 17/12/2024.",
    ),
)
