"""The answer to a question: rows in order, how many there are, and how many each filter would leave."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Final

from django.db.models import QuerySet
from wagtail.permissions import policy_registry

from cms.core.clock import today
from media.library.finding.bits import Bits, intersection, union
from media.library.finding.postings import Postings
from media.library.finding.question import Question, Tiers, filtered, ranked
from media.library.finding.rights import rights_of
from media.library.finding.tables import SearchEntry
from media.library.finding.terms import facet
from media.library.models import Asset

RELEVANCE, NEWEST, MOST_USED, DUE_SOON = "phu-hop", "moi", "dung-nhieu", "sap-ra-soat"
_ORDERS: Final = {MOST_USED: ("-uses", "-asset_id"), DUE_SOON: ("review_by", "-asset_id")}
#: Up to so many rows are sorted by the database in one go; of more, the sorted list is walked until a page is full.
_SORTED_AT_ONCE: Final = 800
_STEP: Final = 1000
#: Filters whose every value is counted, and those of which only values that are asked for are.
COUNTED: Final = ("kind", "topic", "audience", "language", "standing", "sharing", "document")
#: Counts are said exactly up to here (they are exact beyond; nobody reads them).
SAID_EXACTLY: Final = 1000


@dataclass(frozen=True, slots=True)
class Count:
    """How many assets choosing `value` of a filter would leave."""

    value: str
    number: int

    @property
    def said(self) -> str:
        return said(self.number)


def said(number: int) -> str:
    """Return a count as it is shown: exact to 1,000, then "1.000+"."""
    return f"{number:,}".replace(",", ".") if number <= SAID_EXACTLY else "1.000+"


class FoundAssets:
    """What `user` may see of what `question` finds, as a list that is read page by page.

    `rows` says how each page is fetched (a queryset that begins at the policy): what it does not hold is not shown,
    whatever the index thinks."""

    def __init__(
        self,
        question: Question,
        user,
        rows: QuerySet[Asset] | None = None,
        order: str = RELEVANCE,
        actions: frozenset[str] = frozenset({"view"}),
    ) -> None:
        self.question, self.user, self.order, self.actions = question, user, order, actions
        if rows is None:
            rows = policy_registry.get_by_type(Asset).instances_user_has_any_permission_for(user, actions)
        self.rows = rows
        self.model = Asset
        self._postings = Postings()

    @cached_property
    def _visible(self) -> Bits:
        return union(self._postings.of(rights_of(self.user, self.actions)).values())

    @cached_property
    def _worded(self) -> Tiers:
        return ranked(self.question, self._postings).among(self._visible)

    @cached_property
    def _passing(self) -> dict[str, Bits]:
        return filtered(self.question, self._postings)

    def _without(self, name: str) -> Bits:
        """Return what words and filters leave when the filter `name` is not set."""
        others = [passing for each, passing in self._passing.items() if each != name]
        return intersection([self._worded_all, *others])

    @cached_property
    def _worded_all(self) -> Bits:
        return self._worded.all()

    @cached_property
    def tiers(self) -> Tiers:
        """The rows in tiers, the best first, after all filters."""
        passing = self._passing.values()
        return self._worded.among(intersection(passing)) if passing else self._worded

    @cached_property
    def all(self) -> Bits:
        return self.tiers.all()

    # ------------------------------------------------------------------ as a list
    def count(self) -> int:
        return len(self.all)

    __len__ = count

    def __bool__(self) -> bool:
        return bool(self.all)

    def __getitem__(self, wanted: slice) -> list[Asset]:
        start, stop = wanted.start or 0, wanted.stop if wanted.stop is not None else self.count()
        pks = self.pks(start, max(0, stop - start))
        by_pk = {row.pk: row for row in self.rows.filter(pk__in=pks)} if pks else {}
        return [by_pk[pk] for pk in pks if pk in by_pk]

    def __iter__(self) -> Iterator[Asset]:
        return iter(self[0 : self.count()])

    def pks(self, start: int, count: int) -> list[int]:
        """Return `count` keys from the `start`-th on, in order."""
        if count <= 0:
            return []
        if self.order in _ORDERS:
            return self._sorted(_ORDERS[self.order], start, count)
        if self.order == NEWEST:
            return self.all.page(start, count)
        pks: list[int] = []
        for tier in self.tiers.sets:
            here = len(tier)
            if start >= here:
                start -= here
                continue
            pks += tier.page(start, count - len(pks))
            start = 0
            if len(pks) == count:
                break
        return pks

    def _sorted(self, order: tuple[str, ...], start: int, count: int) -> list[int]:
        entries = SearchEntry.objects.order_by(*order)
        if self.order == DUE_SOON:
            entries = entries.filter(review_by__isnull=False)
        if len(self.all) <= _SORTED_AT_ONCE:
            entries = entries.filter(asset_id__in=list(self.all))
            return list(entries.values_list("asset_id", flat=True)[start : start + count])
        pks: list[int] = []
        for at in range(0, start + SearchEntry.objects.count(), _STEP):
            part = list(entries.values_list("asset_id", flat=True)[at : at + _STEP])
            pks += [pk for pk in part if pk in self.all]
            if len(part) < _STEP or len(pks) >= start + count:
                break
        return pks[start : start + count]

    # ------------------------------------------------------------------ counts
    @cached_property
    def facets(self) -> dict[str, list[Count]]:
        """How many assets each value of each filter would leave, together with the words and the other filters."""
        sets = self._postings.beginning(*(facet(name, "") for name in COUNTED))
        result: dict[str, list[Count]] = {}
        for name in COUNTED:
            allowed = self._without(name)
            beginning = facet(name, "")
            counts = [
                Count(term[len(beginning) :], len(found & allowed))
                for term, found in sets.items()
                if term.startswith(beginning)
            ]
            result[name] = sorted((one for one in counts if one.number), key=lambda one: -one.number)
        return result

    def counts_of(self, name: str, values: list[str]) -> dict[str, int]:
        """Return how many assets each of these values of the filter `name` would leave (for filters with many values)."""
        allowed = self._without(name)
        sets = self._postings.of(facet(name, value) for value in values)
        return {value: len(sets[facet(name, value)] & allowed) for value in values}

    def due_count(self, until: date | None = None) -> int:
        """Return how many must be reviewed by `until` (30 days from today)."""
        until = until or today() + timedelta(days=30)
        due = self._postings.until(facet("review", ""), until.isoformat())
        return len(due & self._without("review"))
