"""Comments of the Page under its own posts."""

from typing import Any

from publishers.sandbox.clock import graph_time
from publishers.sandbox.facebook import posts
from publishers.sandbox.facebook.callers import caller, check_params, page_caller
from publishers.sandbox.facebook.envelope import refuse, refuse_missing, refuse_param
from publishers.sandbox.facebook.fields import project
from publishers.sandbox.facebook.paging import page_of
from publishers.sandbox.facebook.values import message
from publishers.sandbox.ledger import Effect
from publishers.sandbox.replies import Reply
from publishers.sandbox.request import Request
from publishers.sandbox.routing import FACEBOOK, operation
from publishers.sandbox.store import Thing
from publishers.sandbox.world import World

LONGEST = 8000


@operation(FACEBOOK, "comments.create", "POST", "/graph/{post}/comments")
def create(world: World, request: Request) -> Reply:
    """Write a comment as the Page; visible at once."""
    post = _post(world, request)
    page_caller(world, request, post.account, "pages_manage_engagement")
    check_params(world, request, "message", "attachment_id", "attachment_url")
    text = message(world, request)
    if (
        not text.strip()
        and not request.params.get("attachment_id")
        and not request.params.get("attachment_url")
    ):
        refuse_param(world, "Missing message or attachment")
    if len(text) > LONGEST:
        refuse_param(world, f"Param message is too long: at most {LONGEST} characters are allowed")
    id_ = f"{post.id.split('_')[1]}_{world.ids.number('comment', post.account)}"
    data = {"message": text, "page": post.account, "post": post.id, "lag": float(request.fate.get("lag", 0))}
    comment = world.store.put(Thing(id_, FACEBOOK, "comment", post.id, world.now(), data))
    effect = Effect(
        FACEBOOK, post.account, "comment", id_, posts.path_of(post), comment.created, text, parent=post.id
    )
    world.ledger.show(effect, world.now())
    return Reply.json(project(world, node(world, comment), request.params.get("fields"), "id", "Comment"))


@operation(FACEBOOK, "comments.list", "GET", "/graph/{post}/comments")
def listing(world: World, request: Request) -> Reply:
    """Comments of a post, oldest first unless ``order=reverse_chronological``."""
    caller(world, request)
    check_params(world, request, "filter", "order", "limit", "since", "summary", "after", "before")
    post = _post(world, request)
    now = world.now()
    rows = [
        c for c in world.store.find(FACEBOOK, "comment", post.id) if c.created + c.data.get("lag", 0) <= now
    ]
    if request.params.get("order") != "reverse_chronological":
        rows.reverse()
    return page_of(world, request, rows, lambda c: node(world, c), "created_time,from,message,id", "Comment")


def _post(world: World, request: Request) -> Thing:
    id_ = request.args[0]
    if "_" not in id_:
        refuse(world, 12, "(#12) singular statuses API is deprecated for versions v2.4 and higher",
               finding="Mã bài phải có dạng <trang>_<bài>.")  # fmt: skip
    post = world.store.get(FACEBOOK, id_, "post")
    if post is None:
        refuse_missing(world, id_, request.method.lower())
    return post


def node(world: World, comment: Thing) -> dict[str, Any]:
    """Every field of a comment that the Graph API would give."""
    page = world.register.settings(FACEBOOK, "page", comment.data["page"])
    return {"id": comment.id, "message": comment.data["message"], "created_time": graph_time(comment.created),
            "from": {"id": comment.data["page"], "name": page["name"]}, "permalink_url": None,
            "like_count": 0, "comment_count": 0, "is_hidden": False}  # fmt: skip
