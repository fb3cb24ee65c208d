"""``POST /{page}/photos``: a picture staged invisibly, or published as a post of its own."""

from publishers.sandbox.facebook import posts
from publishers.sandbox.facebook.addresses import fetch_url
from publishers.sandbox.facebook.callers import app_of, check_params, page_caller
from publishers.sandbox.facebook.envelope import refuse, refuse_param
from publishers.sandbox.facebook.values import message, publication
from publishers.sandbox.fetching import is_well_formed
from publishers.sandbox.media import GIF, JPEG, PNG, recognise
from publishers.sandbox.multipart import Part
from publishers.sandbox.replies import Reply
from publishers.sandbox.request import Body, Request
from publishers.sandbox.routing import FACEBOOK, operation
from publishers.sandbox.store import Thing
from publishers.sandbox.world import World

PARAMS = (
    "source", "url", "published", "caption", "message", "alt_text_custom", "temporary", "no_story",
    "scheduled_publish_time", "unpublished_content_type", "offline_id",
)  # fmt: skip
LARGEST = 4 << 20


@operation(FACEBOOK, "photos.create", "POST", "/graph/{page}/photos", prepare=fetch_url)
def create(world: World, request: Request) -> Reply:
    """Take a picture of at most 4 MB; ``published=false`` keeps it unseen until a post attaches it."""
    page = request.args[0]
    token = page_caller(world, request, page, "pages_manage_posts")
    check_params(world, request, *PARAMS)
    published, scheduled_at = publication(world, request)
    caption = message(world, request, "caption") or message(world, request)
    picture = _picture(world, request)
    id_ = world.ids.number("photo", page)
    kept = world.media.add(id_, FACEBOOK, page, picture, world.now())
    photo = Thing(id_, FACEBOOK, "photo", page, world.now(), {
        "media": id_, "caption": caption, "alt_text": request.params.get("alt_text_custom", ""), "post_id": "",
        "published": published, "width": 0, "digest": kept.data["digest"],
    })  # fmt: skip
    world.store.put(photo)
    answer = {"id": id_}
    if published or scheduled_at:
        post = posts.new_post(
            world, page, app_of(world, token), fate=request.fate, message=caption, photos=[id_], kind="photo_post",
            published=published, scheduled_at=scheduled_at,
        )  # fmt: skip
        photo.data["post_id"] = answer["post_id"] = post.id
        world.store.put(photo)
    return Reply.json(answer)


def _picture(world: World, request: Request) -> Part:
    source, url = request.files.get("source"), request.params.get("url")
    if "source" in request.fields:
        refuse_param(world, "Param source must be a file", finding="source phải là tệp trong multipart.")
    if source is None and not url:
        refuse(world, 324, "(#324) Requires upload file")
    if source is None:
        fetched = request.fetched.get(url or "")
        if not is_well_formed(url or "") or fetched is None or fetched.status != 200:
            refuse(world, 100, "(#100) Failed to fetch the picture at the given url", subcode=2061006)
        source = Body(fetched.body).whole()
    if source.size > LARGEST or recognise(source.read(0, 64)) not in (JPEG, PNG, GIF):
        refuse(world, 1, "Invalid parameter: your photos couldn't be uploaded.", subcode=1366046,
               text="Photos should be smaller than 4 MB and saved as JPG, PNG, GIF, TIFF, HEIF or WebP files.")  # fmt: skip
    return source


def node(world: World, photo: Thing, base: str) -> dict[str, object]:
    """Every field of a photo that the Graph API would give."""
    from_page = world.register.settings(FACEBOOK, "page", photo.account)
    src = f"{base}/__sandbox/media/{photo.data['media']}"
    return {
        "id": photo.id, "name": photo.data["caption"] or None, "alt_text_custom": photo.data["alt_text"] or None,
        "alt_text": photo.data["alt_text"] or None, "link": f"{base}/facebook-www/photo/{photo.id}",
        "page_story_id": photo.data["post_id"] or None, "images": [{"source": src}], "picture": src,
        "from": {"id": photo.account, "name": from_page["name"]}, "created_time": None,
    }  # fmt: skip
