"""Registration only."""

from django.templatetags.static import static
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.home import UserObjectsInWorkflowModerationPanel, WorkflowObjectsToModeratePanel
from wagtail.permissions import policy_registry

from campaigns.posts.models import Post
from campaigns.schedule.calendar_view import CalendarView
from campaigns.schedule.viewsets import PostViewSet
from campaigns.schedule.waiting_view import WaitingPanel, WaitingView


@hooks.register("register_admin_viewset")
def post_screens() -> PostViewSet:
    return PostViewSet()


@hooks.register("register_admin_urls")
def own_addresses() -> list:
    return [
        path("lich-dang/", CalendarView.as_view(), name="schedule_calendar"),
        path("cho-duyet/", WaitingView.as_view(), name="posts_waiting"),
    ]


class _ForWhoMay(MenuItem):
    """A menu entry for people who hold one action on posts."""

    def __init__(self, *args, action: str, **kwargs) -> None:
        self.action = action
        super().__init__(*args, **kwargs)

    def is_shown(self, request) -> bool:
        return policy_registry.get_by_type(Post).user_has_permission(request.user, self.action)


@hooks.register("register_admin_menu_item")
def calendar_entry() -> MenuItem:
    return _ForWhoMay(
        _("Lịch đăng"),
        reverse("schedule_calendar"),
        name="lich-dang",
        icon_name="date",
        order=230,
        action="view",
    )


@hooks.register("register_admin_menu_item")
def waiting_entry() -> MenuItem:
    return _ForWhoMay(
        _("Chờ duyệt"),
        reverse("posts_waiting"),
        name="cho-duyet",
        icon_name="check",
        order=240,
        action="approve",
    )


@hooks.register("construct_homepage_panels")
def what_waits(request, panels) -> None:
    """Put our own list of what waits in the place of Wagtail's, whose buttons would decide without reading."""
    stock = (WorkflowObjectsToModeratePanel, UserObjectsInWorkflowModerationPanel)
    panels[:] = [panel for panel in panels if not isinstance(panel, stock)]
    if policy_registry.get_by_type(Post).user_has_permission(request.user, "approve"):
        panels.append(WaitingPanel())


@hooks.register("insert_global_admin_css")
def campaign_styles() -> str:
    return format_html('<link rel="stylesheet" href="{}">', static("schedule/campaigns.css"))
