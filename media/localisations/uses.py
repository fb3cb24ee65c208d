"""Which local copies were taken from an asset: plugged into the library's list of uses."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from media.library.models import PublishedVersion
from media.library.uses import Use
from media.localisations.models import Localisation


def uses_as_copies(pks: list[int]) -> Iterable[Use]:
    """Return each copy of one of these assets. One question."""
    yield from _as_uses(Localisation.objects.filter(upstream_id__in=pks))


def copies_on(version: PublishedVersion) -> Iterable[Use]:
    """Return each copy that rests on this version, or stood in the library in a version that did. One question."""
    rests = Q(base_version=version.version) | Q(versions__base_version=version.version)
    yield from _as_uses(Localisation.objects.filter(rests, upstream=version.asset_id).distinct())


def _as_uses(rows: QuerySet[Localisation]) -> Iterable[Use]:
    for row in rows.select_related("asset__organisation__place__parent__parent"):
        yield Use(
            row.upstream_id,
            _("Bản dịch") if row.is_translation else _("Bản địa phương"),
            row.asset.title,
            row.asset.organisation,
            row.asset.created_at,
            reverse("localisation", args=[row.public_id]),
            row,
        )
