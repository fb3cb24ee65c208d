"""How urgent a connection is, in words: never by colour alone."""

from django.utils.translation import gettext_lazy as _

from publishers.connections.forecast import Urgency

URGENCY_WORDS = {
    Urgency.DEAD: _("Không đăng được"),
    Urgency.NOW: _("Hết hạn trong 2 ngày"),
    Urgency.SOON: _("Hết hạn trong 7 ngày"),
    Urgency.CARE: _("Cần chú ý"),
    Urgency.UNKNOWN: _("Chưa rõ hạn"),
    Urgency.FINE: _("Tốt"),
}
