"""Facts of many communes from one workbook: read row by row, shown first, kept all or none."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import load_workbook

from cms.accounts.models import Role
from cms.audit.models import AuditRow
from cms.core import clock
from cms.core.errors import UploadRefused
from cms.facts.coverage import coverage
from cms.facts.models import Fact
from cms.facts.spreadsheet import XLSX, read, template
from tests.factories.cms import FactFactory, MembershipFactory, OrganisationFactory, PlaceFactory

pytestmark = pytest.mark.django_db

BACKEND = "cms.access.backends.MembershipBackend"
COLUMN = {"name": 3, "address": 4, "hours": 5, "hotline": 6, "fee": 7, "from": 8, "to": 9, "source": 10}


@pytest.fixture(autouse=True)
def _without_second_factor(settings):
    settings.TRAINING_MODE = True


@pytest.fixture
def province():
    body = OrganisationFactory(place=PlaceFactory(province=True, name="Gia Lai"), leads=True)
    return MembershipFactory(organisation=body, role=Role.PROVINCIAL_COMMUNICATOR)


@pytest.fixture
def communes(province):
    return [PlaceFactory(commune=True, code=f"2355{n}", parent=province.organisation.place) for n in range(3)]


def filled(communes, *rows: dict) -> bytes:
    """The template with `rows` written into its lines, in order."""
    book = load_workbook(io.BytesIO(template(coverage(communes, clock.today()))))
    for number, row in enumerate(rows, start=2):
        for name, value in row.items():
            book.active.cell(number, 1 if name == "code" else COLUMN[name], value)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def parsed(content: bytes, communes):
    return read(
        io.BytesIO(content), len(content), {place.code: place for place in communes}, date(2026, 11, 23)
    )


def test_template_holds_every_commune_with_what_it_has_said(communes):
    FactFactory(organisation=OrganisationFactory(place=communes[1]), value="0269 382 4000")
    sheet = load_workbook(io.BytesIO(template(coverage(communes, clock.today())))).active
    rows = list(sheet.iter_rows(values_only=True))
    assert [row[0] for row in rows] == ["Mã địa bàn", "23550", "23551", "23552"]
    assert rows[2][5] == "0269 382 4000"
    assert sheet["F3"].number_format == "@"


def test_filled_rows_become_facts_and_empty_ones_nothing(communes):
    sheet = parsed(
        filled(
            communes,
            {"hours": "7h30 đến 17h00", "hotline": "0269 382 4000", "source": "Công văn mẫu"},
            {},
            {"fee": "0 đồng", "source": "Nghị quyết mẫu", "from": "01/12/2026", "to": datetime(2027, 6, 30)},
        ),
        communes,
    )
    assert sheet.mistakes == ()
    assert [
        (fact.place_id, fact.key, fact.value, fact.valid_from, fact.valid_to) for fact in sheet.facts
    ] == [
        (communes[0].pk, "gio-lam-viec", "7h30 đến 17h00", date(2026, 11, 23), None),
        (communes[0].pk, "duong-day-nong", "0269 382 4000", date(2026, 11, 23), None),
        (communes[2].pk, "le-phi", "0 đồng", date(2026, 12, 1), date(2027, 6, 30)),
    ]


@pytest.mark.parametrize(
    ("row", "column", "sentence"),
    [
        (
            {"code": "99999", "hours": "7h30", "source": "x"},
            "Mã địa bàn",
            "Không có xã, phường nào mang mã “99999”",
        ),
        ({"code": "23551", "hours": "7h30", "source": "x"}, "Mã địa bàn", "Mã “23551” đã có ở dòng 2."),
        ({"hours": "7h30"}, "Nguồn", "Chưa ghi nguồn của dữ kiện."),
        ({"hotline": 2693824000, "source": "x"}, "Đường dây nóng", "mất số 0 ở đầu"),
        ({"hours": datetime(2026, 1, 1, 7, 30), "source": "x"}, "Giờ làm việc", "dạng ngày giờ"),
        (
            {"hours": "7h30", "source": "x", "from": "hôm nay"},
            "Hiệu lực từ ngày",
            "“hôm nay” không phải một ngày.",
        ),
        (
            {"hours": "7h30", "source": "x", "to": "01/01/2026"},
            "Hiệu lực đến hết ngày",
            "phải sau ngày bắt đầu",
        ),
        ({"hours": "x" * 301, "source": "x"}, "Giờ làm việc", "Dài quá 300 ký tự"),
        ({"address": 0.5, "source": "x"}, "Địa chỉ Trung tâm Phục vụ hành chính công", "dạng số"),
    ],
)
def test_each_mistake_names_its_row_and_column_and_nothing_is_taken(communes, row, column, sentence):
    good = {"code": "23551", "hours": "8h", "source": "x"}
    result = parsed(filled(communes, good, row), communes)
    assert result.facts == ()
    assert any(
        (mistake.row, mistake.column) == (3, column) and sentence in mistake.sentence
        for mistake in result.mistakes
    ), result.mistakes


def test_national_line_as_a_number_is_no_mistake(communes):
    sheet = parsed(filled(communes, {"hotline": 18001096, "source": "x"}), communes)
    assert [fact.value for fact in sheet.facts] == ["18001096"]


def bomb() -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/worksheets/sheet1.xml", b"0" * (21 * 1024 * 1024))
    return target.getvalue()


def many_parts() -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as package:
        for number in range(1001):
            package.writestr(f"xl/{number}.xml", b"")
    return target.getvalue()


def altered(content: bytes, part: str, change) -> bytes:
    """The workbook with one of its parts changed by a hostile hand."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as package, zipfile.ZipFile(target, "w") as made:
        for name in package.namelist():
            made.writestr(name, change(package.read(name)) if name == part else package.read(name))
    return target.getvalue()


