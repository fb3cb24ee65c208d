"""Limits of the kinds, counted as the platforms count."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cms.channels.kinds import ChannelKind
from cms.channels.specs import SPECS, Limit, Unit, length, spec_for


def test_every_kind_has_limits_and_no_others_have():
    assert set(SPECS) == set(ChannelKind.values)


@pytest.mark.parametrize(
    ("text", "unit", "expected"),
    [
        ("Đà Nẵng", Unit.CHARACTERS, 7),
        ("Đà Nẵng", Unit.BYTES, 11),
        ("📢", Unit.CHARACTERS, 1),
        ("📢", Unit.UTF16, 2),
        ("a\r\nb", Unit.CHARACTERS, 3),
    ],
)
def test_length_in_each_unit(text, unit, expected):
    assert length(text, unit) == expected


@given(st.text(), st.sampled_from(Unit))
def test_nfd_counts_like_nfc(text, unit):
    assert length(unicodedata.normalize("NFD", text), unit) == length(
        unicodedata.normalize("NFC", text), unit
    )


def test_excess_is_zero_at_the_limit_and_one_beyond():
    limit = Limit(5)
    assert (limit.excess("ấấấấấ"), limit.excess("ấấấấấấ")) == (0, 1)


def test_no_limit_has_no_excess():
    assert Limit().excess("a" * 100_000) == 0


def test_unknown_kind_is_a_key_error():
    with pytest.raises(KeyError):
        spec_for("fax")
