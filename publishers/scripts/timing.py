"""How long a script takes to say. Pure: no Django.

Source of the rule: a commune announcer outdoors reads 180 to 200 syllables a minute (190 unless the station has timed
one reading); a listener needs 0.4 s after every sentence and 0.8 s after every paragraph.
"""

from __future__ import annotations

from typing import Final

DEFAULT_RATE: Final = 190
SENTENCE_PAUSE: Final = 0.4
PARAGRAPH_PAUSE: Final = 0.8


def reading_seconds(syllables: int, sentences: int, paragraphs: int, rate: int = DEFAULT_RATE) -> float:
    """Return the seconds it takes to say `syllables` at `rate` syllables a minute, with the pauses after sentences
    and paragraphs. Syllables are those of the spoken text. Raises ValueError for a rate that is not positive."""
    if rate <= 0:
        raise ValueError("a reading rate is a positive number of syllables per minute")
    return syllables / rate * 60 + sentences * SENTENCE_PAUSE + paragraphs * PARAGRAPH_PAUSE


def whole_seconds(seconds: float) -> int:
    """Return `seconds` as a whole number, half a second counted as one: the length people are told."""
    return int(seconds + 0.5)


def length_in_words(seconds: float) -> str:
    """Return a length as people say it: "45 giây", "7 phút 40 giây", "2 phút"."""
    minutes, rest = divmod(whole_seconds(seconds), 60)
    words = []
    if minutes:
        words.append(f"{minutes} phút")
    if rest or not minutes:
        words.append(f"{rest} giây")
    return " ".join(words)


def short_length(seconds: float) -> str:
    """Return a length as it stands in a headline: "45 giây", "7 phút 40", "2 phút"."""
    minutes, rest = divmod(whole_seconds(seconds), 60)
    return length_in_words(seconds) if not minutes or not rest else f"{minutes} phút {rest:02d}"
