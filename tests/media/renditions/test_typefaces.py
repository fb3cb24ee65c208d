import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from media.renditions.errors import UnknownCharacter
from media.renditions.typefaces import (
    DEEPEST,
    HIGHEST,
    PITCH_TEXT,
    PITCH_TITLE,
    Weight,
    can_draw,
    clean,
    require_drawable,
    typeface,
)

_BASES = "aăâeêioôơuưy"
_TONES = ("", "\u0300", "\u0301", "\u0309", "\u0303", "\u0323")
_LOWER = [unicodedata.normalize("NFC", base + tone) for base in _BASES for tone in _TONES] + ["đ"]
VIETNAMESE = sorted({letter for lower in _LOWER for letter in (lower, lower.upper())})
SIGNS = "₫“”‘’–—…·•×%°½²/–→"


def test_there_are_146_vietnamese_letters_with_marks_and_their_bases():
    assert len(VIETNAMESE) == 2 * (12 * 6 + 1)


@pytest.mark.parametrize("weight", list(Weight))
def test_every_vietnamese_letter_is_drawn_and_not_the_empty_box(weight):
    assert [letter for letter in VIETNAMESE if not can_draw(letter, weight)] == []


def test_needed_signs_are_drawn():
    assert [sign for sign in SIGNS if not can_draw(sign)] == ["→"]


def test_each_vietnamese_letter_has_a_glyph_of_its_own():
    drawn = {
        letter: (
            typeface(Weight.REGULAR, 40).getbbox(letter),
            bytes(typeface(Weight.REGULAR, 40).getmask(letter)),
        )
        for letter in VIETNAMESE
    }
    assert len(set(drawn.values())) == len(VIETNAMESE)


@pytest.mark.parametrize("weight", list(Weight))
def test_dot_below_never_touches_the_circumflex_of_the_next_line(weight):
    face = typeface(weight, 1000)
    top = min(face.getbbox(letter, anchor="ls")[1] for letter in VIETNAMESE)
    foot = max(face.getbbox(letter, anchor="ls")[3] for letter in [*VIETNAMESE, "g", "Q", "₫"])
    assert -top <= HIGHEST * 1000
    assert foot <= DEEPEST * 1000
    assert min(PITCH_TEXT, PITCH_TITLE) > HIGHEST + DEEPEST


def test_decomposed_text_becomes_composed_and_invisible_characters_vanish():
    decomposed = unicodedata.normalize("NFD", "Ủy ban  nhân\u00a0dân\u200b\n xã")
    assert clean(decomposed) == "Ủy ban nhân dân xã"


@given(st.text())
def test_cleaning_twice_changes_nothing_more(text):
    assert clean(clean(text)) == clean(text)


@pytest.mark.parametrize("character", ["😀", "ក", "\u0323"])
def test_what_the_typeface_lacks_is_refused_by_name(character):
    with pytest.raises(UnknownCharacter) as caught:
        require_drawable("tiêu đề", f"Xin chào {character}")
    assert f"U+{ord(character):04X}" in str(caught.value)
    assert str(caught.value).startswith("Phần “tiêu đề” có ký tự")
