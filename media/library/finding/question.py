"""A question to the library, and the sets that answer it, the best first.

Words are found anywhere in an asset. What agrees with the accents as they were typed comes before everything that only
agrees without them, over the whole result; among each, neighbouring words in the title come first, then words in the
title, then the rest; the newest of equals first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final

from cms.core.search_backend_words import exact_words, folded_words
from media.library.finding.bits import NOTHING, Bits, intersection, union
from media.library.finding.postings import Postings
from media.library.finding.terms import (
    ANY,
    EVERYTHING,
    EXACT_ANY,
    EXACT_PAIR,
    EXACT_TITLE,
    PAIR,
    TITLE,
    facet,
    pairs,
    term,
)

#: More words than this are no search; the first ones are asked for.
MOST_WORDS: Final = 24
#: A word half typed is completed when it has this many letters, and when the whole words found less than this.
LEAST_BEGINNING: Final = 2
FEW: Final = 30


@dataclass(frozen=True, slots=True)
class Question:
    """`text` as typed; `narrowed` holds the values of each filter (any of one filter, all filters together);
    `due_until` keeps what must be reviewed by that day."""

    text: str = ""
    narrowed: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    due_until: date | None = None

    @property
    def folded(self) -> list[str]:
        return folded_words(self.text)[:MOST_WORDS]

    @property
    def exact(self) -> list[str]:
        return exact_words(self.text)[:MOST_WORDS]


@dataclass(frozen=True, slots=True)
class Tiers:
    """Sets without a common row, the best first. `exact` of them agree with the accents as typed."""

    sets: tuple[Bits, ...]
    exact: int

    def among(self, allowed: Bits) -> Tiers:
        return Tiers(tuple(each & allowed for each in self.sets), self.exact)

    def all(self) -> Bits:
        return union(self.sets)


def ranked(question: Question, postings: Postings) -> Tiers:
    """Return what the words of `question` find; everything when it holds no word but only filters."""
    folded, exact = question.folded, question.exact
    if not folded:
        found = NOTHING if question.text.strip() else postings.of([EVERYTHING])[EVERYTHING]
        return Tiers((found,), 1)
    terms = {term(kind, word) for kind in (ANY, TITLE) for word in folded}
    terms |= {term(kind, word) for kind in (EXACT_ANY, EXACT_TITLE) for word in exact}
    terms |= {term(PAIR, two) for two in pairs(folded)} | {term(EXACT_PAIR, two) for two in pairs(exact)}
    sets = postings.of(terms)

    def every(kind: str, words: list[str]) -> Bits:
        return intersection(sets[term(kind, word)] for word in words)

    best = [
        every(EXACT_PAIR, pairs(exact)) if len(exact) > 1 else NOTHING,
        every(EXACT_TITLE, exact),
        every(EXACT_ANY, exact),
        every(PAIR, pairs(folded)) if len(folded) > 1 else NOTHING,
        every(TITLE, folded),
        every(ANY, folded),
    ]
    found_in_words = union(best)
    if not found_in_words and len(folded[-1]) < LEAST_BEGINNING and " " in question.text.strip():
        # One letter of the next word: what stood there before it is shown until the second letter comes.
        return ranked(replace(question, text=question.text.rsplit(None, 1)[0]), postings)
    if len(found_in_words) < FEW and len(folded[-1]) >= LEAST_BEGINNING:
        best += _half_typed(folded, exact, sets, postings)
        # A word half typed may agree in its accents too: those still come before all others.
        best = [*best[:3], best[6], *best[3:6], best[7]]
        return Tiers(_without_repeats(best), 4)
    return Tiers(_without_repeats(best), 3)


def filtered(question: Question, postings: Postings) -> dict[str, Bits]:
    """Return, for each filter of `question` that is set, the assets that pass it. At most two questions."""
    names = [name for name, values in question.narrowed.items() if values]
    sets = postings.of(facet(name, value) for name in names for value in question.narrowed[name])
    passing = {name: union(sets[facet(name, value)] for value in question.narrowed[name]) for name in names}
    if question.due_until is not None:
        passing["review"] = postings.until(facet("review", ""), question.due_until.isoformat())
    return passing


def _half_typed(folded: list[str], exact: list[str], sets: dict[str, Bits], postings: Postings) -> list[Bits]:
    """Return what is found when the last word is only the beginning of one: exact, then folded."""
    begun = postings.beginning(term(ANY, folded[-1]), term(EXACT_ANY, exact[-1]))
    results = []
    for kind, words in ((EXACT_ANY, exact), (ANY, folded)):
        ending = union(found for name, found in begun.items() if name.startswith(f"{kind}:"))
        results.append(intersection([ending, *(sets[term(kind, word)] for word in words[:-1])]))
    return results


def _without_repeats(best: list[Bits]) -> tuple[Bits, ...]:
    seen, tiers = NOTHING, []
    for each in best:
        tiers.append(each - seen)
        seen |= each
    return tuple(tiers)
