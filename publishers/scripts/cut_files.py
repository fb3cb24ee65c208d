"""A shorter version of a script as a thing every file can be made from: sheet, PDF, page for a village, SSML, package."""

from __future__ import annotations

import copy

from publishers.scripts.blocks import to_json
from publishers.scripts.cuts import LENGTHS, versions
from publishers.scripts.models import ScriptVersion
from publishers.scripts.timing import whole_seconds


def shortened(version: ScriptVersion, asked: str | None) -> ScriptVersion:
    """Return `version` cut to the minutes `asked` names ("1", "3", "5"); `version` itself for any other word, and for
    a length at which nothing is left out. The cut one knows its `cut_minutes` and is never saved.

    Its code and hash stay those of the whole: that is what was approved and what is verified."""
    if asked not in {str(minutes) for minutes in LENGTHS}:
        return version
    found = next(
        (
            each
            for each in versions(version.composed(), version.station.reading_rate)
            if str(each.minutes) == asked
        ),
        None,
    )
    if found is None:
        return version
    short = copy.copy(version)
    short.cut_minutes = found.minutes
    short.blocks = to_json(found.blocks)
    short.seconds = whole_seconds(found.seconds)
    return short
