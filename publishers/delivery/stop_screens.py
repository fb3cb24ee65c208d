"""Dừng đăng toàn bộ, on screen: what is stopped, stopping it in two steps, and letting out what a stop held."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, cast

from django import forms
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.permissions import policy_registry

from cms.access.place_field import PlaceField
from cms.access.scopes import PARENT_LEVELS, lead_paths_of, memberships_of
from cms.core import clock
from cms.core.banners import Banner
from cms.core.errors import InputRefused, LanToaError
from cms.organisations.models import Organisation
from cms.places.models import AdministrativeUnit
from publishers.delivery.models import Delivery, Freeze
from publishers.delivery.screens import Screen
from publishers.delivery.services import stopping
from publishers.delivery.services.stopping import Fate, Release
from publishers.delivery.states import AT_REST

#: Lines shown of what a stop holds or held; the others follow the same choices.
MOST = 300
EARLIER = 20


def stops_seen_by(user: Any) -> QuerySet[Freeze]:
    """Return the stops that cover a body of `user`, or one within their reach."""
    policy = policy_registry.get_by_type(Delivery)
    seen = Q(organisation__in=policy.organisations_where(user, "view"))
    leads = lead_paths_of(user)
    for membership in memberships_of(user):
        body: Organisation | None = membership.organisation
        path = membership.organisation.place.path
        seen |= Q(place__path__in=[path[: cut + 1] for cut, char in enumerate(path) if char == "/"])
        for _level in range(PARENT_LEVELS):
            body = body.parent if body is not None and body.parent_id else None
            if body is not None:
                seen |= Q(organisation=body.pk)
        for lead in leads.get(membership.organisation_id, []):
            seen |= Q(place__path__startswith=lead)
    return Freeze.objects.filter(seen).select_related("organisation", "place", "started_by", "lifted_by")


def stop_banners(request: HttpRequest) -> list[Banner]:
    """Say above every page that posting is stopped for a body of this person."""
    policy = policy_registry.get_by_type(Delivery)
    if not Freeze.objects.filter(lifted_at__isnull=True).exists():
        return []
    if not policy.user_has_permission(request.user, "view"):
        return []
    return [
        Banner(
            _("Đang dừng đăng toàn bộ: %(where)s. %(reason)s")
            % {"where": freeze.place or freeze.organisation, "reason": freeze.reason},
            reverse("delivery_stop", args=[freeze.pk]),
            _("Xem lệnh dừng đăng"),
        )
        for freeze in stops_seen_by(request.user).filter(lifted_at__isnull=True)[:3]
    ]


class StopForm(forms.Form):
    """A body or a place, and why."""

    organisation = forms.ModelChoiceField(
        label=gettext_lazy("Cơ quan, đơn vị"),
        queryset=Organisation.objects.none(),
        required=False,
        empty_label=gettext_lazy("— chọn cơ quan —"),
    )
    reason = forms.CharField(
        label=gettext_lazy("Lý do dừng đăng"),
        max_length=250,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": gettext_lazy("Vui lòng ghi lý do dừng đăng để mọi người được biết.")},
    )

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        policy = policy_registry.get_by_type(Delivery)
        bodies = cast(forms.ModelChoiceField, self.fields["organisation"])
        bodies.queryset = policy.organisations_where(user, "freeze").order_by("name")
        condition = Q(pk__in=[])
        for paths in lead_paths_of(user).values():
            for path in paths:
                condition |= Q(path__startswith=path)
        places = AdministrativeUnit.objects.filter(condition)
        place = PlaceField(queryset=places, required=False, label=_("hoặc địa bàn và mọi nơi bên dưới"))
        place.offer(list(places.select_related("parent").order_by("level", "sort_name")[:100]))
        self.fields["place"] = place
        self.order_fields(["organisation", "place", "reason"])
        self.offers_places = places.exists()
        if not self.offers_places:
            del self.fields["place"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        chosen = [name for name in ("organisation", "place") if cleaned.get(name)]
        if len(chosen) != 1 and not self.errors:
            self.add_error("organisation", _("Vui lòng chọn một cơ quan hoặc một địa bàn để dừng đăng."))
        return cleaned


class StopsView(Screen):
    """What is stopped now and was stopped before; stopping in two steps."""

    template_name = "delivery/stops.html"
    page_title = gettext_lazy("Dừng đăng toàn bộ")

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.show(request, None)

    def post(self, request: HttpRequest) -> HttpResponse:
        form = StopForm(request.POST, user=request.user)
        if not form.is_valid():
            return self.show(request, form, status=422)
        body, place = form.cleaned_data.get("organisation"), form.cleaned_data.get("place")
        if request.POST.get("confirmed") != "1":
            bodies = stopping.covered(body, place)
            waiting = Delivery.objects.publications().filter(organisation__in=bodies, state__in=AT_REST)
            soon = waiting.filter(due_at__lte=clock.now() + timedelta(hours=24)).count()
            return self.show(
                request, form, asks={"where": place or body, "bodies": bodies.count(), "soon": soon}
            )
        try:
            freeze = stopping.stop(request.user, form.cleaned_data["reason"], organisation=body, place=place)
        except InputRefused as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.sentence)
            return self.show(request, form, status=422)
        except LanToaError as refusal:
            form.add_error(None, refusal.sentence)
            return self.show(request, form, status=409)
        messages.success(request, _("Đã dừng đăng. Từ lúc này không bài nào trong phạm vi được gửi đi."))
        return redirect("delivery_stop", freeze.pk)

    def show(
        self,
        request: HttpRequest,
        form: StopForm | None,
        asks: dict[str, Any] | None = None,
        status: int = 200,
    ) -> HttpResponse:
        policy = policy_registry.get_by_type(Delivery)
        if not policy.user_has_permission(request.user, "view"):
            raise PermissionDenied
        seen = stops_seen_by(request.user)
        context = self.get_context_data(
            standing=seen.filter(lifted_at__isnull=True),
            earlier=seen.filter(lifted_at__isnull=False).order_by("-lifted_at")[:EARLIER],
            may_stop=policy.user_has_permission(request.user, "freeze"),
            form=form or StopForm(user=request.user),
            asks=asks,
        )
        return self.render_to_response(context, status=status)


class StopView(Screen):
    """One stop: what it holds, and lifting it with a choice for each line."""

    template_name = "delivery/stop.html"
    page_title = gettext_lazy("Lệnh dừng đăng")

    def get_stop(self, request: HttpRequest, pk: int) -> Freeze:
        if not policy_registry.get_by_type(Delivery).user_has_permission(request.user, "view"):
            raise PermissionDenied
        freeze = stops_seen_by(request.user).filter(pk=pk).first()
        if freeze is None:
            raise Http404
        return freeze

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self.show(request, self.get_stop(request, pk))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        freeze = self.get_stop(request, pk)
        if request.POST.get("confirmed") != "1":
            refusal = InputRefused(
                _("Vui lòng đánh dấu xác nhận trước khi gỡ lệnh dừng đăng."), field="confirmed"
            )
            return self.show(request, freeze, refusal)
        try:
            number = stopping.lift(freeze, request.user, _release_of(request))
        except InputRefused as refusal:
            return self.show(request, freeze, refusal)
        except LanToaError as refusal:
            messages.error(request, refusal.sentence)
        else:
            messages.success(
                request, _("Đã gỡ lệnh dừng đăng; %(number)s lượt đăng được gửi tiếp.") % {"number": number}
            )
        return redirect("delivery_stop", pk)

    def show(self, request: HttpRequest, freeze: Freeze, refusal: InputRefused | None = None) -> HttpResponse:
        stands = freeze.lifted_at is None
        visible = policy_registry.get_by_type(Delivery).instances_user_has_permission_for(
            request.user, "view"
        )
        may_lift = stands and stopping.may_lift(freeze, request.user)
        items = stopping.held_items(freeze) if may_lift else []
        held = visible.filter(freeze=freeze).select_related(
            "channel", "station", "organisation", "slot__variant__post"
        )
        context = self.get_context_data(
            freeze=freeze,
            stands=stands,
            may_lift=may_lift,
            items=[(item, _typed(request, item)) for item in items[:MOST]],
            more=max(0, len(items) - MOST),
            fates=[
                (Fate.RELEASE, _("Gửi đi")), (Fate.KEEP, _("Giữ lại")), (Fate.DROP, _("Bỏ")),
            ],
            rows=held.order_by("due_at", "pk")[:MOST],
            spacing=request.POST.get("spacing", int(stopping.SPACING.total_seconds() // 60)),
            per=request.POST.get("per", "channel"),
            refusal=refusal,
        )  # fmt: skip
        return self.render_to_response(context, status=422 if refusal else 200)


def _typed(request: HttpRequest, item: stopping.HeldItem) -> dict[str, str]:
    return {
        "fate": request.POST.get(f"fate-{item.key}", item.suggested),
        "order": request.POST.get(f"order-{item.key}", ""),
    }


def _release_of(request: HttpRequest) -> Release:
    """Read the choices of the form. Raises InputRefused for a spacing that is no number of minutes."""
    minutes = request.POST.get("spacing", "").strip()
    if not minutes.isdecimal() or len(minutes) > 4:
        raise InputRefused(_("Khoảng cách giữa hai bài là một số phút, ví dụ: 5."), field="spacing")
    fates: dict[str, Fate] = {}
    order: list[tuple[int, str]] = []
    for name, typed in request.POST.items():
        value = str(typed)
        kind, dash, key = name.partition("-")
        if not dash:
            continue
        if kind == "fate" and value in set(Fate):
            fates[key] = Fate(value)
        if kind == "order" and value.strip().isdecimal() and len(value) < 6:
            order.append((int(value), key))
    return Release(
        spacing=timedelta(minutes=int(minutes)),
        per_channel=request.POST.get("per") != "list",
        order=[key for _number, key in sorted(order)],
        fates=fates,
    )
