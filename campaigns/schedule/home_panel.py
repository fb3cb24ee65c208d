"""On the first page: what still goes out today."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy
from wagtail.permissions import policy_registry

from campaigns.posts.models import Post
from campaigns.schedule.models import Slot
from campaigns.schedule.querysets import SlotQuerySet
from cms.core import clock
from cms.core.home_panels import HomePanel, HomeRow


class TodayPanel(HomePanel):
    """Sắp đăng hôm nay: the slots of visible posts from now until midnight, the next one first."""

    name = "hom-nay"
    order = 200
    title = gettext_lazy("Sắp đăng hôm nay")
    nothing = gettext_lazy("Hôm nay không còn bài nào chờ đến giờ đăng.")
    all_words = gettext_lazy("Mở lịch đăng")

    @property
    def address(self) -> str:
        return reverse("schedule_calendar")

    def is_for(self, user: Any) -> bool:
        return policy_registry.get_by_type(Post).user_has_permission(user, "view")

    def _slots(self, user: Any) -> SlotQuerySet:
        posts = policy_registry.get_by_type(Post).instances_user_has_permission_for(user, "view")
        now = clock.in_vietnam(clock.now())
        midnight = datetime.combine(now.date() + timedelta(days=1), time(), tzinfo=now.tzinfo)
        return Slot.objects.open().between(now, midnight).filter(variant__post__in=posts)

    def count(self, user: Any) -> int:
        return self._slots(user).count()

    def rows(self, user: Any) -> Sequence[HomeRow]:
        return [
            HomeRow(
                slot.variant.post.title,
                reverse("wagtailsnippets_posts_post:decide", args=[slot.variant.post_id]),
                f"{clock.in_vietnam(slot.at):%H:%M} · {slot.channel or slot.stations_of}",
            )
            for slot in self._slots(user).with_subject().order_by("at", "pk")[: self.most]
        ]
