"""The engine: one scan over the text, rules for what is not plain words, and the spoken text put together."""

import re

from . import dates, numbers, quantities, shares, weekdays
from .abbreviations import ODD, class_of, read_kept_numeral, read_word
from .addresses import find_addresses, read_address
from .assess import looks_damaged, looks_unmarked
from .cleaning import clean
from .clocks import read_clock
from .codes import read_plate
from .conditions import applies
from .coordinates import read_coordinate
from .documents import read_document, read_standard
from .enumerations import read_enumeration, read_tangled
from .goods import read_formulation, read_sulphur
from .lexicon import SYSTEM, Lexicon, bare
from .marks import read_mark
from .numbers import read_number
from .phones import read_called, read_listed, read_masked, read_phone, read_procedure
from .reading import Found, Reading, ask
from .spans import Confidence, Span, Spoken
from .style import NORTHERN, Style
from .values import Code
from .voice import voice_for

# Raised digits, fractions and digits in circles count as letters for `re`; they are signs.
_SMALL_DIGITS = "\u00b2\u00b3\u00b9\u00bc-\u00be\u2070\u2074-\u2079\u2080-\u2089\u2150-\u215f\u2460-\u249b\u24ea-\u24ff\u2776-\u2793"
_TOKEN = re.compile(
    rf"(?P<plain>[^\W\d_{_SMALL_DIGITS}]++)(?=[\s,;!?]|\.(?![\w.])|\Z)"
    rf"|(?P<word>[^\W\d_{_SMALL_DIGITS}]++)"
    r"|(?P<number>\d)"
    rf"|(?P<mark>\.{{2,}}|\./\.|(?<![\w.])\.(?=[a-z])|[^\w\s.,;!?]|_|[{_SMALL_DIGITS}])"
)
_PLAIN, _WORD, _NUMBER, _MARK = 1, 2, 3, 4

_NUMBER_RULES = (
    read_document,
    read_masked,
    read_plate,
    read_standard,
    read_sulphur,
    read_listed,
    read_coordinate,
    read_phone,
    read_enumeration,
    dates.read_date,
    dates.read_years,
    read_clock,
    dates.read_month_year,
    read_procedure,
    shares.read_fraction,
    dates.read_day_month,
    shares.read_share,
    weekdays.read_every_other_day,
    weekdays.read_weekdays,
    numbers.read_and_more,
    numbers.read_long_code,
    read_called,
    read_formulation,
    numbers.read_dotted,
    read_tangled,
    quantities.read_chain,
    quantities.read_span,
    quantities.read_amount,
    numbers.read_lettered,
)
"""Longest and surest first; the first rule that answers wins, and `read_number` answers the rest."""

_SIMPLE = re.compile(r"\d{1,9}(?=\s[^\W\d_]{2,}|[,;]?\s*\Z|[,;.]\s)(?!\s[^\W\d_]{2,4}/)")
_SPACES = re.compile(" {2,}")


def speak(text: str, *, style: Style = NORTHERN, lexicon: Lexicon = SYSTEM) -> Spoken:
    """The text as an announcer reads it.

    Paragraphs and sentence punctuation are kept. A value is never changed: what is in doubt comes back amber
    or red (see `Spoken.flags`), and a red span keeps its written form. Never raises on any text.
    """
    written = _joined(clean(text))
    voice, whole = voice_for(style), written.lower()
    learned: dict[str, str] = {}
    found: list[tuple[int, Found]] = []
    at = 0
    for line in written.split("\n"):
        for start, answer in _answers(Reading(line, voice, lexicon, learned, whole)):
            found.append((start + at, answer._replace(end=answer.end + at) if at else answer))
        at += len(line) + 1
    return _assemble(written, _all_red(written, found, lexicon))


def _all_red(written: str, found: list[tuple[int, Found]], lexicon: Lexicon) -> list[tuple[int, Found]]:
    """Where most lines are ruined, the few that look sound by chance are not to be trusted either."""
    ruined = sum(answer.rule == "damaged-line" for _, answer in found)
    if ruined < 2:
        return found
    words = _LETTERS.findall(written)
    if not (looks_damaged(words, lexicon) or looks_unmarked(words, lexicon)):
        return found
    reason = "Hầu hết các dòng của văn bản bị lỗi nên không đọc được; hãy dùng bản gốc hoặc gõ lại."
    kept, at = [], 0
    for line in written.split("\n"):
        if line.strip():
            kept.append(_red_line(written, (at, at + len(line), reason)))
        at += len(line) + 1
    return kept


