"""The dated map of Vietnam as text files: what a row is, how it is read, checked and written.

Pure: no Django. The folder holds four tab-separated files in UTF-8 and NFC. `units.tsv` and
`former_units.tsv` are written by the maintainer's command from a published data set; `versions.tsv` and
`official_totals.tsv` are kept by hand, because renames and later changes come out one resolution at a time.
Dates are the first and the last day on which a row is true, both included.
"""

import os
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TypeVar

from cms.core.errors import InputRefused
from cms.places import kinds

DATA_DIR = Path(__file__).parent / "data"
UNITS_FILE = "units.tsv"
FORMER_FILE = "former_units.tsv"
VERSIONS_FILE = "versions.tsv"
TOTALS_FILE = "official_totals.tsv"

UNITS_COLUMNS = ("code", "type", "name", "parent", "valid_from", "valid_to", "latitude", "longitude")
FORMER_COLUMNS = ("tier", "code", "type", "name", "parent", "valid_to", "successors")
VERSIONS_COLUMNS = ("code", "type", "name", "valid_from", "valid_to", "basis")
TOTALS_COLUMNS = ("valid_from", "communes", "wards", "special_zones", "basis")

ROOT_CODE = "00"
ROOT_NAME = "Trung ương"

Row = TypeVar("Row")


