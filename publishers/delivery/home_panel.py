"""On the first page: what did not go out and waits for a person."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy
from wagtail.permissions import policy_registry

from cms.core import clock
from cms.core.home_panels import HomePanel, HomeRow
from publishers.delivery.models import Delivery
from publishers.delivery.states import State


class HeldPanel(HomePanel):
    """Tạm giữ, cần xem lại: held deliveries and those whose outcome only a person can tell, the oldest first."""

    name = "tam-giu"
    order = 300
    title = gettext_lazy("Tạm giữ, cần xem lại")
    nothing = gettext_lazy("Không có lượt đăng nào bị tạm giữ.")
    all_words = gettext_lazy("Mở hàng đợi đăng")

    @property
    def address(self) -> str:
        return reverse("delivery_queue")

    def is_for(self, user: Any) -> bool:
        return policy_registry.get_by_type(Delivery).user_has_permission(user, "view")

    def _waiting(self, user: Any) -> QuerySet[Delivery]:
        rows = policy_registry.get_by_type(Delivery).instances_user_has_permission_for(user, "view")
        return (rows.filter(state=State.HELD) | rows.needing_a_look()).distinct().order_by("due_at", "pk")

    def count(self, user: Any) -> int:
        return self._waiting(user).count()

    def rows(self, user: Any) -> Sequence[HomeRow]:
        waiting = self._waiting(user).select_related("channel", "station")
        return [
            HomeRow(
                str(delivery.channel or delivery.station),
                reverse("delivery_page", args=[delivery.public_id]),
                f"{clock.spoken_stamp(delivery.due_at)} · {delivery.sentence}".strip(" ·"),
            )
            for delivery in waiting[: self.most]
        ]
