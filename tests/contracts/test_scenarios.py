"""The table of scenarios has no empty cell and names only tests that exist."""

import importlib

import pytest

from tests.contracts.scenarios import TABLE, Cell

CELLS = [
    pytest.param(cell, id=f"{number}-{platform}")
    for number, (_, *cells) in TABLE.items()
    for platform, cell in zip(("facebook", "youtube", "zalo", "loudspeaker"), cells, strict=True)
]


def test_all_seventeen_scenarios_stand_in_the_table() -> None:
    assert sorted(TABLE) == list(range(1, 18))
    assert len(CELLS) == 68


@pytest.mark.parametrize("cell", CELLS)
def test_cell_is_counted_by_a_test_or_says_why_not(cell: Cell) -> None:
    if cell.effects is None:
        assert cell.reason
        assert not cell.test
        return
    module, _, function = cell.test.partition("::")
    assert callable(getattr(importlib.import_module(module), function))
