"""The answer of the engine: the spoken text, and where each part of it came from."""

from dataclasses import dataclass
from enum import IntEnum

from .values import Value


class Confidence(IntEnum):
    """How sure the engine is of a reading. The order is usable: a higher number is surer."""

    UNKNOWN = 0
    """Red: the written form is left standing; the script cannot be approved."""
    UNCERTAIN = 1
    """Amber: a reading is proposed; an editor must look."""
    LIKELY = 2
    CERTAIN = 3

    @property
    def colour(self) -> str:
        """ "red", "amber" or "" for a span that needs nobody."""
        return ("red", "amber", "", "")[self.value]


@dataclass(frozen=True, slots=True)
class Span:
    """One stretch of written text that was read by a rule.

    `start` and `end` count characters in `Spoken.written`; `spoken_start` and `spoken_end` in `Spoken.text`.
    `alternatives` are other readings an editor may take with one click, likeliest first; `reason` is a
    Vietnamese sentence and is empty unless the span is amber or red.
    """

    start: int
    end: int
    written: str
    spoken: str
    kind: str
    rule: str
    confidence: Confidence
    alternatives: tuple[str, ...] = ()
    value: Value | None = None
    reason: str = ""
    spoken_start: int = 0
    spoken_end: int = 0


@dataclass(frozen=True, slots=True)
class Spoken:
    """A text as an announcer reads it, paragraphs and sentence punctuation kept."""

    written: str
    """The text that was read: NFC, without invisible characters. Offsets of the spans count in it."""
    text: str
    spans: tuple[Span, ...]

    @property
    def flags(self) -> tuple[Span, ...]:
        """The spans an editor must look at, in order."""
        return tuple(span for span in self.spans if span.confidence <= Confidence.UNCERTAIN)

    @property
    def needs_editor(self) -> bool:
        """True when any span is amber or red."""
        return any(span.confidence <= Confidence.UNCERTAIN for span in self.spans)

    @property
    def blocked(self) -> bool:
        """True when any span is red; such a script must not be approved."""
        return any(span.confidence == Confidence.UNKNOWN for span in self.spans)

    @property
    def colour(self) -> str:
        """The colour of the whole text: "red", "amber" or ""."""
        return min((span.confidence for span in self.spans), default=Confidence.CERTAIN).colour
