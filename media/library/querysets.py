"""Named questions about assets."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import models
from modelsearch.queryset import SearchableQuerySetMixin


class AssetQuerySet(SearchableQuerySetMixin, models.QuerySet):
    """Questions about assets; all of them can be chained."""

    def of_kinds(self, kinds: Iterable[str]) -> AssetQuerySet:
        """Assets of these kinds; all of them when none is named."""
        kinds = list(kinds)
        return self.filter(kind__in=kinds) if kinds else self

    def in_library(self) -> AssetQuerySet:
        """What stands in the library (đã đưa vào kho), as opposed to drafts."""
        return self.filter(live=True)

    def public(self) -> AssetQuerySet:
        """What every citizen may read."""
        return self.in_library().filter(sharing="cong-khai")

    def source_documents(self) -> AssetQuerySet:
        """Documents with a status, which others are written from."""
        return self.filter(kind="van-ban").exclude(document_status="")

    def with_list_columns(self) -> AssetQuerySet:
        """Everything a list shows of each asset, in a constant number of questions."""
        return self.select_related("organisation", "image", "clip__poster", "document").prefetch_related(
            "image__renditions", "clip__poster__renditions", "topics", "audiences"
        )

    def with_files(self) -> AssetQuerySet:
        """The blobs of every file, read together."""
        return self.select_related(
            "image__blob", "clip__blob", "clip__poster__blob", "document__blob", "organisation"
        )
