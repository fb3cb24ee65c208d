"""No commune's own name may hold its station's scripts."""

from __future__ import annotations

import pytest

from cms.places.mapfile import read_map
from publishers.scripts.place_lexicon import with_names, with_names_of_the_map
from publishers.scripts.spoken import speak


def test_every_name_on_the_map_is_read_without_a_doubt():
    lexicon = with_names_of_the_map()
    doubted = [
        unit.name for unit in read_map().units if speak(f"Đây là xã {unit.name}.", lexicon=lexicon).flags
    ]
    assert doubted == []


def test_name_is_read_as_it_is_written():
    assert speak("Đài xã Ia Wxyn.", lexicon=with_names(["Ia Wxyn"])).text.endswith("Wxyn.")


def test_other_unknown_words_are_still_doubted():
    assert speak("Hồ sơ XKQZT.", lexicon=with_names_of_the_map()).blocked


@pytest.mark.parametrize("name", ["Số 9", "A & B", "100%"])
def test_what_is_not_a_name_is_left_out(name):
    with_names([name])
