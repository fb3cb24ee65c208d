"""The screens of connecting: to the dialog and back, choosing a Page, looking now, disconnecting, and the table of all.

No view connects or disconnects without a second factor that was shown within the last minutes."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.permissions import policy_registry

from cms.accounts.second_factor import ask_second_factor, has_fresh_second_factor
from cms.channels.kinds import WITH_ACCOUNT, ChannelKind
from cms.channels.models import Channel
from cms.channels.screens import ChannelScreen, visible_channels
from cms.core.errors import LanToaError
from publishers.adapters.youtube.costs import Bucket
from publishers.connections import checking, connecting, quota
from publishers.connections.disconnecting import Parting, disconnect
from publishers.connections.exchange import NAMES
from publishers.connections.forecast import Urgency
from publishers.connections.models import PLATFORM_OF_KIND, Health, Platform, PlatformApp
from publishers.connections.urgency_words import URGENCY_WORDS

ROWS = 50
ADVICE = {
    Platform.FACEBOOK: gettext_lazy(
        "Đăng nhập bằng tài khoản Facebook quản lý Trang, đánh dấu đúng Trang của kênh và đồng ý tất cả các quyền."
    ),
    Platform.GOOGLE: gettext_lazy(
        "Chọn tài khoản Google quản lý kênh, chọn đúng kênh và đánh dấu tất cả các quyền."
    ),
    Platform.ZALO: gettext_lazy(
        "Đăng nhập bằng tài khoản Zalo quản trị OA, chọn đúng OA của kênh và đồng ý."
    ),
}


def session_key_of(request: HttpRequest) -> str:
    """Return the key of this session; one that is not stored yet gets one."""
    if not request.session.session_key:
        request.session.save()
    return str(request.session.session_key)


def redirect_uri_of(request: HttpRequest, platform: str) -> str:
    """Return the address to which the dialog sends the person back; it must be registered with the platform."""
    return request.build_absolute_uri(reverse(f"channel_connect_return_{platform}"))


class _ConnectScreen(ChannelScreen):
    """A screen for those who may connect this channel, asked for a second factor first."""

    header_icon = "link"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any):
        if self.channel.kind not in WITH_ACCOUNT or not self.may("connect"):
            raise PermissionDenied
        if not has_fresh_second_factor(request):
            return ask_second_factor(request, reverse(self.door, args=[self.channel.public_id]))
        answer = super().dispatch(request, *args, **kwargs)
        add_never_cache_headers(answer)
        return answer

    #: Where the person comes back to after the second factor.
    door = "channel_connect"

    @property
    def platform(self) -> Platform:
        return PLATFORM_OF_KIND[ChannelKind(self.channel.kind)]

    def back(self) -> HttpResponse:
        return redirect(f"{self.address}#connection")


class ConnectView(_ConnectScreen):
    """Kết nối kênh: choose the app, then go to the dialog by a link (the content policy lets no form lead elsewhere)."""

    template_name = "connections/connect.html"
    page_title = gettext_lazy("Kết nối kênh")

    def get(self, request: HttpRequest, public_id: Any) -> HttpResponse:
        return self.show()

    def post(self, request: HttpRequest, public_id: Any) -> HttpResponse:
        wanted = request.POST.get("app", "")
        app = next((app for app in connecting.apps_for(self.channel) if str(app.pk) == wanted), None)
        if app is None:
            return self.show(refusal=_("Vui lòng chọn một ứng dụng trong danh sách."), status=422)
        try:
            opened = connecting.open_consent(
                self.channel, app, by=request.user, session_key=session_key_of(request),
                redirect_uri=redirect_uri_of(request, self.platform),
            )  # fmt: skip
        except LanToaError as refusal:
            return self.show(refusal=refusal.sentence, status=422)
        return self.show(opened=opened)

    def show(self, status: int = 200, **more: Any) -> HttpResponse:
        context = self.get_context_data(
            channel=self.channel, apps=connecting.apps_for(self.channel), platform=NAMES[self.platform],
            advice=ADVICE[self.platform], redirect_uri=redirect_uri_of(self.request, self.platform),
            training_mode=settings.TRAINING_MODE, **more,
        )  # fmt: skip
        return self.render_to_response(context, status=status)


def connect_return(request: HttpRequest, platform: str) -> HttpResponse:
    """Take what the dialog sent back. The person ends on the channel's page, with a sentence either way."""
    if not policy_registry.get_by_type(Channel).user_has_permission(request.user, "connect"):
        raise PermissionDenied
    try:
        finished = connecting.take_answer(
            request.GET.dict(), platform, by=request.user, session_key=session_key_of(request)
        )
    except connecting.ConnectFailed as failure:
        messages.error(request, failure.sentence)
        answer = _page_of(failure.channel) if failure.channel else redirect("channel_health")
    else:
        if finished.connection is None:
            answer = redirect("channel_choose_page", finished.channel.public_id)
        else:
            say_connected(request, finished.channel)
            answer = _page_of(finished.channel)
    add_never_cache_headers(answer)
    return answer


def _page_of(channel: Channel) -> HttpResponse:
    return redirect(f"{reverse('channel_page', args=[channel.public_id])}#connection")


def say_connected(request: HttpRequest, channel: Channel) -> None:
    """Look at the account that was just connected, and say both."""
    messages.success(request, _("Đã kết nối kênh “%(name)s”.") % {"name": channel.name})
    _say_health(request, channel, only_trouble=True)


