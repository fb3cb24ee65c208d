"""The places in a loudspeaker text that are filled in per station: {{ten_dai}}, {{gio_lam_viec}} …

Pure: no Django. A placeholder is filled either from the station itself or from a fact that holds in its place."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

#: Placeholder → what a person reads in the editor's list.
LABELS: Final[dict[str, str]] = {
    "ten_dai": "tên đài truyền thanh",
    "dia_ban": "tên địa bàn",
    "ten_trung_tam": "tên Trung tâm Phục vụ hành chính công",
    "dia_chi_trung_tam": "địa chỉ Trung tâm Phục vụ hành chính công",
    "gio_lam_viec": "giờ làm việc",
    "duong_day_nong": "đường dây nóng",
    "tong_dai": "tổng đài hỗ trợ dịch vụ công",
    "le_phi": "phí, lệ phí",
}

#: Filled from the station, not from a fact.
FROM_STATION: Final = frozenset({"ten_dai", "dia_ban"})

#: Placeholder → value of FactKey (cms/facts/models.py; a test keeps both lists equal).
FACT_KEY_OF: Final[dict[str, str]] = {
    "ten_trung_tam": "ten-trung-tam",
    "dia_chi_trung_tam": "dia-chi-trung-tam",
    "gio_lam_viec": "gio-lam-viec",
    "duong_day_nong": "duong-day-nong",
    "tong_dai": "tong-dai-quoc-gia",
    "le_phi": "le-phi",
}
PLACEHOLDER_OF: Final[dict[str, str]] = {key: name for name, key in FACT_KEY_OF.items()}

#: Without the national help line a bulletin would end without saying where to get help.
REQUIRED: Final = frozenset({"tong_dai"})
#: Where nobody has said it, a safe wording is made from the map.
FROM_MAP: Final = frozenset({"ten_trung_tam"})

_PLACEHOLDER = re.compile(r"\{\{([^{}]*)\}\}")
# Braces that are left over once every whole placeholder is taken out: a slip of the keyboard.
_LOOSE_BRACES = re.compile(r"\{\{|\}\}")


@dataclass(frozen=True, slots=True)
class Placeholder:
    """One {{name}} in a text, from `start` to `end` (code points)."""

    name: str
    start: int
    end: int

    @property
    def known(self) -> bool:
        return self.name in LABELS

    @property
    def fact_key(self) -> str | None:
        """The FactKey value that fills it; None for one filled from the station, or an unknown one."""
        return FACT_KEY_OF.get(self.name)


def find_placeholders(text: str) -> list[Placeholder]:
    """Return the placeholders of `text` in reading order, unknown ones too."""
    return [
        Placeholder(found.group(1).strip(), found.start(), found.end())
        for found in _PLACEHOLDER.finditer(text)
    ]


def unknown_placeholders(text: str) -> list[str]:
    """Return the names of placeholders nobody can fill, each once, in reading order."""
    return list(dict.fromkeys(found.name for found in find_placeholders(text) if not found.known))


def has_loose_braces(text: str) -> bool:
    """Whether `text` holds "{{" or "}}" that do not form a placeholder."""
    return bool(_LOOSE_BRACES.search(_PLACEHOLDER.sub("", text)))


def fact_keys(text: str) -> frozenset[str]:
    """Return the FactKey values on which `text` relies through its placeholders."""
    return frozenset(key for found in find_placeholders(text) if (key := found.fact_key))


def fill(text: str, values: dict[str, str]) -> str:
    """Return `text` with every placeholder named in `values` replaced; others stay as they are."""

    def replace(found: re.Match[str]) -> str:
        return values.get(found.group(1).strip(), found.group(0))

    return _PLACEHOLDER.sub(replace, text)
