"""How well readings match a gold list, and whether a wrong one tells a wrong fact.

A gold line holds whole alternatives parted by " | "; inside one, "[a/b]" is a choice of words and "[a/]" a
phrase that may be missing. Capitals, punctuation, tone placing (hoà, hòa), i and y, and the free variants of
the language (lẻ and linh, ngàn and nghìn, mươi tư and mươi bốn) make no difference.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import islice, product

from .cleaning import clean
from .readback import said_values
from .spans import Spoken
from .syllable import strip_tone

_WORD = re.compile(r"[^\W_]+|[%‰+=<>≥≤@#&$°²³~*]")
_VARIANTS = {
    "lẻ": "linh",
    "ngàn": "nghìn",
    "mồng": "mùng",
    "bẩy": "bảy",
    "tỉ": "tỷ",
    "nhăm": "lăm",
    "suyệt": "xuyệt",
}
_IY = re.compile(r"(?:h|k|l|m|s|t|qu)i\Z")
_EXPANSIONS = 400


@dataclass(frozen=True, slots=True)
class Pair:
    """One gold line. `flag` is "" (nobody must look), "ask" (amber or red) or "red"; an empty gold asks for
    the flag alone."""

    written: str
    gold: str
    category: str
    flag: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of one pair. `wrong_value` means that the line, read back, tells another fact."""

    pair: Pair
    spoken: str
    colour: str
    right: bool
    wrong_value: bool


@dataclass(frozen=True, slots=True)
class Score:
    """The verdicts of a list and their counts."""

    verdicts: tuple[Verdict, ...]

    @property
    def right(self) -> int:
        return sum(verdict.right for verdict in self.verdicts)

    @property
    def total(self) -> int:
        return len(self.verdicts)

    @property
    def failures(self) -> tuple[Verdict, ...]:
        return tuple(verdict for verdict in self.verdicts if not verdict.right)

    @property
    def wrong_values(self) -> tuple[Verdict, ...]:
        """Failures that would put a wrong number, date or code on air: said otherwise and not red."""
        return tuple(verdict for verdict in self.verdicts if verdict.wrong_value)

    @property
    def silent(self) -> tuple[Verdict, ...]:
        """Failures that carry no flag: nobody would have looked."""
        return tuple(verdict for verdict in self.failures if not verdict.colour)

    @property
    def needlessly_flagged(self) -> int:
        """Lines that are flagged though the gold asks for no flag."""
        return sum(bool(verdict.colour) and not verdict.pair.flag for verdict in self.verdicts)


def canonical(text: str) -> list[str]:
    """The words of a reading in the form in which they are compared."""
    words: list[str] = []
    for word in _WORD.findall(clean(text).lower()):
        word = _VARIANTS.get(word, word)
        if word == "tư" and words and words[-1] == "mươi ngang":
            word = "bốn"
        base, tone = strip_tone(word)
        if _IY.fullmatch(base):
            base = base[:-1] + "y"
        words.append(f"{base} {tone}")
    return words


def expand(gold: str) -> list[str]:
    """All readings a gold line allows (at most a few hundred)."""
    readings: list[str] = []
    for alternative in re.split(r"\s\|\s", gold):
        parts = re.split(r"\[([^\[\]]*)\]", alternative)
        choices = [part.split("/") if i % 2 else [part] for i, part in enumerate(parts)]
        readings.extend(" ".join(combination) for combination in islice(product(*choices), _EXPANSIONS))
    return readings


def matches(spoken: str, gold: str) -> bool:
    """True when the reading is one of those the gold line allows."""
    said = canonical(spoken)
    return any(canonical(reading) == said for reading in expand(gold))


def tells_another_fact(spoken: str, gold: str) -> bool:
    """True when the values heard in the reading are those of no reading the gold line allows."""
    said = said_values(spoken)
    return all(said_values(reading) != said for reading in expand(gold))


def score(pairs: Iterable[Pair], speak: Callable[[str], Spoken]) -> Score:
    """Speaks every written form and compares."""
    verdicts = []
    for pair in pairs:
        spoken = speak(pair.written)
        verdicts.append(judge(pair, spoken.text, spoken.colour))
    return Score(tuple(verdicts))


def judge(pair: Pair, spoken: str, colour: str) -> Verdict:
    """One verdict: the words must match, and an expected flag must be there."""
    said_right = not pair.gold or matches(spoken, pair.gold)
    flag_right = {"": True, "ask": bool(colour), "red": colour == "red"}[pair.flag]
    wrong = bool(pair.gold) and not said_right and colour != "red" and tells_another_fact(spoken, pair.gold)
    return Verdict(pair, spoken, colour, said_right and flag_right, wrong)


def read_pairs(text: str) -> list[Pair]:
    """Pairs from TSV: without a header written, spoken, alternatives, category; or with a header naming
    "written", "spoken", "category" and "flag"."""
    lines = [line.split("\t") for line in text.splitlines() if line.strip()]
    if lines and lines[0][0] == "written":
        header = lines[0]
        rows = [dict(zip(header, line, strict=False)) for line in lines[1:]]
        return [
            Pair(row["written"], row.get("spoken", ""), row.get("category", ""), row.get("flag", ""))
            for row in rows
        ]
    pairs = []
    for line in lines:
        cells = [*line, "", "", ""]
        gold = " | ".join(cell for cell in cells[1:3] if cell.strip())
        pairs.append(Pair(cells[0], gold, cells[3]))
    return pairs
