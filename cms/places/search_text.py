"""What a place is found by, and what a person may type for it.

Pure: no Django.
"""

from collections.abc import Iterable
from typing import Final

from cms.core.folding import fold

MAX_WORDS: Final = 12

# Only what prefix search cannot reach: "p", "q", "h" and "x" already begin the word they stand for.
_SHORT_FORMS: Final = {
    "tp": "thanh pho",
    "tx": "thi xa",
    "tt": "thi tran",
    "hcm": "ho chi minh",
    "tphcm": "thanh pho ho chi minh",
}


def haystack(names: Iterable[tuple[str, str]]) -> str:
    """Return the folded words by which a place is found, with a space before and after each.

    `names` are (full name, short name) of the place and of what it lies in. The short name also goes in
    joined up, because people write Daklak, Hochiminh and Mdrak.
    """
    words: list[str] = []
    for full_name, name in names:
        words.append(fold(full_name))
        if joined(name) != fold(name):
            words.append(joined(name))
    return f" {' '.join(words)} "


def joined(name: str) -> str:
    """Return `name` folded and without spaces."""
    return fold(name).replace(" ", "")


def folded_query(text: str) -> str:
    """Return what was typed, folded, short forms written out, at most `MAX_WORDS` words; may be empty."""
    words = fold(text).split()
    return " ".join(" ".join(_SHORT_FORMS.get(word, word) for word in words).split()[:MAX_WORDS])
