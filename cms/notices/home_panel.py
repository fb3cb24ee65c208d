"""On the first page: what a person was told and has not read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy

from cms.core import clock
from cms.core.home_panels import HomePanel, HomeRow
from cms.notices.models import Notice
from cms.notices.services import unread_count


class NoticePanel(HomePanel):
    """Thông báo chưa đọc: the newest first."""

    name = "thong-bao"
    order = 50
    title = gettext_lazy("Thông báo chưa đọc")
    nothing = gettext_lazy("Bạn đã đọc mọi thông báo.")
    all_words = gettext_lazy("Mở mọi thông báo")

    @property
    def address(self) -> str:
        return reverse("notices")

    def is_for(self, user: Any) -> bool:
        return Notice.objects.of(user).exists()

    def count(self, user: Any) -> int:
        return unread_count(user)

    def rows(self, user: Any) -> Sequence[HomeRow]:
        unread = Notice.objects.of(user).unread()
        return [
            HomeRow(row.sentence, row.link, clock.spoken_stamp(row.created_at)) for row in unread[: self.most]
        ]
