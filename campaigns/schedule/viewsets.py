"""The screens of posts. They stand here, not in the posts' room, because a post is edited with its times."""

from __future__ import annotations

from typing import Any

import django_filters
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column
from wagtail.permissions import policy_registry
from wagtail.snippets.models import SnippetAdminURLFinder

from campaigns.planning.models import Campaign
from campaigns.posts.models import Post
from campaigns.posts.states import PostState
from campaigns.schedule.decision import DecisionView
from campaigns.schedule.post_views import (
    DECIDE,
    PostCreateView,
    PostDeleteView,
    PostEditView,
    PostIndexView,
)
from cms.access.viewsets import ScopedViewSet
from cms.core import clock
from cms.organisations.models import Organisation

# Wagtail's own addresses for drafts, revisions and workflow steps act on revisions; a post is always saved for real
# and decided on its own page, so they are not opened at all.
_OPEN = frozenset({"list", "list_results", "add", "edit", "delete", "history", "history_results"})


def _campaigns(request: Any):
    return policy_registry.get_by_type(Campaign).instances_user_has_permission_for(request.user, "view")


def _bodies(request: Any):
    posts = policy_registry.get_by_type(Post).instances_user_has_permission_for(request.user, "view")
    return Organisation.objects.filter(pk__in=posts.order_by().values("organisation"))


class PostFilterSet(WagtailFilterSet):
    """Filters of the list; each offers only what the person may see."""

    state = django_filters.ChoiceFilter(label=_("Tình trạng"), choices=PostState.choices, field_name="state")
    campaign = django_filters.ModelChoiceFilter(label=_("Chiến dịch"), queryset=_campaigns)
    organisation = django_filters.ModelChoiceFilter(label=_("Cơ quan đăng"), queryset=_bodies)

    class Meta:
        model = Post
        fields = ["state", "campaign", "organisation"]


class PostUrlFinder(SnippetAdminURLFinder):
    """Where a post is opened from elsewhere: the editor for whoever may change it, else the page to read it on."""

    model = Post
    edit_url_name = "wagtailsnippets_posts_post:edit"

    def get_edit_url(self, instance):
        policy = policy_registry.get_by_type(Post)
        if policy.user_has_permission_for_instance(self.user, "approve", instance):
            return reverse(DECIDE, args=[instance.pk])
        return super().get_edit_url(instance)


class PostViewSet(ScopedViewSet):
    """Bài đăng: list, editor, the approver's page."""

    model = Post
    icon = "doc-full"
    menu_label = _("Bài đăng")
    menu_name = "bai-dang"
    menu_order = 220
    add_to_admin_menu = True
    url_prefix = "bai-dang"
    index_view_class = PostIndexView
    add_view_class = PostCreateView
    edit_view_class = PostEditView
    delete_view_class = PostDeleteView
    decide_view_class = DecisionView
    create_template_name = "posts/editor.html"
    edit_template_name = "posts/editor.html"
    delete_template_name = "posts/delete.html"
    filterset_class = PostFilterSet
    url_finder_class = PostUrlFinder
    list_display = [
        "title",
        Column("state", label=_("Tình trạng"), accessor="state_label"),
        Column("campaign", label=_("Chiến dịch"), accessor="campaign.title"),
        Column("organisation", label=_("Cơ quan đăng"), accessor="organisation.short_name"),
        Column("updated_at", label=_("Sửa lúc"), accessor=lambda post: clock.spoken_stamp(post.updated_at)),
    ]

    def get_queryset(self, request):
        return Post.objects.select_related("campaign", "organisation").with_state().order_by("-updated_at")

    def get_edit_handler(self):
        return None

    def get_form_class(self, for_update=False):
        return None

    @property
    def decide_view(self):
        return self.construct_view(self.decide_view_class, **self.get_common_view_kwargs())

    def get_history_view_kwargs(self, **kwargs):
        # Every submission leaves a revision; the list must offer none of the addresses that are not opened.
        closed = ("view", "revert", "compare", "unschedule")
        return super().get_history_view_kwargs(
            **{f"revisions_{name}_url_name": None for name in closed}, **kwargs
        )

    def get_urlpatterns(self):
        patterns = [pattern for pattern in super().get_urlpatterns() if pattern.name in _OPEN]
        return [*patterns, path("duyet/<int:pk>/", self.decide_view, name="decide")]