def _say_health(request: HttpRequest, channel: Channel, *, only_trouble: bool) -> None:
    seen = checking.check(channel, by=request.user)
    if seen is None:
        return
    troubles = [each["sentence"] for each in seen.findings or []]
    if seen.health == Health.UNKNOWN:
        messages.warning(
            request, _("Nền tảng chưa trả lời nên chưa kiểm tra được kênh. Vui lòng thử lại sau.")
        )
    elif seen.health == Health.BAD and not troubles:
        messages.error(request, seen.last_error_sentence)
    for sentence in troubles:
        messages.warning(request, sentence)
    if not only_trouble and seen.health == Health.GOOD:
        messages.success(request, _("Đã kiểm tra: kênh đang hoạt động tốt."))


class ChoosePageView(_ConnectScreen):
    """Chọn Trang: where the register does not name the Page yet."""

    template_name = "connections/choose_page.html"
    page_title = gettext_lazy("Chọn Trang")

    def get(self, request: HttpRequest, public_id: Any) -> HttpResponse:
        choices = connecting.open_choices(self.channel, by=request.user, session_key=session_key_of(request))
        if not choices:
            messages.error(request, connecting.CHOOSE_AGAIN)
            return self.back()
        return self.render_to_response(self.get_context_data(channel=self.channel, choices=choices))

    def post(self, request: HttpRequest, public_id: Any) -> HttpResponse:
        try:
            connecting.choose_page(
                self.channel,
                request.POST.get("page", ""),
                by=request.user,
                session_key=session_key_of(request),
            )
        except LanToaError as refusal:
            messages.error(request, refusal.sentence)
        else:
            say_connected(request, self.channel)
        return self.back()


class DisconnectView(_ConnectScreen):
    """Ngắt kết nối: what it means, and one button."""

    template_name = "connections/disconnect.html"
    page_title = gettext_lazy("Ngắt kết nối")
    door = "channel_disconnect"

    def get(self, request: HttpRequest, public_id: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data(channel=self.channel))

    def post(self, request: HttpRequest, public_id: Any) -> HttpResponse:
        match disconnect(self.channel, by=request.user):
            case Parting.NOTHING:
                messages.error(request, _("Kênh này không có kết nối nào để ngắt."))
            case Parting.REVOKED:
                messages.success(
                    request, _("Đã ngắt kết nối, xóa mã truy cập của kênh và thu hồi quyền ở Google.")
                )
            case Parting.STILL_THERE:
                messages.warning(
                    request,
                    _(
                        "Đã ngắt kết nối và xóa mã truy cập của kênh ở đây, nhưng Google chưa xác nhận đã thu hồi "
                        "quyền. Vui lòng mở myaccount.google.com/permissions bằng tài khoản của kênh và gỡ ứng dụng."
                    ),
                )
            case _:
                messages.success(request, _("Đã ngắt kết nối và xóa mã truy cập của kênh."))
        return self.back()


class CheckView(ChannelScreen):
    """Kiểm tra ngay. Nothing to read here: the channel's page shows what was seen."""

    http_method_names = ("post",)

    def post(self, request: HttpRequest, public_id: Any) -> HttpResponse:
        if not self.may("connect"):
            raise PermissionDenied
        _say_health(request, self.channel, only_trouble=False)
        return _page_of(self.channel)


class HealthView(WagtailAdminTemplateMixin, View):
    """Kết nối và sức khỏe kênh: which connection dies next, over everything the person may see."""

    template_name = "connections/health.html"
    page_title = gettext_lazy("Kết nối và sức khỏe kênh")
    header_icon = "link"

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        home = {"url": reverse("wagtailadmin_home"), "label": _("Tổng quan")}
        return [home, {"url": "", "label": str(self.page_title)}]

    def get(self, request: HttpRequest) -> HttpResponse:
        if not policy_registry.get_by_type(Channel).user_has_permission(request.user, "view"):
            raise PermissionDenied
        kind = request.GET.get("loai", "")
        rows = visible_channels(request.user).filter(kind__in=WITH_ACCOUNT, is_active=True)
        if kind in WITH_ACCOUNT:
            rows = rows.filter(kind=kind)
        found = checking.standing_forecasts(
            rows.select_related("organisation", "responsible").defer("recovery_contact")
        )
        listed = [
            {
                "channel": channel,
                "seen": seen,
                "row": row,
                "word": URGENCY_WORDS[seen.urgency],
                "level": seen.urgency.name.lower(),
            }
            for channel, seen, row in found
        ]
        context = self.get_context_data(
            budgets=_budgets(rows) if kind in ("", ChannelKind.YOUTUBE) else [],
            page=Paginator(listed, ROWS).get_page(request.GET.get("trang")),
            number=len(listed),
            urgent=sum(seen.urgency <= Urgency.NOW for _channel, seen, _row in found),
            kinds=[(each.value, each.label) for each in ChannelKind if each in WITH_ACCOUNT],
            kind=kind,
        )
        return self.render_to_response(context)


def _budgets(channels: Any) -> list[dict[str, Any]]:
    """Return how far the day of each Google project of `channels` is spent; two queries."""
    apps = PlatformApp.objects.filter(connections__channel__in=channels.filter(kind=ChannelKind.YOUTUBE))
    found = quota.budgets_of(apps.distinct().order_by("name", "pk")).values()
    return [
        {
            "name": budget.app.name, "resets_at": budget.resets_at,
            "units": budget.spent(Bucket.UNITS), "units_a_day": budget.limit(Bucket.UNITS),
            "inserts": budget.spent(Bucket.INSERTS), "inserts_a_day": budget.limit(Bucket.INSERTS),
            "is_spent": not (budget.left(Bucket.UNITS) and budget.left(Bucket.INSERTS)),
        }
        for budget in found
    ]  # fmt: skip
