"""The terms under which an asset stands in the index. Pure: no Django.

A term is a letter for its kind, a colon and the word. Words come twice: folded, which finds every spelling, and exact,
which tells the spellings that agree with what was typed. Words of the title come once more on their own, and so do
its pairs of neighbouring words, by which "dịch vụ" is told from a text that holds "dịch" and "vụ" apart."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from cms.core.search_backend_words import exact_words, folded_words, plain_markup

#: Folded and exact words: anywhere, in the title, neighbours in the title.
ANY, TITLE, PAIR = "a", "t", "p"
EXACT_ANY, EXACT_TITLE, EXACT_PAIR = "x", "y", "q"
#: What lists are narrowed by (`f:<filter>:<value>`), who may see it (`s:<scope>`), and everything (`e:`).
FACET, SCOPE, EVERYTHING = "f", "s", "e:"
#: A term is never longer; what is longer is cut.
LONGEST: Final = 130


@dataclass(frozen=True, slots=True)
class Texts:
    """What an asset says: its title, and everything else that can be read or heard in it."""

    title: str
    others: tuple[str, ...] = ()


def term(kind: str, word: str) -> str:
    """Return the term of `kind` for `word`."""
    return f"{kind}:{word}"[:LONGEST]


def facet(name: str, value: object) -> str:
    """Return the term of the filter `name` for `value`."""
    return term(FACET, f"{name}:{value}")


def scope(name: str, value: object = "") -> str:
    """Return the term of a right to see."""
    return term(SCOPE, f"{name}:{value}")


def pairs(words: Iterable[str]) -> list[str]:
    """Return each two neighbouring words as one."""
    return [f"{left} {right}" for left, right in pairwise(words)]


def word_terms(texts: Texts) -> set[str]:
    """Return every term of the words in `texts`."""
    title = plain_markup(texts.title)
    folded_title, exact_title = folded_words(title), exact_words(title)
    terms = {term(TITLE, word) for word in folded_title} | {term(EXACT_TITLE, word) for word in exact_title}
    terms |= {term(PAIR, two) for two in pairs(folded_title)}
    terms |= {term(EXACT_PAIR, two) for two in pairs(exact_title)}
    terms |= {term(ANY, word) for word in folded_title} | {term(EXACT_ANY, word) for word in exact_title}
    for text in texts.others:
        if text:
            plain = plain_markup(text)
            terms.update(term(ANY, word) for word in folded_words(plain))
            terms.update(term(EXACT_ANY, word) for word in exact_words(plain))
    return terms
