"""The permission page of an OA."""

from publishers.sandbox import consent
from publishers.sandbox.replies import Reply
from publishers.sandbox.request import Request
from publishers.sandbox.routing import ZALO, operation
from publishers.sandbox.world import World


@operation(ZALO, "login.dialog", "GET", "/zalo-oauth/v4/oa/permission")
def dialog(world: World, request: Request) -> Reply:
    """Ask which OA; send the browser back with ``code``, ``oa_id`` and ``state``."""
    query = request.query
    app = world.register.get(ZALO, "app", query.get("app_id", ""))
    if app is None:
        return consent.problem("Ứng dụng không tồn tại hoặc chưa kích hoạt (-14002).")
    address = query.get("redirect_uri", "")
    if not consent.redirect_allowed(address, app["redirect_uris"]):
        return consent.problem("Địa chỉ quay lại không khớp với đăng ký (-14003).")
    state = {"state": query["state"]} if "state" in query else {}
    match query.get("chon"):
        case None:
            mine = [
                (oa["id"], oa["name"] or oa["id"])
                for oa in world.register.of_kind(ZALO, "oa")
                if oa["app_id"] == app["id"]
            ]
            return consent.page(request, f"Cho phép “{app['name']}” quản lý Official Account", mine)
        case "tu-choi":
            return consent.send_back(address, {"error": "-14019", "error_name": "user_denied", **state})
    oa = world.register.get(ZALO, "oa", query["chon"])
    if oa is None or oa["app_id"] != app["id"]:
        return consent.problem("Official Account này không thuộc ứng dụng.")
    code = consent.grant_code(world, ZALO, oa["id"], app=app["id"], challenge=query.get("code_challenge", ""))
    return consent.send_back(address, {"code": code, "oa_id": oa["id"], **state})
