"""What is offered while somebody types: phrases that stand in titles behind the typed words, and the titles themselves.
Pure: no Django."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import Final

from cms.core.folding import fold

#: Words behind the typed ones that a phrase holds at most; phrases that are offered at most.
MOST_MORE: Final = 3
MOST_PHRASES: Final = 4
LEAST_LETTERS: Final = 2
#: Words are written syllable by syllable: a phrase may end only where so many different ones follow, or none.
_BRANCHES: Final = 3
_WORD: Final = re.compile(r"[^\W_]+")
_ENDS: Final = re.compile(r"[.:;!?–—()“”\"]")


def phrases(typed: str, titles: Iterable[str]) -> list[str]:
    """Return how `titles` go on after the typed words, as they are written there, the most frequent first.

    The last typed word may be the beginning of one. What adds nothing to the typed text is left out."""
    wanted = fold(typed).split()
    if not wanted or len("".join(wanted)) < LEAST_LETTERS:
        return []
    counts: Counter[str] = Counter()
    spelled: dict[str, str] = {}
    behind: dict[str, set[str]] = defaultdict(set)
    for title in titles:
        words = [(fold(found.group()), found.start(), found.end()) for found in _WORD.finditer(title)]
        at = _place(wanted, [word for word, _, _ in words])
        if at is None:
            continue
        before = ""
        for last in range(at + len(wanted) - 1, min(len(words), at + len(wanted) + MOST_MORE)):
            shown = _begun_small(title[words[at][1] : words[last][2]])
            if _ENDS.search(shown):
                break
            key = fold(shown)
            counts[key] += 1
            spelled.setdefault(key, shown)
            behind[before].add(key)
            before = key
    whole = [
        key
        for key in counts
        if key != " ".join(wanted) and (not behind[key] or len(behind[key]) >= _BRANCHES)
    ]
    whole.sort(key=lambda key: (-counts[key], -len(key), key))
    return [spelled[key] for key in whole[:MOST_PHRASES]]


def _place(wanted: list[str], words: list[str]) -> int | None:
    """Return where the wanted words stand one behind the other, the last one perhaps begun only."""
    for at in range(len(words) - len(wanted) + 1):
        here = words[at : at + len(wanted)]
        if here[:-1] == wanted[:-1] and here[-1].startswith(wanted[-1]):
            return at
    return None


def _begun_small(phrase: str) -> str:
    """Return the phrase without the capital of a title's beginning; "VNeID" and "Hà Nội" further on stay as they are."""
    first = phrase.split(None, 1)[0]
    return phrase[:1].lower() + phrase[1:] if first[1:].islower() else phrase
