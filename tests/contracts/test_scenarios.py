"""Every cell of the table, played by the real engine and counted in the ledger; and the table itself has no hole."""

from __future__ import annotations

import pytest

from publishers.delivery.models import Delivery
from publishers.delivery.states import State
from tests.contracts import station_plays
from tests.contracts.scenarios import PLATFORMS, TABLE, Cell
from tests.contracts.stage import ENDED, Stage

CELLS = [
    (number, platform, cell)
    for number, (_, *cells) in TABLE.items()
    for platform, cell in zip(PLATFORMS, cells, strict=True)
]


def takes(*, threads: bool) -> list:
    """One test per cell and take; the first take of every cell runs on PostgreSQL as well."""
    return [
        pytest.param(
            platform, cell, take, id=f"{number}-{platform}-{take}" if take else f"{number}-{platform}",
            marks=[pytest.mark.database] if place == 0 else [],
        )
        for number, platform, cell in CELLS
        if cell.play and (cell.threads or platform == "loudspeaker") is threads
        for place, take in enumerate(cell.takes)
    ]  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize(("platform", "cell", "take"), takes(threads=False))
def test_scenario(platform: str, cell: Cell, take: str, stage: Stage) -> None:
    played(cell, take, stage)


@pytest.mark.database
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("platform", "cell", "take"), takes(threads=True))
def test_scenario_of_many_workers(platform: str, cell: Cell, take: str, stage: Stage, live_server) -> None:
    stage.settings.STATION_READBACK_BASE = live_server.url
    played(cell, take, stage)


def played(cell: Cell, take: str, stage: Stage) -> None:
    """Play it; then count, for every delivery it made."""
    assert cell.play is not None
    cell.play(stage, take)
    assert stage.made
    for delivery in stage.made:
        row = stage.again(delivery)
        assert row.state in ENDED, (row.state, stage.history(row))
        seen = station_plays.served(stage, row) if row.kind == "loudspeaker" else stage.ever(row)
        assert len(seen) == cell.effects, (stage.history(row), seen)
        _told_the_truth(stage, row, len(seen))


def _told_the_truth(stage: Stage, row: Delivery, seen: int) -> None:
    """Live means seen; held or cancelled means not seen, or says that a person must look."""
    if row.kind == "loudspeaker":
        return
    parts = stage.parts(row)
    assert len(set(parts)) == len(parts), parts
    assert (row.state == State.LIVE) is bool(seen), (row.state, row.reason, row.sentence)


def test_all_seventeen_scenarios_have_a_cell_for_each_of_the_four_adapters() -> None:
    assert sorted(TABLE) == list(range(1, 18))
    assert len(CELLS) == 17 * 4
    for number, platform, cell in CELLS:
        assert (cell.play is None) is (cell.effects is None), (number, platform)
        assert bool(cell.reason) is (cell.effects is None), (number, platform)
        assert len(set(cell.takes)) == len(cell.takes), (number, platform)


def test_every_step_of_every_plan_is_killed_in_scenario_one(stage: Stage) -> None:
    from publishers.adapters.registry import adapter_for

    for form in ("page-all", "link", "text", "video", "reel", "youtube-all", "zalo-clip"):
        request = stage.request(form)
        _, *cells = TABLE[1]
        named = {take.split(":")[1] for cell in cells for take in cell.takes if take.startswith(f"{form}:")}
        assert named == {step.name for step in adapter_for(request.kind).plan(request)}, form
