"""Pictures for messages. Their ids are refused by articles, as in life."""

from publishers.sandbox.media import GIF, JPEG, PNG, recognise
from publishers.sandbox.multipart import Part
from publishers.sandbox.replies import Reply
from publishers.sandbox.request import Request
from publishers.sandbox.routing import ZALO, operation
from publishers.sandbox.store import Thing
from publishers.sandbox.world import World
from publishers.sandbox.zalo.callers import caller, check_query
from publishers.sandbox.zalo.envelope import refuse, success

_LARGEST = {"image": 1 << 20, "gif": 5 << 20}
_TYPES = {"image": (JPEG, PNG), "gif": (GIF,)}


def only_file(request: Request) -> Part:
    """The one part named ``file``; refuses -201 for anything else."""
    if request.content_type != "multipart/form-data":
        refuse(-201, "file is invalid", finding="Tệp phải gửi bằng multipart.")
    if set(request.files) == {"file"} and not request.fields:
        return request.files["file"]
    refuse(-201, "file is invalid", finding="Chỉ nhận một tệp tên file.")


@operation(ZALO, "upload.image", "POST", "/zalo/v2.0/oa/upload/image", "/zalo/v2.0/oa/upload/gif")
def upload(world: World, request: Request) -> Reply:
    """Take a jpg or png of at most 1 MB, or a gif of at most 5 MB; gives ``attachment_id``."""
    token = caller(world, request)
    check_query(world, request)
    kind = request.path.rsplit("/", 1)[1]
    picture = only_file(request)
    if picture.size > _LARGEST[kind]:
        refuse(-210, f"file size is larger than {_LARGEST[kind] >> 20}MB")
    if recognise(picture.read(0, 64)) not in _TYPES[kind]:
        refuse(-201, "file type is not supported")
    media = world.ids.number("media", token.account)
    world.media.add(media, ZALO, token.account, picture, world.now())
    id_ = world.ids.secret("attachment", token.account)
    world.store.put(Thing(id_, ZALO, "attachment", token.account, world.now(), {"media": media}))
    return success({"attachment_id": id_})
