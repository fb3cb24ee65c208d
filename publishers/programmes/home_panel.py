"""On the first page: what one's own stations play today, and notices that wait for the leader."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.permissions import policy_registry

from cms.access.scopes import reachable_organisations
from cms.accounts.models import Role
from cms.core import clock
from cms.core.home_panels import HomePanel, HomeRow
from publishers.programmes.gathering import sessions_of
from publishers.programmes.models import LocalNotice, NoticeState
from publishers.stations.models import Station

#: Who answers for more stations than these finds them in the list.
MOST_STATIONS = 3


def own_stations(user: Any) -> QuerySet[Station]:
    """Return the active stations of the communes `user` works for as officer or operator."""
    bodies = reachable_organisations(user, {Role.COMMUNE_OFFICER, Role.WARD_OPERATOR})
    rows = Station.objects.active().filter(organisation__in=bodies.values("pk"))
    return rows.select_related("place__parent", "organisation").prefetch_related("windows").order_by("name")


class TodaysSessions(HomePanel):
    """Chương trình hôm nay: a line per session of one's own stations."""

    name = "chuong-trinh-hom-nay"
    order = 90
    title = gettext_lazy("Chương trình phát thanh hôm nay")
    nothing = gettext_lazy("Hôm nay chưa có gì để phát.")
    all_words = gettext_lazy("Mở chương trình phát thanh")

    @property
    def address(self) -> str:
        return reverse("programmes")

    def is_for(self, user: Any) -> bool:
        return own_stations(user).exists()

    def count(self, user: Any) -> int:
        return 0

    def rows(self, user: Any) -> Sequence[HomeRow]:
        told = []
        for station in own_stations(user)[:MOST_STATIONS]:
            for session in sessions_of(station, clock.today()):
                if session.entries:
                    warning = next(iter(session.warnings), "")
                    told.append(
                        HomeRow(
                            _("Buổi %(name)s – %(summary)s")
                            % {"name": session.name, "summary": session.summary},
                            f"{reverse('programme', args=[station.pk])}?gio={session.key}",
                            f"{station.name}. {warning}".strip(),
                        )
                    )
        return told[: 2 * self.most]


class NoticesWaiting(HomePanel):
    """Thông báo chờ duyệt: notices of communes this person approves for and has not written."""

    name = "thong-bao-cho-duyet"
    order = 95
    title = gettext_lazy("Thông báo của địa phương chờ bạn duyệt")
    nothing = gettext_lazy("Không có thông báo nào chờ duyệt.")

    def is_for(self, user: Any) -> bool:
        return self._waiting(user).exists()

    def _waiting(self, user: Any) -> QuerySet[LocalNotice]:
        policy = policy_registry.get_by_type(LocalNotice)
        rows = policy.instances_user_has_permission_for(user, "approve").filter(state=NoticeState.WAITING)
        return rows.exclude(made_by=user).exclude(last_edited_by=user).order_by("first_day", "pk")

    def count(self, user: Any) -> int:
        return self._waiting(user).count()

    def rows(self, user: Any) -> Sequence[HomeRow]:
        return [
            HomeRow(
                row.title,
                reverse("programme_notice", args=[row.pk]),
                _("%(station)s, phát từ %(day)s")
                % {"station": row.station.name, "day": f"{row.first_day:%d/%m/%Y}"},
            )
            for row in self._waiting(user).select_related("station")[: self.most]
        ]
