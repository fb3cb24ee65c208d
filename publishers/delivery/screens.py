"""The screens of the queue: the list, one delivery with every attempt, what needs a look, the package to post by hand.

Every view begins at what the person may see; every button calls a verb of the services."""

from __future__ import annotations

from typing import Any, cast

from django.core.exceptions import PermissionDenied
from django.core.files.storage import default_storage
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.permissions import policy_registry

from campaigns.posts.models import Post
from cms.channels.kinds import ChannelKind
from cms.channels.models import Channel
from cms.core import clock
from cms.core.errors import InputRefused, LanToaError
from cms.organisations.models import Organisation
from publishers.delivery import frozen_request, pace
from publishers.delivery.models import NEW_POSTS, Batch, Delivery, DeliveryQuerySet
from publishers.delivery.package import frozen_of, package_of
from publishers.delivery.prepared_files import local_path
from publishers.delivery.proof_photos import media_type_of
from publishers.delivery.services import holding, pulse, resolving
from publishers.delivery.state_words import LABELS
from publishers.delivery.states import AT_REST, MAYBE_THERE, Lane, Reason, State

ROWS = 50
#: A part of the machinery that has not been seen for this long is shown in red (seconds).
SILENT = 60.0
#: The watch makes a round a minute; two may be late.
SILENT_WATCH = 180.0
PULSE_NAMES = {
    "beat": gettext_lazy("Bộ định nhịp"),
    "watch": gettext_lazy("Bộ canh lượt quá giờ"),
    "lane:publish": gettext_lazy("Bộ đăng bài"),
    "lane:upload": gettext_lazy("Bộ tải tệp lên"),
    "lane:speak": gettext_lazy("Bộ chuyển bản tin loa"),
}


def visible_to(user: Any) -> DeliveryQuerySet:
    """Return the deliveries `user` may see. Raises PermissionDenied for people who see none of any body."""
    policy = policy_registry.get_by_type(Delivery)
    if not policy.user_has_permission(user, "view"):
        raise PermissionDenied
    return cast(DeliveryQuerySet, policy.instances_user_has_permission_for(user, "view"))


class Screen(WagtailAdminTemplateMixin, View):
    """The frame of this room's pages: the way home leads over the queue."""

    header_icon = "tasks"

    def get_breadcrumbs_items(self):
        here = {"url": "", "label": str(self.page_title)}
        home = {"url": reverse("wagtailadmin_home"), "label": _("Tổng quan")}
        return [home, {"url": reverse("delivery_queue"), "label": _("Hàng đợi đăng")}, here]


class QueueView(Screen):
    """Hàng đợi đăng: what goes out, how it stands, and whether the machinery is alive."""

    template_name = "delivery/queue.html"
    page_title = gettext_lazy("Hàng đợi đăng")

    def get_breadcrumbs_items(self):
        return super().get_breadcrumbs_items()[::2]

    def get(self, request: HttpRequest) -> HttpResponse:
        rows = visible_to(request.user)
        bodies = Organisation.objects.filter(pk__in=rows.order_by().values("organisation")).order_by(
            "short_name"
        )
        kind, state, body, channel = (
            request.GET.get(name, "") for name in ("loai", "tinh-trang", "co-quan", "kenh")
        )
        listed = rows.filter(kind=kind) if kind in ChannelKind.values else rows.filter(station__isnull=True)
        if state in set(State):
            listed = listed.filter(state=state)
        if body.isdecimal():
            listed = listed.filter(organisation_id=int(body[:18]))
        if channel.isdecimal():
            listed = listed.filter(channel_id=int(channel[:18]))
        listed = listed.select_related(
            "channel", "station", "organisation", "slot__variant__post", "receipt"
        ).order_by("-due_at", "-pk")
        numbers = dict(rows.order_by().values_list("state").annotate(number=Count("pk")))
        context = self.get_context_data(
            page=Paginator(listed, ROWS).get_page(request.GET.get("trang")),
            bodies=bodies,
            kinds=ChannelKind.choices,
            states=[(each.value, LABELS[each], numbers.get(each.value, 0)) for each in State],
            kind=kind, state=state, body=body, channel=channel,
            channels=_channels_of(rows, body),
            pulses=[_pulse(each) for each in pulse.pulses()],
            lags=[(PULSE_NAMES[f"lane:{lane}"], pulse.lag(lane)) for lane in Lane],
            batches=Batch.objects.filter(slot__deliveries__in=rows).distinct().select_related(
                "slot__stations_of", "slot__variant__post"
            )[:5],
            overdue=rows.overdue(clock.now() - pace.wait(pace.OVERDUE_AFTER)).count(),
            to_look_at=rows.needing_a_look().count(),
            filters="".join(f"&{name}={value}" for name, value in request.GET.items() if name != "trang"),
        )  # fmt: skip
        return self.render_to_response(context)


