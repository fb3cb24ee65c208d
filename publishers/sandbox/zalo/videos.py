"""Videos for articles: prepared, converted, ready."""

from publishers.sandbox.media import AVI, MP4, recognise
from publishers.sandbox.replies import Reply
from publishers.sandbox.request import Request
from publishers.sandbox.routing import ZALO, operation
from publishers.sandbox.store import Thing
from publishers.sandbox.world import World
from publishers.sandbox.zalo.callers import article_caller, check_query
from publishers.sandbox.zalo.envelope import refuse, success
from publishers.sandbox.zalo.images import only_file

LARGEST = 50 << 20


@operation(ZALO, "video.prepare", "POST", "/zalo/v2.0/article/upload_video/preparevideo")
def prepare(world: World, request: Request) -> Reply:
    """Take an mp4 or avi of at most 50 MB; gives the token to ask with."""
    token, oa = article_caller(world, request)
    check_query(world, request)
    video = only_file(request)
    if video.size > LARGEST:
        refuse(-210, "file size is larger than 50MB")
    if recognise(video.read(0, 64)) not in (MP4, AVI):
        refuse(-201, "file type is not supported")
    media = world.ids.number("media", token.account)
    world.media.add(media, ZALO, token.account, video, world.now())
    seconds = float(request.fate.get("converting_seconds", oa["video_converting_seconds"]))
    data = {"media": media, "size": video.size, "name": video.filename or "", "ready_at": world.now() + seconds,
            "failed": request.fate.get("processing") == "error"}  # fmt: skip
    id_ = world.ids.opaque("video", token.account)
    world.store.put(Thing(id_, ZALO, "video", token.account, world.now(), data))
    ask = world.ids.secret("video-token", token.account)
    world.store.put(Thing(ask, ZALO, "video_token", token.account, world.now(), {"video": id_}))
    return success({"token": ask})


@operation(ZALO, "video.verify", "GET", "/zalo/v2.0/article/upload_video/verify")
def verify(world: World, request: Request) -> Reply:
    """3 converting with a percentage, then 1 ready or 4 failed; token as header ``token`` or in the query."""
    token, _ = article_caller(world, request)
    check_query(world, request, "token")
    ask = world.store.get(
        ZALO, request.headers.get("token") or request.query.get("token") or "", "video_token"
    )
    video = (
        world.store.get(ZALO, ask.data["video"], "video") if ask and ask.account == token.account else None
    )
    if video is None:
        refuse(-201, "token is invalid")
    now, data = world.now(), video.data
    whole = max(1e-6, data["ready_at"] - video.created)
    percent = min(100, int(100 * (now - video.created) / whole))
    status, word = (
        (3, "converting") if now < data["ready_at"] else (4, "failed") if data["failed"] else (1, "success")
    )
    return success({"status": status, "status_message": word, "video_name": data["name"], "video_size": data["size"],
                    "convert_percent": percent, "convert_error_code": -1 if status == 4 else 0,
                    "video_id": video.id if status != 4 else ""})  # fmt: skip
