"""The logbook of a station by month, its enrolled phones, and who has played a script that has since been corrected."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.permissions import policy_registry

from campaigns.posts.models import Post
from campaigns.schedule.models import Slot
from cms.core import clock
from cms.core.errors import LanToaError
from publishers.programmes.device_services import CODE_LASTS, give_code, may_manage, revoke_device
from publishers.programmes.models import AirLogEntry, OperatorDevice
from publishers.programmes.screens import StationScreen
from publishers.scripts.models import ScriptVersion
from publishers.scripts.timing import length_in_words

#: More broadcasts than a station has in a month at two sessions a day.
MOST_ENTRIES = 2000


class LogbookView(StationScreen):
    """Sổ nhật ký phát thanh: one month, to look at and to print for signature."""

    page_title = gettext_lazy("Sổ nhật ký phát thanh")
    here = True
    template_name = "programmes/logbook.html"

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        first = month_of(request.GET.get("thang", ""))
        after = (first.replace(day=28) + timedelta(days=4)).replace(day=1)
        rows = list(
            AirLogEntry.objects.filter(station=self.station)
            .between(first, after - timedelta(days=1))
            .select_related("device", "recorded_by", "script", "notice")[:MOST_ENTRIES]
        )
        seconds = sum((row.ends_at - row.starts_at).total_seconds() for row in rows)
        grades: dict[str, int] = {}
        for row in rows:
            label = str(row.get_evidence_display())
            grades[label] = grades.get(label, 0) + 1
        context = self.frame(
            rows=rows,
            month=first,
            previous_month=(first - timedelta(days=1)).replace(day=1),
            next_month=after if after <= clock.today() else None,
            total=length_in_words(seconds),
            grades=sorted(grades.items()),
        )
        return self.render_to_response(context)


class DevicesView(StationScreen):
    """Phones that may confirm broadcasts: give out a code, take a phone back."""

    page_title = gettext_lazy("Điện thoại trực")
    here = True
    template_name = "programmes/devices.html"

    def get(self, request: HttpRequest, pk: int, code: str = "") -> HttpResponse:
        if not may_manage(request.user, self.station):
            raise Http404
        devices = OperatorDevice.objects.filter(station=self.station, revoked_at__isnull=True)
        hours = int(CODE_LASTS.total_seconds() // 3600)
        address = request.build_absolute_uri(reverse("portal:enrolment", args=[self.station.slug]))
        response = self.render_to_response(
            self.frame(devices=devices, code=code, hours=hours, address=address)
        )
        if code:
            # The code is told once; no copy of this page may keep it.
            response.headers["Cache-Control"] = "no-store"
        return response

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        try:
            if "revoke" in request.POST:
                wanted = request.POST["revoke"]
                revoke_device(int(wanted) if wanted.isdecimal() else 0, self.station, request.user)
                messages.success(request, _("Đã thu hồi điện thoại."))
            else:
                code = give_code(self.station, request.user)
                return self.get(request, pk, f"{code[:4]}-{code[4:]}")
        except LanToaError as refusal:
            messages.error(request, refusal.sentence)
        return redirect("programme_devices", pk)


class PlayedOldView(WagtailAdminTemplateMixin, View):
    """After a correction or recall: which stations have played the old script, and which have been given the new one."""

    model = Post
    header_icon = "history"
    page_title = gettext_lazy("Các đài đã phát bản cũ")
    template_name = "programmes/played_old.html"

    def get_breadcrumbs_items(self):
        return [
            {"url": reverse("wagtailadmin_home"), "label": _("Tổng quan")},
            {"url": reverse("wagtailsnippets_posts_post:list"), "label": _("Bài đăng")},
            {"url": "", "label": str(self.page_title)},
        ]

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        posts = policy_registry.get_by_type(Post).instances_user_has_permission_for(request.user, "view")
        post = posts.filter(pk=pk).first()
        if post is None:
            raise Http404
        slots = list(Slot.objects.filter(variant__post=post))
        played = AirLogEntry.objects.of_old_versions(slots).select_related(
            "station__place__parent", "script__slot"
        )
        rows = list(played[:MOST_ENTRIES])
        live = {
            (version.station_id, version.slot_id): version
            for version in ScriptVersion.objects.live()
            .filter(slot__in=slots, station__in={row.station_id for row in rows})
            .without_body()
        }
        again = set(
            AirLogEntry.objects.filter(script__in=[version.pk for version in live.values()]).values_list(
                "station_id", "script__slot_id"
            )
        )
        lines: list[dict[str, Any]] = []
        for row in rows:
            assert row.script is not None
            place = (row.station_id, row.script.slot_id)
            lines.append({"row": row, "newer": live.get(place), "told": place in again})
        return self.render_to_response(self.get_context_data(post=post, lines=lines))


def month_of(text: str) -> date:
    """Return the first day of the month "2026-11" of an address, this month for none. Raises Http404."""
    if not text:
        return clock.today().replace(day=1)
    year, _dash, month = text.partition("-")
    try:
        return date(int(year), int(month), 1)
    except ValueError:
        raise Http404 from None
