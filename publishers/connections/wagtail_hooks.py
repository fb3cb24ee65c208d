"""Registration only."""

from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.permissions import policy_registry

from cms.channels.models import Channel
from publishers.connections.app_screens import PlatformAppViewSet
from publishers.connections.models import Platform
from publishers.connections.screens import (
    CheckView,
    ChoosePageView,
    ConnectView,
    DisconnectView,
    HealthView,
    connect_return,
)


@hooks.register("register_admin_viewset")
def app_screens() -> PlatformAppViewSet:
    return PlatformAppViewSet()


@hooks.register("register_admin_urls")
def connection_addresses() -> list:
    return [
        path("kenh/suc-khoe/", HealthView.as_view(), name="channel_health"),
        path("kenh/<uuid:public_id>/ket-noi/", ConnectView.as_view(), name="channel_connect"),
        path("kenh/<uuid:public_id>/chon-trang/", ChoosePageView.as_view(), name="channel_choose_page"),
        path("kenh/<uuid:public_id>/kiem-tra/", CheckView.as_view(), name="channel_check"),
        path("kenh/<uuid:public_id>/ngat-ket-noi/", DisconnectView.as_view(), name="channel_disconnect"),
        *(
            path(
                f"ket-noi/tro-ve/{platform}/",
                connect_return,
                {"platform": platform.value},
                name=f"channel_connect_return_{platform}",
            )
            for platform in Platform
        ),
    ]


class _ForWhoSeesChannels(MenuItem):
    """A menu entry for people who may see channels."""

    def is_shown(self, request) -> bool:
        return policy_registry.get_by_type(Channel).user_has_permission(request.user, "view")


@hooks.register("register_admin_menu_item")
def health_entry() -> MenuItem:
    return _ForWhoSeesChannels(
        _("Sức khỏe kênh"), reverse("channel_health"), name="suc-khoe-kenh", icon_name="link", order=275
    )
