"""Names of the files people carry to a player: ASCII, sorted by day and hour, telling subject and length. Pure.

Some players show or open nothing whose name has Vietnamese letters, so no name has any."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from cms.core.folding import fold
from publishers.scripts.timing import whole_seconds

#: Letters of the subject in a name; players cut longer ones in the middle of the length.
SUBJECT: Final = 32


def file_name(
    on_air: datetime, subject: str, seconds: float, ending: str, *, number: int = 1, place: int = 0
) -> str:
    """Return a name like `20261123_0530_dvctt_cccd_03m20.mp3`.

    `on_air` is the time in Viet Nam. `place` (from 1) puts the files of one session in playing order; a corrected
    version says its `number`, so that it is not taken for the one before."""
    order = f"{place:02d}_" if place else ""
    version = f"_b{number}" if number > 1 else ""
    minutes, rest = divmod(whole_seconds(seconds), 60)
    return f"{order}{on_air:%Y%m%d_%H%M}_{short_subject(subject)}_{minutes:02d}m{rest:02d}{version}.{ending}"


def short_subject(subject: str) -> str:
    """Return `subject` in ASCII letters and digits with "_" between its words, whole words only, never empty."""
    kept = ""
    for word in fold(subject).replace("_", " ").split():
        word = "".join(sign for sign in word if sign.isascii() and sign.isalnum())
        longer = f"{kept}_{word}" if kept and word else kept or word
        if len(longer) > SUBJECT:
            break
        kept = longer
    return kept or "ban_tin"
