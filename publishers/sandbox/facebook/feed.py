"""Publishing on a Page: ``POST /{page}/feed`` with text, link or staged photos."""

from publishers.sandbox.facebook import posts
from publishers.sandbox.facebook.addresses import check_link, fetch_link
from publishers.sandbox.facebook.callers import app_of, check_params, page_caller
from publishers.sandbox.facebook.envelope import refuse, refuse_missing, refuse_param
from publishers.sandbox.facebook.fields import project
from publishers.sandbox.facebook.values import boolean, json_value, message, publication, schedule_time
from publishers.sandbox.replies import Reply
from publishers.sandbox.request import Request
from publishers.sandbox.routing import FACEBOOK, operation
from publishers.sandbox.world import World

PARAMS = (
    "message", "link", "published", "scheduled_publish_time", "attached_media", "targeting", "feed_targeting",
    "call_to_action", "backdated_time", "client_mutation_id", "unpublished_content_type", "place", "tags",
)  # fmt: skip
MOST_PHOTOS = 10


@operation(FACEBOOK, "feed.create", "POST", "/graph/{page}/feed", prepare=fetch_link)
def create(world: World, request: Request) -> Reply:
    """Make a post; visible at once unless ``published=false``."""
    page = request.args[0]
    token = page_caller(world, request, page, "pages_manage_posts")
    check_params(world, request, *PARAMS)
    text, link = message(world, request), check_link(world, request)
    published, scheduled_at = publication(world, request)
    for name in ("targeting", "feed_targeting", "call_to_action"):
        json_value(world, request, name, dict)
    photos = attached_photos(world, request, page)
    if not (text.strip() or link or photos):
        refuse_param(world, "Missing message or attachment")
    if published:
        refuse_duplicate(world, page, text, link, photos)
    post = posts.new_post(
        world, page, app_of(world, token), fate=request.fate, message=text, link=link, photos=photos,
        kind="photo_post" if photos else "post", published=published, scheduled_at=scheduled_at,
    )  # fmt: skip
    for photo in photos:
        mark_used(world, photo, post.id)
    return Reply.json(
        project(world, posts.node(world, post, request.base), request.params.get("fields"), "id", "Post")
    )


def attached_photos(world: World, request: Request, page: str) -> list[str]:
    """The photo ids in ``attached_media``: a JSON list of ``{"media_fbid": "…"}`` naming this page's photos."""
    media = json_value(world, request, "attached_media", list)
    if media is None:
        return []
    photos: list[str] = []
    for item in media:
        if not isinstance(item, dict) or set(item) != {"media_fbid"}:
            refuse_param(
                world,
                "Param attached_media must be a list of {media_fbid}",
                finding="attached_media sai dạng.",
            )
        photo = world.store.get(FACEBOOK, str(item["media_fbid"]), "photo")
        if photo is None or photo.account != page:
            refuse_missing(world, str(item["media_fbid"]), "post")
        if photo.id in photos:
            refuse_param(world, "Param attached_media contains the same photo twice")
        photos.append(photo.id)
    if len(photos) > MOST_PHOTOS:
        refuse_param(world, f"Param attached_media takes at most {MOST_PHOTOS} photos")
    return photos


def refuse_duplicate(world: World, page: str, text: str, link: str, photos: list[str]) -> None:
    """Facebook's own guard against repeats: 506 for a text, 1366051 for photos, within the page's window.

    The window is 0 (no guard) unless the page is registered with one: the real guard is not
    dependable, and a sandbox that always had it would hide double posting.
    """
    window = world.register.settings(FACEBOOK, "page", page)["duplicate_window_seconds"]
    if not window:
        return
    for post in world.store.find(FACEBOOK, "post", page, since=world.now() - window):
        if photos and set(photos) & set(post.data["photos"]):
            refuse(
                world, 1, "These photos were already posted.", subcode=1366051, text="Ảnh này đã được đăng."
            )
        same = (post.data["message"], post.data["link"], post.data["photos"]) == (text, link, photos)
        if same and post.data["published"] and not photos:
            refuse(world, 506, "(#506) Duplicate status message", title="Duplicate Status Update",
                   text="This status update is identical to the last one you posted.")  # fmt: skip


def mark_used(world: World, photo_id: str, post_id: str) -> None:
    """Remember in which post a staged photo ended up."""
    photo = world.store.get(FACEBOOK, photo_id, "photo")
    if photo is not None:
        photo.data["post_id"] = post_id
        world.store.put(photo)


def edit(world: World, request: Request, post_id: str) -> Reply:
    """``POST /{post}``: change text, visibility, schedule or photos of a post made by the same app."""
    post = world.store.get(FACEBOOK, post_id, "post")
    if post is None:
        refuse_missing(world, post_id, "post")
    token = page_caller(world, request, post.account, "pages_manage_posts")
    check_params(
        world,
        request,
        "message",
        "is_hidden",
        "is_pinned",
        "is_published",
        "scheduled_publish_time",
        "attached_media",
    )
    if post.data["app"] != app_of(world, token):
        refuse(world, 10, "(#10) Application does not have permission for this action", http=403)
    changes: dict[str, object] = {}
    if "message" in request.params:
        changes["message"] = message(world, request)
    if "is_hidden" in request.params:
        changes["hidden"] = boolean(world, request, "is_hidden", False)
    if "is_pinned" in request.params:
        changes["pinned"] = boolean(world, request, "is_pinned", False)
    if "attached_media" in request.params:
        changes["photos"] = attached_photos(world, request, post.account)
    if boolean(world, request, "is_published", post.data["published"]) != post.data["published"]:
        if post.data["published"]:
            refuse_param(world, "A published post cannot be unpublished")
        changes.update(published=True, scheduled_at=0.0)
    if "scheduled_publish_time" in request.params:
        if post.data["published"]:
            refuse_param(world, "You cannot specify a scheduled publish time on a published post")
        changes["scheduled_at"] = schedule_time(world, request)
    if not changes:
        refuse_param(world, "Nothing to change")
    post.data.update(changes, updated=world.now())
    posts.refresh(world, post)
    return Reply.json({"success": True})
