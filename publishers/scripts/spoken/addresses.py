"""Web addresses, e-mail addresses and hashtags, said so that a listener can type them."""

import re
import unicodedata
from functools import lru_cache
from importlib.resources import files

from .lexicon import SYSTEM
from .reading import Found, Reading
from .spans import Confidence
from .syllable import is_syllable
from .values import Code

_TOP = r"(?:vn|com|net|org|edu|gov|info|io|me|asia|app|ly|gl|biz|tv|online|site|xyz|link|page|mobi|int|eu|us|uk|jp|kr|cn|sg|be)"
ADDRESS = re.compile(
    rf"(?:https?://|www\.)[^\s<>\"“”‘’«»]+"
    rf"|[A-Za-z0-9][A-Za-z0-9._+-]{{0,63}}@[A-Za-z0-9-]{{1,63}}(?:\.[A-Za-z0-9-]{{1,63}}){{1,5}}"
    rf"|(?<![\w@.-])(?:[A-Za-z0-9](?:[A-Za-z0-9-]{{0,61}}[A-Za-z0-9])?\.){{1,5}}{_TOP}(?![\w@-]|\.\w)(?:/[^\s<>\"“”‘’«»]*)?"
    r"|#[^\W\d_]\w*"
    r"|(?<![\w.@])@[A-Za-z_][\w.]{1,40}",
    re.IGNORECASE,
)
_TRAILING = ".,;:!?)]}'…*_"
_LABELS = {"gov": "gốp", "vn": "vi en", "com": "com", "net": "nét", "org": "o e-rờ giê", "edu": "ê đu", "info": "in phô", "io": "i o",
           "me": "mi", "app": "áp", "asia": "a sia", "tv": "ti vi", "online": "on lai", "html": "hát tê em e-lờ", "php": "pê hát pê",
           "http": "hát tê tê pê", "https": "hát tê tê pê ét", "index": "in đếch", "ai": "a i", "ly": "ly"}  # fmt: skip
_SIGNS = {"-": "gạch ngang", "_": "gạch dưới", ".": "chấm", "/": "xuyệt", "?": "hỏi chấm", "=": "bằng", "&": "và", "%": "phần trăm", "#": "thăng", "+": "cộng",
          ":": "hai chấm", "@": "a còng", "~": "dấu ngã"}  # fmt: skip
_CAMEL = re.compile(r"[A-ZĐ]{2,}(?![a-zà-ỹđ])|[A-ZÀ-ỸĐ]?[a-zà-ỹđ]+|\d+|[A-ZÀ-ỸĐ]")
_TOGETHER = " viết liền không dấu"


@lru_cache(maxsize=1)
def _phrases() -> dict[str, str]:
    """Words written without marks and blanks, as hosts and hashtags have them, and how they are said."""
    text = files(__package__).joinpath("data", "unaccented.tsv").read_text(encoding="utf-8")
    pairs = (line.split("\t") for line in text.splitlines() if line and not line.startswith("#"))
    return {pair[0]: pair[1] for pair in pairs}


@lru_cache(maxsize=1)
def _host_words() -> dict[str, str]:
    """The phrases and the names of units. A host is typed without marks, so one spelling serves all that differ in marks
    only; a hashtag is not read with these, because there the marks would tell which place is meant."""
    text = files(__package__).joinpath("data", "unit_names.tsv").read_text(encoding="utf-8")
    names = (line for line in text.splitlines() if line and not line.startswith("#"))
    return {_unmarked(name): _as_said(name) for name in names} | _phrases()


def _as_said(name: str) -> str:
    """The name of a place as an announcer says it, where that is spelled with the same letters ("I-a Pa")."""
    words = []
    for word in name.split():
        entries = SYSTEM.find(word)
        said = entries[0].spoken if entries and not entries[0].when else word
        words.append(said if _unmarked(said) == _unmarked(word) else word)
    return " ".join(words)


def _unmarked(name: str) -> str:
    letters = unicodedata.normalize("NFD", name.lower()).replace("đ", "d")
    return "".join(letter for letter in letters if "a" <= letter <= "z")


@lru_cache(maxsize=2048)
def _segment(word: str, in_host: bool = False) -> tuple[str, ...] | None:
    """The fewest known phrases that make up the word, or None. Quadratic in a word of at most 60 letters."""
    phrases = _host_words() if in_host else _phrases()
    if len(word) > 60:
        return None
    best: list[tuple[str, ...] | None] = [()] + [None] * len(word)
    for end in range(1, len(word) + 1):
        for start in range(max(0, end - 30), end):
            before, phrase = best[start], phrases.get(word[start:end])
            if before is not None and phrase is not None:
                current = best[end]
                if current is None or len(before) + 1 < len(current):
                    best[end] = (*before, phrase)
    return best[len(word)]


