"""Registration only."""

from wagtail import hooks

from campaigns.planning.viewsets import PlanningGroup


@hooks.register("register_admin_viewset")
def planning_screens() -> PlanningGroup:
    return PlanningGroup()
