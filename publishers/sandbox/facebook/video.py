"""``POST graph-video/{page}/videos``: small uploads at once, large ones in chunks the server chooses."""

from publishers.sandbox.facebook import clips
from publishers.sandbox.facebook.addresses import fetch_url
from publishers.sandbox.facebook.callers import app_of, check_params, page_caller
from publishers.sandbox.facebook.envelope import refuse, refuse_param
from publishers.sandbox.facebook.fields import project
from publishers.sandbox.facebook.uploads import take_handle
from publishers.sandbox.facebook.values import publication, whole_number
from publishers.sandbox.media import MP4, recognise
from publishers.sandbox.multipart import Part
from publishers.sandbox.replies import Reply
from publishers.sandbox.request import Body, Request
from publishers.sandbox.routing import FACEBOOK, operation
from publishers.sandbox.store import Thing
from publishers.sandbox.world import World

LARGEST = 10 << 30
LARGEST_AT_ONCE = 1 << 30
SESSION_SECONDS = 24 * 3600
DETAILS = ("title", "description", "published", "scheduled_publish_time", "thumb")


def op_of(request: Request) -> str:
    """The finer name of the operation, by phase, for rules and records."""
    phase = request.params.get("upload_phase")
    return f"videos.{phase}" if phase in ("start", "transfer", "finish", "cancel") else "videos.create"


@operation(FACEBOOK, "videos.create", "POST", "/graph-video/{page}/videos", prepare=fetch_url, refine=op_of)
def upload(world: World, request: Request) -> Reply:
    """One phase of a chunked upload, or a whole video."""
    page = request.args[0]
    token = page_caller(world, request, page, "pages_manage_posts", "publish_video")
    app = app_of(world, token)
    match request.params.get("upload_phase"):
        case "start":
            return _start(world, request, page, app)
        case "transfer":
            return _transfer(world, request, page)
        case "finish":
            return _finish(world, request, page)
        case "cancel":
            return _cancel(world, request, page)
        case None:
            return _at_once(world, request, page, app)
    refuse_param(world, "Param upload_phase must be one of {START, TRANSFER, FINISH, CANCEL}")


def _start(world: World, request: Request, page: str, app: str) -> Reply:
    check_params(world, request, "upload_phase", "file_size")
    size = whole_number(world, request, "file_size")
    if not 0 < size <= LARGEST:
        refuse(world, 352, "(#352) The video file you selected is too large or empty.")
    clip = clips.new_clip(world, page, app, reel=False, size=size, fate=request.fate)
    clip.data["session"] = world.ids.number("session", page)
    world.store.put(clip)
    world.store.put(Thing(clip.data["session"], FACEBOOK, "session", page, world.now(), {"video": clip.id}))
    start, end = _window(world, clip)
    return Reply.json(
        {
            "video_id": clip.id,
            "upload_session_id": clip.data["session"],
            "start_offset": start,
            "end_offset": end,
        }
    )


def _session(world: World, request: Request, page: str) -> Thing:
    id_ = request.params.get("upload_session_id") or ""
    session = world.store.get(FACEBOOK, id_, "session")
    clip = (
        world.store.get(FACEBOOK, session.data["video"], "video")
        if session and session.account == page
        else None
    )
    if session is None or clip is None or clip.data["expired"] or request.fate.get("session") == "gone":
        if clip is not None:
            clip.data["expired"] = True
            world.store.put(clip)
        refuse(world, 6000, "Your video upload session has ended. Please start again.", subcode=1363041)
    if world.now() - session.created > SESSION_SECONDS:
        refuse(world, 6000, "Your video upload timed out before it could be completed.", subcode=1363030)
    return clip


def _window(world: World, clip: Thing) -> tuple[str, str]:
    chunk = int(
        clip.data["fate"].get("chunk_bytes")
        or world.register.settings(FACEBOOK, "page", clip.account)["chunk_bytes"]
    )
    start = clip.data["received"]
    return str(start), str(min(start + chunk, clip.data["size"]))


