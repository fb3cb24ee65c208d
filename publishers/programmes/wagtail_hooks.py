"""Registration only."""

from django.templatetags.static import static
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.permissions import policy_registry

from publishers.programmes.log_screens import DevicesView, LogbookView, PlayedOldView
from publishers.programmes.models import Programme
from publishers.programmes.notice_screens import NoticeListView, NoticeView
from publishers.programmes.screens import ProgrammeListView, SessionView


@hooks.register("register_admin_urls")
def programme_addresses() -> list:
    return [
        path("chuong-trinh/", ProgrammeListView.as_view(), name="programmes"),
        path("chuong-trinh/<int:pk>/", SessionView.as_view(), name="programme"),
        path("chuong-trinh/<int:pk>/thong-bao/", NoticeListView.as_view(), name="programme_notices"),
        path("chuong-trinh/<int:pk>/nhat-ky/", LogbookView.as_view(), name="programme_logbook"),
        path("chuong-trinh/<int:pk>/dien-thoai/", DevicesView.as_view(), name="programme_devices"),
        path("thong-bao-dia-phuong/<int:pk>/", NoticeView.as_view(), name="programme_notice"),
        path("ban-tin-da-phat/<int:pk>/", PlayedOldView.as_view(), name="programme_played_old"),
    ]


class _ForReaders(MenuItem):
    """A menu entry for people who may see sessions."""

    def is_shown(self, request) -> bool:
        return policy_registry.get_by_type(Programme).user_has_permission(request.user, "view")


@hooks.register("register_admin_menu_item")
def programme_entry() -> MenuItem:
    return _ForReaders(
        _("Chương trình phát thanh"),
        reverse("programmes"),
        name="chuong-trinh",
        icon_name="list-ol",
        order=271,
    )


@hooks.register("insert_global_admin_css")
def programme_styles() -> str:
    return format_html('<link rel="stylesheet" href="{}">', static("programmes/programmes.css"))