SHEET = "xl/worksheets/sheet1.xml"


@pytest.mark.parametrize(
    ("part", "change"),
    [
        ("xl/workbook.xml", lambda found: b"<workbook"),
        ("xl/workbook.xml", lambda found: re.sub(rb"<sheets>.*</sheets>", b"<sheets/>", found, flags=re.S)),
        ("xl/styles.xml", lambda found: b"x"),
        (SHEET, lambda found: found[: len(found) // 2]),
        (SHEET, lambda found: found.replace(b'r="A2"', b'r="2A"')),
        (
            SHEET,
            lambda found: found.replace(b"</sheetData>", b"<row><c t='s'><v>99999</v></c></row></sheetData>"),
        ),
        (SHEET, lambda found: found.replace(b"</sheetData>", b"<row><c><v>x</v></c></row></sheetData>")),
        (SHEET, lambda found: found.replace(b"</sheetData>", b"<row r='x'></row></sheetData>")),
        (
            SHEET,
            lambda found: (
                b'<!DOCTYPE x [<!ENTITY a "b">]>' + found.replace(b"</sheetData>", b"&c;</sheetData>")
            ),
        ),
    ],
)
def test_workbook_that_is_broken_inside_is_refused_in_a_sentence(communes, part, change):
    content = filled(communes, {"hours": "7h30", "source": "x"})
    with pytest.raises(UploadRefused, match="Không mở được tệp."):
        parsed(altered(content, part, change), communes)


def test_workbook_whose_packing_is_damaged_is_refused_in_a_sentence(communes):
    content = bytearray(filled(communes, {"hours": "7h30", "source": "x"}))
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        at = package.getinfo(SHEET).header_offset + 90
    content[at : at + 40] = bytes(sign ^ 0x55 for sign in content[at : at + 40])
    with pytest.raises(UploadRefused, match="Không mở được tệp."):
        parsed(bytes(content), communes)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"khong phai excel", "Không mở được tệp."),
        (b"", "Không mở được tệp."),
        (bomb(), "Tệp quá lớn khi mở ra."),
        (many_parts(), "Tệp quá lớn khi mở ra."),
        (b"PK\x05\x06" + b"\0" * 18, "Không mở được tệp."),
    ],
    ids=["text", "empty", "bomb", "many-parts", "empty-zip"],
)
def test_what_is_no_workbook_is_refused_in_a_sentence(communes, content, sentence):
    with pytest.raises(UploadRefused, match=sentence):
        parsed(content, communes)


