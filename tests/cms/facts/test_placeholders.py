"""Placeholders of a loudspeaker text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cms.facts.models import FactKey
from cms.facts.placeholders import (
    FACT_KEY_OF,
    FROM_STATION,
    LABELS,
    fact_keys,
    fill,
    find_placeholders,
    has_loose_braces,
    unknown_placeholders,
)


def test_every_placeholder_has_a_source_and_every_key_exists():
    assert set(LABELS) == set(FACT_KEY_OF) | FROM_STATION
    assert set(FACT_KEY_OF.values()) <= set(FactKey.values)


def test_placeholders_are_found_in_reading_order_with_their_places():
    text = "{{ten_dai}} báo: {{ duong_day_nong }}"
    found = find_placeholders(text)
    assert [(item.name, text[item.start : item.end]) for item in found] == [
        ("ten_dai", "{{ten_dai}}"),
        ("duong_day_nong", "{{ duong_day_nong }}"),
    ]


def test_unknown_ones_are_named_once():
    assert unknown_placeholders("{{a}} {{ten_dai}} {{a}} {{}}") == ["a", ""]


def test_only_facts_count_as_keys():
    assert fact_keys("{{ten_dai}} {{tong_dai}} {{tong_dai}} {{khac}}") == {"tong-dai-quoc-gia"}


@pytest.mark.parametrize(
    ("text", "loose"), [("{{ten_dai}}", False), ("{{ten_dai", True), ("}}", True), ("{ten_dai}", False)]
)
def test_loose_braces(text, loose):
    assert has_loose_braces(text) is loose


def test_filling_leaves_alone_what_has_no_value():
    assert fill("{{ten_dai}}: {{tong_dai}}", {"ten_dai": "Đài xã Ia Grai"}) == "Đài xã Ia Grai: {{tong_dai}}"


def test_a_value_is_never_read_as_a_placeholder_or_a_pattern():
    assert fill("{{ten_dai}}", {"ten_dai": r"\1 {{tong_dai}}", "tong_dai": "x"}) == r"\1 {{tong_dai}}"


@given(st.text())
def test_any_text_is_read_without_an_error(text):
    for item in find_placeholders(text):
        assert text[item.start : item.start + 2] == "{{"
    has_loose_braces(text)
    assert fill(text, {}) == text
