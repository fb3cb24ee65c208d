"""How each station reads: its region's style with its own choices, over the lexicon layers of its place and script."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache

from django.db.models import Q

from cms.facts.querysets import paths_above
from publishers.scripts.lexicon_entries import LexiconEntry
from publishers.scripts.place_lexicon import with_names_of_the_map
from publishers.scripts.reading_styles import style_of
from publishers.scripts.spoken import Entry, Lexicon, LexiconError, Style
from publishers.stations.models import ReadingStyle, Station

_LAYERS = ("system", "province", "commune")


@dataclass(frozen=True, slots=True)
class StationVoice:
    """One way of reading. Two voices of one `key` read every text alike, in this process and in any other."""

    key: str
    region: str
    style: Style = field(compare=False)
    lexicon: Lexicon = field(compare=False)


@lru_cache(maxsize=8)
def plain_voice(region: str) -> StationVoice:
    """Return the voice of a region: no choices of its own, nothing taught."""
    return StationVoice(region, region, style_of(region), with_names_of_the_map())


def voices_of(stations: Iterable[Station], post_id: int | None = None) -> dict[int, StationVoice]:
    """Return station id → its voice for the script of `post_id`. One query; stations carry their place."""
    stations = list(stations)
    layers = _rows_by_path({station.place.path for station in stations}, post_id)
    return {
        station.pk: _voice(station.reading_style, station.reading_choices, _stack(layers, station.place.path))
        for station in stations
    }


def voice_at(path: str, post_id: int | None = None, region: str = ReadingStyle.NORTHERN) -> StationVoice:
    """Return the voice of a place (its path) that has no station, or of a body that writes for it. One query."""
    return _voice(region, {}, _stack(_rows_by_path({path} if path else set(), post_id), path))


def _rows_by_path(paths: set[str], post_id: int | None) -> dict[str, list[LexiconEntry]]:
    wanted = {above for path in paths for above in paths_above(path)}
    condition = Q(post__isnull=True, place__path__in=wanted)
    if post_id is not None:
        condition |= Q(post_id=post_id)
    found: dict[str, list[LexiconEntry]] = {}
    for row in LexiconEntry.objects.filter(condition).select_related("place").order_by("pk"):
        found.setdefault("script" if row.post_id else row.place.path, []).append(row)
    return found


_Layer = tuple[str, tuple[Entry, ...]]


def _stack(rows: dict[str, list[LexiconEntry]], path: str) -> tuple[_Layer, ...]:
    """The layers that hold something, farthest first."""
    if not rows:
        return ()
    named = [*zip(_LAYERS, paths_above(path) if path else (), strict=False), ("script", "script")]
    stack: list[_Layer] = []
    for layer, key in named:
        entries = tuple(filter(None, (_entry(row, layer) for row in rows.get(key, ()))))
        if entries:
            stack.append((layer, entries))
    return tuple(stack)


def _entry(row: LexiconEntry, layer: str) -> Entry | None:
    try:
        return row.as_entry(layer)
    except LexiconError:
        # Nothing the forms let through; a row from elsewhere must not silence every script of a province.
        return None


def _voice(region: str, choices: dict[str, str], stack: tuple[_Layer, ...]) -> StationVoice:
    style = style_of(region, choices)
    if not stack and style == style_of(region):
        return plain_voice(region)
    digest = hashlib.sha256(repr((style, stack)).encode()).hexdigest()[:24]
    return StationVoice(f"{region}+{digest}", region, style, _lexicon(stack))


@lru_cache(maxsize=256)
def _lexicon(stack: tuple[_Layer, ...]) -> Lexicon:
    lexicon = with_names_of_the_map()
    for layer, entries in stack:
        lexicon = lexicon.over(entries, layer)
    return lexicon
