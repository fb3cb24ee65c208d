"""Verbs that write places: loading the dated map into the database."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TypeVar

from django.db import models, transaction

from cms.core import clock
from cms.core.folding import fold
from cms.places import kinds
from cms.places.mapfile import (
    DATA_DIR,
    ROOT_CODE,
    ROOT_NAME,
    FormerUnitRow,
    Map,
    VersionRow,
    gaps,
    read_map,
)
from cms.places.models import AdministrativeUnit, UnitAlias, UnitVersion
from cms.places.search_text import haystack, joined

BATCH = 500

Row = TypeVar("Row", bound=models.Model)


@dataclass(frozen=True, slots=True)
class Changes:
    """How many rows a load made, altered, removed and left as they were."""

    made: int
    altered: int
    removed: int
    kept: int


@dataclass(frozen=True, slots=True)
class LoadReport:
    """What `load_map` found and did; `gaps` are Vietnamese sentences about what the data lack."""

    provinces: int
    communes: int
    former_units: int
    units: Changes
    aliases: Changes
    versions: Changes
    gaps: tuple[str, ...]


@transaction.atomic
def load_map(folder: Path = DATA_DIR, on: date | None = None) -> LoadReport:
    """Bring the database to the map in `folder`, with the names and kinds in force on `on` (default today).

    Running it again changes nothing. Units keep their primary keys; a unit that the folder no longer names
    stays, because other rooms point to it. Aliases and versions that it no longer names are removed. Raises
    MapFileError before anything is written when a file cannot be used.
    """
    day = on or clock.today()
    map_ = read_map(folder)
    units, unit_changes = _load_units(map_, day)
    version_changes = _sync(
        UnitVersion,
        [_version(row, units) for row in map_.versions],
        key=lambda row: (row.unit_id, row.valid_from),
        fields=("name", "kind", "full_name", "valid_to", "basis"),
        remove_others=True,
    )
    alias_changes = _sync(
        UnitAlias,
        _aliases(map_.former, units),
        key=lambda row: (row.tier, row.former_code, row.unit_id),
        fields=(
            *("former_kind", "former_name", "former_full_name", "former_parents", "valid_from", "valid_to"),
            *("note", "folded", "folded_full", "joined", "search_text"),
        ),
        remove_others=True,
    )
    return LoadReport(
        provinces=sum(kinds.LEVEL_OF_KIND[row.kind] == kinds.LEVEL_PROVINCE for row in map_.units),
        communes=sum(kinds.LEVEL_OF_KIND[row.kind] == kinds.LEVEL_COMMUNE for row in map_.units),
        former_units=len(map_.former),
        units=unit_changes,
        aliases=alias_changes,
        versions=version_changes,
        gaps=tuple(gaps(map_, day)),
    )


def _load_units(map_: Map, day: date) -> tuple[dict[str, AdministrativeUnit], Changes]:
    """Write the units level by level, parents first; return them by code, with primary keys."""
    now = {
        row.code: row
        for row in map_.versions
        if row.valid_from <= day and (row.valid_to is None or row.valid_to >= day)
    }
    root = AdministrativeUnit(code=ROOT_CODE, name=ROOT_NAME, kind=kinds.CENTRE)
    root.derive()
    saved: dict[str, AdministrativeUnit] = {}
    total = Changes(0, 0, 0, 0)
    for level in (kinds.LEVEL_CENTRE, kinds.LEVEL_PROVINCE, kinds.LEVEL_COMMUNE):
        wanted = [root] if level == kinds.LEVEL_CENTRE else []
        for row in map_.units:
            if kinds.LEVEL_OF_KIND[row.kind] != level:
                continue
            version = now.get(row.code)
            unit = AdministrativeUnit(
                code=row.code,
                name=version.name if version else row.name,
                kind=version.kind if version else row.kind,
                parent=saved[row.parent_code],
                valid_from=row.valid_from,
                valid_to=row.valid_to,
                latitude=row.latitude,
                longitude=row.longitude,
            )
            unit.derive()
            wanted.append(unit)
        changes = _sync(
            AdministrativeUnit,
            wanted,
            key=lambda unit: unit.code,
            fields=(
                *(
                    "name",
                    "kind",
                    "parent_id",
                    "valid_from",
                    "valid_to",
                    "latitude",
                    "longitude",
                    "full_name",
                ),
                *("level", "path", "sort_name", "folded", "folded_full", "joined", "search_text"),
            ),
            remove_others=False,
        )
        total = Changes(*(getattr(total, name) + getattr(changes, name) for name in Changes.__slots__))
        saved.update((unit.code, unit) for unit in wanted)
    return saved, total


def _version(row: VersionRow, units: dict[str, AdministrativeUnit]) -> UnitVersion:
    return UnitVersion(
        unit=units[row.code],
        name=row.name,
        kind=row.kind,
        full_name=kinds.full_name(kinds.WORD_OF_KIND[row.kind], row.name),
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        basis=row.basis,
    )


def _aliases(former: Sequence[FormerUnitRow], units: dict[str, AdministrativeUnit]) -> list[UnitAlias]:
    by_code = {(row.tier, row.code): row for row in former}
    tier_above = {"xã": "huyện", "huyện": "tỉnh"}
    aliases = []
    for row in former:
        line = [row]
        while line[-1].tier in tier_above:
            line.append(by_code[tier_above[line[-1].tier], line[-1].parent_code])
        names = [(kinds.full_name(unit.word, unit.name), unit.name) for unit in line]
        shared = {
            "tier": row.tier,
            "former_code": row.code,
            "former_kind": row.word,
            "former_name": row.name,
            "former_full_name": names[0][0],
            "former_parents": ", ".join(full_name for full_name, _name in names[1:]),
            "valid_to": row.valid_to,
            # Stored data, so Vietnamese whatever language the loader happens to run in.
            "note": f"Đơn vị cũ nay thuộc {len(row.successors)} địa bàn." if len(row.successors) > 1 else "",
            "folded": fold(row.name),
            "folded_full": fold(names[0][0]),
            "joined": joined(row.name),
            "search_text": haystack(names),
        }
        aliases += [UnitAlias(unit=units[code], **shared) for code in row.successors]
    return aliases


def _sync(
    model: type[Row],
    wanted: list[Row],
    key: Callable[[Row], Hashable],
    fields: tuple[str, ...],
    remove_others: bool,
) -> Changes:
    """Make the table hold `wanted`, writing only rows that differ in `fields`; `wanted` gets its keys."""
    found = {key(row): row for row in model._default_manager.all()}
    new: list[Row] = []
    differing: list[Row] = []
    for row in wanted:
        present = found.pop(key(row), None)
        if present is None:
            new.append(row)
            continue
        row.pk = present.pk
        if any(getattr(row, field) != getattr(present, field) for field in fields):
            differing.append(row)
    if differing:
        columns = [field.removesuffix("_id") for field in fields]
        model._default_manager.bulk_update(differing, columns, batch_size=BATCH)
    removed = 0
    if remove_others and found:
        removed = len(found)
        stale = [row.pk for row in found.values()]
        for start in range(0, removed, BATCH):
            model._default_manager.filter(pk__in=stale[start : start + BATCH]).delete()
    model._default_manager.bulk_create(new, batch_size=BATCH)
    return Changes(
        made=len(new), altered=len(differing), removed=removed, kept=len(wanted) - len(new) - len(differing)
    )
