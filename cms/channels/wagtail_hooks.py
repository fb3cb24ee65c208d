"""Registration only."""

from django.templatetags.static import static
from django.urls import path
from django.utils.html import format_html
from wagtail import hooks

from cms.channels.screens import ChannelPage, export_register
from cms.channels.viewsets import ChannelViewSet


@hooks.register("register_admin_viewset")
def channel_screens() -> ChannelViewSet:
    return ChannelViewSet()


@hooks.register("register_admin_urls")
def channel_addresses() -> list:
    return [
        path("kenh/so-dang-ky.xlsx", export_register, name="channel_register"),
        path("kenh/<uuid:public_id>/", ChannelPage.as_view(), name="channel_page"),
    ]


@hooks.register("insert_global_admin_css")
def channel_styles() -> str:
    return format_html('<link rel="stylesheet" href="{}">', static("channels/channel.css"))
