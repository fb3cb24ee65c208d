"""What the main job brought about, counted in the sandbox's ledger and on the served pages. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

PLATFORM_NAMES = {"facebook": "Facebook", "youtube": "YouTube", "zalo": "Zalo"}


@dataclass(frozen=True)
class Line:
    """One figure of the summary, what it should be, and whether it is."""

    label: str
    found: int
    expected: int | None = None
    unit: str = ""

    @property
    def right(self) -> bool:
        return self.expected is None or self.found == self.expected

    def __str__(self) -> str:
        number = f"{self.found:,}".replace(",", ".")
        expected = "" if self.expected is None else f"  (phải là {self.expected:,})".replace(",", ".")
        return f"  {'✓' if self.right else '✗'} {self.label:<44}{number:>8} {self.unit}{expected}"


def expected_per_platform(kinds: Iterable[str]) -> Counter[str]:
    """Return how many posts each platform must show, from the kinds of the channel slots."""
    return Counter(kind for kind in kinds if kind in PLATFORM_NAMES)


def summarise(
    effects: Iterable[Mapping[str, Any]],
    duplicates: int,
    expected: Mapping[str, int],
    scripts_per_province: Mapping[str, int],
    stations_per_province: Mapping[str, int],
    speech_seconds: int,
    seconds: float,
) -> list[Line]:
    """Return the lines of the summary.

    `effects` are the ledger's live effects; `scripts_per_province` counts stations that serve exactly one script of
    the campaign; `speech_seconds` is the sum over all of them; `seconds` is the wall time of the whole job."""
    shown = Counter(effect["platform"] for effect in effects if effect.get("live", True))
    lines = [
        Line(f"Bài hiện trên {name}", shown[platform], expected.get(platform, 0), "bài")
        for platform, name in PLATFORM_NAMES.items()
    ]
    lines.append(Line("Bài trùng nhau", duplicates, 0, "bài"))
    lines += [
        Line(f"Đài đang phục vụ bản đọc, {province}", scripts_per_province.get(province, 0), stations, "đài")
        for province, stations in stations_per_province.items()
    ]
    lines.append(Line("Thời lượng đọc trên tất cả các đài", round(speech_seconds / 60), None, "phút"))
    lines.append(Line("Thời gian làm", round(seconds), None, "giây"))
    return lines
