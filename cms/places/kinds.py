"""The kinds of administrative unit, today's and the abolished ones, and how a unit is named in full.

Pure: no Django. Vietnamese words are the ones of the Law on Organisation of Local Government.
"""

from typing import Final

CENTRE: Final = "centre"
PROVINCE: Final = "province"
CITY: Final = "city"
COMMUNE: Final = "commune"
WARD: Final = "ward"
SPECIAL_ZONE: Final = "special_zone"

LEVEL_CENTRE: Final = 0
LEVEL_PROVINCE: Final = 1
LEVEL_COMMUNE: Final = 2

#: Value kept in the database → the word written before the name.
WORD_OF_KIND: Final[dict[str, str]] = {
    CENTRE: "trung ương",
    PROVINCE: "tỉnh",
    CITY: "thành phố",
    COMMUNE: "xã",
    WARD: "phường",
    SPECIAL_ZONE: "đặc khu",
}
KIND_OF_WORD: Final[dict[str, str]] = {word: kind for kind, word in WORD_OF_KIND.items()}

LEVEL_OF_KIND: Final[dict[str, int]] = {
    CENTRE: LEVEL_CENTRE,
    PROVINCE: LEVEL_PROVINCE,
    CITY: LEVEL_PROVINCE,
    COMMUNE: LEVEL_COMMUNE,
    WARD: LEVEL_COMMUNE,
    SPECIAL_ZONE: LEVEL_COMMUNE,
}

#: Words that stood before names until 30/6/2025, by the tier they belonged to.
FORMER_WORDS: Final[dict[str, tuple[str, ...]]] = {
    "tỉnh": ("tỉnh", "thành phố"),
    "huyện": ("huyện", "quận", "thị xã", "thành phố"),
    "xã": ("xã", "phường", "thị trấn"),
}


def full_name(word: str, name: str) -> str:
    """Return the name as it stands in a heading: "tỉnh" and "Gia Lai" give "Tỉnh Gia Lai"."""
    return f"{word[:1].upper()}{word[1:]} {name}"


def split_full_name(text: str, words: tuple[str, ...]) -> tuple[str, str]:
    """Split "Thị Trấn Ái Tử" into ("thị trấn", "Ái Tử"), whatever case the first words are written in.

    Raises ValueError when the text begins with none of `words` or nothing follows the word.
    """
    lowered = text.casefold()
    for word in words:
        if lowered.startswith(f"{word} "):
            name = text[len(word) :].strip()
            if name:
                return word, name[:1].upper() + name[1:]
    raise ValueError(f"Không nhận ra loại đơn vị hành chính trong tên “{text}”.")
