"""Thông báo Zalo, on screen: propose, approve as a second person, and say what became of an unclear one."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.permissions import policy_registry

from cms.channels.kinds import ChannelKind
from cms.channels.models import Channel
from cms.core.errors import InputRefused, LanToaError
from publishers.delivery.broadcast_models import BroadcastState
from publishers.delivery.models import Broadcast, Delivery
from publishers.delivery.screens import Screen
from publishers.delivery.services import broadcasting

ROWS = 30
MOST_OFFERED = 30


def broadcasts_seen_by(user: Any) -> QuerySet[Broadcast]:
    """Return the broadcasts of bodies whose deliveries `user` may see. Raises PermissionDenied for others."""
    policy = policy_registry.get_by_type(Delivery)
    if not policy.user_has_permission(user, "view"):
        raise PermissionDenied
    return Broadcast.objects.filter(organisation__in=policy.organisations_where(user, "view")).select_related(
        "channel", "organisation", "proposed_by", "decided_by", "settled_by"
    )


def _channels(user: Any) -> QuerySet[Channel]:
    bodies = policy_registry.get_by_type(Delivery).organisations_where(user, "operate")
    return Channel.objects.active().filter(kind=ChannelKind.ZALO, organisation__in=bodies).order_by("name")


class BroadcastsView(Screen):
    """Every broadcast within reach; proposing a new one."""

    template_name = "delivery/broadcasts.html"
    page_title = gettext_lazy("Thông báo Zalo")

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.show(request)

    def post(self, request: HttpRequest) -> HttpResponse:
        channel = self.channel(request, request.POST.get("kenh", ""))
        if channel is None:
            raise Http404
        wanted = [int(pk[:18]) for pk in request.POST.getlist("articles") if pk.isdecimal()]
        found = {row.pk: row for row in broadcasting.articles_of(channel).filter(pk__in=wanted)}
        articles = [found[pk] for pk in dict.fromkeys(wanted) if pk in found]
        try:
            row = broadcasting.propose(channel, articles, request.POST.get("note", ""), request.user)
        except InputRefused as refusal:
            return self.show(request, channel, refusal)
        except LanToaError as refusal:
            messages.error(request, refusal.sentence)
            return redirect("delivery_broadcasts")
        messages.success(request, _("Đã gửi đề xuất; một người thứ hai cần duyệt trước khi gửi."))
        return redirect("delivery_broadcast", row.public_id)

    def channel(self, request: HttpRequest, wanted: str) -> Channel | None:
        return _channels(request.user).filter(pk=int(wanted[:18])).first() if wanted.isdecimal() else None

    def show(
        self, request: HttpRequest, channel: Channel | None = None, refusal: InputRefused | None = None
    ) -> HttpResponse:
        rows = broadcasts_seen_by(request.user)
        channels = list(_channels(request.user))
        channel = channel or self.channel(request, request.GET.get("kenh", ""))
        if channel is None and len(channels) == 1:
            channel = channels[0]
        context = self.get_context_data(
            page=Paginator(rows, ROWS).get_page(request.GET.get("trang")),
            channels=channels,
            channel=channel,
            articles=broadcasting.articles_of(channel)[:MOST_OFFERED] if channel else [],
            chosen=request.POST.getlist("articles"),
            typed=request.POST,
            refusal=refusal,
        )
        return self.render_to_response(context, status=422 if refusal else 200)


class BroadcastView(Screen):
    """One broadcast: its articles, who proposed and approved it, what Zalo said."""

    template_name = "delivery/broadcast.html"
    page_title = gettext_lazy("Thông báo Zalo")

    def get_row(self, request: HttpRequest, public_id) -> Broadcast:
        row = broadcasts_seen_by(request.user).filter(public_id=public_id).first()
        if row is None:
            raise Http404
        return row

    def get(self, request: HttpRequest, public_id) -> HttpResponse:
        row = self.get_row(request, public_id)
        policy = policy_registry.get_by_type(Delivery)
        operates = policy.organisations_where(request.user, "operate").filter(pk=row.organisation_id).exists()
        return self.render_to_response(
            self.get_context_data(
                row=row,
                articles=row.articles.select_related("delivery__slot__variant__post", "delivery__receipt"),
                may_decide=row.state == BroadcastState.PROPOSED
                and not broadcasting.may_decide(row, request.user),
                may_settle=row.state == BroadcastState.UNCLEAR and operates,
            )
        )

    def post(self, request: HttpRequest, public_id) -> HttpResponse:
        row = self.get_row(request, public_id)
        verbs = {
            "approve": lambda: broadcasting.decide(row, request.user, approve=True),
            "reject": lambda: broadcasting.decide(row, request.user, approve=False),
            "was-sent": lambda: broadcasting.settle(row, request.user, was_sent=True),
            "not-sent": lambda: broadcasting.settle(row, request.user, was_sent=False),
        }
        verb = verbs.get(request.POST.get("action", ""))
        if verb is None:
            raise Http404
        try:
            verb()
        except LanToaError as refusal:
            messages.error(request, refusal.sentence)
        else:
            messages.success(request, _("Đã ghi nhận."))
        return redirect("delivery_broadcast", public_id)
