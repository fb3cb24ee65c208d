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
from functools import lru_cache
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
    return [MARKER + _spelled(word)[:LONGEST_WORD] for word in _words(text)]


def index_text(text: str) -> str:
    """Return what is put into the index for `text`: its folded words, then its exact ones."""
    plain = plain_markup(text)
    return " ".join([*folded_words(plain), *exact_words(plain)])


def plain_markup(text: str) -> str:
    """Return `text` without the tags of HTML, which are no words of it."""
    return _MARKUP.sub(" ", text)


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


def _words(text: str) -> Iterator[str]:
    """Yield the words of `text`, decomposed and without case: letters, each followed by its combining marks."""
    word: list[str] = []
    count = 0
    for char in unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold()):
        if unicodedata.combining(char):
            if word:
                word.append(char)
        elif char.isalnum():
            word.append(char)
        elif word:
            yield "".join(word)
            word = []
            count += 1
            if count == MOST_WORDS:
                return
    if word:
        yield "".join(word)


# The syllables of Vietnamese are about seven thousand; texts repeat them.
@lru_cache(maxsize=16_384)
def _spelled(word: str) -> str:
    """Return a decomposed word in ASCII, the tone written before the vowels of its syllable."""
    parts: list[str] = []
    vowels_begin: int | None = None
    for char in word:
        if char in _TONES:
            parts.insert(len(parts) if vowels_begin is None else vowels_begin, _TONES[char])
        elif unicodedata.combining(char):
            parts.append(_MARKS.get(char) or f"{ord(char):x}")
        else:
            if char not in _VOWELS:
                vowels_begin = None
            elif vowels_begin is None:
                vowels_begin = len(parts)
            parts.append("d9" if char in _BARRED_D else char)
    return "".join(parts)
