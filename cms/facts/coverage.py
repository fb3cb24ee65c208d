"""What communes have said, what they inherit, what is missing and what has run out: for many places at once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from django.utils.translation import gettext_lazy as _

from cms.facts.models import FactKey
from cms.facts.placeholders import FROM_MAP, PLACEHOLDER_OF, REQUIRED
from cms.facts.querysets import StandingFacts, standing_facts
from cms.places.models import AdministrativeUnit

#: What a commune itself knows best; the rest is said by a province or the centre for everybody.
LOCAL_KEYS: Final = (
    FactKey.CENTRE_NAME,
    FactKey.CENTRE_ADDRESS,
    FactKey.CENTRE_HOURS,
    FactKey.HOTLINE,
    FactKey.FEE,
)
#: What a loudspeaker text may be filled with, in the order of the columns.
KEYS: Final = (*LOCAL_KEYS, FactKey.NATIONAL_HOTLINE)
#: A fact that runs out within so many days is told before it holds a station.
SOON: Final = timedelta(days=30)


class Source(StrEnum):
    """Where the value of one fact in one place comes from. The values are those of CSS classes."""

    OWN = "own"
    INHERITED = "inherited"
    FROM_MAP = "from-map"
    MISSING = "missing"
    EXPIRED = "expired"


LABELS: Final = {
    Source.OWN: _("xã đã có"),
    Source.INHERITED: _("dùng chung của cấp trên"),
    Source.FROM_MAP: _("dùng cách gọi chung an toàn"),
    Source.MISSING: _("còn thiếu"),
    Source.EXPIRED: _("đã hết hiệu lực"),
}


@dataclass(frozen=True, slots=True)
class Cell:
    """One fact in one place: where it comes from, its value, and whether it runs out soon."""

    key: str
    source: Source
    value: str = ""
    ends_soon: date | None = None

    @property
    def label(self) -> str:
        return str(LABELS[self.source])

    @property
    def holds_a_station(self) -> bool:
        """Whether a text that names this fact is held in this place."""
        return self.source is Source.EXPIRED or (
            self.source is Source.MISSING and PLACEHOLDER_OF.get(self.key) in REQUIRED
        )


@dataclass(frozen=True, slots=True)
class PlaceFacts:
    """Everything a text may be filled with in one place."""

    place: AdministrativeUnit
    cells: tuple[Cell, ...]

    @property
    def missing(self) -> int:
        return sum(cell.source is Source.MISSING for cell in self.cells)

    @property
    def expired(self) -> int:
        return sum(cell.source is Source.EXPIRED for cell in self.cells)

    @property
    def is_complete(self) -> bool:
        return not self.missing and not self.expired


def coverage(places: Iterable[AdministrativeUnit], day: date) -> list[PlaceFacts]:
    """Return what stands in each place on `day`, in the order given. One query, whatever the number of places."""
    places = list(places)
    standing = standing_facts(places, KEYS, day)
    return [PlaceFacts(place, tuple(_cell(place, key, standing, day) for key in KEYS)) for place in places]


def _cell(place: AdministrativeUnit, key: str, standing: StandingFacts, day: date) -> Cell:
    fact = standing.found.get((place.pk, str(key)))
    if fact is not None:
        soon = fact.valid_to if fact.valid_to and fact.valid_to <= day + SOON else None
        source = Source.OWN if fact.place_id == place.pk else Source.INHERITED
        return Cell(str(key), source, fact.value, soon)
    if (place.pk, str(key)) in standing.expired:
        return Cell(str(key), Source.EXPIRED)
    if PLACEHOLDER_OF.get(str(key)) in FROM_MAP:
        return Cell(str(key), Source.FROM_MAP)
    return Cell(str(key), Source.MISSING)
