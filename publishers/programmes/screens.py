"""The commune's desk: the sessions of a station, in order. Every view starts from the stations a person may see."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Count, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from cms.access.roles import roles_allowing
from cms.access.scopes import reachable_organisations
from cms.core import clock
from cms.core.errors import InputRefused, LanToaError
from publishers.programmes.device_services import may_manage
from publishers.programmes.gathering import session_at, sessions_of
from publishers.programmes.notice_services import may_write
from publishers.programmes.services import add_relay, arrange, may_arrange, move_item, remove_relay, set_item
from publishers.programmes.session_sound import ask_for_session, standing_of
from publishers.scripts.composition import weekday
from publishers.scripts.cuts import LENGTHS
from publishers.scripts.querysets import day_bounds
from publishers.stations.models import Station

ROWS = 50
#: Days a session may be arranged ahead, and looked at afterwards.
REACH = timedelta(days=31)
_READERS = roles_allowing("programmes.programme", frozenset({"view"}))


def visible_stations(user: Any) -> QuerySet[Station]:
    """Return the active stations whose sessions `user` may see."""
    bodies = reachable_organisations(user, _READERS)
    return Station.objects.filter(is_active=True, organisation__in=bodies.values("pk"))


class StationScreen(WagtailAdminTemplateMixin, View):
    """What the pages of one station share: the frame, the way home, and the row a person may see."""

    model = Station
    header_icon = "media"
    here: Any = ""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        rows = visible_stations(request.user)
        if "pk" in kwargs:
            wanted = rows.select_related("place__parent", "organisation").prefetch_related("windows")
            station = wanted.filter(pk=kwargs["pk"]).first()
            if station is None:
                raise Http404
            self.station = station
        elif not reachable_organisations(request.user, _READERS).exists():
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self):
        steps = [
            {"url": reverse("wagtailadmin_home"), "label": _("Tổng quan")},
            {"url": reverse("programmes"), "label": _("Chương trình phát thanh")},
        ]
        if hasattr(self, "station"):
            steps.append({"url": reverse("programme", args=[self.station.pk]), "label": self.station.name})
        return [*steps, {"url": "", "label": str(self.page_title)}] if self.here else steps

    def frame(self, **more: Any) -> dict[str, Any]:
        """The context every page of a station begins with: who may do what on it."""
        return self.get_context_data(
            station=self.station,
            may_arrange=may_arrange(self.request.user, self.station),
            may_write=may_write(self.request.user, self.station),
            may_manage=may_manage(self.request.user, self.station),
            **more,
        )


class ProgrammeListView(StationScreen):
    """Every station within reach, with how many bulletins it has today."""

    page_title = gettext_lazy("Chương trình phát thanh")
    template_name = "programmes/list.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        first, after = day_bounds(clock.today())
        rows = visible_stations(request.user).select_related("place__parent", "organisation")
        query = request.GET.get("q", "").replace("\x00", "")[:100].strip()
        if query:
            rows = rows.filter(pk__in=Station.objects.named(query).values("pk"))
        today = Q(scripts__state="live", scripts__on_air_at__gte=first, scripts__on_air_at__lt=after)
        urgent = today & Q(scripts__priority="khan-cap")
        rows = rows.annotate(
            today=Count("scripts", filter=today, distinct=True),
            urgent=Count("scripts", filter=urgent, distinct=True),
        ).order_by("-urgent", "place__path", "name")
        page = Paginator(rows, ROWS).get_page(request.GET.get("trang"))
        return self.render_to_response(self.get_context_data(page=page, query=query))


class SessionView(StationScreen):
    """The sessions of one day: order by button or by drag, lengths, omissions, relays."""

    page_title = gettext_lazy("Chương trình")
    template_name = "programmes/session.html"

    def get(self, request: HttpRequest, pk: int, refusal: InputRefused | None = None) -> HttpResponse:
        day = self.day()
        sessions = sessions_of(self.station, day)
        wanted = request.GET.get("gio")
        chosen = next((each for each in sessions if each.key == wanted), sessions[0])
        context = self.frame(
            sessions=sessions,
            session=chosen,
            day=day,
            day_name=f"{weekday(day)} {day:%d/%m/%Y}",
            previous_day=day - timedelta(days=1),
            next_day=day + timedelta(days=1),
            lengths=LENGTHS,
            sound=standing_of(chosen),
            refusal=refusal,
            typed=request.POST if refusal else {},
        )
        return self.render_to_response(context, status=422 if refusal else 200)

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        day, key = self.day(), request.GET.get("gio", "")
        try:
            self.act(request, day, key)
        except InputRefused as refusal:
            return self.get(request, pk, refusal)
        except LanToaError as refusal:
            messages.error(request, refusal.sentence)
        return redirect(f"{request.path}?ngay={day:%Y%m%d}&gio={key}")

    def act(self, request: HttpRequest, day: date, key: str) -> None:
        """Do what the pressed button says."""
        sent = request.POST
        action = sent.get("action", "")
        verb, _colon, item = action.partition("|")
        at = (self.station, day, key)
        if verb in ("up", "down"):
            move_item(*at, item, -1 if verb == "up" else 1, request.user)
        elif verb == "order":
            arrange(*at, sent.get("order", "").split(","), request.user)
        elif verb == "set":
            minutes = sent.get(f"minutes-{item}", "0")
            set_item(
                *at,
                item,
                request.user,
                minutes=int(minutes) if minutes.isdecimal() else -1,
                skipped=f"skip-{item}" in sent,
            )
        elif verb == "relay":
            typed = sent.get("minutes", "").strip()
            add_relay(
                *at,
                request.user,
                title=sent.get("title", ""),
                source=sent.get("source", ""),
                minutes=int(typed[:4]) if typed.isascii() and typed.isdecimal() else 0,
            )
        elif verb == "sound":
            self.want_sound(request, day, key)
        elif verb == "remove":
            remove_relay(*at, item, request.user)
        else:
            raise Http404

    def want_sound(self, request: HttpRequest, day: date, key: str) -> None:
        session = session_at(self.station, day, key)
        if session is None:
            raise Http404
        if ask_for_session(session, request.user) is not None:
            messages.success(
                request, _("Đang dựng tệp âm thanh của buổi phát. Vui lòng tải lại trang sau ít phút.")
            )

    def day(self) -> date:
        """The day asked for, today without a word; far away days do not exist."""
        text = self.request.GET.get("ngay", "")
        if not text:
            return clock.today()
        try:
            day = datetime.strptime(text, "%Y%m%d").replace(tzinfo=clock.VIETNAM).date()
        except ValueError:
            raise Http404 from None
        if abs(day - clock.today()) > REACH:
            raise Http404
        return day
