"""Screens for reading a script oneself: what there is to read, and one script with recorder and upload.

Everything begins at the stations for which the person may bring readings."""

from __future__ import annotations

from datetime import timedelta
from typing import BinaryIO, cast

from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.permissions import policy_registry

from cms.core import clock
from cms.core.errors import LanToaError
from publishers.scripts.models import RecordedReading, ScriptVersion
from publishers.scripts.reading_services import FIELD, keep_reading, stations_read_by
from publishers.scripts.recorded_readings import ReadingSource

DAYS_BACK, DAYS_AHEAD, SHOWN = 2, 14, 50


def readable_by(user):
    """Return the live scripts `user` may read aloud for. Raises PermissionDenied for people who read for no station."""
    if not policy_registry.get_by_type(RecordedReading).user_has_permission(user, "add"):
        raise PermissionDenied
    return ScriptVersion.objects.live().filter(station__in=stations_read_by(user))


class _Screen(WagtailAdminTemplateMixin, View):
    header_icon = "media"
    page_title = gettext_lazy("Thu bản đọc")

    def get_breadcrumbs_items(self):
        return [
            {"url": reverse("wagtailadmin_home"), "label": _("Tổng quan")},
            {"url": reverse("script_readings"), "label": _("Thu bản đọc")},
        ]


class ReadingsView(_Screen):
    """The scripts of the days around today, those without a reading first."""

    template_name = "scripts/readings.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        today = clock.today()
        read = RecordedReading.objects.filter(version=OuterRef("pk"), replaced_at__isnull=True)
        rows = (
            readable_by(request.user)
            .between(today - timedelta(days=DAYS_BACK), today + timedelta(days=DAYS_AHEAD))
            .annotate(is_read=Exists(read))
            .select_related("station")
            .without_body()
            .order_by("is_read", "on_air_at", "pk")
        )
        return self.render_to_response(self.get_context_data(rows=rows[:SHOWN]))


class ReadingView(_Screen):
    """One script to read: its text in breaths, a recorder, and a place for a file."""

    template_name = "scripts/reading.html"

    def get_version(self, code: str) -> ScriptVersion:
        rows = readable_by(self.request.user).select_related("station__organisation", "station__place")
        version = rows.filter(code=code.upper()).first()
        if version is None:
            raise Http404
        return version

    def get(self, request: HttpRequest, code: str) -> HttpResponse:
        return self.show(self.get_version(code))

    def post(self, request: HttpRequest, code: str) -> HttpResponse:
        version = self.get_version(code)
        file = request.FILES.get(FIELD)
        if file is None:
            return self.show(version, _("Vui lòng ghi âm hoặc chọn tệp trước khi gửi."))
        source = (
            ReadingSource.RECORDED
            if request.POST.get("source") == ReadingSource.RECORDED
            else ReadingSource.UPLOADED
        )
        if not request.POST.get("heard"):
            return self.show(version, _("Vui lòng nghe lại và xác nhận bản đọc đúng với bản tin đã duyệt."))
        try:
            keep_reading(version, cast(BinaryIO, file), file.name or "", source, request.user)
        except LanToaError as refusal:
            return self.show(version, refusal.sentence)
        messages.success(
            request, _("Đã nhận bản đọc. Từ nay trang của đài phát bản đọc này thay cho giọng máy.")
        )
        return redirect("script_reading", version.code)

    def show(self, version: ScriptVersion, refusal: str = "") -> HttpResponse:
        reading = version.readings.filter(replaced_at__isnull=True).select_related("read_by").first()
        context = self.get_context_data(
            version=version,
            blocks=version.composed(),
            reading=reading,
            refusal=refusal,
            recorded=ReadingSource.RECORDED,
        )
        return self.render_to_response(context, status=422 if refusal else 200)
