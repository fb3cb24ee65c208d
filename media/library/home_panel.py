"""On the first page: what in the library must soon be looked at again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.permissions import policy_registry

from cms.core import clock
from cms.core.home_panels import HomePanel, HomeRow
from media.library.models import Asset, AssetFlag

#: Said this long before the day.
NOTICE = timedelta(days=30)


class ReviewPanel(HomePanel):
    """Tài liệu sắp đến hạn rà soát: those the person may change, the most overdue first."""

    name = "ra-soat"
    order = 400
    title = gettext_lazy("Tài liệu sắp đến hạn rà soát")
    nothing = gettext_lazy("Không có tài liệu nào đến hạn trong 30 ngày tới.")
    all_words = gettext_lazy("Mở kho tài liệu")

    @property
    def address(self) -> str:
        return reverse("wagtailsnippets_library_asset:list")

    def is_for(self, user: Any) -> bool:
        return policy_registry.get_by_type(Asset).user_has_permission(user, "change")

    def _due(self, user: Any) -> QuerySet[Asset]:
        own = policy_registry.get_by_type(Asset).instances_user_has_permission_for(user, "change")
        return own.filter(live=True, review_by__lte=clock.today() + NOTICE).order_by("review_by", "pk")

    def count(self, user: Any) -> int:
        return self._due(user).count()

    def rows(self, user: Any) -> Sequence[HomeRow]:
        return [
            HomeRow(
                asset.title,
                reverse("wagtailsnippets_library_asset:edit", args=[asset.pk]),
                _("Hạn rà soát: %(day)s") % {"day": f"{asset.review_by:%d/%m/%Y}"},
            )
            for asset in self._due(user)[: self.most]
        ]


class FlaggedPanel(HomePanel):
    """Dữ kiện đã đổi: assets the person may change whose facts changed, the longest waiting first."""

    name = "du-kien-da-doi"
    order = 360
    title = gettext_lazy("Dữ kiện đã đổi, tài liệu chờ rà soát")
    nothing = gettext_lazy("Không có tài liệu nào dựa vào dữ kiện đã đổi.")
    all_words = gettext_lazy("Mở kho tài liệu")

    @property
    def address(self) -> str:
        return reverse("wagtailsnippets_library_asset:list")

    def is_for(self, user: Any) -> bool:
        return policy_registry.get_by_type(Asset).user_has_permission(user, "change")

    def _flags(self, user: Any) -> QuerySet[AssetFlag]:
        own = policy_registry.get_by_type(Asset).instances_user_has_permission_for(user, "change")
        rows = AssetFlag.objects.filter(settled_at=None, asset__in=own.values("pk"))
        return rows.select_related("asset").order_by("at", "pk")

    def count(self, user: Any) -> int:
        return self._flags(user).count()

    def rows(self, user: Any) -> Sequence[HomeRow]:
        return [
            HomeRow(flag.asset.title, reverse("library_used", args=[flag.asset.public_id]), flag.sentence)
            for flag in self._flags(user)[: self.most]
        ]