_BROKEN = re.compile(
    r"(?:(?<![^\W\d_])(?:ngày|tháng|số|gọi|đài|từ|đến|lúc|khoản|điều|điểm|thứ|khoảng|quý|hotline|máy|thoại|hệ|của|và|gần|hơn|sđt|đt)|&)"
    r"[^\w\n.!?;…]{0,3}\n[^\w\n.!?;…]{0,3}(?=\d)|\d/[A-ZĐ]{1,5}- ?\n[\n ]{0,3}(?=[A-ZĐ])",
    re.IGNORECASE,
)
"""A line broken where no sentence can end ("tổng đài" and the number below it): the copy of a printed page."""


def _joined(text: str) -> str:
    return _BROKEN.sub(lambda match: re.sub(r"[\n ]+", " ", match[0]), text) if "\n" in text else text


def _answers(reading: Reading) -> list[tuple[int, Found]]:
    """All answers for one line. Every line is read by itself: no word above lends a context to a number below.

    A line with red spans is checked: read once more, it must stay as it is. What was left standing may look
    different once its neighbours are words; such a line is not to be trusted and becomes red as a whole.
    """
    known = dict(reading.learned)
    found = _scan(reading)
    if all(answer.confidence for _, answer in found):
        return found
    first = _assemble(reading.text, found).text
    again = _scan(Reading(first, reading.voice, reading.lexicon, known, reading.whole))
    if _assemble(first, again).text == first:
        return found
    reason = "Dòng này có chỗ chưa rõ khiến các phần khác cũng không chắc; hãy sửa rồi đọc lại."
    return [_red_line(reading.text, (0, len(reading.text), reason))]


def _scan(reading: Reading) -> list[tuple[int, Found]]:
    """All answers of the rules, in the order of the text, none overlapping."""
    text, lexicon = reading.text, reading.lexicon
    judged = lexicon.judged
    addresses = find_addresses(text)
    if _LOOSE.search(text):
        addresses = sorted([*addresses, *(match.span() for match in _LOOSE_WORD.finditer(text))])
    next_address = addresses[0][0] if addresses else -1
    found: list[tuple[int, Found]] = []
    pos = 0
    odd = 0
    for match in _TOKEN.finditer(text):
        start = match.start()
        if start < pos:
            continue
        if next_address >= 0 and match.end() > next_address:
            while addresses and addresses[0][0] < pos:
                addresses.pop(0)
            if addresses and addresses[0][0] <= start < addresses[0][1]:
                begin, end = addresses.pop(0)
                answer: Found | None = (
                    _loose(text, begin, end)
                    if _LOOSE.search(text, begin, end)
                    else read_address(reading, begin, end)
                )
                next_address = addresses[0][0] if addresses else -1
                if answer:
                    found.append((begin, answer))
                    reading.previous, reading.previous_end = answer, answer.end
                    pos = answer.end
                    continue
            next_address = addresses[0][0] if addresses else -1
        group = match.lastindex
        if group == _PLAIN:
            word = match[0]
            known = judged.get(word)
            if known is None:
                known = class_of(lexicon, word)
            if known != ODD:
                continue
            answer = read_word(reading, start, word)
        elif group == _WORD:
            word = match[0]
            if class_of(lexicon, word) != ODD and not text[match.end()].isdigit():
                continue
            answer = read_word(reading, start, word)
        elif group == _NUMBER:
            answer = _read_digits(reading, start)
            reading.last_number, reading.last_number_end = answer, answer.end
        else:
            answer = read_mark(reading, start)
        if answer is None:
            continue
        if answer.confidence <= Confidence.UNCERTAIN:
            answer = _answered(reading, start, answer)
        if answer.kind in ("damaged", "foreign") and answer.confidence <= Confidence.UNCERTAIN:
            odd += 1
        if answer.kind != "mark" or answer.spoken == "":
            reading.previous, reading.previous_end = answer, answer.end
        pos = answer.end
        found.append((start, answer))
    if odd or len(text.encode("utf-8", "replace")) < len(text) * 1.06:
        found = _damaged_lines(reading, found)
    return found


