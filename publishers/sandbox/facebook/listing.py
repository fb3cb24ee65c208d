"""What a Page has published or scheduled, newest first."""

from publishers.sandbox.clock import parse_moment
from publishers.sandbox.facebook import posts
from publishers.sandbox.facebook.callers import check_params, check_scopes, page_caller
from publishers.sandbox.facebook.envelope import refuse_param
from publishers.sandbox.facebook.paging import page_of
from publishers.sandbox.replies import Reply
from publishers.sandbox.request import Request
from publishers.sandbox.routing import FACEBOOK, operation
from publishers.sandbox.world import World

_DEFAULT = "created_time,message,id"


@operation(
    FACEBOOK, "feed.list", "GET", "/graph/{page}/published_posts", "/graph/{page}/feed", "/graph/{page}/posts"
)
def published(world: World, request: Request) -> Reply:
    """Published posts; a new one may be missing for the seconds of the Page's list lag."""
    page = request.args[0]
    page_caller(world, request, page)
    check_scopes(world, page, "pages_read_engagement")
    check_params(world, request, "since", "until", "limit", "after", "before")
    since, until = _moment(world, request, "since", 0.0), _moment(world, request, "until", 1e15)
    now = world.now()
    rows = (
        post
        for post in world.store.walk(FACEBOOK, "post", page, since=since, until=until)
        if post.data["published"] and post.data["listed_from"] <= now
    )
    return page_of(
        world, request, rows, lambda post: posts.node(world, post, request.base), _DEFAULT, "PagePost"
    )


@operation(FACEBOOK, "scheduled.list", "GET", "/graph/{page}/scheduled_posts")
def scheduled(world: World, request: Request) -> Reply:
    """Posts that wait for their native publishing time."""
    page = request.args[0]
    page_caller(world, request, page)
    check_params(world, request, "limit", "after", "before")
    waiting = [
        p
        for p in world.store.find(FACEBOOK, "post", page)
        if not p.data["published"] and p.data["scheduled_at"]
    ]
    return page_of(
        world, request, waiting, lambda post: posts.node(world, post, request.base), _DEFAULT, "PagePost"
    )


def _moment(world: World, request: Request, name: str, default: float) -> float:
    text = request.params.get(name)
    if text is None:
        return default
    try:
        return float(text) if text.isdigit() else parse_moment(text)
    except ValueError:
        refuse_param(world, f"Param {name} must be a valid timestamp")
