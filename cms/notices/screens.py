"""Thông báo: what a person was told. Nobody sees another's."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from cms.notices.models import Notice
from cms.notices.services import mark_read

ROWS = 30


class NoticesView(WagtailAdminTemplateMixin, View):
    """The list, newest first; a button opens one (and says it was read), one says that all were read."""

    template_name = "notices/list.html"
    page_title = gettext_lazy("Thông báo")
    header_icon = "mail"

    def get_breadcrumbs_items(self):
        return [
            {"url": reverse("wagtailadmin_home"), "label": _("Tổng quan")},
            {"url": "", "label": _("Thông báo")},
        ]

    def get(self, request: HttpRequest) -> HttpResponse:
        rows = Notice.objects.of(request.user)
        unread = rows.unread().count()
        if request.GET.get("loc") == "chua-doc":
            rows = rows.unread()
        page = Paginator(rows, ROWS).get_page(request.GET.get("trang"))
        return self.render_to_response(
            self.get_context_data(page=page, unread=unread, only_unread=request.GET.get("loc") == "chua-doc")
        )

    def post(self, request: HttpRequest) -> HttpResponse:
        wanted = request.POST.get("mo", "")
        if not wanted.isdecimal():
            mark_read(request.user)
            return redirect("notices")
        row = Notice.objects.of(request.user).filter(pk=int(wanted[:18])).first()
        if row is None:
            return redirect("notices")
        mark_read(request.user, row.pk)
        return redirect(row.link or "notices")
