"""Named questions about places."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from django.db import models
from django.db.models import Case, IntegerField, Q, Value, When
from django.utils.translation import gettext as _

from cms.core.models import nfc
from cms.places import kinds
from cms.places.ordering import sort_key
from cms.places.search_text import folded_query

if TYPE_CHECKING:
    from cms.places.models import AdministrativeUnit, UnitAlias

#: How well a name matched. NAMED: the query begins with the whole name and goes on with what it lies in.
EXACT, NAMED, BEGINS, CONTAINS = 0, 1, 2, 3

#: Several aliases may lead to one unit, so more of them are read than are shown.
_ALIASES_PER_RESULT: Final = 4


@dataclass(frozen=True, slots=True)
class UnitMatch:
    """A unit that a search found, and the former unit it was found by, if its present name did not match."""

    unit: AdministrativeUnit
    alias: UnitAlias | None
    grade: int

    @property
    def explanation(self) -> str:
        """Say by which former name the unit was found; empty when its present name matched."""
        if self.alias is None:
            return ""
        former = ", ".join(filter(None, [self.alias.former_full_name, self.alias.former_parents]))
        if self.alias.note:
            return _("Một phần của %(former)s trước đây nay thuộc địa bàn này.") % {"former": former}
        return _("%(former)s trước đây nay thuộc địa bàn này.") % {"former": former}


def lies_within(unit: AdministrativeUnit, field: str = "") -> Q:
    """Return the condition "the place in `field` is `unit` or lies in it".

    `field` is the lookup that reaches the place from the model asked, for example "organisation__place"; it
    is empty on places themselves.
    """
    return Q(**{f"{field}__path__startswith" if field else "path__startswith": unit.path})


def lies_where_named(text: str, field: str = "place", limit: int = 20) -> Q:
    """Return the condition "the place in `field` is called so, or lies in a place called so"; places by their present
    or former name, with or without accents, at most `limit` of them. What names no place is true nowhere."""
    from cms.places.models import AdministrativeUnit

    condition = Q(pk__in=[])
    for match in AdministrativeUnit.objects.filter(level__gt=0).search(text, limit=limit):
        condition |= lies_within(match.unit, field)
    return condition


def in_force(day: date) -> Q:
    """Return the condition "true on `day`", both ends included; an open end has no limit."""
    begun = Q(valid_from__isnull=True) | Q(valid_from__lte=day)
    not_ended = Q(valid_to__isnull=True) | Q(valid_to__gte=day)
    return begun & not_ended


class AdministrativeUnitQuerySet(models.QuerySet["AdministrativeUnit"]):
    """Questions about units; all of them can be chained."""

    def provinces(self) -> AdministrativeUnitQuerySet:
        """Provinces and cities under central rule."""
        return self.filter(level=kinds.LEVEL_PROVINCE)

    def communes(self) -> AdministrativeUnitQuerySet:
        """Communes, wards and special zones."""
        return self.filter(level=kinds.LEVEL_COMMUNE)

    def within(self, unit: AdministrativeUnit) -> AdministrativeUnitQuerySet:
        """The unit itself and everything that lies in it."""
        return self.filter(lies_within(unit))

    def ancestors_of(self, unit: AdministrativeUnit) -> AdministrativeUnitQuerySet:
        """What the unit lies in, the centre first; the unit itself is not among them."""
        return self.filter(code__in=unit.path_codes()[:-1]).order_by("level")

    def valid_on(self, day: date) -> AdministrativeUnitQuerySet:
        """Units in force on `day`. The map begins on 1/7/2025: before it, only the centre is known."""
        return self.filter(in_force(day))

    def search(self, text: str, limit: int = 20) -> list[UnitMatch]:
        """Find units by present or former name, with or without accents, joined up or with what they lie in.

        Exact names come first, then "name, what it lies in", then beginnings, then places that hold every
        word typed; within each, higher tiers first, and what agrees with the typed accents before what does
        not. Each unit comes once. Text without a word finds nothing. Two queries, whatever is found.
        """
        query = folded_query(text)
        if not query or limit < 1:
            return []
        found: list[UnitMatch] = [
            UnitMatch(unit, None, unit.grade)  # type: ignore[attr-defined]
            for unit in _graded(self, query)
            .select_related("parent")
            .order_by("grade", "level", "sort_name", "code")[:limit]
        ]
        from cms.places.models import UnitAlias

        aliases = UnitAlias.objects.all()
        if self.query.where:
            aliases = aliases.filter(unit__in=self.order_by().values("pk"))
        found += [
            UnitMatch(alias.unit, alias, alias.grade)
            for alias in _graded(aliases, query)
            .select_related("unit__parent")
            .order_by("grade", "unit__level", "unit__sort_name", "unit__code", "tier", "former_code")[
                : limit * _ALIASES_PER_RESULT
            ]
        ]
        accented = sort_key(nfc(text))
        found.sort(key=lambda match: _rank(match, accented))
        best: dict[int, UnitMatch] = {}
        for match in found:
            best.setdefault(match.unit.pk, match)
        return list(best.values())[:limit]


class UnitVersionQuerySet(models.QuerySet):
    """Questions about what units were called."""

    def valid_on(self, day: date) -> UnitVersionQuerySet:
        """Versions in force on `day`."""
        return self.filter(in_force(day))


def _graded(rows, query: str):
    """Keep the rows that hold every word of the folded `query` and annotate how well (`grade`)."""
    joined = query.replace(" ", "")
    words = query.split()
    beginnings = [" ".join(words[:count]) for count in range(1, len(words))]
    every_word = Q()
    for word in words:
        every_word &= Q(search_text__contains=f" {word}")
    return rows.filter(every_word | Q(joined__startswith=joined)).annotate(
        grade=Case(
            When(Q(folded=query) | Q(folded_full=query) | Q(joined=joined), then=Value(EXACT)),
            When(Q(folded__in=beginnings) | Q(folded_full__in=beginnings), then=Value(NAMED)),
            When(
                Q(folded__startswith=query) | Q(folded_full__startswith=query) | Q(joined__startswith=joined),
                then=Value(BEGINS),
            ),
            default=Value(CONTAINS),
            output_field=IntegerField(),
        )
    )


def _rank(match: UnitMatch, accented: str) -> tuple[int, int, bool, bool, str, str]:
    shown = match.alias.former_full_name if match.alias else match.unit.full_name
    return (
        match.grade,
        match.unit.level,
        # Sort keys carry the accents, and do not care on which letter of a syllable the tone stands.
        accented not in sort_key(shown),
        match.alias is not None,
        match.unit.sort_name,
        match.unit.code,
    )
