"""Brackets that explain: "dịch vụ công trực tuyến (DVCTT)" is said once, and the text has taught a word."""

import re

from .reading import Found, Reading
from .spans import Confidence
from .syllable import strip_tone

_TOKEN = re.compile(r"[A-Za-zĐđƯư&.-]{2,14}\Z")
_SHORT_FOR = re.compile(
    r"(?:sau đây )?(?:được )?(?:gọi tắt|viết tắt|gọi)(?: chung)?(?: tắt)? là:? ?[“\"']?(?P<short>[A-Za-zĐđ&.-]{2,14})[”\"']?\Z"
)
_LINKS = frozenset(("và", "của", "các", "về", "trong", "cho", "tại", "thuộc", "ở", "những", "cấp"))
_WORDS = re.compile(r"[^\W\d_]+")


def read_definition(reading: Reading, at: int) -> Found | None:
    """ "dịch vụ công trực tuyến (DVCTT)": the bracket repeats what stands before it and is dropped; an
    abbreviation the lexicon does not know is remembered for the rest of the text."""
    close = reading.text.find(")", at, at + 80)
    if close < 0 or "\n\n" in reading.text[at:close]:
        return None
    inner = reading.text[at + 1 : close].strip()
    lead = _SHORT_FOR.match(inner) or _SHORT_FOR.match(inner.lower())
    short = inner[len(inner) - len(lead["short"]) - (inner[-1] in "”\"'") :].rstrip("”\"'") if lead else inner
    if not _TOKEN.match(short):
        return None
    before = reading.text[max(0, at - 140) : at].rstrip()
    for entry in reading.lexicon.find(short):
        for said in (entry.spoken, *entry.alternatives):
            if _ends_with(before, said):
                return Found(close + 1, "", "bracket", "bracket-repeats", Confidence.CERTAIN, (inner,))
    if sum(char.isupper() for char in short) < 2:
        return None
    phrase = _initials(before, short)
    if phrase is None:
        return None
    reading.learned[short] = phrase
    return Found(close + 1, "", "bracket", "bracket-defines", Confidence.LIKELY, (inner,))


def _ends_with(before: str, said: str) -> bool:
    words = _WORDS.findall(said.lower())
    tail = _WORDS.findall(before.lower())[-len(words) :]
    return bool(words) and [strip_tone(word) for word in words] == [strip_tone(word) for word in tail]


def _initials(before: str, short: str) -> str | None:
    """The words before a bracket whose first letters make up the abbreviation, linking words left out."""
    letters = [char for char in strip_tone(short.lower())[0] if char.isalpha()]
    words = list(_WORDS.finditer(before))
    at = len(words)
    skipped = 0
    for letter in reversed(letters):
        at -= 1
        while (
            at >= 0
            and strip_tone(words[at][0].lower())[0][0] != letter
            and words[at][0].lower() in _LINKS
            and skipped < 3
        ):
            at -= 1
            skipped += 1
        if at < 0 or strip_tone(words[at][0].lower())[0][0] != letter:
            return None
    phrase = before[words[at].start() :]
    return None if re.search(r"[.;:!?\d]", phrase) else " ".join(phrase.split())
