"""The filter "Tỉnh, thành phố" of the lists of bodies, channels, facts and stations."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from cms.places.models import AdministrativeUnit
from cms.places.querysets import lies_within


class ProvinceFilter(django_filters.ModelChoiceFilter):
    """Keeps the rows whose place, reached by the lookup `place`, is the chosen province or lies in it."""

    def __init__(self, place: str = "place") -> None:
        super().__init__(
            label=_("Tỉnh, thành phố"),
            queryset=AdministrativeUnit.objects.provinces().order_by("sort_name"),
            empty_label=_("Tất cả"),
        )
        self._place = place

    def filter(self, rows: QuerySet, value: Any) -> QuerySet:
        """Return `rows`, narrowed when a province is chosen."""
        return rows.filter(lies_within(value, self._place)) if value else rows
