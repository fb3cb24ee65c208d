"""The cycle collector is held back for a block and never stays off."""

from __future__ import annotations

import gc

import pytest

from publishers.scripts.collector_pause import collector_paused


@pytest.fixture(autouse=True)
def collector_on_again():
    yield
    gc.enable()


def test_collector_rests_inside_and_works_afterwards():
    with collector_paused():
        assert not gc.isenabled()
        with collector_paused():
            assert not gc.isenabled()
        assert not gc.isenabled()
    assert gc.isenabled()


def test_collector_works_again_after_a_mishap():
    with pytest.raises(ValueError, match="giữa chừng"), collector_paused():
        raise ValueError("giữa chừng")
    assert gc.isenabled()


def test_collector_that_was_off_stays_off():
    gc.disable()
    with collector_paused():
        pass
    assert not gc.isenabled()
