"""docs/sandbox.md names a test for every behaviour; none of the names may rot, and no strictness may be unnamed."""

from __future__ import annotations

import importlib
import re
from pathlib import Path

import pytest

from publishers.sandbox.accounts import FIELDS
from publishers.sandbox.faults import AFTER, BEFORE, DURING

PAGE = (Path(__file__).resolve().parents[3] / "docs" / "sandbox.md").read_text(encoding="utf-8")
NAMED = sorted(set(re.findall(r"`(\w+)::(test_\w+)`", PAGE)))
# Rows of PLATFORMS §4.2.
BEHAVIOURS = (
    "success, realistic ids", "5xx before the commit", "rate limit", "token", "duplicate", "processing", "chunk loss",
    "fetch by the platform", "list lag", "wrong client use", "account state",
)  # fmt: skip


@pytest.mark.parametrize(("module", "function"), NAMED)
def test_named_test_exists(module: str, function: str) -> None:
    assert callable(getattr(importlib.import_module(f"tests.publishers.sandbox.test_{module}"), function))


@pytest.mark.parametrize("behaviour", BEHAVIOURS)
def test_every_behaviour_has_a_cell_for_each_platform(behaviour: str) -> None:
    [row] = [line for line in PAGE.splitlines() if line.startswith(f"| {behaviour} |")]
    cells = [cell.strip() for cell in row.strip("|").split("|")][1:]
    assert len(cells) == 3
    for cell in cells:
        assert "::test_" in cell or cell == "–"


def test_every_action_of_a_rule_is_described() -> None:
    assert [action for action in sorted(BEFORE | AFTER | DURING) if f"`{action}`" not in PAGE] == []


def test_enough_is_named() -> None:
    assert len(NAMED) >= 70
    assert {kind for _, kind in FIELDS} >= {"page", "channel", "oa"}
