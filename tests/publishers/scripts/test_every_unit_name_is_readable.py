"""No station may be held because of its own name: every unit of the present map is read without a question."""

from __future__ import annotations

import csv
from pathlib import Path

from publishers.scripts.spoken import speak

UNITS = Path("cms/places/data/units.tsv")


def test_every_unit_of_the_map_is_announced_without_a_flag():
    with UNITS.open(encoding="utf-8") as rows:
        names = {f"{row['type']} {row['name']}" for row in csv.DictReader(rows, delimiter="\t")}
    assert len(names) > 3000
    flagged = [name for name in sorted(names) if speak(f"Đây là Đài truyền thanh {name}.").needs_editor]
    assert flagged == []
