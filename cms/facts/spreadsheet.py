"""Facts of many communes as one XLSX: the empty template, and reading a filled one back row by row.

Nothing here writes to the database. A row with a mistake gives a Vietnamese sentence that names its cell; rows without
any value are passed over."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import islice
from typing import Any, BinaryIO, Final

from django.utils.translation import gettext as _
from openpyxl import Workbook, load_workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from cms.core.errors import InputRefused, UploadRefused
from cms.core.models import nfc
from cms.facts.coverage import LOCAL_KEYS, PlaceFacts, Source
from cms.facts.models import FactKey
from cms.facts.services import NewFact, checked_value
from cms.places.models import AdministrativeUnit

MOST_BYTES: Final = 5 * 1024 * 1024
#: What a workbook may weigh unpacked: a few kilobytes can otherwise become gigabytes. Every row filled takes 4 MB.
MOST_UNPACKED: Final = 20 * 1024 * 1024
#: Files inside a workbook; one saved by a spreadsheet has some dozens.
MOST_PARTS: Final = 1000
MOST_ROWS: Final = 4000
#: Mistakes shown at once; with more of them the file is another file.
MOST_MISTAKES: Final = 60
TITLE_ROW: Final = 1
CODE, NAME = "Mã địa bàn", "Tên xã, phường, đặc khu"
FROM, TO, SOURCE = "Hiệu lực từ ngày", "Hiệu lực đến hết ngày", "Nguồn"
XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_LONGEST_SOURCE: Final = 250
# Said in place of a phone's lost zero and of a time that Excel has turned into a fraction of a day.
_AS_TEXT: Final = "Hãy định dạng ô là Văn bản (Text) rồi gõ lại."


@dataclass(frozen=True, slots=True)
class Mistake:
    """What is wrong in one cell: its row on the sheet, its column's title, and a sentence."""

    row: int
    column: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a filled workbook says: facts to keep, and mistakes. With any mistake nothing may be kept."""

    facts: tuple[NewFact, ...]
    mistakes: tuple[Mistake, ...]


def columns() -> list[tuple[str, str]]:
    """Return (key, title) of the columns that hold values."""
    return [(str(key), str(FactKey(key).label)) for key in LOCAL_KEYS]


def template(rows: Iterable[PlaceFacts]) -> bytes:
    """Return the workbook to fill in, one row per commune, with what each has said already."""
    book = Workbook()
    sheet = book.active
    sheet.title = "Dữ kiện"
    titles = [CODE, NAME, *(title for _key, title in columns()), FROM, TO, SOURCE]
    sheet.append(titles)
    for row in rows:
        own = {cell.key: cell.value for cell in row.cells if cell.source is Source.OWN}
        sheet.append(
            [
                row.place.code,
                row.place.full_name,
                *(own.get(key, "") for key, _title in columns()),
                "",
                "",
                "",
            ]
        )
    head = PatternFill("solid", fgColor="0B4F6C")
    for number, title in enumerate(titles, start=1):
        cell = sheet.cell(TITLE_ROW, number)
        cell.font, cell.fill = Font(bold=True, color="FFFFFF"), head
        cell.alignment = Alignment(wrap_text=True, vertical="center")
        sheet.column_dimensions[get_column_letter(number)].width = 14 if title in (CODE, FROM, TO) else 30
    for line in sheet.iter_rows(min_row=2):
        for cell in line:
            # Text keeps the zero at the head of a telephone number, and a value that begins with "=" is no formula.
            cell.number_format = "@"
            if isinstance(cell.value, str):
                cell.data_type = "s"
    sheet.freeze_panes = "C2"
    guide = book.create_sheet("Hướng dẫn")
    for text in (
        "Mỗi dòng là một xã, phường, đặc khu. Không sửa cột mã địa bàn.",
        "Ô để trống: giữ nguyên dữ kiện hiện có.",
        "Số điện thoại và giờ làm việc gõ dạng văn bản, ví dụ 0269 382 4000 và 7h30 đến 17h00.",
        "Ngày gõ dạng 23/11/2026. Để trống ngày bắt đầu: có hiệu lực từ hôm nhập. Để trống ngày kết thúc: chưa định.",
        "Cột Nguồn ghi văn bản hoặc nơi cung cấp, bắt buộc ở mỗi dòng có dữ kiện mới.",
    ):
        guide.append([text])
    guide.column_dimensions["A"].width = 110
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def read(
    file: BinaryIO,
    size: int,
    places: Mapping[str, AdministrativeUnit],
    today: date,
    known: Iterable[PlaceFacts] = (),
) -> Sheet:
    """Return what the workbook says about `places` (code → place).

    The template comes filled with what each commune has said: a row whose values are all among `known` and that names
    no day says nothing new, and in a row that has something new the values that stand already are passed over.

    Raises UploadRefused for a file that is no workbook, too large, or not made from the template."""
    book = _opened(file, size)
    try:
        lines = _lines(book)
        titles = [_text(cell) for cell in next(lines, ())]
        wanted = [CODE, FROM, TO, SOURCE, *(title for _key, title in columns())]
        lacking = [title for title in wanted if title not in titles]
        if lacking:
            raise UploadRefused(
                _("Tệp không đúng mẫu, thiếu cột: %(columns)s. Vui lòng tải mẫu về và điền vào mẫu.")
                % {"columns": ", ".join(lacking)}
            )
        at = {title: titles.index(title) for title in wanted}
        said = {
            row.place.code: {cell.key: cell.value for cell in row.cells if cell.source is Source.OWN}
            for row in known
        }
        return _rows(lines, at, places, today, said)
    finally:
        book.close()


def _opened(file: BinaryIO, size: int) -> Any:
    if size > MOST_BYTES:
        raise UploadRefused(_("Tệp nặng quá 5 MB. Vui lòng chia thành nhiều tệp."))
    try:
        with zipfile.ZipFile(file) as package:
            parts = package.infolist()
        if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
            raise UploadRefused(_("Tệp quá lớn khi mở ra. Vui lòng chỉ giữ trang dữ kiện trong tệp."))
        file.seek(0)
        return load_workbook(file, read_only=True, data_only=True)
    except UploadRefused:
        raise
    except Exception:
        # What openpyxl, its XML parsers and zlib raise for a file that is broken on purpose is no closed list.
        raise _unreadable() from None


def _lines(book: Any) -> Iterator[tuple[Any, ...]]:
    """Yield the rows of the first sheet; they are unpacked only now, so a broken one is found only now."""
    try:
        yield from islice(
            book.worksheets[0].iter_rows(values_only=True, max_row=MOST_ROWS + 2), MOST_ROWS + 2
        )
    except Exception:
        raise _unreadable() from None


def _unreadable() -> UploadRefused:
    return UploadRefused(_("Không mở được tệp. Vui lòng lưu lại dạng Excel (.xlsx) rồi tải lên."))


def _rows(
    lines: Iterable[tuple[Any, ...]],
    at: Mapping[str, int],
    places: Mapping[str, AdministrativeUnit],
    today: date,
    said: Mapping[str, Mapping[str, str]],
) -> Sheet:
    facts: list[NewFact] = []
    mistakes: list[Mistake] = []
    seen: dict[str, int] = {}
    for number, line in enumerate(lines, start=TITLE_ROW + 1):
        cells = {title: (line[place] if place < len(line) else None) for title, place in at.items()}
        if all(_text(cell) == "" for title, cell in cells.items() if title != CODE):
            continue
        if number > MOST_ROWS + 1:
            raise UploadRefused(_("Tệp có quá nhiều dòng, tối đa %(most)s dòng.") % {"most": MOST_ROWS})
        row = _Row(number, cells, today)
        row.read(places, seen, said)
        facts += row.facts
        mistakes += row.mistakes
        if len(mistakes) >= MOST_MISTAKES:
            break
    return Sheet(() if mistakes else tuple(facts), tuple(mistakes[:MOST_MISTAKES]))


class _Row:
    """One line of the sheet on its way to facts."""

    def __init__(self, number: int, cells: Mapping[str, Any], today: date) -> None:
        self.number = number
        self.cells = cells
        self.today = today
        self.facts: list[NewFact] = []
        self.mistakes: list[Mistake] = []

    def read(
        self,
        places: Mapping[str, AdministrativeUnit],
        seen: dict[str, int],
        said: Mapping[str, Mapping[str, str]],
    ) -> None:
        code = _text(self.cells[CODE]).removesuffix(".0").zfill(5)
        stands = {} if _text(self.cells[FROM]) or _text(self.cells[TO]) else said.get(code, {})
        values = {key: self.value(key, title) for key, title in columns()}
        values = {key: value for key, value in values.items() if value and value != stands.get(key)}
        if not values and not self.mistakes:
            return
        place = places.get(code)
        if place is None:
            self.wrong(
                CODE, _("Không có xã, phường nào mang mã “%(code)s” trong phạm vi của bạn.") % {"code": code}
            )
        elif code in seen:
            self.wrong(CODE, _("Mã “%(code)s” đã có ở dòng %(row)s.") % {"code": code, "row": seen[code]})
        seen.setdefault(code, self.number)
        begins = self.day(FROM) or self.today
        ends = self.day(TO)
        if ends is not None and ends < begins:
            self.wrong(TO, _("Ngày hết hiệu lực phải sau ngày bắt đầu."))
        source = nfc(_text(self.cells[SOURCE]))
        if not source:
            self.wrong(SOURCE, _("Chưa ghi nguồn của dữ kiện."))
        elif len(source) > _LONGEST_SOURCE:
            self.wrong(SOURCE, _("Nguồn dài quá %(most)s ký tự.") % {"most": _LONGEST_SOURCE})
        if not self.mistakes and place is not None:
            self.facts = [
                NewFact(place.pk, key, value, begins, ends, source) for key, value in values.items()
            ]

    def value(self, key: str, title: str) -> str:
        cell = self.cells[title]
        if isinstance(cell, (datetime, date, time)):
            self.wrong(title, _("Ô đang ở dạng ngày giờ.") + " " + _AS_TEXT)
            return ""
        if isinstance(cell, bool | float) and not (isinstance(cell, float) and cell.is_integer()):
            self.wrong(title, _("Ô đang ở dạng số.") + " " + _AS_TEXT)
            return ""
        # A subscriber's number that Excel took for a number has lost its zero; 1800 and 1900 lines have none.
        if (
            key == FactKey.HOTLINE
            and isinstance(cell, int | float)
            and not str(int(cell)).startswith(("18", "19"))
        ):
            self.wrong(title, _("Số điện thoại đang ở dạng số nên mất số 0 ở đầu.") + " " + _AS_TEXT)
            return ""
        try:
            return checked_value(_text(cell), key)
        except InputRefused as refusal:
            self.wrong(title, refusal.sentence)
            return ""

    def day(self, title: str) -> date | None:
        cell = self.cells[title]
        if isinstance(cell, datetime):
            return cell.date()
        if isinstance(cell, date):
            return cell
        text = _text(cell)
        if not text:
            return None
        try:
            return datetime.strptime(text, "%d/%m/%Y").date()
        except ValueError:
            self.wrong(
                title, _("“%(text)s” không phải một ngày. Hãy gõ dạng 23/11/2026.") % {"text": text[:30]}
            )
            return None

    def wrong(self, column: str, sentence: str) -> None:
        self.mistakes.append(Mistake(self.number, column, sentence))


def _text(cell: Any) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return str(cell).strip()
