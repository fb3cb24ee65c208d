"""The kinds of channel, and which of them the software can post to by itself."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ChannelKind(models.TextChoices):
    FACEBOOK = "facebook", _("Trang Facebook")
    YOUTUBE = "youtube", _("Kênh YouTube")
    ZALO = "zalo", _("Zalo OA")
    LOUDSPEAKER = "loudspeaker", _("Đài truyền thanh")
    PORTAL = "portal", _("Cổng thông tin điện tử")
    TIKTOK = "tiktok", _("Kênh TikTok")
    SMS = "sms", _("Tin nhắn")
    NOTICE_BOARD = "notice-board", _("Bảng tin")
    PRESS = "press", _("Báo chí")


# Kinds whose posts a connector sends; the others are posted by hand and recorded.
CONNECTED = frozenset({ChannelKind.FACEBOOK, ChannelKind.YOUTUBE, ChannelKind.ZALO, ChannelKind.LOUDSPEAKER})
# Kinds that need a credential of a platform account.
WITH_ACCOUNT = frozenset({ChannelKind.FACEBOOK, ChannelKind.YOUTUBE, ChannelKind.ZALO})


def name_of(kind: str) -> str:
    """Return the words for `kind`; what is no kind is returned as it is. Cheaper than `get_kind_display`, which
    builds the whole list of choices anew each time it is asked."""
    try:
        return str(ChannelKind(kind).label)
    except ValueError:
        return kind
