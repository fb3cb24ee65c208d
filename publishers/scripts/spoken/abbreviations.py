"""Words that are not plain Vietnamese: abbreviations, names, foreign words, and damaged ones."""

import re
import unicodedata
from collections.abc import Iterable

from .codes import (
    read_bare_letter,
    read_code,
    read_dossier,
    read_milestone,
    read_mixed,
    read_serial,
    read_ship,
    read_typed,
)
from .conditions import applies
from .goods import read_fuel
from .issuers import FIELDS, KINDS, body_of
from .lexicon import Entry, Lexicon
from .reading import Found, Reading, ask
from .romans import read_roman
from .spans import Confidence
from .syllable import has_mark, is_highland_name, is_syllable, strip_tone
from .values import Clock, Code

_ROMAN_LETTERS = frozenset("IVXLCDM")
_FIELD_LEFT = re.compile(r" (?:bộ|sở|phòng|ban|ngành|ty|chi cục|cục|viện|trường|đảng bộ bộ|đảng bộ sở)\Z")
_FIELD = re.compile("|".join(re.escape(code) for code in sorted(FIELDS, key=len, reverse=True)))
_SYMBOL_PAIR = re.compile(r"([A-ZĐ][A-Za-zĐđ]{0,4})[-/]([A-ZĐ][A-Za-zĐđ]{1,9}\d{0,2})(?![\w])")
_CODE_LEFT = re.compile(r" (?:mã|mã thẻ|ký hiệu|mã hiệu|mã đối tượng)\Z")
_HIGHLAND_WORD = re.compile(r"[A-ZĐ][a-zđư]{0,3}['’][^\W\d_]{1,8}(?![\w'’])")
#: "ĐH.12" is a district road; "đỗ ĐH. 12 em" is not.
_ROAD_NUMBER = re.compile(r"\.\d")
_ROADS = frozenset(("ĐH", "ĐT", "CT", "QL", "TL", "HL"))
_HIGHLAND_LEFT = re.compile(
    r" (?:buôn|bon|plei|plơi|kon|y|h|a|thạch|danh|chau|rơ châm|rah lan|siu|ksor|kpă|nay|rcom|phum|sóc|ia|ea|ya|đak|đăk|đắk|krông|chư|cư|pơ|rơ mah|rơ lan|puih|ayun)(?: [^\W\d_]+){0,2}\Z"
)
_PERSON_LEFT = re.compile(
    r"(?<!\w)(?:[Ôô]ng|[Bb]à|[Aa]nh|[Cc]hị|[Ee]m|[Cc]háu|[Cc]hú|[Cc]ô|[Bb]ác|[Gg]ià làng|[Nn]ghệ nhân|[Tt]rưởng thôn|[Hh]ộ|[Đđ]ồng chí|[Đđ]/c) "
    r"(?:[A-ZĐÂÊÔƠƯ][^\W\d_]{0,9}(?:['’][^\W\d_]{1,9})? ){0,3}\Z"
)
_SOAN = re.compile(r" (?:soạn|soạn tin|cú pháp|soạn tin nhắn)\Z")
_STORM_LEFT = re.compile(
    r" tên (?:quốc tế|riêng|gọi|tiếng anh)(?: (?:là|của bão là))?\Z| (?:siêu bão|cơn bão|bão)\Z"
)
_PLACE_LEFT = re.compile(r" (?:xã|phường|huyện|tỉnh|buôn|bon|làng|thôn|plei|plơi|kon|ea|ia|ya|y|h)\Z")
_WORDS = re.compile(r"[^\W\d_]+")

PLAIN, ODD = 0, 1


_DIAMETER = frozenset("ΦφϕØø")
_FOREIGN_LETTER = re.compile("[^\W\u0000-\u024f\u1e00-\u1eff]")
"""A letter of another script than the Latin one (Greek, Cyrillic, Khmer …)."""


def class_of(lexicon: Lexicon, word: str) -> int:
    """PLAIN for a word that is said as written wherever it stands alone; ODD for one that a rule must see."""
    known = lexicon.judged
    answer = known.get(word)
    if answer is None:
        answer = _judge(lexicon, word)
        if len(known) < 50_000:
            known[word] = answer
    return answer


