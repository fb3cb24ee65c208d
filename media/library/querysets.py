"""Named questions about assets."""

from __future__ import annotations

from collections.abc import Iterable

from django.apps import apps
from django.db import models
from django.db.models import Q
from modelsearch.queryset import SearchableQuerySetMixin

from cms.core import clock


def usable_now() -> Q:
    """Return the condition under which an asset may be used outside its own body at this moment."""
    begun = Q(usable_from__isnull=True) | Q(usable_from__lte=clock.now())
    running = Q(usable_until__isnull=True) | Q(usable_until__gte=clock.today())
    return begun & running & Q(retired_at__isnull=True)


class AssetQuerySet(SearchableQuerySetMixin, models.QuerySet):
    """Questions about assets; all of them can be chained."""

    def of_kinds(self, kinds: Iterable[str]) -> AssetQuerySet:
        """Assets of these kinds; all of them when none is named."""
        kinds = list(kinds)
        return self.filter(kind__in=kinds) if kinds else self

    def in_library(self) -> AssetQuerySet:
        """What stands in the library (đã đưa vào kho), as opposed to drafts."""
        return self.filter(live=True)

    def usable(self) -> AssetQuerySet:
        """What may be read and used outside its own body now: begun, not run out, not retired."""
        return self.filter(usable_now())

    def limited(self) -> AssetQuerySet:
        """What may not be used at every time: with an embargo, with an end, or retired."""
        return self.filter(
            Q(usable_from__isnull=False) | Q(usable_until__isnull=False) | Q(retired_at__isnull=False)
        )

    def public(self) -> AssetQuerySet:
        """What every citizen may read; what was wholly recalled is shown to nobody outside."""
        recalled = apps.get_model("library", "Withdrawal")._default_manager.filter(
            lifted_at__isnull=True, version=""
        )
        return (
            self.in_library().usable().filter(sharing="cong-khai").exclude(pk__in=recalled.values("asset_id"))
        )

    def source_documents(self) -> AssetQuerySet:
        """Documents with a status, which others are written from."""
        return self.filter(kind="van-ban").exclude(document_status="")

    def with_list_columns(self) -> AssetQuerySet:
        """Everything a list shows of each asset, in a constant number of questions."""
        return self.select_related("organisation", "image", "clip__poster", "document").prefetch_related(
            "image__renditions",
            "clip__poster__renditions",
            "topics",
            "audiences",
            models.Prefetch(
                "flags",
                queryset=apps.get_model("library", "AssetFlag")._default_manager.filter(settled_at=None),
                to_attr="standing_flags",
            ),
        )

    def with_files(self) -> AssetQuerySet:
        """The blobs of every file, read together."""
        return self.select_related(
            "image__blob", "clip__blob", "clip__poster__blob", "document__blob", "organisation"
        )
