"""Writing for the ear: what a listener cannot follow in a loudspeaker text, sentence by sentence, and a score. Pure.

Source of the rules: radio practice for commune loudspeakers (one hearing, outdoors, with echo): sentences of at most
25 syllables, who acts named first, one action each, at most three numbers a minute, no brackets or "như trên", every hotline twice, one way
of addressing listeners, foreign words explained, and an end that says where to get help. They advise; nothing here
forbids anything."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from publishers.scripts.hotlines import digits_of, hotlines_in
from publishers.scripts.spoken.lexicon import SYSTEM as SYSTEM_LEXICON
from publishers.scripts.spoken.syllable import is_highland_name, is_syllable, syllables

LONGEST_SENTENCE: Final = 25
NUMBERS_A_MINUTE: Final = 3
#: A listener waits this many syllables for the one who acts; a condition ("Nếu …") is heard out a little longer.
LONGEST_WAIT: Final = 10
LONGEST_CONDITION: Final = 16
#: Lowest scores of "dễ nghe" and of "nghe được".
GOOD: Final = 85
FAIR: Final = 65


@dataclass(frozen=True, slots=True)
class Heard:
    """One sentence as it is written, with the syllables it takes to say."""

    written: str
    syllables: int


@dataclass(frozen=True, slots=True)
class Remark:
    """What is hard to hear in one sentence. `rule` is its short name; `sentence` the place (empty: the whole text)."""

    rule: str
    sentence: str
    advice: str
    cost: int

    @property
    def told(self) -> str:
        """The advice with the sentence it is about."""
        return f"{self.advice} Câu: “{self.sentence}”" if self.sentence else self.advice


@dataclass(frozen=True, slots=True)
class Hearing:
    """The remarks about a text in reading order, and a score from 0 to 100."""

    remarks: tuple[Remark, ...]

    @property
    def score(self) -> int:
        return max(0, 100 - sum(remark.cost for remark in self.remarks))

    @property
    def word(self) -> str:
        """The score in words."""
        return "dễ nghe" if self.score >= GOOD else "nghe được, nên sửa" if self.score >= FAIR else "khó nghe"


_VERBS = (
    "vào|mở|bấm|nhấn|chọn|điền|nhập|gửi|nộp|đăng nhập|đăng ký|đăng kí|tải|cài|cài đặt|gọi|mang|mang theo|quét|chụp|"
    "kiểm tra|theo dõi|thanh toán|nhận|xuất trình|khai|ký|kích hoạt|liên hệ|đổi"
)
_ACTION = re.compile(
    rf"(?:^|[,;:]|\b(?:và|rồi|sau đó|tiếp theo|xong))\s*(?:(?:bà con|quý vị|xin|hãy|vui lòng|thì|cần|phải|sẽ|rồi)\s+)*"
    rf"(?P<verb>{_VERBS})\b(?!\s+(?:đến|từ)\s+\d)",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"\d[\d.,/:h-]*\d|\d")
_BRACKETS = re.compile(r"[()\[\]{}<>]")
_POINTING = re.compile(
    r"\b(?:như trên|nêu trên|ở trên|trên đây|như sau|dưới đây|theo bảng|theo hình|xem hình)\b", re.IGNORECASE
)
_AND_SO_ON = re.compile(r"\bv\.\s?v\b|\bvân vân\b|…|\.{3}", re.IGNORECASE)
#: A sentence that begins with a purpose or a basis names who acts only behind the comma.
_OPENING_CLAUSE = re.compile(
    r"^[\"“‘(]*(?:(?P<wait>Nhằm|Để|Căn cứ|Thực hiện|Theo|Trên cơ sở|Với mục đích|Với mục tiêu|Qua|Trước tình hình|Tiếp tục|"
    r"Bên cạnh|Cùng với|Nhân dịp|Hưởng ứng|Triển khai|Phấn đấu|Sau khi|Trong thời gian|Trong quá trình|Trong bối cảnh)|"
    r"(?P<condition>Nếu|Khi|Trường hợp|Mặc dù|Tuy|Do|Vì|Bởi))\b(?P<clause>[^,;:]*),"
)
_ADDRESSING: Final = ("bà con", "quý vị", "các bạn", "cô bác")
_HELP = re.compile(
    r"\b(?:liên hệ|gọi|hỏi|tổng đài|đường dây nóng|hướng dẫn|hỗ trợ|giúp đỡ|trung tâm phục vụ hành chính công|"
    r"tổ công nghệ số)\b",
    re.IGNORECASE,
)
_LATIN_WORD = re.compile(r"[^\W\d_]{2,}(?:-[^\W\d_]+)*")
#: Said every day on every loudspeaker, or read by the engine in Vietnamese words.
_KNOWN_WORDS: Final = frozenset(
    [
        "internet",
        "wifi",
        "facebook",
        "zalo",
        "youtube",
        "vneid",
        "tiktok",
        "sms",
        "qr",
        "email",
        "website",
        "web",
        "video",
        "camera",
        "tivi",
        "taxi",
        "gas",
        "virus",
        "vitamin",
        "karaoke",
        "photo",
        "photocopy",
        "covid",
        "alo",
    ]
)
#: A word that tells what the foreign one after it is: "ứng dụng VNeID".
_EXPLAINS = re.compile(
    r"\b(?:ứng dụng|phần mềm|trang|mạng|cổng|mã|thẻ|công nghệ|hệ thống|tài khoản|gọi là|tên là|thư|chữ)\s+(?:\w+\s+)?$",
    re.IGNORECASE,
)
_EXPLAINED_AFTER = re.compile(r"^\W*(?:là|tức là|nghĩa là|\()", re.IGNORECASE)


def listen(sentences: Sequence[Heard], seconds: float) -> Hearing:
    """Return what is hard to hear in `sentences`, which take `seconds` to say. The same text gives the same answer."""
    remarks: list[Remark] = []
    for heard in sentences:
        remarks += _about(heard)
    remarks += _numbers(sentences, seconds)
    remarks += _one_address(sentences)
    remarks += _foreign(sentences)
    remarks += _help_at_the_end(sentences)
    return Hearing(tuple(remarks))


def hotlines_said_once(pieces: Iterable[str]) -> tuple[str, ...]:
    """Return the telephone numbers that the written pieces of a whole bulletin, reminder included, say only once."""
    whole = "\n".join(pieces)
    joined = re.sub(r"(?<=\d)[ .-](?=\d)", "", whole)
    return tuple(
        number
        for number in hotlines_in(whole)
        if len(re.findall(rf"(?<!\d){digits_of(number)}(?!\d)", joined)) < 2
    )


def _about(heard: Heard) -> Iterable[Remark]:
    text = heard.written
    if heard.syllables > LONGEST_SENTENCE:
        yield Remark(
            "long", text, f"Câu dài {heard.syllables} tiếng, nên tách để mỗi câu không quá {LONGEST_SENTENCE} tiếng.",
            4 if heard.syllables <= 40 else 8,
        )  # fmt: skip
    verbs = [match["verb"].lower() for match in _ACTION.finditer(text)]
    if found := _OPENING_CLAUSE.match(text):
        wait = syllables(found.group())
        if wait > (LONGEST_WAIT if found["wait"] else LONGEST_CONDITION):
            yield Remark(
                "subject-first", text,
                f"Phải nghe {wait} tiếng mới biết ai làm gì, nên nói người làm, việc làm trước, mục đích và căn cứ sau.", 3,
            )  # fmt: skip
    if len(verbs) > 1:
        listed = ", ".join(f"“{verb}”" for verb in dict.fromkeys(verbs))
        yield Remark("actions", text, f"Một câu có nhiều việc phải làm ({listed}), nên mỗi câu một việc.", 3)
    if _BRACKETS.search(text):
        yield Remark("brackets", text, "Người nghe không thấy dấu ngoặc, hãy viết thành lời.", 5)
    if found := _POINTING.search(text):
        yield Remark(
            "pointing",
            text,
            f"Người nghe không xem lại được “{found.group().lower()}”, hãy nói rõ điều đó.",
            5,
        )
    if found := _AND_SO_ON.search(text):
        yield Remark(
            "and-so-on", text, f"“{found.group()}” không cho người nghe biết gì thêm, hãy kể đủ hoặc bỏ.", 5
        )


def _numbers(sentences: Sequence[Heard], seconds: float) -> Iterable[Remark]:
    counted = [(len(_NUMBER.findall(_hotlines_as_one(heard.written))), heard.written) for heard in sentences]
    total = sum(count for count, _ in counted)
    minutes = max(1.0, seconds / 60)
    if total > NUMBERS_A_MINUTE * minutes:
        fullest = max(counted, key=lambda row: row[0])
        yield Remark(
            "numbers", fullest[1],
            f"Cả bài có {total} con số trong {_minutes(minutes)}, nên tối đa {NUMBERS_A_MINUTE} con số mỗi phút; "
            f"câu sau có {fullest[0]} con số.", min(15, 3 * round(total - NUMBERS_A_MINUTE * minutes)) or 3,
        )  # fmt: skip


def _one_address(sentences: Sequence[Heard]) -> Iterable[Remark]:
    used = {
        word: [
            heard.written for heard in sentences if re.search(rf"\b{word}\b", heard.written, re.IGNORECASE)
        ]
        for word in _ADDRESSING
    }
    used = {word: places for word, places in used.items() if places}
    if len(used) > 1:
        main = max(used, key=lambda word: len(used[word]))
        other = next(word for word in used if word != main)
        yield Remark(
            "address", used[other][0],
            f"Bài gọi người nghe lúc là “{main}”, lúc là “{other}”; hãy dùng một cách gọi từ đầu đến cuối.", 6,
        )  # fmt: skip


def _foreign(sentences: Sequence[Heard]) -> Iterable[Remark]:
    told: set[str] = set()
    for heard in sentences:
        text = heard.written
        for match in _LATIN_WORD.finditer(text):
            word = match.group()
            low = word.lower()
            if (
                low in told
                or low in _KNOWN_WORDS
                or not _looks_foreign(word, text, match.start(), match.end())
            ):
                continue
            told.add(low)
            if _EXPLAINS.search(text[: match.start()]) or _EXPLAINED_AFTER.match(text[match.end() :]):
                continue
            yield Remark(
                "foreign", text, f"Từ “{word}” chưa được giải thích, nhiều người nghe không hiểu.", 4
            )


def _looks_foreign(word: str, text: str, start: int, end: int) -> bool:
    if (
        word.isupper()
        or not word.isascii()
        or "." in text[max(0, start - 1) : start]
        or text[end : end + 1] in (".", "@")
        and text[end + 1 : end + 2].isalnum()
    ):
        return False
    if word[0].islower():
        return any(not is_syllable(part) for part in word.split("-"))
    # A capital begins a name, and names are read as they are; but "Fanpage" is a word, and so is any that is not a name
    # and has its capital from the beginning of the sentence.
    if word.lower() in _foreign_words():
        return True
    is_first = not text[:start].strip(' "“‘(–-')
    is_name = word in _foreign_words() or is_highland_name(word)
    return is_first and not is_name and any(not is_syllable(part.lower()) for part in word.split("-"))


@lru_cache(maxsize=1)
def _foreign_words() -> frozenset[str]:
    """The foreign words and names the engine was taught, as they are written."""
    return frozenset(entry.written for entry in SYSTEM_LEXICON if entry.kind == "foreign")


def _help_at_the_end(sentences: Sequence[Heard]) -> Iterable[Remark]:
    if not sentences:
        return
    last = sentences[-3:]
    if not any(_HELP.search(heard.written) or hotlines_in(heard.written) for heard in last):
        yield Remark(
            "help", last[-1].written, "Bài nên kết bằng nơi bà con được giúp: số điện thoại hoặc địa điểm.", 8
        )


def _hotlines_as_one(text: str) -> str:
    for number in hotlines_in(text):
        text = text.replace(number, "0", 1)
    return text


def _minutes(minutes: float) -> str:
    return f"{minutes:.1f} phút".replace(".", ",").replace(",0 ", " ")
