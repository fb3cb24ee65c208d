"""On the first page: copies whose original has been corrected."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.permissions import policy_registry

from cms.core.clock import in_vietnam
from cms.core.home_panels import HomePanel, HomeRow
from media.localisations.models import Localisation, LocalisationQuerySet


class UpdatesPanel(HomePanel):
    """Bản gốc đã đổi: copies the person may rewrite, the longest waiting first."""

    name = "ban-goc-da-doi"
    order = 350
    title = gettext_lazy("Bản gốc đã đổi, chờ bạn cập nhật")
    nothing = gettext_lazy("Mọi bản địa phương đều khớp với bản gốc.")
    all_words = gettext_lazy("Mở các bản địa phương")

    @property
    def address(self) -> str:
        return reverse("localisations")

    def is_for(self, user: Any) -> bool:
        return self._mine(user).exists()

    def _mine(self, user: Any) -> LocalisationQuerySet:
        policy = policy_registry.get_by_type(Localisation)
        return cast(LocalisationQuerySet, policy.instances_user_has_permission_for(user, "change"))

    def _waiting(self, user: Any) -> LocalisationQuerySet:
        return self._mine(user).behind().select_related("asset").order_by("upstream_changed_at", "pk")

    def count(self, user: Any) -> int:
        return self._waiting(user).count()

    def rows(self, user: Any) -> Sequence[HomeRow]:
        return [
            HomeRow(
                row.asset.title,
                reverse("localisation_update", args=[row.public_id]),
                _("Bản gốc đổi lúc %(time)s")
                % {"time": f"{in_vietnam(row.upstream_changed_at):%H:%M, %d/%m/%Y}"}
                if row.upstream_changed_at
                else "",
            )
            for row in self._waiting(user)[: self.most]
        ]