def find_addresses(text: str) -> list[tuple[int, int]]:
    """Where addresses stand, without the sentence punctuation behind them."""
    if not ("." in text or "@" in text or "#" in text):
        return []
    places = []
    for match in ADDRESS.finditer(text):
        end = match.end()
        while (
            end > match.start()
            and text[end - 1] in _TRAILING
            and not (text[end - 1] == ")" and "(" in match[0])
        ):
            end -= 1
        if end - match.start() > 1:
            places.append((match.start(), end))
    return places


def read_address(reading: Reading, start: int, end: int) -> Found:
    """The address between the two offsets."""
    written = reading.text[start:end]
    if written[0] == "#":
        return _hashtag(reading, written, end)
    said: list[str] = []
    sure = Confidence.CERTAIN
    rest = re.sub(r"\A(?:https?://)?(?:www\.)?", "", written, flags=re.IGNORECASE)
    if written[0] == "@":
        rest, said = rest[1:], ["a còng"]
    if "@" in rest:
        local, _, rest = rest.partition("@")
        name, level = _dotted(reading, local)
        said.append(name + ",")
        said.append("a còng,")
        sure = min(sure, level)
    host, slash, path = rest.partition("/")
    name, level = _dotted(reading, host)
    said.append(name)
    sure = min(sure, level)
    path = path.rstrip("/")
    if slash and path:
        name, level = _path(reading, path)
        said.append(", xuyệt " + name)
        sure = min(sure, level)
    spoken = " ".join(said).replace(" ,", ",")
    reason = (
        ""
        if sure > Confidence.UNCERTAIN
        else "Địa chỉ có phần chưa biết, được đọc từng chữ cái; hãy nghe lại hoặc thêm vào từ điển."
    )
    kind = "email" if "@" in written[1:] else "url"
    return Found(end, spoken, kind, kind, sure, (), Code(written), reason)


def _dotted(reading: Reading, host: str) -> tuple[str, Confidence]:
    labels = [label for label in host.split(".") if label]
    parts: list[str] = []
    sure = Confidence.CERTAIN
    for i, label in enumerate(labels):
        top = label.lower() in _LABELS and i > 0
        if top:
            said, level, words = _LABELS[label.lower()], Confidence.CERTAIN, False
        else:
            said, level, words = _label(reading, label)
        following_words = (
            i + 1 < len(labels) and labels[i + 1].lower() not in _LABELS and _label(reading, labels[i + 1])[2]
        )
        if words and not following_words:
            said += _TOGETHER
        parts.append(said)
        sure = min(sure, level)
    return ", chấm ".join(parts), sure


