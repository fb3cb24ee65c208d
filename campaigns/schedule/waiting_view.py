"""Chờ duyệt: what waits for this person to decide, the one that goes out first on top."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Min, Q
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from wagtail.admin.ui.components import Component
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.permissions import policy_registry

from campaigns.posts.models import Post
from campaigns.posts.querysets import PostQuerySet


def waiting_for(user: Any) -> PostQuerySet:
    """Return the posts that `user` may decide on now: within reach, submitted, and not of the user's own making."""
    rows = policy_registry.get_by_type(Post).instances_user_has_permission_for(user, "approve")
    own = Q(created_by=user) | Q(last_edited_by=user)
    return (
        Post.objects.filter(pk__in=rows.values("pk"))
        .awaiting_approval()
        .exclude(pk__in=Post.objects.filter(own).values("pk"))
        .annotate(first_at=Min("variants__slots__at"))
        .select_related("organisation", "campaign", "last_edited_by")
        .order_by("first_at", "pk")
    )


class WaitingPanel(Component):
    """What waits for this person, on the first page of the admin."""

    name = "posts_waiting"
    template_name = "approvals/waiting_panel.html"
    order = 100
    most = 5

    def get_context_data(self, parent_context):
        context = super().get_context_data(parent_context)
        posts = list(waiting_for(parent_context["request"].user)[: self.most + 1])
        return {**context, "posts": posts[: self.most], "more": len(posts) > self.most}


class WaitingView(WagtailAdminTemplateMixin, View):
    """The approver's list: works on a phone."""

    template_name = "approvals/waiting.html"
    page_title = gettext_lazy("Chờ duyệt")
    header_icon = "check"

    def get_breadcrumbs_items(self):
        return [
            {"url": reverse("wagtailadmin_home"), "label": _("Tổng quan")},
            {"url": "", "label": _("Chờ duyệt")},
        ]

    def get(self, request: HttpRequest) -> HttpResponse:
        if not policy_registry.get_by_type(Post).user_has_permission(request.user, "approve"):
            raise PermissionDenied
        return self.render_to_response(self.get_context_data(posts=waiting_for(request.user)))