def _read_digits(reading: Reading, start: int) -> Found:
    if reading.lexicon.has_numerals:
        kept = read_kept_numeral(reading, start)
        if kept:
            return kept
    for rule in _NUMBER_RULES:
        answer = rule(reading, start)
        if answer is not None:
            return answer
    return read_number(reading, start)


def _answered(reading: Reading, start: int, asked: Found) -> Found:
    """The reading somebody has chosen where the engine asks; `asked` itself where nobody has."""
    written = reading.text[start : asked.end]
    entries = reading.lexicon.answers_to(written)
    if not entries:
        return asked
    offered = {bare(choice) for choice in (asked.spoken, *asked.alternatives)}
    entry = next(
        (
            each
            for each in entries
            if bare(each.spoken) in offered and applies(reading, start, asked.end, each)
        ),
        None,
    )
    if entry is None:
        return asked
    # Chosen as it was proposed, the value is known; any other reading stands for the form it was written in.
    value = asked.value if bare(asked.spoken) == bare(entry.spoken) else Code(written)
    return Found(
        asked.end, entry.spoken, asked.kind, f"lexicon-{entry.layer}", Confidence.CERTAIN, asked.alternatives, value
    )  # fmt: skip


_LOOSE = re.compile("[\\u0300-\\u036f]")
_LOOSE_WORD = re.compile("[^\\W\\d_]{0,40}(?:[\\u0300-\\u036f][^\\W\\d_]{0,40}){1,40}")


def _loose(text: str, start: int, end: int) -> Found:
    """A word with a mark that belongs to no letter: nothing of it is trusted."""
    return ask(
        end, text[start:end], "damaged", "loose-mark", "Có dấu thanh rời khỏi chữ; văn bản bị lỗi, hãy gõ lại từ này.",
    )  # fmt: skip


_LETTERS = re.compile(r"[^\W\d_]{2,}")


def _damaged_lines(reading: Reading, found: list[tuple[int, Found]]) -> list[tuple[int, Found]]:
    """Lines ruined by a scanner, or typed without marks, become one red span each."""
    text = reading.text
    pieces = []
    at = 0
    for start, answer in found:
        # What a rule could read says nothing about the state of the words around it.
        if answer.kind not in ("damaged", "foreign", "mark") or answer.confidence > Confidence.UNCERTAIN:
            pieces.append(text[at:start])
            pieces.append(re.sub(r"[^\n]", " ", text[start : answer.end]))
            at = answer.end
    pieces.append(text[at:])
    bad: list[tuple[int, int, str]] = []
    at = 0
    for line in "".join(pieces).split("\n"):
        words = _LETTERS.findall(line)
        if len(words) >= 3:
            if looks_damaged(words, reading.lexicon):
                bad.append(
                    (at, at + len(line), "Dòng này bị lỗi nhận dạng chữ nên không đọc được; hãy gõ lại.")
                )
            elif looks_unmarked(words, reading.lexicon):
                bad.append(
                    (
                        at,
                        at + len(line),
                        "Dòng này không có dấu tiếng Việt nên không đọc được; hãy gõ lại có dấu.",
                    )
                )
        at += len(line) + 1
    if not bad:
        return found
    kept: list[tuple[int, Found]] = []
    rest = iter(bad)
    current = next(rest, None)
    for start, answer in found:
        while current and start >= current[1]:
            kept.append(_red_line(text, current))
            current = next(rest, None)
        if current and (current[0] <= start < current[1] or start < current[0] < answer.end):
            continue
        kept.append((start, answer))
    while current:
        kept.append(_red_line(text, current))
        current = next(rest, None)
    kept.sort(key=lambda pair: pair[0])
    return kept


def _red_line(text: str, line: tuple[int, int, str]) -> tuple[int, Found]:
    start, end, reason = line
    lead = len(text[start:end]) - len(text[start:end].lstrip())
    written = text[start + lead : end].rstrip()
    return start + lead, Found(
        start + lead + len(written), written, "damaged", "damaged-line", Confidence.UNKNOWN, (), None, reason
    )


