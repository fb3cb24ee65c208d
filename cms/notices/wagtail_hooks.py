"""Registration only."""

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.sidebar import LinkMenuItem

from cms.notices.screens import NoticesView
from cms.notices.services import unread_count


@hooks.register("register_admin_urls")
def notice_addresses() -> list:
    return [path("thong-bao/", NoticesView.as_view(), name="notices")]


class _Bell(MenuItem):
    """The entry that says how many notices are unread, on every page of the admin."""

    def render_component(self, request: HttpRequest) -> LinkMenuItem:
        number = unread_count(request.user)
        label = _("Thông báo (%(number)s)") % {"number": number} if number else str(self.label)
        return LinkMenuItem(self.name, label, self.url, icon_name=self.icon_name, classname=self.classname)


@hooks.register("register_admin_menu_item")
def bell() -> MenuItem:
    return _Bell(gettext_lazy("Thông báo"), reverse("notices"), name="thong-bao", icon_name="mail", order=20)


@hooks.register("insert_global_admin_css")
def notice_styles() -> str:
    return format_html('<link rel="stylesheet" href="{}">', static("notices/notices.css"))
