"""SSML 1.1 (W3C) for voice services that take markup: two voices, breaths as pauses, and every written form with the
words to say for it. Pure: no Django.

`<sub alias="…">` keeps both: a service says the alias, and whoever opens the file sees what the words stand for. Who
issued the bulletin, when, and where it is verified stand in `<meta>`: whoever opens the file reads them, no voice says
them. Only elements and attributes of the core profile are used."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final
from xml.sax.saxutils import escape, quoteattr

from publishers.scripts.blocks import Block, Part, Sentence, Voice
from publishers.scripts.timing import PARAGRAPH_PAUSE, SENTENCE_PAUSE

NAMESPACE: Final = "http://www.w3.org/2001/10/synthesis"
#: Seconds of a breath inside a sentence; the timing of a script counts none, so it stays short.
BREATH_PAUSE: Final = 0.15
#: A cue (music) is silence here: the station plays its own.
CUE_PAUSE: Final = 1.0
_GENDERS: Final = {Voice.FEMALE: "female", Voice.MALE: "male"}
# What XML cannot carry, and marks of direction, which no voice says.
_NOT_IN_XML = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)
_BLANKS = re.compile(r"[\s\u00a0]+")


@dataclass(frozen=True, slots=True)
class About:
    """What an SSML document tells of itself; what is empty is left out. `issued` is an ISO 8601 time."""

    title: str
    issuer: str = ""
    issued: str = ""
    verify_address: str = ""

    def as_pairs(self) -> Iterator[tuple[str, str]]:
        yield "title", self.title
        # `seeAlso` is the one name the recommendation itself defines (SSML 1.1 §3.1.5): where more is told.
        rest = (("publisher", self.issuer), ("date", self.issued), ("seeAlso", self.verify_address))
        yield from ((name, value) for name, value in rest if value)


def ssml(blocks: Iterable[Block], about: About, language: str = "vi-VN") -> str:
    """Return the SSML document of a bulletin; `language` is a BCP 47 tag."""
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<speak version="1.1" xmlns="{NAMESPACE}" xml:lang={quoteattr(language)}>',
        *(
            f'<meta name="{name}" content={quoteattr(_clean(value).strip())}/>'
            for name, value in about.as_pairs()
        ),
    ]
    for block in blocks:
        if not block.sentences:
            lines.append(_pause(CUE_PAUSE))
            continue
        lines.append(
            f'<voice gender="{_GENDERS.get(block.voice, "neutral")}" languages={quoteattr(language)}>'
        )
        lines.append("<p>")
        lines += [f"<s>{_sentence(sentence)}</s>{_pause(SENTENCE_PAUSE)}" for sentence in block.sentences]
        lines += ["</p>", "</voice>", _pause(PARAGRAPH_PAUSE)]
    lines.append("</speak>")
    return "\n".join(lines) + "\n"


def _sentence(sentence: Sentence) -> str:
    return _pause(BREATH_PAUSE).join(
        "".join(_part(part) for part in breath) + (" " if number < len(sentence) else "")
        for number, breath in enumerate(sentence, 1)
    )


def _part(part: Part) -> str:
    spoken, written = _clean(part.spoken), _clean(part.written).strip()
    if not written or not spoken.strip():
        return escape(spoken)
    # Blanks around belong to the sentence, not to what is said for the written form.
    before = " " if spoken != spoken.lstrip() else ""
    after = " " if spoken != spoken.rstrip() else ""
    return f"{before}<sub alias={quoteattr(spoken.strip())}>{escape(written)}</sub>{after}"


def _pause(seconds: float) -> str:
    return f'<break time="{round(seconds * 1000)}ms"/>'


def _clean(text: str) -> str:
    return _BLANKS.sub(" ", _NOT_IN_XML.sub("", unicodedata.normalize("NFC", text)))
