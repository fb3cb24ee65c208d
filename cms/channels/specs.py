"""What each kind of channel takes: limits as data, counted as the platform counts.

Pure: no Django. Numbers are the documented limits of the platforms, or a little below where a platform was seen to
refuse its own documented limit (Zalo titles)."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Unit(StrEnum):
    """In what a platform counts the length of a text."""

    CHARACTERS = "characters"  # code points of the NFC text
    BYTES = "bytes"  # bytes of the NFC text in UTF-8
    UTF16 = "utf16"  # 16-bit units, in which networks count a message with accents
    TAGS = "tags"  # a list parted by commas: a tag with a blank costs two more, a comma stands between two


WORD_OF_UNIT: Final[dict[Unit, str]] = {
    Unit.CHARACTERS: "ký tự",
    Unit.BYTES: "byte",
    Unit.UTF16: "ký tự",
    Unit.TAGS: "ký tự",
}


@dataclass(frozen=True, slots=True)
class Limit:
    """The longest text a field takes; None: the platform names no limit."""

    longest: int | None = None
    unit: Unit = Unit.CHARACTERS
    required: bool = False

    def length(self, text: str) -> int:
        """Return the length of `text` as the platform counts it."""
        return length(text, self.unit)

    def excess(self, text: str) -> int:
        """Return by how much `text` is too long; 0 when it fits."""
        return 0 if self.longest is None else max(0, self.length(text) - self.longest)


class Attachments(StrEnum):
    """What may go out beside the text."""

    NONE = "none"
    IMAGES_OR_CLIP = "images-or-clip"  # up to `most_images` pictures, or one clip, never both
    ONE_CLIP = "one-clip"  # exactly one clip
    CLIP_AND_THUMBNAIL = "clip-and-thumbnail"  # exactly one clip, and at most one picture that stands for it
    COVER = "cover"  # at least one picture, or one clip: an article needs a cover
    ANY = "any"  # posted by hand: whatever the person takes along


class Shape(StrEnum):
    """How a person gives an extra."""

    LINE = "line"
    PARAGRAPHS = "paragraphs"
    TAGS = "tags"
    CHOICE = "choice"


@dataclass(frozen=True, slots=True)
class Extra:
    """One more thing that a post on this kind of channel may carry. "" is always allowed and means the usual."""

    name: str
    shape: Shape
    limit: Limit = Limit()
    choices: tuple[str, ...] = ()  # beside ""


@dataclass(frozen=True, slots=True)
class ReelLimits:
    """What Facebook takes as a reel: seconds, points, and published by programs per Page in any 24 hours."""

    least_seconds: int = 3
    longest_seconds: int = 90
    least_width: int = 540
    least_height: int = 960
    per_day: int = 30

    def takes_length(self, seconds: float) -> bool:
        """Return whether a clip of `seconds` is neither too short nor too long; an unknown length (0) passes."""
        return not seconds or self.least_seconds <= seconds <= self.longest_seconds

    def takes_size(self, width: int, height: int) -> bool:
        """Return whether the frame has enough points; an unknown one (0) passes."""
        return not (width and height) or (width >= self.least_width and height >= self.least_height)

    def is_upright(self, width: int, height: int) -> bool:
        """Return whether the frame is 9:16 within one in a hundred (encoders round to even numbers); unknown passes."""
        return not (width and height) or abs(width * 16 - height * 9) <= height * 9 // 100


@dataclass(frozen=True, slots=True)
class Spec:
    """The limits of one kind of channel. `uses_title` is False where people never see the title."""

    kind: str
    text: Limit
    title: Limit = Limit()
    summary: Limit = Limit()
    uses_title: bool = False
    uses_summary: bool = False
    uses_link: bool = True
    attachments: Attachments = Attachments.ANY
    most_images: int = 10
    image_bytes: int | None = None  # largest picture the platform takes
    clip_bytes: int | None = None  # largest clip the platform takes
    takes_placeholders: bool = False  # {{…}}, filled in per station
    forbidden_in_title: str = ""
    forbidden_in_text: str = ""
    extras: tuple[Extra, ...] = ()

    def limit_of(self, name: str) -> Limit:
        """Return the limit of the extra called `name`; none where this kind has no such extra."""
        return next((extra.limit for extra in self.extras if extra.name == name), Limit())


MB: Final = 1024 * 1024
REEL: Final = ReelLimits()

FACEBOOK: Final = Spec(
    kind="facebook",
    text=Limit(63_206, required=True),
    attachments=Attachments.IMAGES_OR_CLIP,
    most_images=10,
    image_bytes=4 * MB,
    extras=(
        Extra("form", Shape.CHOICE, choices=("reel",)),
        # The limit of a comment is known from use, not from a document.
        Extra("first_comment", Shape.PARAGRAPHS, Limit(8_000)),
    ),
)
YOUTUBE: Final = Spec(
    kind="youtube",
    title=Limit(100, required=True),
    text=Limit(5_000, Unit.BYTES, required=True),
    uses_title=True,
    attachments=Attachments.CLIP_AND_THUMBNAIL,
    forbidden_in_title="<>",
    forbidden_in_text="<>",
    extras=(
        Extra("tags", Shape.TAGS, Limit(500, Unit.TAGS)),
        # "" is 25, news and politics; the others: education, science, people, how-to, non-profit.
        Extra("category", Shape.CHOICE, choices=("27", "28", "22", "26", "29")),
        Extra("playlist", Shape.LINE, Limit(64)),
        Extra("thumbnail", Shape.CHOICE, choices=("none",)),
        Extra("captions", Shape.CHOICE, choices=("none",)),
    ),
)
ZALO: Final = Spec(
    kind="zalo",
    # Documented 150 and 300; a title of exactly 150 was refused, so we stay below.
    title=Limit(140, required=True),
    summary=Limit(280, required=True),
    text=Limit(required=True),
    uses_title=True,
    uses_summary=True,
    attachments=Attachments.COVER,
    image_bytes=1 * MB,
    clip_bytes=50 * MB,
    extras=(
        Extra("form", Shape.CHOICE, choices=("video",)),
        Extra("cover", Shape.CHOICE, choices=("horizontal", "vertical", "square")),
        Extra("author", Shape.LINE, Limit(50)),
    ),
)
LOUDSPEAKER: Final = Spec(
    kind="loudspeaker",
    title=Limit(200, required=True),
    text=Limit(required=True),
    uses_title=True,
    uses_link=False,
    attachments=Attachments.NONE,
    takes_placeholders=True,
)
SMS: Final = Spec(
    kind="sms",
    # Five joined messages of 67 units each: beyond that networks refuse a message with accents.
    text=Limit(335, Unit.UTF16, required=True),
    attachments=Attachments.NONE,
)
TIKTOK: Final = Spec(
    kind="tiktok", text=Limit(2_200, Unit.UTF16, required=True), attachments=Attachments.ONE_CLIP
)


def _by_hand(kind: str) -> Spec:
    return Spec(
        kind=kind,
        title=Limit(200, required=True),
        summary=Limit(400),
        text=Limit(required=True),
        uses_title=True,
        uses_summary=True,
    )


SPECS: Final[dict[str, Spec]] = {
    spec.kind: spec
    for spec in (
        FACEBOOK,
        YOUTUBE,
        ZALO,
        LOUDSPEAKER,
        _by_hand("portal"),
        TIKTOK,
        SMS,
        _by_hand("notice-board"),
        _by_hand("press"),
    )
}


def spec_for(kind: str) -> Spec:
    """Return the limits of `kind`. Raises KeyError for a kind the house does not know."""
    return SPECS[kind]


def length(text: str, unit: Unit) -> int:
    """Return the length of the NFC form of `text` in `unit`; line ends count once, as platforms store them."""
    plain = unicodedata.normalize("NFC", text).replace("\r\n", "\n")
    if unit is Unit.BYTES:
        return len(plain.encode("utf-8", "surrogatepass"))
    if unit is Unit.TAGS:
        return tags_length(tags_of(plain))
    if unit is Unit.UTF16:
        return len(plain.encode("utf-16-le", "surrogatepass")) // 2
    return len(plain)


def tags_of(text: str) -> tuple[str, ...]:
    """Return the tags in a list parted by commas or line ends, each once, in order, without a leading #."""
    parts = unicodedata.normalize("NFC", text).replace("\n", ",").split(",")
    tags = (" ".join(part.split()).removeprefix("#").strip() for part in parts)
    return tuple(dict.fromkeys(tag for tag in tags if tag))


def tags_length(tags: Collection[str]) -> int:
    """Return the length of `tags` as YouTube counts it."""
    return sum(len(tag) + (2 if " " in tag else 0) for tag in tags) + max(0, len(tags) - 1)
