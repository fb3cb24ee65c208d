"""The resumable upload of files by handle: ``/{app}/uploads`` and ``/upload:…``."""

from pathlib import Path

from publishers.sandbox.facebook.callers import caller, check_params, token_value
from publishers.sandbox.facebook.envelope import refuse, refuse_missing, refuse_param
from publishers.sandbox.facebook.values import whole_number
from publishers.sandbox.multipart import Part
from publishers.sandbox.replies import Reply
from publishers.sandbox.request import Body, Request
from publishers.sandbox.routing import FACEBOOK, operation
from publishers.sandbox.store import Thing
from publishers.sandbox.world import World

FILE_TYPES = ("application/pdf", "image/jpeg", "image/png", "video/mp4")


@operation(FACEBOOK, "uploads.start", "POST", "/graph/{app}/uploads")
def start(world: World, request: Request) -> Reply:
    """Open an upload; gives ``upload:…``."""
    caller(world, request)
    check_params(world, request, "file_name", "file_length", "file_type")
    if request.params.get("file_type") not in FILE_TYPES:
        refuse_param(world, f"Param file_type must be one of {', '.join(FILE_TYPES)}")
    size = whole_number(world, request, "file_length")
    id_ = "upload:" + world.ids.secret("upload", request.args[0])
    media = world.ids.number("media", request.args[0])
    world.store.put(
        Thing(
            id_,
            FACEBOOK,
            "upload",
            request.args[0],
            world.now(),
            {"size": size, "received": 0, "media": media},
        )
    )
    return Reply.json({"id": id_})


def send(world: World, request: Request, id_: str) -> Reply:
    """Bytes from header ``file_offset`` on; gives the handle when the file is complete."""
    token_value(world, request)
    upload = world.store.get(FACEBOOK, id_, "upload")
    if upload is None:
        refuse_missing(world, id_, "post")
    offset = request.headers.get("file_offset") or ""
    if not offset.isdigit() or int(offset) != upload.data["received"]:
        refuse(
            world,
            6001,
            "The file offset does not match what was received.",
            data={"file_offset": upload.data["received"]},
        )
    world.media.write_at(upload.data["media"], int(offset), request.body.whole())
    upload.data["received"] += request.body.size
    world.store.put(upload)
    if upload.data["received"] < upload.data["size"]:
        return Reply.json({"id": id_, "file_offset": upload.data["received"]})
    handle = "4::" + world.ids.secret("handle", upload.account)
    world.store.put(
        Thing(handle, FACEBOOK, "handle", upload.account, world.now(), {"media": upload.data["media"]})
    )
    return Reply.json({"h": handle})


def state(world: World, upload: Thing) -> Reply:
    """How many bytes of an upload have arrived."""
    return Reply.json({"id": upload.id, "file_offset": upload.data["received"]})


def take_handle(world: World, page: str, handle: str) -> Part:
    """The file behind a handle; refuses an unknown one."""
    found = world.store.get(FACEBOOK, handle, "handle")
    if found is None:
        refuse_param(world, "Param fbuploader_video_file_chunk is not a valid file handle")
    path: Path = world.media.path(found.data["media"])
    return Body(path.read_bytes()).whole()
