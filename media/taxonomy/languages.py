"""The languages the field speaks to people in: the one list, for assets, for copies in a language and for scripts.

BCP 47 tags; where a language has a registered subtag of its own, that and nothing wider. Sources: the twelve languages of
VOV4 with Tày and Nùng, Bru–Vân Kiều, Mường and Hoa as local stations broadcast in, and English."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

VIETNAMESE: Final = "vi"


@dataclass(frozen=True)
class Language:
    """One language: its tag, its name in the language of the screen ("Tiếng Khmer"), its name in itself."""

    tag: str
    name: Any
    own_name: str


ALL: Final = (
    Language(VIETNAMESE, _("Tiếng Việt"), "Tiếng Việt"),
    Language("tyz", _("Tiếng Tày"), "Tày"),
    Language("nut", _("Tiếng Nùng"), "Nùng"),
    Language("blt", _("Tiếng Thái (Tây Bắc)"), "ꪼꪕ"),
    Language("mtq", _("Tiếng Mường"), "Mường"),
    Language("hmn", _("Tiếng Mông"), "Hmoob"),
    Language("ium", _("Tiếng Dao"), "Iu Mienh"),
    Language("km", _("Tiếng Khmer"), "ភាសាខ្មែរ"),
    Language("cjm", _("Tiếng Chăm"), "ꨌꩌ"),
    Language("jra", _("Tiếng Gia Rai"), "Jrai"),
    Language("rad", _("Tiếng Ê Đê"), "Êđê"),
    Language("bdq", _("Tiếng Ba Na"), "Bahnar"),
    Language("sed", _("Tiếng Xơ Đăng"), "Xơteng"),
    Language("kpm", _("Tiếng Cơ Ho"), "Kơho"),
    Language("cmo", _("Tiếng M’nông"), "Mnông"),
    Language("ktv", _("Tiếng Cơ Tu"), "Cơtu"),
    Language("bru", _("Tiếng Bru – Vân Kiều"), "Bru"),
    Language("zh", _("Tiếng Hoa"), "中文"),
    Language("en", _("Tiếng Anh"), "English"),
)
BY_TAG: Final[dict[str, Language]] = {language.tag: language for language in ALL}
#: Tag and name, for forms and fields.
LANGUAGES: Final = [(language.tag, language.name) for language in ALL]


def language_choices() -> list[tuple[str, Any]]:
    """Return every language as a choice; named by the field itself, so that a new language changes no table."""
    return LANGUAGES


def other_languages() -> list[tuple[str, Any]]:
    """Return every language but Vietnamese as a choice."""
    return [pair for pair in LANGUAGES if pair[0] != VIETNAMESE]
