"""Reels: ``POST /{page}/video_reels`` opens and finishes, the bytes go to the rupload host."""

from publishers.sandbox.facebook import clips
from publishers.sandbox.facebook.addresses import fetch_url
from publishers.sandbox.facebook.callers import app_of, caller, check_params, page_caller
from publishers.sandbox.facebook.envelope import refuse, refuse_missing, refuse_param, rupload_reply
from publishers.sandbox.facebook.values import schedule_time
from publishers.sandbox.media import MP4, recognise
from publishers.sandbox.replies import Refusal, Reply
from publishers.sandbox.request import Body, Request
from publishers.sandbox.routing import FACEBOOK, operation
from publishers.sandbox.store import Thing
from publishers.sandbox.world import World

VERSION = "v26.0"
DAY = 24 * 3600


def op_of(request: Request) -> str:
    """``reels.start`` or ``reels.finish``."""
    return f"reels.{(request.params.get('upload_phase') or 'unknown').lower()}"


@operation(FACEBOOK, "reels.start", "POST", "/graph/{page}/video_reels", refine=op_of)
def phase(world: World, request: Request) -> Reply:
    """Open a reel, or finish it with the state it shall have."""
    page = request.args[0]
    token = page_caller(world, request, page, "pages_manage_posts")
    match (request.params.get("upload_phase") or "").lower():
        case "start":
            check_params(world, request, "upload_phase")
            clip = clips.new_clip(world, page, app_of(world, token), reel=True, size=0, fate=request.fate)
            return Reply.json(
                {
                    "video_id": clip.id,
                    "upload_url": f"{request.base}/rupload/video-upload/{VERSION}/{clip.id}",
                }
            )
        case "finish":
            return _finish(world, request, page)
    refuse_param(world, "Param upload_phase must be one of {START, FINISH}")


def _finish(world: World, request: Request, page: str) -> Reply:
    check_params(
        world,
        request,
        "upload_phase",
        "video_id",
        "video_state",
        "description",
        "title",
        "scheduled_publish_time",
        "place",
    )
    clip = world.store.get(FACEBOOK, request.params.get("video_id") or "", "video")
    if clip is None or clip.account != page or not clip.data["reel"]:
        refuse_missing(world, request.params.get("video_id") or "", "post")
    state = request.params.get("video_state", "")
    if state not in ("PUBLISHED", "DRAFT", "SCHEDULED"):
        refuse_param(world, "Param video_state must be one of {PUBLISHED, DRAFT, SCHEDULED}")
    if not clip.data["uploaded"]:
        refuse(world, 6000, "The video upload is not complete.", subcode=1363033)
    if clip.data["finished_at"]:
        refuse(world, 6000, "This upload session has already been finished.", subcode=1363041)
    scheduled_at = schedule_time(world, request) if state == "SCHEDULED" else 0.0
    _check_daily_limit(world, page)
    clips.finish(
        world, clip, state=state, title=request.params.get("title", ""), description=request.params.get("description", ""),
        scheduled_at=scheduled_at, fate=request.fate,
    )  # fmt: skip
    return Reply.json({"success": True})


def _check_daily_limit(world: World, page: str) -> None:
    since = world.now() - DAY
    reels = world.store.find(FACEBOOK, "video", page, since=since - DAY)
    used = sum(
        1
        for reel in reels
        if reel.data["reel"] and reel.data["finished_at"] > since and reel.data["state"] != "DRAFT"
    )
    if used >= world.register.settings(FACEBOOK, "page", page)["reels_per_day"]:
        refuse(world, 368, "The action attempted has been deemed abusive or is otherwise disallowed", subcode=1390008,
               text="This Page has reached the limit of API-published reels in 24 hours.")  # fmt: skip


@operation(
    FACEBOOK,
    "reels.upload",
    "POST",
    "/rupload/video-upload/{video}",
    "/rupload/{video}",
    prepare=fetch_url,
    partial=True,
)
def upload(world: World, request: Request) -> Reply:
    """The bytes of a reel from header ``offset`` on, or ``file_url`` for the platform to fetch."""
    token = caller(world, request)
    clip = world.store.get(FACEBOOK, request.args[0], "video")
    if clip is None or not clip.data["reel"] or clip.account != token.account:
        raise Refusal(rupload_reply("InvalidSessionError", "Upload session not found", status=404))
    if clip.data["uploaded"]:
        raise Refusal(rupload_reply("OffsetInvalidError", "The upload is already complete"))
    offset, size = request.headers.get("offset") or "", request.headers.get("file_size") or ""
    if not offset.isdigit() or not size.isdigit():
        raise Refusal(
            rupload_reply("MissingHeaderError", "Headers offset and file_size are required"), "Thiếu tiêu đề."
        )
    if address := request.headers.get("file_url"):
        return _from_address(world, request, clip, address)
    if request.content_type != "application/octet-stream":
        raise Refusal(
            rupload_reply("ContentTypeError", "Content-Type must be application/octet-stream"),
            "Sai Content-Type.",
        )
    if int(offset) != clip.data["received"]:
        raise Refusal(
            rupload_reply("OffsetInvalidError", f"Expected offset {clip.data['received']}"), "Sai offset."
        )
    stop = int(offset) + request.body.size
    if stop > int(size) or (stop < int(size) and not request.body.truncated):
        raise Refusal(
            rupload_reply("PartialRequestError", "Partial request (did not match length of file)"),
            "Sai độ dài.",
        )
    if int(offset) == 0 and not request.body.truncated:
        _check_bytes(request.body)
    world.media.write_at(clip.data["media"], int(offset), request.body.whole(), spool=request.body.spool)
    clip.data.update(received=stop, size=int(size), uploaded=stop == int(size))
    world.store.put(clip)
    return Reply.json({"success": True})


def _from_address(world: World, request: Request, clip: Thing, address: str) -> Reply:
    fetched = request.fetched.get(address)
    if fetched is None or fetched.status != 200:
        raise Refusal(rupload_reply("ProcessingFailedError", "Unable to fetch video file from URL"))
    body = Body(fetched.body)
    _check_bytes(body)
    world.media.write_at(clip.data["media"], 0, body.whole())
    clip.data.update(received=body.size, size=body.size, uploaded=True)
    world.store.put(clip)
    return Reply.json({"success": True})


def _check_bytes(body: Body) -> None:
    if recognise(body.whole().read(0, 64)) != MP4:
        raise Refusal(
            rupload_reply("ProcessingFailedError", "Request processing failed: unsupported file format")
        )