def _judge(lexicon: Lexicon, word: str) -> int:
    if lexicon.has_head(word) or _FOREIGN_LETTER.search(word):
        return ODD
    if len(word) == 1:
        return ODD if word.lower() in "bcdđfghjklmnpqrstvwxz" or word in "IVXØø" else PLAIN
    if is_syllable(word):
        return ODD if set(word) <= _ROMAN_LETTERS else PLAIN
    if is_highland_name(word) and word.isupper():
        # "KRÔNG" among capitals is a name; by itself nobody knows.
        return ODD
    if word.lower() in lexicon.known_words or is_highland_name(word):
        return ODD if word.isupper() and set(word) <= _ROMAN_LETTERS else PLAIN
    return ODD


def read_word(reading: Reading, at: int, word: str) -> Found | None:
    """A reading for the letter run at `at`, or None when it is said as written."""
    text = reading.text
    end = at + len(word)
    if word in _DIAMETER and re.match(r" ?\d", text[end : end + 2]):
        return Found(end, "phi", "symbol", "diameter", Confidence.LIKELY, (), Code(word))
    if _FOREIGN_LETTER.search(word) and not reading.lexicon.has_head(word):
        reason = f"“{word}” không viết bằng chữ quốc ngữ; hãy viết lại bằng chữ Việt hoặc thêm cách đọc vào từ điển."
        return ask(end, word, "foreign", "other-script", reason)
    after = reading.char(end)
    field = _field(reading, at)
    if field:
        return field
    if len(word) == 1:
        initial = _initial(reading, at, word)
        if initial:
            return initial
    elif word in _DAY_HALVES and reading.previous is not None and reading.previous.kind == "clock":
        half = _half_of_day(reading, at, word)
        if half:
            return half
    serial = (
        read_ship(reading, at)
        or read_serial(reading, at)
        or (read_milestone(reading, at) if word in ("Km", "KM", "km", "K") else None)
        or (read_fuel(reading, at) if word in ("E", "RON", "DO") else None)
        or (
            read_dossier(reading, at) or read_mixed(reading, at)
            if after.isdigit() and word.isupper()
            else None
        )
    )
    if serial:
        return serial
    found = _from_lexicon(reading, at, word)
    if found is None or found.confidence is Confidence.UNKNOWN or _SOAN.search(reading.left(at)):
        found = read_typed(reading, at, word) or found
    if found:
        return found
    if after == "." and text[end + 1 : end + 2].isdigit() and set(word) <= _ROMAN_LETTERS:
        section = read_roman(reading, at, word)
        if section and section.rule == "roman-section":
            return section
    if after.isdigit() or (
        after in "-." and word.isupper() and len(word) <= 3 and text[end + 1 : end + 2].isdigit()
    ):
        if not (after.isdigit() and has_mark(word.lower().replace("đ", "d")) and is_syllable(word)):
            return read_code(reading, at, word)
        tail = re.compile(r"\d+").match(text, end)
        if tail:
            return ask(
                tail.end(), text[at : tail.end()], "code", "footnote-or-number",
                f"Con số dính vào từ “{word}” có thể là dấu chú thích; hãy chọn cách đọc.", word, f"{word} {reading.voice.cardinal(int(tail[0][:9]))}",
            )  # fmt: skip
    if word in ("I", "V", "X"):
        roman = read_roman(reading, at, word)
        if roman:
            return roman
    apostrophe = _HIGHLAND_WORD.match(text, at) if after in "'’" and word[0].isupper() else None
    if apostrophe:
        return Found(apostrophe.end(), apostrophe[0], "place", "highland-name", Confidence.LIKELY)
    if len(word) == 1:
        return (
            read_bare_letter(reading, at, word)
            if word.lower() in "bcdđfghjklmnpqrstvwxz" or word in "IVX"
            else None
        )
    if set(word) <= _ROMAN_LETTERS:
        roman = read_roman(reading, at, word)
        if roman:
            return roman
    pair = _SYMBOL_PAIR.match(text, at)
    if pair and pair[1] in KINDS and KINDS[pair[1]]:
        body = body_of(pair[2])
        if body:
            term = f" khóa {reading.voice.cardinal(body[1])}" if body[1] else ""
            spoken = f"{KINDS[pair[1]].lower()} của {body[0]}{term}"
            return Found(pair.end(), spoken, "document", "symbol-alone", Confidence.LIKELY, (), Code(pair[0]))
    learned = reading.learned.get(word)
    if learned:
        return Found(end, learned, "abbreviation", "learned", Confidence.LIKELY, (), Code(word))
    if is_syllable(word) or word.lower() in reading.lexicon.known_words:
        return None
    if is_highland_name(word) and (
        not word.isupper() or _among_capitals(text, at, end) or _PLACE_LEFT.search(reading.left(at))
    ):
        return None
    return _unknown(reading, at, end, word)


