"""One text being read: what a rule sees of its surroundings, and what it answers."""

import re
from typing import NamedTuple

from .lexicon import Lexicon
from .spans import Confidence
from .values import Value
from .voice import Voice

_WORD = re.compile(r"[^\W_]+(?:[.,/-]\d+)*|,")
_STOP = re.compile(r"[.!?;]\s|\n\s*\n|\n\s*[-+•*]|\n\s*\d+[.)]\s")
_FOLD_ODD = re.compile("[İẞ]")


class Found(NamedTuple):
    """A rule's answer: the written text up to `end` is said as `spoken`."""

    end: int
    spoken: str
    kind: str
    rule: str
    confidence: Confidence = Confidence.CERTAIN
    alternatives: tuple[str, ...] = ()
    value: Value | None = None
    reason: str = ""


class Reading:
    """One line of the cleaned text with its neighbours at hand, the voice, the lexicon, and what was read so far."""

    __slots__ = (
        "text",
        "low",
        "voice",
        "lexicon",
        "learned",
        "whole",
        "previous",
        "previous_end",
        "last_number",
        "last_number_end",
        "_left_at",
        "_left",
        "_right_at",
        "_right",
    )

    def __init__(
        self,
        text: str,
        voice: Voice,
        lexicon: Lexicon,
        learned: dict[str, str] | None = None,
        whole: str = "",
    ) -> None:
        self.text = text
        low = text.lower()
        # Two letters grow when made small; offsets must not move.
        self.low = low if len(low) == len(text) else _FOLD_ODD.sub("i", text).lower()
        self.voice = voice
        self.lexicon = lexicon
        self.learned: dict[str, str] = {} if learned is None else learned
        """Abbreviations this text itself explains: "Trung tâm Tin học (TTTH)"; shared by its lines."""
        self.whole = whole or self.low
        """The whole text in small letters, of which `text` is one line."""
        self.previous: Found | None = None
        self.previous_end = -1
        self.last_number: Found | None = None
        """The last answer that began with a digit, whatever words were read since."""
        self.last_number_end = -1
        self._left_at = -1
        self._left: str = ""
        self._right_at = -1
        self._right: str = ""

    def left(self, at: int) -> str:
        """Up to six small-letter words before `at` in the same sentence, each with a space before it.

        Commas are words of their own, so that a rule can see them.
        """
        if at != self._left_at:
            chunk = self.low[max(0, at - 60) : at]
            if at > 60 and chunk[:1].isalnum():
                chunk = chunk[chunk.find(" ") :] if " " in chunk else ""
            # A stop directly before the token ends the sentence too ("…tuyến. 5 hồ sơ").
            stops = list(_STOP.finditer(chunk))
            if stops:
                chunk = chunk[stops[-1].end() :]
            words = _WORD.findall(chunk)[-6:]
            self._left = " " + " ".join(words) if words else ""
            self._left_at = at
        return self._left

    def right(self, at: int) -> str:
        """Up to four small-letter words after `at` in the same sentence and line, each with a space after it."""
        if at != self._right_at:
            chunk = self.low[at : at + 40].partition("\n")[0]
            stop = _STOP.search(chunk)
            if stop:
                chunk = chunk[: stop.start()]
            words = _WORD.findall(chunk)[:4]
            self._right = " ".join(words) + " " if words else ""
            self._right_at = at
        return self._right

    def char(self, at: int) -> str:
        """The character at `at`; a line end outside the text."""
        return self.text[at] if 0 <= at < len(self.text) else "\n"

    def starts_line(self, at: int) -> bool:
        """True when only blanks and marks of layout stand between `at` and the start of its line."""
        while at > 0 and self.text[at - 1] in " \t*#":
            at -= 1
        return at == 0 or self.text[at - 1] == "\n"


def ask(end: int, written: str, kind: str, rule: str, reason: str, *choices: str) -> Found:
    """A red answer: the written form stays, the choices are offered, nothing is guessed."""
    return Found(end, written, kind, rule, Confidence.UNKNOWN, choices, None, reason)