def _transfer(world: World, request: Request, page: str) -> Reply:
    check_params(world, request, "upload_phase", "upload_session_id", "start_offset", "video_file_chunk")
    clip = _session(world, request, page)
    offset = whole_number(world, request, "start_offset")
    chunk = request.files.get("video_file_chunk")
    start, end = _window(world, clip)
    if chunk is None:
        refuse_param(world, "Param video_file_chunk must be a file", finding="Thiếu tệp video_file_chunk.")
    if offset != int(start) or chunk.size != int(end) - int(start) or request.fate.get("chunk") == "lost":
        refuse(
            world, 6001, "There was a problem uploading your video. Please retry from the given offset.", subcode=1363037,
            data={"start_offset": start, "end_offset": end}, finding="" if request.fate else "Sai vị trí hoặc độ dài đoạn.",
        )  # fmt: skip
    world.media.write_at(clip.data["media"], offset, chunk)
    clip.data["received"] = offset + chunk.size
    clip.data["uploaded"] = clip.data["received"] == clip.data["size"]
    world.store.put(clip)
    start, end = _window(world, clip)
    return Reply.json({"start_offset": start, "end_offset": end})


def _finish(world: World, request: Request, page: str) -> Reply:
    check_params(world, request, "upload_phase", "upload_session_id", *DETAILS)
    clip = _session(world, request, page)
    if not clip.data["uploaded"]:
        refuse(world, 6000, "The video upload is not complete.", subcode=1363033)
    if clip.data["finished_at"]:
        refuse(world, 6000, "This upload session has already been finished.", subcode=1363041)
    _accept(world, request, clip)
    return Reply.json({"success": True})


def _cancel(world: World, request: Request, page: str) -> Reply:
    check_params(world, request, "upload_phase", "upload_session_id")
    clip = _session(world, request, page)
    if clip.data["finished_at"]:
        refuse(world, 6000, "This upload session has already been finished.", subcode=1363041)
    clip.data["expired"] = True
    world.store.put(clip)
    return Reply.json({"success": True})


def _at_once(world: World, request: Request, page: str, app: str) -> Reply:
    check_params(world, request, "source", "file_url", "fbuploader_video_file_chunk", *DETAILS)
    content = _whole_video(world, request, page)
    if content.size > LARGEST_AT_ONCE or recognise(content.read(0, 64)) != MP4:
        refuse(world, 352, "(#352) Sorry, the video file you selected is in a format that we don't support.")
    publication(world, request)
    clip = clips.new_clip(world, page, app, reel=False, size=content.size, fate=request.fate)
    world.media.write_at(clip.data["media"], 0, content)
    clip.data.update(received=content.size, uploaded=True)
    _accept(world, request, clip)
    fields = request.params.get("fields")
    return Reply.json(project(world, clips.node(world, clip, request.base), fields, "id", "Video"))


def _whole_video(world: World, request: Request, page: str) -> Part:
    url, handle = request.params.get("file_url"), request.params.get("fbuploader_video_file_chunk")
    if source := request.files.get("source"):
        return source
    if handle:
        return take_handle(world, page, handle)
    fetched = request.fetched.get(url or "")
    if fetched is None:
        refuse_param(world, "Requires one of source, file_url, fbuploader_video_file_chunk")
    if fetched.status != 200:
        refuse(world, 389, "(#389) Unable to fetch video file from URL.")
    return Body(fetched.body).whole()


def _accept(world: World, request: Request, clip: Thing) -> None:
    published, scheduled_at = publication(world, request)
    state = "PUBLISHED" if published else "SCHEDULED" if scheduled_at else "DRAFT"
    title, description = request.params.get("title", ""), request.params.get("description", "")
    if len(title) > 254:
        refuse_param(world, "Param title is too long")
    clips.finish(
        world,
        clip,
        state=state,
        title=title,
        description=description,
        scheduled_at=scheduled_at,
        fate=request.fate,
    )