_INITIAL_LEFT = re.compile(
    r"(?:\b[A-ZÀ-ỸĐ][^\W\d_]+|\b(?:[Ôô]ng|[Bb]à|[Aa]nh|[Cc]hị|[Ee]m|[Cc]háu|[Cc]hú|[Cc]ô|[Bb]ác)) \Z"
)
_CALLED = re.compile(r"\b(?:[Ôô]ng|[Bb]à|[Aa]nh|[Cc]hị|[Ee]m|[Cc]háu|[Cc]hú|[Cc]ô|[Bb]ác) \Z")
_DAY_HALVES = frozenset(("AM", "PM", "am", "pm"))


_KIN = {"A": "anh", "C": "chị", "Ô": "ông", "B": "bà"}
_NAMED_AFTER = re.compile(r"\. ?[A-ZĐÀ-Ỹ][a-zà-ỹđ]")
_ASKED_FOR = re.compile(r" (?:lh|liên hệ|liên lạc|gặp|gọi|đt|sđt|điện thoại|hỏi|gửi)(?: ,)?\Z")


def _initial(reading: Reading, at: int, word: str) -> Found | None:
    """ "ông Võ Văn T. (SN 1990)": the letter of a name kept short, with its dot."""
    text = reading.text
    if word == "đ" and reading.left(at).endswith((" triệu", " nghìn", " ngàn", " tỷ", " tỉ")):
        return Found(at + 1, "đồng", "money", "money-short", Confidence.LIKELY, (), Code(word))
    if not word.isupper() or reading.char(at + 1) != "." or reading.starts_line(at):
        return None
    if word in _KIN and _NAMED_AFTER.match(text, at + 1) and _ASKED_FOR.search(reading.left(at)):
        return Found(at + 2, _KIN[word], "abbreviation", "kin", Confidence.LIKELY, (), Code(word + "."))
    before, after = text[max(0, at - 12) : at], text[at + 1 : at + 4]
    if not (
        (_INITIAL_LEFT.search(before) and re.match(r"\.(?: ?[(a-zà-ỹđ]|[,;])", after))
        or (_CALLED.search(before) and re.match(r"\. ?[^\W\d_]", after))
    ):
        return None
    return Found(at + 2, reading.voice.spell(word), "letter", "initial", Confidence.LIKELY, (), Code(word))


def _half_of_day(reading: Reading, at: int, word: str) -> Found | None:
    """ "9:00 AM", "8:30 PM": which half of the day a clock means."""
    clock = reading.previous.value if reading.previous else None
    hour = clock.hour if isinstance(clock, Clock) else None
    if hour is None or hour > 12 or reading.text[reading.previous_end : at].strip():
        return None
    afternoon = "trưa" if hour == 12 else "chiều" if hour < 6 else "tối"
    said = "sáng" if word.lower() == "am" else afternoon
    return Found(at + len(word), said, "clock", "half-of-day", Confidence.LIKELY)


