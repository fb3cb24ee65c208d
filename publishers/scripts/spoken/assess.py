"""Whether a text can be read at all: empty, in the wrong encoding, ruined by a scanner, without its marks."""

import re
import unicodedata
from dataclasses import dataclass

from .addresses import find_addresses
from .cleaning import clean
from .lexicon import SYSTEM, Lexicon
from .syllable import has_mark, is_highland_name, is_syllable

LONGEST = 1_000_000
"""Characters; a bulletin of one hour has about 60 000."""

_WORD = re.compile(r"[^\W\d_]+")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_DIRECTION = re.compile("[\u202a-\u202e\u2066-\u2069]")
_LEGACY = re.compile(
    "[\u00a1-\u00bf\u00c6\u00d0\u00d7\u00d8\u00de\u00e6\u00f0\u00f7\u00f8\u00fe\u00ff\u0192\u2020-\u2022\u2030\u2039\u203a\u0160\u0161\u017d\u017e\u0178\u20ac\u2122]"
)
_VNI = re.compile(r"[AEIOUYaeiouyöôÖÔ](?:[øùûõïâêëåîéèÂÊÙØÛÕÏ]){1,2}(?=[a-z\s,.;]|\Z)")
_MOJIBAKE = re.compile(r"á[º»]|Ã[\u0080-\u00bf¡-¿©¢£ª]|Ä[\u0080-\u0091‘’]|Æ[°¡]|\ufffd|â€")


@dataclass(frozen=True, slots=True)
class Problem:
    """One reason why a text cannot be read; `message` is a Vietnamese sentence for the editor."""

    code: str
    message: str


@dataclass(frozen=True, slots=True)
class Assessment:
    """`readable` is False when the text must be refused. A readable text may still carry notes."""

    readable: bool
    problems: tuple[Problem, ...] = ()


def _refused(code: str, message: str) -> Assessment:
    return Assessment(False, (Problem(code, message),))


def assess(text: str, *, lexicon: Lexicon = SYSTEM) -> Assessment:
    """Judges a text before it is spoken; never raises, linear in the text."""
    if len(text) > LONGEST:
        return _refused("too-long", "Văn bản quá dài để làm bản tin phát thanh; hãy chia nhỏ hoặc rút gọn.")
    if not text.strip():
        return _refused("empty", "Chưa có nội dung để đọc.")
    controls = len(_CONTROL.findall(text))
    plain = clean(text)
    if not plain.strip():
        return _refused("empty", "Văn bản chỉ có ký tự ẩn, không có nội dung để đọc.")
    if "\ufffd" in plain or len(_MOJIBAKE.findall(plain)) >= 2:
        return _refused(
            "mojibake", "Văn bản bị sai bảng mã nên chữ đã hỏng; hãy lấy lại bản gốc dạng Unicode."
        )
    if controls > 2 and controls * 50 > len(text):
        return _refused("control", "Văn bản có nhiều ký tự điều khiển; hãy sao chép lại từ bản gốc.")
    words = [word for word in _WORD.findall(_without_addresses(plain)) if len(word) > 1]
    if not words and not any(char.isalnum() for char in plain):
        return _refused("no-words", "Văn bản chỉ có biểu tượng hoặc dấu câu, không có chữ để đọc.")
    legacy = _legacy_encoding(plain, words)
    if legacy:
        return _refused("legacy-encoding", legacy)
    if words and not any(_is_latin(word) for word in words):
        return _refused(
            "other-script", "Văn bản không viết bằng chữ tiếng Việt; hãy chọn đúng ngôn ngữ của bản tin."
        )
    if looks_unmarked(words, lexicon):
        return _refused(
            "no-marks", "Văn bản tiếng Việt không có dấu nên không thể đọc đúng; hãy gõ lại có dấu."
        )
    if looks_damaged(words, lexicon):
        return _refused(
            "damaged", "Văn bản bị lỗi nhận dạng chữ (dấu thanh hỏng); hãy dùng bản gốc hoặc gõ lại."
        )
    notes = []
    if controls:
        notes.append(Problem("control", "Văn bản có ký tự điều khiển; các ký tự này đã được bỏ."))
    if _DIRECTION.search(text):
        notes.append(Problem("direction", "Văn bản có dấu đổi chiều chữ; các dấu này đã được bỏ."))
    return Assessment(True, tuple(notes))


def _without_addresses(text: str) -> str:
    parts, at = [], 0
    for start, end in find_addresses(text):
        parts.append(text[at:start])
        at = end
    return " ".join((*parts, text[at:]))


def _is_latin(word: str) -> bool:
    return "LATIN" in unicodedata.name(word[0], "")


def _legacy_encoding(text: str, words: list[str]) -> str:
    """TCVN3 (ABC) and VNI files shown as Western text have signs and odd letters inside their words."""
    vni = len(_VNI.findall(text))
    if vni >= 3 and vni * 4 > len(words) and sum(not is_syllable(word) for word in words) * 3 > len(words):
        return "Văn bản dùng bảng mã cũ VNI; hãy chuyển sang Unicode rồi nhập lại."
    inside = sum(1 for match in _LEGACY.finditer(text) if _beside_letter(text, match.start()))
    if inside >= 2 and inside * 12 > len(words):
        return "Văn bản dùng bảng mã cũ TCVN3 (ABC); hãy chuyển sang Unicode rồi nhập lại."
    return ""


def _beside_letter(text: str, at: int) -> bool:
    return text[max(0, at - 1) : at].isalpha() or text[at + 1 : at + 2].isalpha()


def _is_known(word: str, lexicon: Lexicon) -> bool:
    return word.lower() in lexicon.known_words or lexicon.has_head(word) or is_highland_name(word)


def looks_damaged(words: list[str], lexicon: Lexicon) -> bool:
    """True when too many words cannot be Vietnamese: a scanned text whose marks are ruined."""
    if len(words) < 3:
        return False
    broken = marked_broken = names = sound = 0
    for word in words:
        if not is_syllable(word) and not word.isupper() and not _is_known(word, lexicon):
            broken += 1
            marked_broken += has_mark(word)
            names += word.isascii() and word[0].isupper() and word[1:].islower()
        else:
            sound += has_mark(word)
    if broken == names and sound * 2 >= len(words) - names:
        # Only the names of goods and people are strange ("Validacin", "Rwai"): the words around them are sound.
        return False
    return (broken * 5 >= len(words) and broken >= 2) or (
        marked_broken >= 2 and marked_broken * 12 >= len(words)
    )


def looks_unmarked(words: list[str], lexicon: Lexicon) -> bool:
    """True for Vietnamese typed without any marks ("Kinh moi ba con").

    In correct text about seven words of ten carry a mark; a text of six words or more with fewer than one
    in five, whose words are nevertheless of Vietnamese shapes, has lost them.
    """
    own = [word for word in words if not _is_known(word, lexicon)]
    if len(own) < 6:
        return False
    marked = sum(has_mark(word) for word in own)
    return marked * 5 < len(own) and sum(is_syllable(word) for word in own) * 2 > len(own)
