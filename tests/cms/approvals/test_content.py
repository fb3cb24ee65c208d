"""The hash over what is approved."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cms.approvals.content import canonical, content_hash

values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.text(st.characters(exclude_categories=["Cs"])), inner, max_size=4)
    ),
    max_leaves=12,
)


def test_canonical_form_is_sorted_tight_and_keeps_accents():
    assert canonical({"b": 1, "a": "Đà Nẵng"}) == '{"a":"Đà Nẵng","b":1}'.encode()


def test_hash_is_the_sha256_of_the_canonical_form():
    assert content_hash({}) == "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"


@given(st.dictionaries(st.text(st.characters(exclude_categories=["Cs"])), values, max_size=5))
def test_order_of_keys_does_not_change_the_hash(payload):
    turned = dict(reversed(payload.items()))
    assert content_hash(turned) == content_hash(payload)


@given(values)
def test_canonical_form_reads_back_as_the_same_value(value):
    assert json.loads(canonical(value)) == value


def test_order_of_a_list_is_part_of_the_content():
    assert content_hash(["a", "b"]) != content_hash(["b", "a"])


def test_a_number_without_a_json_form_is_refused():
    with pytest.raises(ValueError):
        content_hash(float("nan"))
