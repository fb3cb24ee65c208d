"""On the first page: graphics whose photo has been replaced since they were drawn."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.permissions import policy_registry

from cms.core.home_panels import HomePanel, HomeRow
from media.designs.services import behind_their_photo
from media.library.models import Asset


class PhotoPanel(HomePanel):
    """Ảnh nguồn đã có bản mới: graphics the person may change, the longest untouched first."""

    name = "anh-nguon-da-doi"
    order = 370
    title = gettext_lazy("Đồ họa có ảnh nguồn đã có bản mới")
    nothing = gettext_lazy("Mọi đồ họa đều dùng ảnh mới nhất.")
    all_words = gettext_lazy("Mở các đồ họa theo mẫu")

    @property
    def address(self) -> str:
        return reverse("designs")

    def is_for(self, user: Any) -> bool:
        return self._behind(user).exists()

    def _behind(self, user: Any) -> QuerySet[Asset]:
        own = policy_registry.get_by_type(Asset).instances_user_has_permission_for(user, "change")
        return behind_their_photo(own).order_by("updated_at", "pk")

    def count(self, user: Any) -> int:
        return self._behind(user).count()

    def rows(self, user: Any) -> Sequence[HomeRow]:
        return [
            HomeRow(asset.title, reverse("redraw", args=[asset.public_id]), _("Ảnh nguồn đã có bản mới"))
            for asset in self._behind(user)[: self.most]
        ]
