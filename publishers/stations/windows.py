"""Rules about the hours in which a station is on air. Pure: no Django.

Source: sessions of commune loudspeakers begin at 05:30 at the earliest and last 60 minutes at most; residents have
complained about earlier ones. A place may have reasons of its own, so these are hard warnings, not a refusal."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import time
from typing import Final

EARLIEST: Final = time(5, 30)
LONGEST_MINUTES: Final = 60

#: When it begins, when it ends.
Window = tuple[time, time]


def minutes_of(window: Window) -> int:
    """Return how many minutes a window lasts; negative when it ends before it begins."""
    starts, ends = window
    return (ends.hour - starts.hour) * 60 + ends.minute - starts.minute


def mistakes(windows: Sequence[Window]) -> list[str]:
    """Return what makes the windows impossible, as sentences: they end before they begin, or overlap."""
    found = [
        f"Khung giờ {shown(window)} kết thúc trước khi bắt đầu, vui lòng sửa lại."
        for window in windows
        if minutes_of(window) <= 0
    ]
    ordered = sorted(windows)
    found += [
        f"Khung giờ {shown(earlier)} và {shown(later)} chồng lên nhau, vui lòng sửa lại."
        for earlier, later in zip(ordered, ordered[1:], strict=False)
        if later[0] < earlier[1]
    ]
    return found


def hard_warnings(windows: Sequence[Window]) -> list[str]:
    """Return what somebody must knowingly confirm: a session before 05:30, or of more than 60 minutes."""
    found: list[str] = []
    for window in sorted(windows):
        if window[0] < EARLIEST:
            found.append(
                f"Khung giờ {shown(window)} bắt đầu trước 05:30, giờ sớm nhất nên phát loa để không làm phiền người dân."
            )
        if minutes_of(window) > LONGEST_MINUTES:
            found.append(f"Khung giờ {shown(window)} dài hơn 60 phút, mức dài nhất của một buổi phát.")
    return found


def script_warnings(starts: time, seconds: float, windows: Sequence[Window]) -> list[str]:
    """Return what speaks against reading one script of `seconds` at `starts`: too early, too long, outside every window
    of the station, or not at its end when the window closes. A station without windows is measured by the rule alone."""
    found: list[str] = []
    if starts < EARLIEST:
        found.append(
            f"Giờ phát {starts:%H:%M} sớm hơn 05:30, giờ sớm nhất nên phát loa để không làm phiền người dân."
        )
    if seconds > LONGEST_MINUTES * 60:
        found.append(f"Bản tin dài hơn {LONGEST_MINUTES} phút, mức dài nhất của một buổi phát.")
    if not windows:
        return found
    held = next((window for window in sorted(windows) if window[0] <= starts < window[1]), None)
    if held is None:
        hours = "; ".join(shown(window) for window in sorted(windows))
        found.append(f"Giờ phát {starts:%H:%M} nằm ngoài khung giờ của đài ({hours}).")
        return found
    left = minutes_of((starts, held[1])) * 60 - starts.second
    if seconds > left:
        found.append(
            f"Phát từ {starts:%H:%M} thì đến {held[1]:%H:%M} hết khung giờ mà bản tin chưa đọc xong. Hãy chọn bản ngắn hơn."
        )
    return found


def shown(window: Window) -> str:
    """Return a window as it is written: "05:30–06:00"."""
    return f"{window[0]:%H:%M}–{window[1]:%H:%M}"