def _unknown(reading: Reading, at: int, end: int, word: str) -> Found:
    capitals = sum(char.isupper() for char in word)
    marked = any(char > "\x7f" and char not in "Đđ" for char in word)
    if not word[0].isascii() and not any(
        "a" <= char <= "z" for char in unicodedata.normalize("NFD", word.lower()).replace("đ", "d")
    ):
        return Found(
            end,
            word,
            "foreign",
            "other-script",
            Confidence.UNCERTAIN,
            (),
            None,
            "Chữ không thuộc tiếng Việt; hãy xem lại.",
        )
    if marked and word[:1].isupper() and word[1:].islower() and _HIGHLAND_LEFT.search(reading.left(at)):
        return Found(
            end, word, "place", "highland-name", Confidence.UNCERTAIN, (), Code(word),
            f"“{word}” có thể là tên riêng của đồng bào; hãy xem đã viết đúng chưa.",
        )  # fmt: skip
    titled = word[:1].isupper() and word[1:].islower() and len(word) <= 10
    if titled and not marked and _PERSON_LEFT.search(reading.text[max(0, at - 60) : at]):
        return Found(
            end, word, "name", "person-name", Confidence.UNCERTAIN, (), Code(word),
            f"“{word}” được giữ như tên người; hãy xem đã viết đúng chưa.",
        )  # fmt: skip
    if marked:
        return ask(
            end,
            word,
            "damaged",
            "not-a-syllable",
            f"“{word}” không phải là tiếng Việt viết đúng; văn bản có thể bị lỗi nhận dạng.",
        )
    if capitals == len(word) and _STORM_LEFT.search(reading.left(at)):
        name = word.title()
        reason = f"“{word}” được đọc như tên riêng “{name}”; hãy viết cách đọc nếu cần."
        return Found(end, name, "foreign", "storm-name", Confidence.UNCERTAIN, (), Code(word), reason)
    if capitals >= 2:
        spelled = reading.voice.spell(word)
        return ask(
            end,
            word,
            "abbreviation",
            "unknown-capitals",
            f"Chưa biết “{word}” là gì; hãy chọn cách đọc hoặc thêm vào từ điển.",
            spelled,
        )
    if "đ" in word.lower():
        return ask(
            end,
            word,
            "damaged",
            "not-a-syllable",
            f"“{word}” không phải là tiếng Việt viết đúng; hãy sửa lại.",
        )
    return Found(
        end, word, "foreign", "unknown-word", Confidence.UNCERTAIN, (), Code(word),
        f"“{word}” không có trong tiếng Việt và chưa có cách đọc; hãy thêm vào từ điển.",
    )  # fmt: skip


def _field(reading: Reading, at: int) -> Found | None:
    """ "Sở VHTTDL", "Bộ KH&CN": the field of work behind the kind of body."""
    if not reading.text[at].isupper() or not _FIELD_LEFT.search(reading.left(at)):
        return None
    match = _FIELD.match(reading.text, at)
    if (
        not match
        or reading.text[match.end() : match.end() + 1].isalnum()
        or reading.text[match.end() : match.end() + 1] == "&"
    ):
        return None
    return Found(match.end(), FIELDS[match[0]], "abbreviation", "field", value=Code(match[0]))


def _from_lexicon(reading: Reading, at: int, word: str) -> Found | None:
    text = reading.text
    for end, entries in reading.lexicon.forms_at(text, reading.low, at, word):
        written = text[at:end]
        if (
            reading.char(end) in "-/"
            and entries[0].kind == "abbreviation"
            and written.isupper()
            and _is_symbol(reading, at)
        ):
            continue
        if text[end : end + 1].isdigit() and written[-1].isalpha():
            continue
        if written.rstrip(".") in _ROADS and _ROAD_NUMBER.match(text, end - written.endswith(".")):
            continue
        if (
            entries[0].exact_case
            and entries[0].kind != "unit"
            and is_syllable(written.lower())
            and _among_capitals(text, at, end)
        ):
            continue
        chosen = _choose(reading, at, end, entries)
        if (
            chosen
            and len(written) == 2
            and written.isupper()
            and _CODE_LEFT.search(reading.left(at))
            and entries[0].kind == "abbreviation"
        ):
            spelled = reading.voice.spell(written)
            return ask(
                end, written, "abbreviation", "code-or-words",
                f"“{written}” sau chữ “mã” có thể là ký hiệu; hãy chọn cách đọc.", spelled, chosen.spoken,
            )  # fmt: skip
        if chosen is None and written[-1] == "." and reading.lexicon.find(written[:-1]):
            # "nghỉ CN." ends a sentence; "CN. Lê Văn A" is a title.
            continue
        if chosen is None:
            if (
                any(">A" in condition or "<#" in condition for entry in entries for condition in entry.when)
                and not written.isupper()
            ):
                continue
            choices = tuple(
                dict.fromkeys(said for entry in entries for said in (entry.spoken, *entry.alternatives))
            )
            if len(written) == 1 or written.islower():
                continue
            learned = reading.learned.get(written)
            if learned:
                return Found(
                    end, learned, "abbreviation", "learned", Confidence.LIKELY, choices, Code(written)
                )
            return ask(
                end,
                written,
                "abbreviation",
                "ambiguous",
                f"“{written}” có nhiều nghĩa; hãy chọn cách đọc.",
                *choices,
            )
        end = _past_bracket(reading, end, (chosen.spoken, *chosen.alternatives))
        if chosen.confidence is Confidence.UNKNOWN:
            return ask(
                end,
                text[at:end],
                chosen.kind,
                "lexicon",
                f"“{written}” có nhiều nghĩa; hãy chọn cách đọc.",
                chosen.spoken,
                *chosen.alternatives,
            )
        if chosen.kind == "place" and text.startswith(" viết liền", end):
            # "Đắk Lắk viết liền không dấu": the letters that a listener types.
            return Found(end, written, "place", "typed-name", Confidence.LIKELY, (), Code(written))
        if chosen.spoken == written:
            return (
                None
                if len(written) == len(word)
                else Found(end, written, chosen.kind, "lexicon", chosen.confidence)
            )
        learned = reading.learned.get(written)
        if learned and learned.lower() != chosen.spoken.lower():
            return Found(
                end, learned, "abbreviation", "learned", Confidence.LIKELY, (chosen.spoken,), Code(written)
            )
        spoken = _not_twice(reading, at, chosen.spoken, foreign=chosen.kind == "foreign")
        reason = (
            f"“{written}” được đọc là “{chosen.spoken}”; hãy xác nhận."
            if chosen.confidence is Confidence.UNCERTAIN
            else ""
        )
        return Found(
            end,
            spoken,
            chosen.kind,
            f"lexicon-{chosen.layer}",
            chosen.confidence,
            chosen.alternatives,
            Code(written),
            reason,
        )
    return None


