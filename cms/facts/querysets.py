"""Named questions about facts: which value holds here, today."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.apps import apps
from django.db import models
from django.db.models import Q

from cms.core.models import nfc
from cms.places.querysets import lies_where_named

if TYPE_CHECKING:
    from cms.facts.models import Fact
    from cms.places.models import AdministrativeUnit


class FactQuerySet(models.QuerySet["Fact"]):
    """Questions about facts; all of them can be chained."""

    def valid_on(self, day: date) -> FactQuerySet:
        """Facts that hold on `day` (both ends included; an open end is still valid)."""
        return self.filter(valid_from__lte=day).filter(Q(valid_to__isnull=True) | Q(valid_to__gte=day))

    def named(self, words: str) -> FactQuerySet:
        """Facts of a place called so, or of one that lies in it, and facts whose text holds the words."""
        return self.filter(lies_where_named(words) | Q(value__icontains=nfc(words).strip()))

    def for_path(self, path: str) -> FactQuerySet:
        """Facts that apply at the place with this path: its own and those inherited from above, nearest first."""
        return self.filter(place__path__in=paths_above(path)).order_by("key", "-place__level", "-valid_from")

    def for_places(
        self, places: Iterable[AdministrativeUnit], keys: Iterable[str], day: date
    ) -> dict[tuple[int, str], Fact]:
        """Return (place id, key) → the fact that holds there on `day`; a pair nobody has a fact for is missing.

        A place whose own word has run out has none (`standing` tells the two apart)."""
        return self.standing(places, keys, day).found

    def standing(self, places: Iterable[AdministrativeUnit], keys: Iterable[str], day: date) -> StandingFacts:
        """Return what holds and what has run out, for each pair of place and key. One query, whatever their number.

        The nearest place (commune, province, centre) that has ever said something decides: what it says now, or that
        its word has run out. Only a fact that hands over lets the next place above speak."""
        places = list(places)
        keys = list(dict.fromkeys(str(key) for key in keys))
        if not places or not keys:
            return StandingFacts({}, frozenset())
        wanted = {path for place in places for path in paths_above(place.path)}
        rows = self.filter(key__in=keys, place__path__in=wanted, valid_from__lte=day).select_related("place")
        at_path: dict[tuple[str, str], Fact] = {}
        # The last row of a place decides there: of those that hold the one that began last, before all that have ended.
        for row in sorted(rows, key=lambda row: _weight(row, day)):
            at_path[row.place.path, row.key] = row
        found: dict[tuple[int, str], Fact] = {}
        expired: set[tuple[int, str]] = set()
        for place in places:
            nearest_first = paths_above(place.path)[::-1]
            for key in keys:
                said = (at_path[path, key] for path in nearest_first if (path, key) in at_path)
                fact = next((fact for fact in said if _holds(fact, day) or not fact.hands_over), None)
                if fact is not None and _holds(fact, day):
                    found[place.pk, key] = fact
                elif fact is not None:
                    expired.add((place.pk, key))
        return StandingFacts(found, frozenset(expired))


@dataclass(frozen=True, slots=True)
class StandingFacts:
    """What holds on a day: (place id, key) → its fact; and the pairs of which the nearest word has run out."""

    found: dict[tuple[int, str], Fact]
    expired: frozenset[tuple[int, str]]


def _holds(fact: Fact, day: date) -> bool:
    return fact.valid_to is None or fact.valid_to >= day


def _weight(fact: Fact, day: date) -> tuple[bool, date, int]:
    holds = _holds(fact, day)
    # Of ended ones the one that ended last; `valid_to` is set where a fact does not hold.
    return holds, fact.valid_from if holds else fact.valid_to or day, fact.pk


def paths_above(path: str) -> list[str]:
    """Return `path` and the paths of everything it lies in: "00/52/" gives ["00/", "00/52/"]."""
    codes = path.rstrip("/").split("/")
    return ["/".join(codes[:count]) + "/" for count in range(1, len(codes) + 1)]


def facts_for_places(
    places: Iterable[AdministrativeUnit], keys: Iterable[str], day: date
) -> dict[tuple[int, str], Fact]:
    """Return what `FactQuerySet.for_places` finds among all facts: one query for any number of places."""
    return apps.get_model("facts", "Fact")._default_manager.for_places(places, keys, day)


def standing_facts(places: Iterable[AdministrativeUnit], keys: Iterable[str], day: date) -> StandingFacts:
    """Return what `FactQuerySet.standing` finds among all facts: one query for any number of places."""
    return apps.get_model("facts", "Fact")._default_manager.standing(places, keys, day)


def value_for(place: AdministrativeUnit, key: str, day: date) -> Fact | None:
    """Return the fact that holds for `key` in `place` on `day`: its own, or the province's, or the centre's; None where
    the nearest word has run out."""
    return facts_for_places([place], [key], day).get((place.pk, str(key)))
