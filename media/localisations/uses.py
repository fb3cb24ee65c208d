"""Which local copies were taken from an asset: plugged into the library's list of uses."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _

from media.library.uses import Use
from media.localisations.models import Localisation


def uses_as_copies(pks: list[int]) -> Iterable[Use]:
    """Return each copy of one of these assets. One question."""
    rows = Localisation.objects.filter(upstream_id__in=pks).select_related(
        "asset__organisation__place__parent__parent"
    )
    for row in rows:
        yield Use(
            row.upstream_id,
            _("Bản dịch") if row.is_translation else _("Bản địa phương"),
            row.asset.title,
            row.asset.organisation,
            row.asset.created_at,
            reverse("localisation", args=[row.public_id]),
            row,
        )
