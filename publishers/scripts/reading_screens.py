"""Screens for reading a script oneself: what there is to read, and one script with recorder and upload.

Everything begins at the stations for which the person may bring readings."""

from __future__ import annotations

from datetime import timedelta
from typing import BinaryIO, cast

from django.core.exceptions import PermissionDenied
from django.core.files.storage import default_storage
from django.db.models import Exists, OuterRef, Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
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
from publishers.scripts.reading_services import (
    FIELD,
    approve_reading,
    keep_reading,
    send_reading_back,
    stations_read_by,
    waiting_readings,
)
from publishers.scripts.recorded_readings import ReadingSource
from publishers.scripts.sounds import translated_readings
from publishers.scripts.translations import Translated, shelf_for

DAYS_BACK, DAYS_AHEAD, SHOWN = 2, 14, 50


def readable_by(user):
    """Return the live scripts `user` may read aloud for, or approve readings of. Raises PermissionDenied for people who
    do neither for any station."""
    policy = policy_registry.get_by_type(RecordedReading)
    if not policy.user_has_any_permission(user, ["add", "approve"]):
        raise PermissionDenied
    own = Q(station__in=stations_read_by(user)) | Q(station__in=stations_read_by(user, "approve"))
    return ScriptVersion.objects.live().filter(own)


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
        brought = RecordedReading.objects.filter(
            version=OuterRef("pk"), replaced_at__isnull=True, language=""
        )
        rows = list(
            readable_by(request.user)
            .between(today - timedelta(days=DAYS_BACK), today + timedelta(days=DAYS_AHEAD))
            .annotate(
                is_read=Exists(brought.filter(approved_at__isnull=False)),
                waits=Exists(brought.filter(approved_at__isnull=True)),
            )
            .select_related("station__place", "slot")
            .defer("blocks", "notes")
            .order_by("-waits", "is_read", "on_air_at", "pk")[:SHOWN]
        )
        return self.render_to_response(self.get_context_data(rows=_with_translations(rows)))


def _with_translations(rows: list[ScriptVersion]) -> list[tuple[ScriptVersion, list[dict[str, object]]]]:
    """Each script with the translations its station broadcasts, and whether they are read; a constant number of
    queries."""
    shelf = shelf_for(rows)
    told = {row.pk: shelf.of_station(row) for row in rows}
    every = [each for beside in told.values() for each in beside]
    read, waiting = translated_readings(every), translated_readings(every, waiting=True)
    return [
        (
            row,
            [
                {
                    "told": each,
                    "is_read": (row.pk, each.language) in read,
                    "waits": (row.pk, each.language) in waiting,
                }
                for each in told[row.pk]
            ],
        )
        for row in rows
    ]


class ReadingView(_Screen):
    """One script to read, or one translation of it: its text in breaths, a recorder, and a place for a file."""

    template_name = "scripts/reading.html"

    def setup(self, request: HttpRequest, *args, **kwargs) -> None:
        super().setup(request, *args, **kwargs)
        self.language: str = kwargs.get("language", "")
        # Set by `get_version` for the address of a translation.
        self.told: Translated | None = None

    def get_version(self, code: str) -> ScriptVersion:
        rows = readable_by(self.request.user).select_related(
            "station__organisation", "station__place", "slot"
        )
        version = rows.filter(code=code.upper()).first()
        if version is None:
            raise Http404
        if self.language:
            beside = {row.language: row for row in shelf_for([version]).beside(version)}
            if self.language not in beside:
                raise Http404
            self.told = Translated(version, beside[self.language])
        return version

    def get(self, request: HttpRequest, code: str, language: str = "") -> HttpResponse:
        return self.show(self.get_version(code))

    def post(self, request: HttpRequest, code: str, language: str = "") -> HttpResponse:
        version = self.get_version(code)
        if request.POST.get("action") in ("approve", "send-back"):
            return self.decide(request, version)
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
            keep_reading(version, cast(BinaryIO, file), file.name or "", source, request.user, self.told)
        except LanToaError as refusal:
            return self.show(version, refusal.sentence)
        messages.success(
            request,
            _("Đã nhận bản đọc. Khi người thứ hai nghe và duyệt, trang của đài phát bản này.")
            if self.told
            else _("Đã nhận bản đọc. Khi người thứ hai nghe và duyệt, bản này thay cho giọng máy."),
        )
        return redirect(self.address("script_reading", version))

    def decide(self, request: HttpRequest, version: ScriptVersion) -> HttpResponse:
        sha256 = request.POST.get("sha256", "")
        try:
            if request.POST["action"] == "approve":
                approve_reading(version, sha256, request.user, self.told)
                messages.success(
                    request,
                    _("Đã duyệt bản đọc. Từ nay trang của đài phát bản này.")
                    if self.told
                    else _("Đã duyệt bản đọc. Từ nay trang của đài phát bản này thay cho giọng máy."),
                )
            else:
                send_reading_back(version, sha256, request.POST.get("reason", ""), request.user, self.told)
                messages.success(request, _("Đã trả lại bản đọc."))
        except LanToaError as refusal:
            return self.show(version, refusal.sentence)
        return redirect(self.address("script_reading", version))

    def show(self, version: ScriptVersion, refusal: str = "") -> HttpResponse:
        user, told = self.request.user, self.told
        readings = version.readings.filter(language=self.language)
        waiting = waiting_readings(version, told).select_related("read_by").first()
        newest = readings.first()
        approves = stations_read_by(user, "approve").filter(pk=version.station_id).exists()
        digest = told.sha256 if told else version.body_sha256
        counting = readings.filter(replaced_at__isnull=True, approved_at__isnull=False, body_sha256=digest)
        context = self.get_context_data(
            version=version,
            told=told,
            sound_address=self.address("script_reading_waiting", version),
            blocks=told.blocks if told else version.composed(),
            reading=counting.first(),
            waiting=waiting,
            returned=newest if newest is not None and newest.reason else None,
            may_read=stations_read_by(user).filter(pk=version.station_id).exists(),
            may_decide=waiting is not None and approves and waiting.read_by_id != user.pk,
            refusal=refusal,
            recorded=ReadingSource.RECORDED,
        )
        return self.render_to_response(context, status=422 if refusal else 200)

    def address(self, name: str, version: ScriptVersion) -> str:
        """The address of a page of this script, or of its translation."""
        return reverse(name, args=[version.code, *([self.language] if self.language else [])])


class WaitingSound(ReadingView):
    """The reading that waits, for the people of the station to hear; nobody else has it before it is approved."""

    def get(self, request: HttpRequest, code: str, language: str = "") -> HttpResponse:
        waiting = waiting_readings(self.get_version(code), self.told).first()
        if waiting is None:
            raise Http404
        with default_storage.open(waiting.file) as file:
            answer = HttpResponse(file.read(), content_type="audio/mpeg")
        answer.headers["Cache-Control"] = "no-store"
        return answer

    def post(self, request: HttpRequest, code: str, language: str = "") -> HttpResponse:
        return HttpResponseNotAllowed(["GET"])
