"""Texts and links as platforms count and keep them."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from publishers.adapters.wording import (
    ascii_address,
    nfc,
    same_text,
    shortened,
    text_with_link,
    with_marker,
)

OURS = frozenset({"lantoa.example"})


@given(st.text())
def test_decomposed_and_composed_text_read_the_same(text: str) -> None:
    assert same_text(unicodedata.normalize("NFD", text), unicodedata.normalize("NFC", text))
    assert nfc(nfc(text)) == nfc(text)


def test_white_space_makes_no_difference_but_words_and_accents_do() -> None:
    assert same_text("Nộp hồ sơ\r\n\r\ntrực tuyến ", "Nộp hồ sơ trực  tuyến")
    assert not same_text("Nộp hồ sơ", "Nộp hồ so")


def test_marker_goes_into_our_own_link_and_replaces_an_older_one() -> None:
    assert (
        with_marker("https://lantoa.example/a", "luot-1", OURS)
        == "https://lantoa.example/a?utm_content=luot-1"
    )
    marked = with_marker("https://lantoa.example/a?b=&utm_content=cu&c=2#d", "luot-2", OURS)
    assert marked == "https://lantoa.example/a?b=&c=2&utm_content=luot-2#d"


def test_link_of_somebody_else_is_never_changed() -> None:
    for link in ("https://dichvucong.gov.vn/x?a=1", "https://lantoa.example.evil.example/a", ""):
        assert with_marker(link, "luot-1", OURS) == link
    assert with_marker("https://lantoa.example/a", "", OURS) == "https://lantoa.example/a"


def test_link_ends_the_text_unless_it_stands_there_already() -> None:
    assert text_with_link("Xem", "https://vidu.gov.vn") == "Xem\n\nhttps://vidu.gov.vn"
    assert (
        text_with_link("Xem https://vidu.gov.vn nhé", "https://vidu.gov.vn") == "Xem https://vidu.gov.vn nhé"
    )
    assert text_with_link("", "https://vidu.gov.vn") == "https://vidu.gov.vn"
    assert text_with_link(" Xem ", "") == "Xem"


def test_address_is_percent_encoded_once() -> None:
    encoded = "https://media.lantoa.example/%C4%91%E1%BB%93%20h%E1%BB%8Da.jpg?t=1"
    assert ascii_address("https://media.lantoa.example/đồ họa.jpg?t=1") == encoded
    assert ascii_address(encoded) == encoded
    assert (
        ascii_address(unicodedata.normalize("NFD", "https://media.lantoa.example/đồ họa.jpg?t=1")) == encoded
    )


def test_long_text_is_cut_with_an_ellipsis() -> None:
    assert shortened("a" * 200) == "a" * 200
    assert shortened("a" * 201) == "a" * 199 + "…"