def _channels_of(rows: DeliveryQuerySet, body: str) -> Any:
    """Return the channels to filter by: those the person sees deliveries of, of one body when one is chosen."""
    if body.isdecimal():
        rows = rows.filter(organisation_id=int(body[:18]))
    return Channel.objects.filter(pk__in=rows.order_by().values("channel")).order_by("name")


def _pulse(each: pulse.Pulse) -> dict[str, Any]:
    longest = SILENT_WATCH if each.name == pulse.WATCH else SILENT
    is_silent = each.silent_for is None or each.silent_for > longest
    return {"name": PULSE_NAMES[each.name], "seen_at": each.seen_at, "is_silent": is_silent}


class DeliveryPage(Screen):
    """One delivery: what goes out, every attempt with its answer, and the buttons that make sense now."""

    template_name = "delivery/delivery.html"
    page_title = gettext_lazy("Lượt đăng")

    #: Button → verb. What a verb needs beside the person is taken from the form.
    VERBS = {
        "hold": lambda row, by, form: holding.hold(row, by, holding.clean_note(form.get("note", ""))),
        "release": lambda row, by, form: holding.release(row, by),
        "cancel": lambda row, by, form: holding.cancel(row, by, holding.clean_note(form.get("note", ""))),
        "take-over": lambda row, by, form: holding.take_over(row, by),
        "found-live": lambda row, by, form: resolving.found_live(
            row, by, form.get("permalink", ""), form.get("note", ""), form.get("photo")
        ),
        "found-absent": lambda row, by, form: resolving.found_absent(row, by),
    }  # fmt: skip
    DONE = {
        "hold": gettext_lazy("Đã tạm giữ lượt đăng."),
        "release": gettext_lazy("Lượt đăng đã trở lại hàng đợi."),
        "cancel": gettext_lazy("Đã hủy lượt đăng."),
        "take-over": gettext_lazy("Lượt đăng chờ bạn đăng thủ công."),
        "found-live": gettext_lazy("Đã ghi nhận bài đã lên."),
        "found-absent": gettext_lazy("Lượt đăng sẽ được gửi lại."),
    }

    def get_delivery(self, public_id) -> Delivery:
        row = (
            visible_to(self.request.user)
            .select_related(
                "channel", "station", "organisation", "slot__variant__post", "slot__batch", "receipt__recorded_by",
                "approval", "recall", "freeze",
            )
            .filter(public_id=public_id)
            .first()
        )  # fmt: skip
        if row is None:
            raise Http404
        return row

    def get(self, request: HttpRequest, public_id) -> HttpResponse:
        return self.show(request, self.get_delivery(public_id))

    def post(self, request: HttpRequest, public_id) -> HttpResponse:
        delivery = self.get_delivery(public_id)
        action = request.POST.get("action", "")
        if action not in self.VERBS:
            raise Http404
        try:
            self.VERBS[action](delivery, request.user, _form_of(request))
        except InputRefused as refusal:
            return self.show(request, self.get_delivery(public_id), refusal)
        except LanToaError as refusal:
            messages.error(request, refusal.sentence)
        else:
            messages.success(request, self.DONE[action])
        return redirect("delivery_page", public_id)

    def show(
        self, request: HttpRequest, delivery: Delivery, refusal: InputRefused | None = None
    ) -> HttpResponse:
        policy = policy_registry.get_by_type(Delivery)
        post = delivery.slot.variant.post
        may_recall = policy_registry.get_by_type(Post).user_has_permission_for_instance(
            request.user, "recall", post
        )
        may_operate = policy.user_has_permission_for_instance(request.user, "operate", delivery)
        frozen = frozen_of(delivery)
        held = delivery.state == State.HELD
        doubtful = held and delivery.reason in MAYBE_THERE
        asked = doubtful or (held and delivery.reason == Reason.BY_HAND)
        waits = State(delivery.state) in AT_REST
        context = self.get_context_data(
            delivery=delivery,
            frozen=frozen,
            attempts=delivery.attempts.order_by("-number")[:100],
            refusal=refusal,
            typed=request.POST if refusal else {},
            may_recall=may_recall and delivery.state == State.LIVE and delivery.purpose in NEW_POSTS,
            may_look=may_operate and asked,
            may_resend=may_operate and doubtful,
            may_hold=may_operate and waits,
            may_release=may_operate and held and (not asked or delivery.reason == Reason.BLIND),
            may_cancel=may_operate and (waits or (held and not doubtful)),
            may_take_over=may_operate and delivery.channel_id is not None and (waits or (held and not asked)),
        )
        return self.render_to_response(context, status=422 if refusal else 200)