class MapFileError(InputRefused):
    """A map file cannot be used; the Vietnamese sentence names the file and, where it can, the line."""


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A unit of the map: kind is one of `kinds`, degrees are WGS 84 and roughly the middle of the unit."""

    code: str
    kind: str
    name: str
    parent_code: str
    valid_from: date
    valid_to: date | None
    latitude: float | None
    longitude: float | None


@dataclass(frozen=True, slots=True)
class FormerUnitRow:
    """A unit that the map replaced. `tier` is tỉnh, huyện or xã; codes are those of its own time and tier.

    The same figures may name another place today (52 was Bình Định and is Gia Lai), so a former code is never
    looked up among present ones. `successors` are present codes, sorted.
    """

    tier: str
    code: str
    word: str
    name: str
    parent_code: str
    valid_to: date
    successors: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class VersionRow:
    """Name and kind of a present unit between two dates, and the resolution that says so."""

    code: str
    kind: str
    name: str
    valid_from: date
    valid_to: date | None
    basis: str


@dataclass(frozen=True, slots=True)
class TotalsRow:
    """How many units of each lower kind there officially are from a date on."""

    valid_from: date
    communes: int
    wards: int
    special_zones: int
    basis: str


@dataclass(frozen=True, slots=True)
class Map:
    """The whole map as read from its folder; `read_map` gives only maps that passed `check`."""

    units: tuple[UnitRow, ...]
    former: tuple[FormerUnitRow, ...]
    versions: tuple[VersionRow, ...]
    totals: tuple[TotalsRow, ...]


def read_map(folder: Path = DATA_DIR) -> Map:
    """Read and check the four files; MapFileError when one is missing, malformed or contradicts another."""
    result = Map(
        units=tuple(_read(folder / UNITS_FILE, UNITS_COLUMNS, _unit)),
        former=tuple(_read(folder / FORMER_FILE, FORMER_COLUMNS, _former)),
        versions=tuple(_read(folder / VERSIONS_FILE, VERSIONS_COLUMNS, _version)),
        totals=tuple(_read(folder / TOTALS_FILE, TOTALS_COLUMNS, _totals)),
    )
    check(result)
    return result


def write_units(units: Iterable[UnitRow], former: Iterable[FormerUnitRow], folder: Path = DATA_DIR) -> None:
    """Write `units.tsv` and `former_units.tsv`, sorted; both are complete before the first is replaced."""
    unit_lines = [
        (
            unit.code,
            kinds.WORD_OF_KIND[unit.kind],
            unit.name,
            unit.parent_code,
            unit.valid_from.isoformat(),
            unit.valid_to.isoformat() if unit.valid_to else "",
            "" if unit.latitude is None else f"{unit.latitude:.4f}",
            "" if unit.longitude is None else f"{unit.longitude:.4f}",
        )
        for unit in sorted(units, key=lambda unit: (len(unit.code), unit.code))
    ]
    tiers = list(kinds.FORMER_WORDS)
    former_lines = [
        (
            row.tier,
            row.code,
            row.word,
            row.name,
            row.parent_code,
            row.valid_to.isoformat(),
            ",".join(row.successors),
        )
        for row in sorted(former, key=lambda row: (tiers.index(row.tier), row.code))
    ]
    texts = {
        folder / UNITS_FILE: _text(UNITS_COLUMNS, unit_lines),
        folder / FORMER_FILE: _text(FORMER_COLUMNS, former_lines),
    }
    for path, text in texts.items():
        path.with_suffix(".new").write_text(text, encoding="utf-8", newline="\n")
    for path in texts:
        os.replace(path.with_suffix(".new"), path)


def check(map_: Map) -> None:
    """Raise MapFileError when codes repeat, a parent or successor is unknown, or versions overlap."""
    codes = Counter(unit.code for unit in map_.units)
    _refuse_repeats(UNITS_FILE, codes)
    _refuse_repeats(FORMER_FILE, Counter(f"{row.tier} {row.code}" for row in map_.former))
    level_of = {unit.code: kinds.LEVEL_OF_KIND[unit.kind] for unit in map_.units}
    for unit in map_.units:
        parent_level = kinds.LEVEL_CENTRE if unit.parent_code == ROOT_CODE else level_of.get(unit.parent_code)
        if parent_level is None or parent_level + 1 != level_of[unit.code]:
            raise MapFileError(
                f"Tệp {UNITS_FILE}: đơn vị {unit.code} có cấp trên {unit.parent_code} không hợp lệ."
            )
    known_former = {(row.tier, row.code) for row in map_.former}
    tier_above = {"huyện": "tỉnh", "xã": "huyện"}
    for row in map_.former:
        if row.tier in tier_above and (tier_above[row.tier], row.parent_code) not in known_former:
            raise MapFileError(
                f"Tệp {FORMER_FILE}: đơn vị {row.code} có cấp trên {row.parent_code} không hợp lệ."
            )
        strangers = [code for code in row.successors if code not in codes]
        if strangers or not row.successors:
            raise MapFileError(
                f"Tệp {FORMER_FILE}: đơn vị {row.code} không có đơn vị kế thừa hợp lệ "
                f"({', '.join(strangers)})."
            )
    _check_versions(map_, level_of)


def gaps(map_: Map, on: date) -> list[str]:
    """Say in Vietnamese sentences where the map differs from the official totals in force on `on`.

    An empty list means that the counts agree. It says nothing about names.
    """
    in_force = [row for row in map_.totals if row.valid_from <= on]
    if not in_force:
        return []
    official = max(in_force, key=lambda row: row.valid_from)
    kind_now = {row.code: row.kind for row in map_.versions if _covers(row.valid_from, row.valid_to, on)}
    held = Counter(
        kind_now.get(unit.code, unit.kind)
        for unit in map_.units
        if _covers(unit.valid_from, unit.valid_to, on)
    )
    expected = {
        kinds.COMMUNE: official.communes,
        kinds.WARD: official.wards,
        kinds.SPECIAL_ZONE: official.special_zones,
    }
    return [
        f"Số {kinds.WORD_OF_KIND[kind]} trong dữ liệu là {held[kind]}, số chính thức từ "
        f"{official.valid_from:%d/%m/%Y} là {number} ({official.basis}); "
        f"dữ liệu {'thiếu' if held[kind] < number else 'thừa'} {abs(held[kind] - number)}."
        for kind, number in expected.items()
        if held[kind] != number
    ]


def _check_versions(map_: Map, level_of: dict[str, int]) -> None:
    previous: VersionRow | None = None
    for row in sorted(map_.versions, key=lambda row: (row.code, row.valid_from)):
        if level_of.get(row.code) != kinds.LEVEL_OF_KIND[row.kind]:
            raise MapFileError(f"Tệp {VERSIONS_FILE}: mã {row.code} không có trong bản đồ hoặc sai cấp.")
        if (
            previous is not None
            and previous.code == row.code
            and (previous.valid_to is None or previous.valid_to >= row.valid_from)
        ):
            raise MapFileError(f"Tệp {VERSIONS_FILE}: hai giai đoạn của mã {row.code} chồng lên nhau.")
        previous = row


def _covers(valid_from: date, valid_to: date | None, day: date) -> bool:
    return valid_from <= day and (valid_to is None or valid_to >= day)


def _refuse_repeats(file_name: str, counted: Counter[str]) -> None:
    repeated = sorted(key for key, times in counted.items() if times > 1)
    if repeated:
        raise MapFileError(f"Tệp {file_name}: mã bị lặp lại: {', '.join(repeated)}.")


def _text(columns: Sequence[str], lines: Iterable[Sequence[str]]) -> str:
    text = "".join("\t".join(line) + "\n" for line in (columns, *lines))
    return unicodedata.normalize("NFC", text)


def _read(path: Path, columns: Sequence[str], parse: Callable[[dict[str, str]], Row]) -> Iterator[Row]:
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise MapFileError(f"Không đọc được tệp bản đồ {path.name}.") from error
    lines = unicodedata.normalize("NFC", text).splitlines()
    if not lines or tuple(lines[0].split("\t")) != tuple(columns):
        raise MapFileError(f"Tệp {path.name}: dòng đầu phải là tên các cột: {', '.join(columns)}.")
    for number, line in enumerate(lines[1:], start=2):
        cells = line.split("\t")
        if len(cells) != len(columns):
            raise MapFileError(
                f"Tệp {path.name}, dòng {number}: cần {len(columns)} cột nhưng có {len(cells)}."
            )
        try:
            yield parse(dict(zip(columns, cells, strict=True)))
        except (ValueError, KeyError) as error:
            raise MapFileError(f"Tệp {path.name}, dòng {number}: giá trị không hợp lệ ({error}).") from error


def _optional_date(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _unit(cells: dict[str, str]) -> UnitRow:
    return UnitRow(
        code=_code(cells["code"]),
        kind=kinds.KIND_OF_WORD[cells["type"]],
        name=_name(cells["name"]),
        parent_code=_code(cells["parent"]),
        valid_from=date.fromisoformat(cells["valid_from"]),
        valid_to=_optional_date(cells["valid_to"]),
        latitude=float(cells["latitude"]) if cells["latitude"] else None,
        longitude=float(cells["longitude"]) if cells["longitude"] else None,
    )


def _former(cells: dict[str, str]) -> FormerUnitRow:
    if cells["type"] not in kinds.FORMER_WORDS[cells["tier"]]:
        raise ValueError(cells["type"])
    return FormerUnitRow(
        tier=cells["tier"],
        code=_code(cells["code"]),
        word=cells["type"],
        name=_name(cells["name"]),
        parent_code=_code(cells["parent"]),
        valid_to=date.fromisoformat(cells["valid_to"]),
        successors=tuple(cells["successors"].split(",")),
    )


def _version(cells: dict[str, str]) -> VersionRow:
    return VersionRow(
        code=_code(cells["code"]),
        kind=kinds.KIND_OF_WORD[cells["type"]],
        name=_name(cells["name"]),
        valid_from=date.fromisoformat(cells["valid_from"]),
        valid_to=_optional_date(cells["valid_to"]),
        basis=_name(cells["basis"]),
    )


def _totals(cells: dict[str, str]) -> TotalsRow:
    return TotalsRow(
        valid_from=date.fromisoformat(cells["valid_from"]),
        communes=int(cells["communes"]),
        wards=int(cells["wards"]),
        special_zones=int(cells["special_zones"]),
        basis=_name(cells["basis"]),
    )


def _code(text: str) -> str:
    # Codes are joined with "/" into paths and compared as text, so nothing but figures may get in.
    if not (text.isascii() and text.isdecimal()):
        raise ValueError(text)
    return text


def _name(text: str) -> str:
    if not text or text != text.strip():
        raise ValueError(text)
    return text
