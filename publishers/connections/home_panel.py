"""On the first page of those who connect channels: which connection dies next."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy
from wagtail.permissions import policy_registry

from cms.channels.kinds import WITH_ACCOUNT
from cms.channels.models import Channel
from cms.core.home_panels import HomePanel, HomeRow
from publishers.connections.checking import standing_forecasts
from publishers.connections.forecast import Forecast, Urgency


class DyingConnectionsPanel(HomePanel):
    """Kết nối sắp hết hạn: what cannot be posted to, then what ends within seven days."""

    name = "ket-noi-sap-het-han"
    order = 310
    title = gettext_lazy("Kết nối kênh cần xử lý")
    nothing = gettext_lazy("Mọi kết nối kênh đang hoạt động.")
    all_words = gettext_lazy("Mở sức khỏe kênh")

    @property
    def address(self) -> str:
        return reverse("channel_health")

    def is_for(self, user: Any) -> bool:
        return policy_registry.get_by_type(Channel).user_has_permission(user, "connect")

    def _dying(self, user: Any) -> list[tuple[Channel, Forecast, dict[str, Any]]]:
        # Count and rows are asked of one panel object, one after the other.
        if not hasattr(self, "_found"):
            policy = policy_registry.get_by_type(Channel)
            rows = policy.instances_user_has_permission_for(user, "connect").filter(
                kind__in=WITH_ACCOUNT, is_active=True
            )
            found = standing_forecasts(rows.select_related("organisation").defer("recovery_contact"))
            self._found = [each for each in found if each[1].urgency <= Urgency.SOON]
        return self._found

    def count(self, user: Any) -> int:
        return len(self._dying(user))

    def rows(self, user: Any) -> Sequence[HomeRow]:
        return [
            HomeRow(str(channel), reverse("channel_page", args=[channel.public_id]), seen.sentence)
            for channel, seen, _row in self._dying(user)[: self.most]
        ]