class _Page:
    """The spoken text being written: spaces and commas never double, offsets are known at once."""

    __slots__ = ("parts", "length", "last", "paused")

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.length = 0
        self.last = "\n"
        self.paused = False
        """True when the page ends in a comma of ours, which the next stop replaces."""

    def add(self, piece: str) -> None:
        """Appends words or punctuation as they stand, minding the seam."""
        if not piece:
            return
        if "  " in piece:
            piece = _SPACES.sub(" ", piece)
        if " \n" in piece or "\n " in piece:
            piece = re.sub(r" *\n *", "\n", piece)
        if self.last in " \n":
            piece = piece.lstrip(" ")
        first = piece[:1]
        if first and first in ",.;:!?…\n)":
            if self.paused or first in "\n.,;:!?…":
                self._strip(" ,;:" if self.paused else " ")
            if first in ",;:" and self.last in "\n,.;:!?…":
                piece = piece.lstrip(" ,;:") if self.last == "\n" else piece[1:]
            elif first == "." and self.last == ".":
                piece = piece[1:]
        self._raw(piece)

    def say(self, words: str) -> tuple[int, int]:
        """Appends a spoken reading, parted from its neighbours by blanks; answers where it stands."""
        if self.last.isalnum() and words[0].isalnum() or self.last in ",;:!?…" and words[0].isalnum():
            self._raw(" ")
        start = self.length
        if words[0] == " ":
            self._space()
            start, words = self.length, words[1:]
        if words[:1] == "," and self.last in " ,;:":
            self._strip(" ")
            if self.last in ",;:":
                words = words[1:]
            start = self.length
        if self.last == " " and words[:1] == " ":
            words = words[1:]
        self._raw(words)
        return start, self.length

    def pause(self, comma: str) -> None:
        """A comma, unless a stop or the start of the line stands there already."""
        self._strip(" ")
        if self.last not in "\n,.;:!?…":
            self._raw(",")
            self.paused = True

    def _space(self) -> None:
        if self.last not in " \n":
            self._raw(" ")

    def _raw(self, piece: str) -> None:
        if piece:
            self.parts.append(piece)
            self.length += len(piece)
            self.last = piece[-1]
            self.paused = self.paused and piece == " "

    def _strip(self, chars: str) -> None:
        while self.parts:
            part = self.parts[-1].rstrip(chars)
            self.length -= len(self.parts[-1]) - len(part)
            if part:
                self.parts[-1] = part
                self.last = part[-1]
                return
            self.parts.pop()
        self.last = "\n"

    def close(self) -> str:
        self._strip(" ,;:" if self.paused else " ")
        return "".join(self.parts)


_DIGIT = re.compile(r"\d")
_FIGURES = frozenset(
    [
        "không",
        "một",
        "mốt",
        "hai",
        "ba",
        "bốn",
        "tư",
        "năm",
        "lăm",
        "sáu",
        "bảy",
        "tám",
        "chín",
        "mười",
        "mươi",
        "trăm",
        "nghìn",
        "ngàn",
        "triệu",
        "tỷ",
        "rưỡi",
    ]
)


def _assemble(written: str, found: list[tuple[int, Found]]) -> Spoken:
    page = _Page()
    spans = []
    pos = 0
    glue = False
    ended_in_number = False
    for start, answer in found:
        if start > pos:
            between = written[pos:start]
            if ended_in_number and between.isspace() and answer.spoken.partition(" ")[0] in _FIGURES:
                # "báo động 3 0,02 m": two numbers side by side would be heard as one.
                page.pause(",")
            if (glue or page.last.isalnum()) and between[0].isalnum():
                page._space()
            page.add(between)
        said = answer.spoken
        ended_in_number = said.rpartition(" ")[2] in _FIGURES and (
            answer.kind == "roman" or _DIGIT.search(written, start, answer.end) is not None
        )
        glue = True
        if said == "":
            begin = end = page.length
            glue = False
        elif said.strip() == ",":
            page.pause(said)
            begin = end = page.length
        elif said in ("…", "."):
            page.add(said)
            begin, end = page.length - 1, page.length
        else:
            begin, end = page.say(said)
            said_words = said.strip(" ,")
            begin, end = (end - len(said.lstrip(" ,")), 0) if said_words else (begin, 0)
            end = begin + len(said_words)
        spans.append(
            Span(
                start, answer.end, written[start : answer.end], said.strip(" ,") or said.strip(), answer.kind, answer.rule, answer.confidence,
                answer.alternatives, answer.value, answer.reason, begin, end,
            )
        )  # fmt: skip
        pos = answer.end
    rest = written[pos:]
    if (glue or page.last.isalnum()) and rest[:1].isalnum():
        page._space()
    page.add(rest)
    return Spoken(written, page.close(), tuple(spans))
