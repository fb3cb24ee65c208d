"""The colours of the house and the contrast rule they must meet (WCAG 2.2: 4.5 for text, 3 for large
text).
"""

from dataclasses import dataclass
from enum import StrEnum

Colour = tuple[int, int, int]


class Tone(StrEnum):
    """What kind of message it is: a guide is blue, a warning is red."""

    GUIDE = "guide"
    WARNING = "warning"


def colour(code: str) -> Colour:
    """Reads `#RRGGBB`. Raises ValueError for anything else."""
    digits = code.removeprefix("#")
    if len(digits) != 6:
        raise ValueError(f"not a colour: {code!r}")
    return int(digits[0:2], 16), int(digits[2:4], 16), int(digits[4:6], 16)


def mix(one: Colour, other: Colour, share: float) -> Colour:
    """`share` 0 gives the first colour, 1 the other one."""
    return (
        round(one[0] + (other[0] - one[0]) * share),
        round(one[1] + (other[1] - one[1]) * share),
        round(one[2] + (other[2] - one[2]) * share),
    )


def _luminance(shade: Colour) -> float:
    parts = [c / 255 for c in shade]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: Colour, other: Colour) -> float:
    """The WCAG contrast ratio, from 1 (equal) to 21 (black on white)."""
    high, low = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@dataclass(frozen=True, slots=True)
class Palette:
    """`primary` fills headers, `deep` their darker end, `glow` the rings; `on_primary_soft` is small text on
    primary.
    """

    primary: Colour
    deep: Colour
    glow: Colour
    tint: Colour
    on_primary: Colour
    on_primary_soft: Colour
    accent: Colour
    on_accent: Colour
    accent_tint: Colour
    ink: Colour
    muted: Colour
    paper: Colour
    card: Colour
    line: Colour

    def text_pairs(self) -> dict[str, tuple[Colour, Colour]]:
        """Every pair (text, ground) the drawings use; each must reach 4.5."""
        return {
            "on_primary/primary": (self.on_primary, self.primary),
            "on_primary/deep": (self.on_primary, self.deep),
            "on_primary_soft/primary": (self.on_primary_soft, self.primary),
            "on_accent/accent": (self.on_accent, self.accent),
            "on_accent/accent_tint": (self.on_accent, self.accent_tint),
            "ink/card": (self.ink, self.card),
            "ink/paper": (self.ink, self.paper),
            "muted/card": (self.muted, self.card),
            "muted/paper": (self.muted, self.paper),
            "primary/card": (self.primary, self.card),
            "primary/tint": (self.primary, self.tint),
            "deep/card": (self.deep, self.card),
        }


_GUIDE = Palette(
    primary=colour("#0B4F8A"),
    deep=colour("#07355F"),
    glow=colour("#2F7FC1"),
    tint=colour("#E4EFF9"),
    on_primary=colour("#FFFFFF"),
    on_primary_soft=colour("#D5E8F8"),
    accent=colour("#F6B13C"),
    on_accent=colour("#3A2500"),
    accent_tint=colour("#FFF1D6"),
    ink=colour("#10263A"),
    muted=colour("#41566A"),
    paper=colour("#F3F6FA"),
    card=colour("#FFFFFF"),
    line=colour("#D6E0EA"),
)
_WARNING = Palette(
    primary=colour("#A3211B"),
    deep=colour("#6E120F"),
    glow=colour("#D9574B"),
    tint=colour("#FBE9E6"),
    on_primary=colour("#FFFFFF"),
    on_primary_soft=colour("#FFE3DE"),
    accent=colour("#F9C04D"),
    on_accent=colour("#3A2500"),
    accent_tint=colour("#FFF3DA"),
    ink=colour("#2A1513"),
    muted=colour("#5F4643"),
    paper=colour("#FAF6F4"),
    card=colour("#FFFFFF"),
    line=colour("#EADCD8"),
)


def palette_for(tone: Tone) -> Palette:
    return _WARNING if tone is Tone.WARNING else _GUIDE