def test_workbook_that_is_not_the_template_is_refused(communes):
    from openpyxl import Workbook

    target = io.BytesIO()
    Workbook().save(target)
    with pytest.raises(UploadRefused, match="Tệp không đúng mẫu, thiếu cột"):
        parsed(target.getvalue(), communes)


def test_person_uploads_looks_and_only_then_keeps(province, communes):
    client = Client()
    client.force_login(province.user, backend=BACKEND)
    address = "/admin/du-kien-dia-phuong/nhap-excel/"
    assert client.get(f"{address}?mau=1").headers["Content-Type"] == XLSX
    content = filled(communes, {"hours": "7h30 đến 17h00", "source": "Công văn mẫu"})
    page = client.post(address, {"file": SimpleUploadedFile("du-kien.xlsx", content)})
    text = page.content.decode()
    assert "Tệp có 1 dữ kiện của 1 xã, phường, đặc khu. Chưa lưu gì" in text
    assert not Fact.objects.exists()
    sealed = re.search(r'name="sealed" value="([^"]+)"', text)[1]
    other = MembershipFactory(organisation=province.organisation, role=Role.PROVINCIAL_COMMUNICATOR)
    thief = Client()
    thief.force_login(other.user, backend=BACKEND)
    thief.post(address, {"action": "keep", "sealed": sealed})
    client.post(address, {"action": "keep", "sealed": sealed + "x"})
    assert not Fact.objects.exists()
    assert client.post(address, {"action": "keep", "sealed": sealed}).status_code == 302
    fact = Fact.objects.get()
    assert (fact.place, fact.value, fact.source) == (communes[0], "7h30 đến 17h00", "Công văn mẫu")
    assert AuditRow.objects.get(verb="keep_facts").detail["facts"] == {"gio-lam-viec": "7h30 đến 17h00"}
    client.post(address, {"action": "keep", "sealed": sealed})
    assert Fact.objects.count() == 1


def test_mistakes_are_shown_with_row_and_column_on_the_page(province, communes):
    client = Client()
    client.force_login(province.user, backend=BACKEND)
    content = filled(communes, {"hours": "7h30"})
    page = client.post(
        "/admin/du-kien-dia-phuong/nhap-excel/", {"file": SimpleUploadedFile("du-kien.xlsx", content)}
    )
    assert page.status_code == 422
    text = page.content.decode()
    assert "Chưa lưu gì: có 1 ô cần sửa." in text
    assert "Dòng 2" in text
    assert "Chưa ghi nguồn của dữ kiện." in text
    assert not Fact.objects.exists()


def test_what_stands_in_the_template_already_asks_for_no_source(province, communes):
    for commune in communes:
        FactFactory(
            organisation=OrganisationFactory(place=commune), key="gio-lam-viec", value="7h30 đến 17h00"
        )
    client = Client()
    client.force_login(province.user, backend=BACKEND)

    def told(*rows: dict) -> str:
        file = SimpleUploadedFile("du-kien.xlsx", filled(communes, *rows))
        return client.post("/admin/du-kien-dia-phuong/nhap-excel/", {"file": file}).content.decode()

    one = told({}, {"hotline": "0269 382 4000", "source": "Công văn mẫu"})
    assert "Tệp có 1 dữ kiện của 1 xã, phường, đặc khu." in one
    assert "Tệp chưa có dữ kiện nào khác với những gì đã lưu." in told({})
    renewed = told({"from": "01/12/2026", "source": "Công văn mẫu"})
    assert "Tệp có 1 dữ kiện của 1 xã, phường, đặc khu." in renewed


def test_hotline_without_a_number_is_a_mistake(communes):
    (mistake,) = parsed(filled(communes, {"hotline": "hỏi ông Nam", "source": "x"}), communes).mistakes
    assert (mistake.row, mistake.column) == (2, "Đường dây nóng")
    assert "Đường dây nóng phải có số điện thoại" in mistake.sentence
