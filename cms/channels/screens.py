"""The page of one channel: its entry in the register, its checklist, and what other rooms have to say about it."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views import View
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.permissions import policy_registry

from cms.channels.models import Channel, StepState
from cms.channels.services import checklist_of, progress, set_step
from cms.channels.sockets import channel_panels, not_ready
from cms.core import clock
from cms.core.errors import InputRefused, LanToaError

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def visible_channels(user: Any):
    """Return the channels `user` may see."""
    return policy_registry.get_by_type(Channel).instances_user_has_permission_for(user, "view")


def channel_or_404(user: Any, public_id: Any) -> Channel:
    """Return the channel if `user` may see it. Raises Http404."""
    rows = visible_channels(user).select_related("organisation__place", "responsible", "deputy")
    channel = rows.filter(public_id=public_id).first()
    if channel is None:
        raise Http404
    return channel


class ChannelScreen(WagtailAdminTemplateMixin, View):
    """A screen about one channel, with the way back above it."""

    header_icon = "globe"
    channel: Channel

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.channel = channel_or_404(request.user, kwargs["public_id"])

    def get_page_title(self) -> str:
        return str(self.page_title or self.channel.name)

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        items = [
            {"url": reverse("wagtailadmin_home"), "label": _("Tổng quan")},
            {"url": reverse("wagtailsnippets_channels_channel:list"), "label": _("Kênh")},
        ]
        if self.page_title:
            items.append({"url": self.address, "label": self.channel.name})
        return [*items, {"url": "", "label": self.get_page_title()}]

    @property
    def address(self) -> str:
        return reverse("channel_page", args=[self.channel.public_id])

    def may(self, action: str) -> bool:
        """Return whether the person may do `action` to this channel."""
        policy = policy_registry.get_by_type(Channel)
        return policy.user_has_permission_for_instance(self.request.user, action, self.channel)


class ChannelPage(ChannelScreen):
    """Trang kênh."""

    template_name = "channels/channel.html"

    def get(self, request: HttpRequest, public_id: Any) -> HttpResponse:
        return self.show()

    def post(self, request: HttpRequest, public_id: Any) -> HttpResponse:
        try:
            set_step(
                self.channel, request.POST.get("key", ""), request.POST.get("state", ""),
                request.POST.get("note", ""), by=request.user,
            )  # fmt: skip
        except InputRefused as refusal:
            return self.show(refusal)
        except LanToaError as refusal:
            messages.error(request, refusal.sentence)
        else:
            messages.success(request, _("Đã ghi tình trạng."))
        return redirect(f"{self.address}#checklist")

    def show(self, refusal: InputRefused | None = None) -> HttpResponse:
        channel, rows = self.channel, checklist_of(self.channel)
        done, of = progress(rows)
        context = self.get_context_data(
            channel=channel, rows=rows, done=done, of=of, states=StepState.choices,
            may_change=self.may("change"), may_connect=self.may("connect"),
            not_ready=not_ready([channel]).get(channel.pk, ""),
            panels=[panel(self.request, channel) for panel in channel_panels],
            refusal=refusal, typed=self.request.POST if refusal else {},
        )  # fmt: skip
        return self.render_to_response(context, status=422 if refusal else 200)


def export_register(request: HttpRequest) -> HttpResponse:
    """Download the register of the channels the person may see, as XLSX. No secret stands in it."""
    if not policy_registry.get_by_type(Channel).user_has_permission(request.user, "view"):
        raise Http404
    from cms.channels.register_export import register_workbook  # openpyxl: heavy, seldom needed

    answer = HttpResponse(register_workbook(visible_channels(request.user)), content_type=XLSX)
    answer["Content-Disposition"] = f'attachment; filename="so-dang-ky-kenh-{clock.today():%Y-%m-%d}.xlsx"'
    answer["Cache-Control"] = "no-store"
    return answer