def _label(reading: Reading, label: str) -> tuple[str, Confidence, bool]:
    """(spoken, confidence, whether it is Vietnamese written together without marks)."""
    low = label.lower()
    entries = reading.lexicon.find(low) if len(low) > 3 else ()
    if entries and entries[0].kind in ("foreign", "address") and not entries[0].when:
        return entries[0].spoken, Confidence.CERTAIN, False
    if reading.voice.style.addresses == "words" and low.isalpha():
        whole = _phrases().get(low) or _host_words().get(low)
        if whole:
            return whole, Confidence.CERTAIN, _unmarked(whole) == low and " " in whole
        pieces = _segment(low) or _segment(low, in_host=True)
        if pieces and len(low) >= 6 and len(pieces) <= max(2, len(low) // 4):
            return " ".join(pieces), Confidence.LIKELY, True
    said = []
    sure = Confidence.CERTAIN
    for part in re.findall(r"[^\W\d_]+|\d+|[^\w]|_", label):
        if part.isdecimal():
            said.append(reading.voice.digits(part))
        elif part.isalpha():
            inner = (
                (_LABELS.get(part.lower()) or _phrases().get(part.lower()))
                if part != label and reading.voice.style.addresses == "words"
                else None
            )
            together = _TOGETHER if inner and " " in inner and _unmarked(inner) == part.lower() else ""
            said.append((inner or reading.voice.spell(part)) + together)
            if inner is None and len(part) > 4:
                sure = Confidence.UNCERTAIN
        else:
            said.append(_SIGNS.get(part, ""))
    return " ".join(filter(None, said)), sure, False


def _path(reading: Reading, path: str) -> tuple[str, Confidence]:
    said = []
    sure = Confidence.LIKELY
    for part in re.findall(r"[^\W\d_]+|\d+|[^\w]|_", path):
        if part.isdecimal():
            said.append(reading.voice.digits(part))
        elif part.isalpha():
            name, level, words = (
                _label(reading, part)
                if part.lower() not in _LABELS
                else (_LABELS[part.lower()], Confidence.LIKELY, False)
            )
            said.append(name + (_TOGETHER if words else ""))
            sure = min(sure, level)
        else:
            said.append(_SIGNS.get(part, ""))
    if len(path) > 25:
        sure = Confidence.UNCERTAIN
    return " ".join(filter(None, said)), sure


_HASHTAG_REASON = "Chưa khôi phục được dấu của “{}”; hãy sửa cách đọc."


def _underscored(reading: Reading, body: str) -> tuple[str, Confidence]:
    """ "xã_Ia_Pa": words with their marks, parted by strokes below the line."""
    said, sure = [], Confidence.LIKELY
    for word in body.split("_"):
        entries = reading.lexicon.find(word)
        if entries and not entries[0].when:
            said.append(entries[0].spoken)
        elif word.isdecimal():
            said.append(reading.voice.cardinal(int(word)) if len(word) < 7 else reading.voice.digits(word))
        elif word:
            if not is_syllable(word.lower()) or word.isupper() and len(word) > 1:
                sure = Confidence.UNCERTAIN
            said.append(
                reading.voice.spell(word) if not word.isalpha() or not is_syllable(word.lower()) else word
            )
    return " ".join(said), sure


def _hashtag(reading: Reading, written: str, end: int) -> Found:
    body = written[1:].replace("_", "")
    entries = reading.lexicon.find(body) if body.isupper() else ()
    if entries and entries[0].kind == "abbreviation" and not entries[0].when:
        return Found(end, entries[0].spoken, "hashtag", "hashtag", Confidence.LIKELY, (), Code(written))
    if "_" in written and not body.isascii():
        said, level = _underscored(reading, written[1:])
        return Found(
            end,
            said,
            "hashtag",
            "hashtag",
            level,
            (),
            Code(written),
            _HASHTAG_REASON.format(written) if level is Confidence.UNCERTAIN else "",
        )
    pieces = _CAMEL.findall(body)
    low = body.lower()
    known = _phrases().get(low)
    sure = Confidence.LIKELY
    if known is None:
        letters = "".join(piece for piece in pieces if not piece.isdecimal()).lower()
        segments = _segment(letters) if letters.isascii() else None
        if segments is not None and letters == low:
            known = " ".join(_named(reading, segment) for segment in segments)
        else:
            known, sure = _pieces(reading, pieces)
    else:
        known = _named(reading, known)
    reason = "" if sure > Confidence.UNCERTAIN else _HASHTAG_REASON.format(written)
    return Found(end, known, "hashtag", "hashtag", sure, (), Code(written), reason)


def _named(reading: Reading, phrase: str) -> str:
    """The phrase, or how the place of that name is said: nobody types a hashtag that is heard."""
    entries = [entry for entry in reading.lexicon.find(phrase) if entry.kind == "place" and not entry.when]
    return entries[0].spoken if entries else phrase


def _pieces(reading: Reading, pieces: list[str]) -> tuple[str, Confidence]:
    said = []
    sure = Confidence.LIKELY
    phrases = _phrases()
    run: list[str] = []

    def close() -> None:
        nonlocal sure
        while run:
            for size in range(len(run), 0, -1):
                phrase = phrases.get("".join(run[:size]).lower())
                if phrase:
                    said.append(_named(reading, phrase))
                    del run[:size]
                    break
            else:
                said.append(reading.voice.spell(run[0]) if len(run[0]) == 1 else run[0].lower())
                sure = Confidence.UNCERTAIN
                del run[0]

    for piece in pieces:
        entries = reading.lexicon.find(piece) if len(piece) > 1 else ()
        if piece.isdecimal():
            close()
            said.append(reading.voice.cardinal(int(piece)) if len(piece) < 7 else reading.voice.digits(piece))
        elif entries and not entries[0].when:
            close()
            said.append(entries[0].spoken)
        elif piece.isupper() and len(piece) > 1:
            close()
            said.append(reading.voice.spell(piece))
            sure = Confidence.UNCERTAIN
        elif not piece.isascii():
            close()
            said.append(reading.voice.spell(piece) if len(piece) == 1 else piece.lower())
        else:
            run.append(piece)
    close()
    return " ".join(said), sure
