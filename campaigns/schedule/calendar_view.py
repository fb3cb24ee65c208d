"""Lịch đăng: what goes out when, for the bodies within reach."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.permissions import policy_registry

from campaigns.posts.models import Post
from campaigns.schedule.calendar import WEEKDAYS, Month, month_grid
from campaigns.schedule.models import Slot
from campaigns.schedule.outside import sources
from cms.channels.kinds import ChannelKind
from cms.core import clock
from cms.organisations.models import Organisation

#: More than this in one month is cut, and said: a page must stay readable.
MOST = 2000


class CalendarView(WagtailAdminTemplateMixin, View):
    """One month of slots: a grid on a desk, a list on a phone. The number of queries does not depend on them."""

    template_name = "schedule/calendar.html"
    page_title = gettext_lazy("Lịch đăng")
    header_icon = "date"

    def get_breadcrumbs_items(self):
        return [
            {"url": reverse("wagtailadmin_home"), "label": _("Tổng quan")},
            {"url": "", "label": _("Lịch đăng")},
        ]

    def get(self, request: HttpRequest) -> HttpResponse:
        policy = policy_registry.get_by_type(Post)
        if not policy.user_has_permission(request.user, "view"):
            raise PermissionDenied
        posts = policy.instances_user_has_permission_for(request.user, "view")
        month = Month.read(request.GET.get("thang", "")) or Month.of(clock.today())
        kind = request.GET.get("kenh", "")
        body = request.GET.get("co-quan", "")
        seen = Slot.objects.filter(variant__post__in=posts)
        if kind in ChannelKind.values:
            seen = seen.of_kind(kind)
        if body.isdecimal():
            seen = seen.filter(variant__post__organisation_id=int(body))
        slots = seen.between(*month.bounds())
        found = list(slots.with_subject().order_by("at", "pk")[: MOST + 1])
        outside = [entry for ask in sources for entry in ask(request.user, *month.bounds(), kind, body)]
        days = month_grid(month, [*found[:MOST], *outside], clock.today())
        # The grid also shows the last days of the month before and the first of the next, a phone does not.
        empty = not any(day.entries for day in days if day.in_month)
        coming = seen.filter(at__gte=clock.now()).order_by("at", "pk").first() if empty else None
        context: dict[str, Any] = self.get_context_data(
            month=month,
            days=days,
            weekdays=WEEKDAYS,
            previous_month=month.moved(-1),
            next_month=month.moved(1),
            this_month=Month.of(clock.today()),
            kinds=ChannelKind.choices,
            kind=kind,
            bodies=Organisation.objects.filter(pk__in=posts.order_by().values("organisation")).order_by(
                "name"
            ),
            body=body,
            count=len(found[:MOST]),
            empty=empty,
            coming=coming,
            coming_month=Month.of(timezone.localdate(coming.at)) if coming else None,
            cut=len(found) > MOST,
            filters=_query(kind=kind, body=body),
        )
        return self.render_to_response(context)


def _query(kind: str, body: str) -> str:
    """Return what the links to other months carry on."""
    kept = [("kenh", kind)] if kind in ChannelKind.values else []
    if body.isdecimal():
        kept.append(("co-quan", body))
    return "".join(f"&{name}={value}" for name, value in kept)
