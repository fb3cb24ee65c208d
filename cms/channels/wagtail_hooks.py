"""Registration only."""

from wagtail import hooks

from cms.channels.viewsets import ChannelViewSet


@hooks.register("register_admin_viewset")
def channel_screens() -> ChannelViewSet:
    return ChannelViewSet()
