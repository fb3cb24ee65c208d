"""The words a text is found by: without accents, and, beside them, exactly as they are accented.

Pure: no Django. Both kinds go into the same index. A folded word finds every spelling; an exact word tells which
spellings agree with what was typed, so that they can be shown first.

An exact word is written in ASCII, because the tokenizers of SQLite and PostgreSQL treat accents differently: the
marker "qz" (no Vietnamese word holds it), then the folded letters, each with the numbers of its marks. The tone is
written before the vowels of its syllable, so that "hòa" and "hoà" are one word and a word half typed still begins
the whole one.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Any, Final

from cms.core.folding import fold

MARKER: Final = "qz"
# A word longer than this is no word; PostgreSQL refuses lexemes over 2 KB, and a tsvector over 1 MB.
LONGEST_WORD: Final = 60
MOST_WORDS: Final = 20_000

_TONES: Final = {"\u0300": "2", "\u0301": "1", "\u0309": "3", "\u0303": "4", "\u0323": "5"}
_MARKS: Final = {"\u0302": "6", "\u031b": "7", "\u0306": "8"}
_BARRED_D: Final = frozenset("đð")
_VOWELS: Final = frozenset("aeiouy")
_MARKUP: Final = re.compile(r"<[^<>]{1,400}>")


def folded_words(text: str) -> list[str]:
    """Return the words of `text` without accents and case, as `cms.core.folding` has them."""
    return [word[:LONGEST_WORD] for word in fold(text).split()[:MOST_WORDS]]


def exact_words(text: str) -> list[str]:
    """Return the words of `text` with their accents, each in the form described above.

    There is one for each of `folded_words(text)`, in the same order."""
    return [MARKER + _spelled(letters)[:LONGEST_WORD] for letters in _words(text)]


def index_text(text: str) -> str:
    """Return what is put into the index for `text`: its folded words, then its exact ones."""
    plain = _MARKUP.sub(" ", text)
    return " ".join([*folded_words(plain), *exact_words(plain)])


def plain_text(value: Any) -> str:
    """Return the text held in what a search field yields: a text, a number, or a list or dict of such."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, dict):
        return " ".join(plain_text(item) for item in value.values())
    if isinstance(value, (list, tuple, set, frozenset)):
        return " ".join(plain_text(item) for item in value)
    return str(value)


def _words(text: str) -> Iterator[list[str]]:
    """Yield each word as its letters, a letter being a base character followed by its combining marks."""
    word: list[str] = []
    count = 0
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    for char in folded:
        if unicodedata.combining(char):
            if word:
                word[-1] += char
        elif char.isalnum():
            word.append(char)
        elif word:
            yield word
            word = []
            count += 1
            if count == MOST_WORDS:
                return
    if word:
        yield word


def _spelled(letters: list[str]) -> str:
    parts: list[str] = []
    vowels_begin: int | None = None
    for letter in letters:
        base, marks = letter[0], letter[1:]
        if base not in _VOWELS:
            vowels_begin = None
        elif vowels_begin is None:
            vowels_begin = len(parts)
        tones = "".join(_TONES[mark] for mark in marks if mark in _TONES)
        if tones:
            parts.insert(len(parts) if vowels_begin is None else vowels_begin, tones)
        parts.append("d9" if base in _BARRED_D else base)
        parts.extend(_MARKS.get(mark, f"{ord(mark):x}") for mark in marks if mark not in _TONES)
    return "".join(parts)