_DIGITS = re.compile(r"\d+")
_GOES_ON = re.compile(r"[.,/:-]?\d|[^\W_]")


def read_kept_numeral(reading: Reading, at: int) -> Found | None:
    """A form beginning with a digit that somebody has taught ("10/10" in this script): their reading."""
    run = _DIGITS.match(reading.text, at)
    if run is None:
        return None
    for end, entries in reading.lexicon.forms_at(reading.text, reading.low, at, run[0]):
        if _GOES_ON.match(reading.text, end):
            continue
        chosen = _choose(reading, at, end, entries)
        if chosen and chosen.confidence > Confidence.UNKNOWN:
            return Found(
                end, chosen.spoken, chosen.kind, f"lexicon-{chosen.layer}", chosen.confidence, chosen.alternatives, Code(reading.text[at:end]),
                f"“{chosen.written}” được đọc là “{chosen.spoken}”; hãy xác nhận." if chosen.confidence is Confidence.UNCERTAIN else "",
            )  # fmt: skip
    return None


def _not_twice(reading: Reading, at: int, spoken: str, *, foreign: bool = False) -> str:
    """The reading without its first words where they stand before it already ("chỉ số PAR INDEX")."""
    words = spoken.split()
    left = reading.left(at)
    for size in range(min(4, len(words) - 1), 0 if foreign else 1, -1):
        if left.endswith(" " + " ".join(words[:size]).lower()):
            return " ".join(words[size:])
    return spoken


def _is_symbol(reading: Reading, at: int) -> bool:
    """True for "NĐ-CP", "QĐ-UBND": a document symbol without its number, which has its own rule."""
    pair = _SYMBOL_PAIR.match(reading.text, at)
    return bool(pair and KINDS.get(pair[1]) and body_of(pair[2]))


def _among_capitals(text: str, at: int, end: int) -> bool:
    """True when a neighbouring word is in capitals too: then this is a word, not an abbreviation."""
    before = re.search(r"([^\W\d_]{2,})[\s,:\"“(-]*\Z", text[max(0, at - 16) : at])
    after = re.match(r"[\s,:\"”)-]*([^\W\d_]{2,})", text[end : end + 16])
    for neighbour in (before, after):
        if neighbour and neighbour[1].isupper() and is_syllable(neighbour[1]) and has_mark(neighbour[1]):
            return True
    return False


def _choose(reading: Reading, at: int, end: int, entries: tuple[Entry, ...]) -> Entry | None:
    return next((entry for entry in entries if applies(reading, at, end, entry)), None)


def _past_bracket(reading: Reading, end: int, said: Iterable[str]) -> int:
    """Skips "(dịch vụ công trực tuyến)" behind DVCTT."""
    match = re.compile(r"\s?\(([^()]{2,80})\)").match(reading.text, end)
    if match and any(same_words(match[1], form) for form in said):
        return match.end()
    return end


def same_words(one: str, other: str) -> bool:
    """True when two phrases are the same words, whatever their capitals, punctuation and tone placing."""
    return [strip_tone(word) for word in _WORDS.findall(one.lower())] == [
        strip_tone(word) for word in _WORDS.findall(other.lower())
    ]
