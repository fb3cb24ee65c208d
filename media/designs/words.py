"""What a design says: the named fields a person fills, and what the body's record adds. Checked when made. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from media.designs.shelf import COLOURS, DESIGNS, Design
from media.renditions.errors import IncompleteContent
from media.renditions.typefaces import clean, require_drawable


@dataclass(frozen=True, slots=True)
class Words:
    """The named fields. Raises IncompleteContent or UnknownCharacter, both with a Vietnamese sentence."""

    design: str
    title: str
    kicker: str = ""
    lead: str = ""
    points: tuple[str, ...] = ()
    colour: str = ""

    def __post_init__(self) -> None:
        for name, label in (("title", "tiêu đề"), ("kicker", "dòng chủ đề"), ("lead", "dòng dẫn")):
            text = clean(getattr(self, name))
            require_drawable(label, text)
            object.__setattr__(self, name, text)
        points = tuple(text for text in map(clean, self.points) if text)
        for number, text in enumerate(points, 1):
            require_drawable(f"ý {number}", text)
        object.__setattr__(self, "points", points)
        if self.design not in DESIGNS:
            raise IncompleteContent("Không có mẫu thiết kế này. Vui lòng chọn lại.")
        if not self.colour:
            object.__setattr__(self, "colour", self.shape.first_colour)
        if self.colour not in COLOURS:
            raise IncompleteContent("Không có màu này. Vui lòng chọn lại.")
        if not self.title:
            raise IncompleteContent("Vui lòng điền tiêu đề của đồ họa.")
        if not self.shape.fewest <= len(points) <= self.shape.most:
            raise IncompleteContent(
                f"Mẫu “{self.shape.name}” cần từ {self.shape.fewest} đến {self.shape.most} ý, hiện có {len(points)}."
            )

    @property
    def shape(self) -> Design:
        return DESIGNS[self.design]

    def as_json(self) -> dict[str, Any]:
        return {
            "design": self.design, "title": self.title, "kicker": self.kicker, "lead": self.lead,
            "points": list(self.points), "colour": self.colour,
        }  # fmt: skip

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> Words:
        return cls(**{**kept, "points": tuple(kept.get("points", ()))})

    def in_words(self, body: str, hotline: str) -> str:
        """Return the whole graphic as plain text: the description for people who cannot see it."""
        numbered = self.design == "cac-buoc"
        parts = [self.title, self.lead]
        parts += [f"Bước {n}: {text}" if numbered else text for n, text in enumerate(self.points, 1)]
        parts += [f"Đường dây nóng: {hotline}" if hotline else "", body]
        return " ".join(part.rstrip(".") + "." for part in parts if part)
