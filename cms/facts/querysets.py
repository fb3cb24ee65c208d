"""Named questions about facts: which value holds here, today."""

from __future__ import annotations

from collections.abc import Iterable
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

        The nearest place wins (commune, province, centre); in one place the one that began last. One query,
        whatever the number of places and keys."""
        places = list(places)
        keys = list(dict.fromkeys(str(key) for key in keys))
        if not places or not keys:
            return {}
        wanted = {path for place in places for path in paths_above(place.path)}
        rows = self.valid_on(day).filter(key__in=keys, place__path__in=wanted).select_related("place")
        at_path = {(fact.place.path, fact.key): fact for fact in rows.order_by("valid_from", "pk")}
        found: dict[tuple[int, str], Fact] = {}
        for place in places:
            nearest_first = paths_above(place.path)[::-1]
            for key in keys:
                fact = next((at_path[path, key] for path in nearest_first if (path, key) in at_path), None)
                if fact is not None:
                    found[place.pk, key] = fact
        return found


def paths_above(path: str) -> list[str]:
    """Return `path` and the paths of everything it lies in: "00/52/" gives ["00/", "00/52/"]."""
    codes = path.rstrip("/").split("/")
    return ["/".join(codes[:count]) + "/" for count in range(1, len(codes) + 1)]


def facts_for_places(
    places: Iterable[AdministrativeUnit], keys: Iterable[str], day: date
) -> dict[tuple[int, str], Fact]:
    """Return what `FactQuerySet.for_places` finds among all facts: one query for any number of places."""
    return apps.get_model("facts", "Fact")._default_manager.for_places(places, keys, day)


def value_for(place: AdministrativeUnit, key: str, day: date) -> Fact | None:
    """Return the fact that holds for `key` in `place` on `day`: its own, or the province's, or the centre's."""
    return facts_for_places([place], [key], day).get((place.pk, str(key)))
