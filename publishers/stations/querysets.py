"""Named questions about stations."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from cms.core.models import nfc
from cms.places.models import AdministrativeUnit
from cms.places.querysets import lies_where_named

#: What people type before the name of the place.
_PREFIXES = ("đài truyền thanh ", "dai truyen thanh ", "đài ", "dai ")


def without_prefix(typed: str) -> str:
    """Return the name of the place in "Đài truyền thanh xã Ia Grai": "xã Ia Grai"."""
    text = nfc(typed).replace("\x00", "").strip()
    for prefix in _PREFIXES:
        if text.lower().startswith(prefix):
            return text[len(prefix) :].strip()
    return text


class StationQuerySet(models.QuerySet):
    """Questions about stations; all of them can be chained."""

    def active(self) -> StationQuerySet:
        return self.filter(is_active=True)

    def within(self, unit: AdministrativeUnit) -> StationQuerySet:
        """Stations in `unit` or anywhere below it."""
        return self.filter(place__path__startswith=unit.path)

    def named(self, typed: str) -> StationQuerySet:
        """Stations whose place is called so (present or former name, with or without accents), or lies in a province
        called so, or whose own name or address holds the text."""
        text = without_prefix(typed)
        if not text:
            return self
        own = Q(name__icontains=text) | Q(slug__icontains=text)
        return self.filter(own | lies_where_named(text))
