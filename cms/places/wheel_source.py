"""Reads the map out of a downloaded wheel of `vietnamadminunits` (MIT), for the maintainer's import command.

Pure: no Django, and the package itself is never installed or imported. The wheel holds an SQLite file with
the present and the former communes, and a JSON file that says which former units became which present ones.
Names are taken from the full names: in a few rows the separate type column contradicts them.
"""

import json
import sqlite3
import unicodedata
import zipfile
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from cms.places import kinds
from cms.places.mapfile import ROOT_CODE, FormerUnitRow, MapFileError, UnitRow

DATASET = "vietnamadminunits/data/dataset.db"
CONVERTER = "vietnamadminunits/data/converter_2025.json"

#: First day of the map of 34 provinces (Resolution 202/2025/QH15, Decision 19/2025/QĐ-TTg).
MAP_DATE = date(2025, 7, 1)
LAST_FORMER_DAY = MAP_DATE - timedelta(days=1)

_PRESENT_PROVINCE_WORDS = ("thành phố", "tỉnh")
_PRESENT_COMMUNE_WORDS = ("xã", "phường", "đặc khu")


@dataclass(frozen=True, slots=True)
class WheelMap:
    """What a wheel holds, and its licence text word for word."""

    units: tuple[UnitRow, ...]
    former: tuple[FormerUnitRow, ...]
    licence: str


def read_wheel(path: Path) -> WheelMap:
    """Read units, former units and licence from the wheel at `path`.

    Raises MapFileError when the file is no such wheel or a former unit has no successor.
    """
    try:
        with zipfile.ZipFile(path) as wheel:
            database = wheel.read(DATASET)
            converter = json.loads(wheel.read(CONVERTER))
            licence_name = next(name for name in wheel.namelist() if name.endswith("licenses/LICENSE"))
            licence = wheel.read(licence_name).decode("utf-8")
        connection = sqlite3.connect(":memory:")
        try:
            connection.deserialize(database)
            connection.row_factory = sqlite3.Row
            present = [_clean(row) for row in connection.execute("SELECT * FROM admin_units")]
            former = [_clean(row) for row in connection.execute("SELECT * FROM admin_units_legacy")]
        finally:
            connection.close()
        return WheelMap(
            units=tuple(_units(present)),
            former=tuple(_former_units(former, _successors(present, converter))),
            licence=licence,
        )
    except (OSError, zipfile.BadZipFile, KeyError, StopIteration, sqlite3.Error, ValueError) as error:
        raise MapFileError(
            f"Tệp {path.name} không phải gói dữ liệu vietnamadminunits đọc được ({error})."
        ) from error


def _clean(row: sqlite3.Row) -> dict[str, object]:
    return {
        key: unicodedata.normalize("NFC", value) if isinstance(value, str) else value
        for key, value in dict(row).items()
    }


def _units(rows: list[dict[str, object]]) -> Iterator[UnitRow]:
    provinces = {str(row["provinceCode"]): row for row in rows}
    for code, row in provinces.items():
        yield _unit(
            code,
            str(row["province"]),
            _PRESENT_PROVINCE_WORDS,
            ROOT_CODE,
            row["provinceLat"],
            row["provinceLon"],
        )
    for row in rows:
        parent = str(row["provinceCode"])
        yield _unit(
            str(row["wardCode"]),
            str(row["ward"]),
            _PRESENT_COMMUNE_WORDS,
            parent,
            row["wardLat"],
            row["wardLon"],
        )


def _unit(
    code: str, full_name: str, words: tuple[str, ...], parent: str, latitude: object, longitude: object
) -> UnitRow:
    word, name = kinds.split_full_name(full_name, words)
    return UnitRow(
        code=code,
        kind=kinds.KIND_OF_WORD[word],
        name=name,
        parent_code=parent,
        valid_from=MAP_DATE,
        valid_to=None,
        latitude=_degrees(latitude),
        longitude=_degrees(longitude),
    )


def _degrees(value: object) -> float | None:
    # Four decimals are about ten metres, far finer than what the source claims to know.
    return round(value, 4) if isinstance(value, int | float) else None


def _successors(present: list[dict[str, object]], converter: dict[str, dict]) -> dict[str, set[str]]:
    """Former key (province_district_commune, or province alone) → present codes."""
    commune_code = {(row["provinceKey"], row["wardKey"]): str(row["wardCode"]) for row in present}
    province_code = {row["provinceKey"]: str(row["provinceCode"]) for row in present}
    found: dict[str, set[str]] = defaultdict(set)
    for province, former_provinces in converter["DICT_PROVINCE"].items():
        for former in former_provinces:
            found[former].add(province_code[province])
    for province, communes in converter["DICT_PROVINCE_WARD_NO_DIVIDED"].items():
        for commune, former_keys in communes.items():
            for former in former_keys:
                found[former].add(commune_code[province, commune])
    for province, divided in converter["DICT_PROVINCE_WARD_DIVIDED"].items():
        for former, parts in divided.items():
            found[former].update(commune_code[province, part["newWardKey"]] for part in parts)
    return found


def _former_units(rows: list[dict[str, object]], successors: dict[str, set[str]]) -> Iterator[FormerUnitRow]:
    provinces: dict[str, tuple[str, str]] = {}
    districts: dict[str, tuple[str, str]] = {}
    of_district: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        province, district = str(row["provinceCode"]), str(row["districtCode"])
        provinces[province] = (str(row["province"]), str(row["provinceKey"]))
        districts[district] = (str(row["district"]), province)
        key = f"{row['provinceKey']}_{row['districtKey']}_{row['wardKey'] or ''}"
        codes = successors.get(key, set())
        of_district[district] |= codes
        # Five island districts had no communes under them: their row stands for the district alone.
        if row["ward"]:
            yield _former("xã", str(row["wardCode"]), str(row["ward"]), district, codes)
    for code, (full_name, parent) in districts.items():
        yield _former("huyện", code, full_name, parent, of_district[code])
    for code, (full_name, key) in provinces.items():
        yield _former("tỉnh", code, full_name, ROOT_CODE, successors.get(key, set()))


def _former(tier: str, code: str, full_name: str, parent: str, successors: set[str]) -> FormerUnitRow:
    if not successors:
        raise MapFileError(f"Gói dữ liệu không nêu đơn vị kế thừa của {full_name} (mã cũ {code}).")
    word, name = kinds.split_full_name(full_name, kinds.FORMER_WORDS[tier])
    return FormerUnitRow(
        tier=tier,
        code=code,
        word=word,
        name=name,
        parent_code=parent,
        valid_to=LAST_FORMER_DAY,
        successors=tuple(sorted(successors)),
    )
