"""Roboto from the package `font-roboto`, measured the same way on every machine.

Pillow's simple layout engine is asked for on purpose: the other one appears and disappears with a system
library and would give different bytes for the same text. It needs composed letters, so every text is NFC
before it is measured.
"""

import re
import unicodedata
from enum import StrEnum
from functools import lru_cache
from pathlib import Path

import font_roboto
from PIL import ImageFont

from .errors import UnknownCharacter

#: Height of a capital letter and of the highest Vietnamese capital (Ẳ), depth of ỵ, in shares of the text
#: size.
CAP_HEIGHT = 0.711
HIGHEST = 1.035
DEEPEST = 0.25
#: Distance of two baselines. Below HIGHEST + DEEPEST a dot below would touch the circumflex of the next line.
PITCH_TEXT = 1.32
PITCH_TITLE = 1.29

_INVISIBLE = re.compile(r"[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad]")


class Weight(StrEnum):
    REGULAR = "Regular"
    MEDIUM = "Medium"
    BOLD = "Bold"
    BLACK = "Black"


def clean(text: str) -> str:
    """NFC, without invisible characters and controls, runs of blanks made one."""
    composed = unicodedata.normalize("NFC", _INVISIBLE.sub("", text))
    printable = "".join(" " if unicodedata.category(c) in ("Cc", "Zs", "Zl", "Zp") else c for c in composed)
    return " ".join(printable.split())


def font_path(weight: Weight) -> Path:
    """The TrueType file of a weight inside the installed font package."""
    return Path(font_roboto.font_directory) / f"Roboto-{weight.value}.ttf"


@lru_cache(maxsize=256)
def typeface(weight: Weight, size: int) -> ImageFont.FreeTypeFont:
    """The font at a size in pixels."""
    return ImageFont.truetype(str(font_path(weight)), size, layout_engine=ImageFont.Layout.BASIC)


@lru_cache(maxsize=16384)
def measure(text: str, weight: Weight, size: int) -> float:
    """Width of one line in pixels."""
    return typeface(weight, size).getlength(text)


@lru_cache(maxsize=4096)
def _glyph(character: str, weight: Weight) -> tuple[tuple[int, int], bytes]:
    mask = typeface(weight, 40).getmask(character)
    return mask.size, bytes(mask)


def can_draw(character: str, weight: Weight = Weight.REGULAR) -> bool:
    """False when the typeface would draw its empty box, or when a mark stands loose from its letter."""
    if character == " ":
        return True
    if unicodedata.combining(character) or len(character) != 1:
        return False
    return _glyph(character, weight) != _glyph("\U0010fffd", weight)


def require_drawable(field: str, text: str) -> None:
    """Raises UnknownCharacter for the first character of a cleaned text that cannot be drawn."""
    for character in text:
        if not can_draw(character):
            raise UnknownCharacter(field, character)
