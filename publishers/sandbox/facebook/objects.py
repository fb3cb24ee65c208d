"""Any object by its id: read it, edit it, delete it."""

from typing import Any

from publishers.sandbox.accounts import Token
from publishers.sandbox.facebook import clips, comments, feed, photos, posts, uploads
from publishers.sandbox.facebook.callers import USER, caller, check_params, page_caller
from publishers.sandbox.facebook.envelope import refuse_missing, refuse_param
from publishers.sandbox.facebook.fields import project
from publishers.sandbox.facebook.values import message
from publishers.sandbox.replies import Reply
from publishers.sandbox.request import Request
from publishers.sandbox.routing import FACEBOOK, operation
from publishers.sandbox.store import Thing
from publishers.sandbox.world import World


@operation(FACEBOOK, "object.read", "GET", "/graph/{id}", "/graph-video/{id}")
def read(world: World, request: Request) -> Reply:
    """The fields of a page, post, photo, video, comment, or of ``me``."""
    token = caller(world, request)
    id_ = request.args[0]
    found = world.store.get(FACEBOOK, id_)
    if found is not None and found.kind == "upload":
        return uploads.state(world, found)
    check_params(world, request)
    if id_ == "me" or world.register.get(FACEBOOK, "page", id_):
        node, default, kind = _account_node(world, request, id_, token), "name,id", "Page"
    elif found is None or not _may_see(found, token):
        refuse_missing(world, id_)
    else:
        node, default, kind = _node(world, found, request.base)
    return Reply.json(project(world, node, request.params.get("fields"), default, kind))


def _may_see(found: Thing, token: Token) -> bool:
    owner = found.data["page"] if found.kind == "comment" else found.account
    return found.kind in ("post", "photo", "video", "comment") and token.account == owner


def _node(world: World, found: Thing, base: str) -> tuple[dict[str, Any], str, str]:
    match found.kind:
        case "post":
            return posts.node(world, found, base), "created_time,message,id", "PagePost"
        case "photo":
            return photos.node(world, found, base), "id,name", "Photo"
        case "video":
            return clips.node(world, found, base), "id,updated_time,description", "Video"
    return comments.node(world, found), "created_time,from,message,id", "Comment"


def _account_node(world: World, request: Request, id_: str, token: Token) -> dict[str, Any]:
    if id_ == "me" and token.kind == "user":
        return {"id": USER, "name": "Quản trị viên kênh"}
    page_id = token.account if id_ == "me" else id_
    page = world.register.settings(FACEBOOK, "page", page_id)
    own = token.kind == "user" or token.account == page_id
    living = [t.value for t in world.register.tokens_of(FACEBOOK, page_id, "access") if t.lives(world.now())]
    return {
        "id": page_id, "name": page["name"], "category": page["category"], "username": page["username"] or None,
        "link": f"{request.base}/facebook-www/{page_id}", "followers_count": page["followers"], "is_published": True,
        "fan_count": page["followers"], "tasks": page["tasks"], "access_token": living[-1] if own and living else None,
        "verification_status": "blue_verified", "picture": None, "about": None,
    }  # fmt: skip


@operation(FACEBOOK, "object.edit", "POST", "/graph/{id}")
def edit(world: World, request: Request) -> Reply:
    """Change a post, or the title and description of a video; also takes bytes for ``upload:…``."""
    id_ = request.args[0]
    if id_.startswith("upload:"):
        return uploads.send(world, request, id_)
    found = world.store.get(FACEBOOK, id_, "post", "video", "comment")
    if found is None:
        caller(world, request)
        refuse_missing(world, id_, "post")
    if found.kind == "post":
        return feed.edit(world, request, id_)
    if found.kind == "comment":
        page_caller(world, request, found.data["page"], "pages_manage_engagement")
        check_params(world, request, "message")
        found.data["message"] = message(world, request)
        world.store.put(found)
        return Reply.json({"success": True})
    page_caller(world, request, found.account, "pages_manage_posts")
    check_params(world, request, "title", "description", "name")
    changes = {k: v for k, v in request.params.items() if k in ("title", "description")}
    if not changes:
        refuse_param(world, "Nothing to change")
    clips.rewrite(world, found, changes)
    return Reply.json({"success": True})


@operation(FACEBOOK, "object.delete", "DELETE", "/graph/{id}", "/graph-video/{id}")
def delete(world: World, request: Request) -> Reply:
    """Delete a post, photo, video or comment; the second time it is missing (100/33)."""
    id_ = request.args[0]
    found = world.store.get(FACEBOOK, id_, "post", "photo", "video", "comment")
    if found is None:
        caller(world, request)
        refuse_missing(world, id_, "delete")
    page = found.data["page"] if found.kind == "comment" else found.account
    page_caller(
        world, request, page, "pages_manage_posts" if found.kind != "comment" else "pages_manage_engagement"
    )
    check_params(world, request)
    _remove(world, found)
    if (
        found.kind == "post"
        and found.data["video"]
        and (clip := world.store.get(FACEBOOK, found.data["video"], "video"))
    ):
        _remove(world, clip)
    if found.kind in ("video", "photo") and (
        post := world.store.get(FACEBOOK, found.data["post_id"], "post")
    ):
        if found.kind == "video" or post.data["photos"] == [found.id]:
            _remove(world, post)
        else:
            post.data["photos"].remove(found.id)
            posts.refresh(world, post)
    return Reply.json({"success": True})


def _remove(world: World, thing: Thing) -> None:
    world.store.remove(thing.id)
    world.store.forget_reminder(thing.id)
    world.ledger.hide(thing.id)
    if thing.kind == "post":
        for comment in world.store.find(FACEBOOK, "comment", thing.id):
            _remove(world, comment)