def _form_of(request: HttpRequest) -> dict[str, Any]:
    """What was typed, and the photo that was chosen with its name."""
    form: dict[str, Any] = request.POST.dict()
    chosen = request.FILES.get("photo")
    return form | {"photo": (chosen, chosen.name or "") if chosen else None}


class NeedsLookView(Screen):
    """Cần xem lại: only a person can tell whether these are there. Two buttons each."""

    template_name = "delivery/needs_look.html"
    page_title = gettext_lazy("Cần xem lại")

    def get(self, request: HttpRequest) -> HttpResponse:
        rows = (
            visible_to(request.user)
            .needing_a_look()
            .select_related("channel", "station", "organisation", "slot__variant__post")
            .order_by("due_at")
        )
        return self.render_to_response(
            self.get_context_data(page=Paginator(rows, ROWS).get_page(request.GET.get("trang")))
        )


def package(request: HttpRequest, public_id) -> HttpResponseBase:
    """Download everything for posting by hand as one ZIP."""
    delivery = visible_to(request.user).select_related(
        "channel", "station", "organisation", "slot__variant__post", "slot__batch"
    ).filter(public_id=public_id).first()  # fmt: skip
    frozen = frozen_of(delivery) if delivery is not None else {}
    if delivery is None or not frozen:
        raise Http404
    try:
        content = package_of(delivery, frozen)
    except LanToaError as refusal:
        messages.error(request, refusal.sentence)
        return redirect("delivery_page", public_id)
    name = f"goi-dang-{clock.in_vietnam(delivery.due_at):%Y%m%d-%H%M}-{delivery.public_id.hex[:8]}.zip"
    return FileResponse(content, as_attachment=True, filename=name, content_type="application/zip")


def proof_photo(request: HttpRequest, public_id) -> HttpResponseBase:
    """Show the photo that proves what was done by hand."""
    delivery = visible_to(request.user).select_related("receipt").filter(public_id=public_id).first()
    receipt = getattr(delivery, "receipt", None)
    if receipt is None or not receipt.photo:
        raise Http404
    try:
        kind = media_type_of(receipt.photo)
        content = default_storage.open(receipt.photo)
    except (LookupError, OSError):
        raise Http404 from None
    response = FileResponse(content, content_type=kind)
    response["Cache-Control"] = "private, max-age=3600"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def package_file(request: HttpRequest, public_id, position: int) -> HttpResponseBase:
    """Download one file of the prepared package, for posting by hand."""
    delivery = visible_to(request.user).filter(public_id=public_id).first()
    if delivery is None or not delivery.request:
        raise Http404
    files = delivery.request.get("media", [])
    if frozen_request.hash_of(delivery.request) != delivery.request_sha256 or position >= len(files):
        raise Http404
    try:
        # Closed by the response when it has been sent.
        content = open(local_path(files[position]["path"]), "rb")  # noqa: SIM115
    except OSError:
        raise Http404 from None
    ending = files[position]["path"].rsplit(".", 1)[-1]
    return FileResponse(
        content,
        as_attachment=True,
        filename=f"tep-{position + 1}.{ending}",
        content_type=files[position]["media_type"],
    )
