"""The shipped source documents carry nobody's name or contact, and their status is what it is."""

from __future__ import annotations

import hashlib
import re

import pytest

from media.library.models import DocumentStatus
from publishers.demo.documents import DOCUMENTS, FOLDER

# What may stand where a person or a contact stood, as SHA-256, so that this file names nothing and nobody either.
ALLOWED = {
    hashlib.sha256(text.encode()).hexdigest()
    for text in ("[họ tên]", "0900.000.000", "dau-moi@vidu.gov.vn", "[địa chỉ cơ quan]")
}

PHONE = re.compile(r"(?<![\d/])(?:\+84|0)\d{2,3}(?:[ .-]?\d{3}){2,3}(?!\d)")
MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
# "đồng chí X", "Thứ trưởng X": whoever is named after a form of address or a post, up to the next mark.
NAMED = re.compile(
    r"(?:[Đđ]ồng chí|đ/c|Thứ trưởng|Bộ trưởng|Chủ tịch|Phó Chủ tịch)\s+(\[[^\]]+\]|[A-ZĐÀ-Ỹ][\w]+(?:\s+[A-ZĐÀ-Ỹ][\w]+){1,3})"
)
PLACE = re.compile(r"địa chỉ:\s*(\[[^\]]+\]|[^,;\n]+)")
# Words that begin a body or an office, not a person.
OFFICES = ("Ủy ban", "Bộ", "Hội đồng", "Các", "UBND", "Nước", "Thông")


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: document.file[:3])
def test_no_name_phone_mail_or_address_but_the_replacements(document):
    text = document.text()
    found = PHONE.findall(text) + MAIL.findall(text) + PLACE.findall(text)
    found += [name for name in NAMED.findall(text) if not name.startswith(OFFICES)]
    assert {found_text for found_text in found if digest(found_text) not in ALLOWED} == set()


def test_the_search_would_find_a_name_a_phone_and_a_mail():
    text = "đầu mối đồng chí Nguyễn Văn Mẫu, điện thoại: 0912.345.678, thư điện tử: mau@vidu.vn"
    assert NAMED.findall(text) == ["Nguyễn Văn Mẫu"]
    assert PHONE.findall(text) == ["0912.345.678"]
    assert MAIL.findall(text) == ["mau@vidu.vn"]


def test_all_five_documents_ship_and_the_draft_is_a_draft():
    assert sorted(path.name for path in FOLDER.glob("*.txt")) == sorted(
        document.file for document in DOCUMENTS
    )
    statuses = {document.file[:3]: document.status for document in DOCUMENTS}
    assert statuses["004"] == DocumentStatus.DRAFT
    assert statuses["000"] == DocumentStatus.IN_FORCE
    assert [file for file, status in statuses.items() if status == DocumentStatus.EXPIRED] == [
        "001",
        "002",
        "003",
    ]
