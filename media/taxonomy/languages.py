"""Languages an asset may be in: our own list of BCP 47 codes, those in which the field speaks to people."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

LANGUAGES: Final = [
    ("vi", _("Tiếng Việt")),
    ("tyz", _("Tiếng Tày")),
    ("nut", _("Tiếng Nùng")),
    ("blt", _("Tiếng Thái (Tây Bắc)")),
    ("mtq", _("Tiếng Mường")),
    ("hmn", _("Tiếng Mông")),
    ("ium", _("Tiếng Dao")),
    ("km", _("Tiếng Khmer")),
    ("cjm", _("Tiếng Chăm")),
    ("jra", _("Tiếng Gia Rai")),
    ("rad", _("Tiếng Ê Đê")),
    ("bdq", _("Tiếng Ba Na")),
    ("sed", _("Tiếng Xơ Đăng")),
    ("kpm", _("Tiếng Cơ Ho")),
    ("zh", _("Tiếng Hoa")),
    ("en", _("Tiếng Anh")),
]
