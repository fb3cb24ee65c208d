"""Sending an article to followers: once sent it cannot be taken back, listed or asked about."""

from typing import Any

from publishers.sandbox.clock import vietnam
from publishers.sandbox.ledger import Effect
from publishers.sandbox.replies import Reply
from publishers.sandbox.request import Request
from publishers.sandbox.routing import ZALO, operation
from publishers.sandbox.world import World
from publishers.sandbox.zalo.callers import article_caller, caller, check_query, json_body
from publishers.sandbox.zalo.envelope import refuse, success

FIRST_HOUR, LAST_HOUR = 6, 21
MOST_ELEMENTS = 5
_TARGETS = {
    "gender": range(3),
    "ages": range(8),
    "locations": range(3),
    "cities": range(64),
    "platform": range(1, 4),
}


@operation(ZALO, "oa.broadcast", "POST", "/zalo/v2.0/oa/message")
def broadcast(world: World, request: Request) -> Reply:
    """Send up to five shown articles; between 06:00 and 21:59 Viet Nam time, within the month's quota."""
    token, oa = article_caller(world, request)
    check_query(world, request)
    ids = _check_message(json_body(request))
    articles = [world.store.get(ZALO, id_, "article") for id_ in ids]
    for article in articles:
        if article is None or article.account != token.account or article.data["article"]["status"] != "show":
            refuse(-201, "attachment_id is invalid")
    now = vietnam(world.now())
    if not FIRST_HOUR <= now.hour <= LAST_HOUR:
        refuse(-234)
    key = _key(world, token.account)
    if world.store.counted(key) >= oa["broadcasts_per_month"]:
        refuse(-211)
    world.store.count(key)
    id_ = world.ids.opaque("broadcast", token.account)
    titles = [article.data["article"]["title"] for article in articles if article]
    effect = Effect(ZALO, token.account, "broadcast", id_, f"/zalo-www/article/{ids[0]}", world.now(), "\n".join(titles),
                    titles[0], list(ids))  # fmt: skip
    world.ledger.show(effect, world.now())
    return success({"message_id": id_})


def _check_message(body: dict[str, Any]) -> list[str]:
    if set(body) != {"recipient", "message"}:
        refuse(-201, "recipient or message is invalid", finding="Chỉ nhận recipient và message.")
    recipient = body["recipient"]
    target = (
        recipient.get("target", {}) if isinstance(recipient, dict) and set(recipient) <= {"target"} else None
    )
    if not isinstance(target, dict):
        refuse(-201, "recipient is invalid")
    for name, value in target.items():
        numbers = value.split(",") if isinstance(value, str) else []
        if (
            name not in _TARGETS
            or not numbers
            or not all(n.isdigit() and int(n) in _TARGETS[name] for n in numbers)
        ):
            refuse(-201, f"{name} is invalid", finding="Nhóm nhận phải là chuỗi số cách nhau bằng dấu phẩy.")
    try:
        attachment = body["message"]["attachment"]
        payload = attachment["payload"]
        elements = payload["elements"]
        wrong = (attachment["type"], payload["template_type"]) != ("template", "media") or not isinstance(
            elements, list
        )
        ids = [str(element["attachment_id"]) for element in elements if element["media_type"] == "article"]
    except (KeyError, TypeError):
        refuse(-201, "message is invalid")
    if wrong or not 0 < len(ids) == len(elements) <= MOST_ELEMENTS:
        refuse(-201, "elements is invalid")
    return ids


def _key(world: World, oa: str) -> str:
    return f"zalo:broadcasts:{oa}:{vietnam(world.now()):%Y-%m}"


@operation(ZALO, "oa.quota", "POST", "/zalo/v2.0/oa/quota/message", "/zalo/v3.0/oa/quota/message")
def quota(world: World, request: Request) -> Reply:
    """What is left of the month's broadcasts: one object in v2.0, a list of assets in v3.0."""
    token = caller(world, request)
    check_query(world, request)
    body = json_body(request) if request.body.size else {}
    total = int(world.register.settings(ZALO, "oa", token.account)["broadcasts_per_month"])
    remain = max(0, total - int(world.store.counted(_key(world, token.account))))
    if request.path.startswith("/zalo/v2.0/"):
        if not set(body) <= {"message_id", "user_id", "type"}:
            refuse(-201, "Body data is invalid", finding="Trường lạ trong yêu cầu hạn mức.")
        return success({"type": "promotion", "remain": remain, "total": total})
    if (
        not set(body) <= {"quota_owner", "product_type", "quota_type", "user_id"}
        or body.get("quota_owner", "OA") != "OA"
    ):
        refuse(-201, "quota_owner is invalid")
    asset = {"asset_id": f"goi-{token.account}", "product_type": body.get("product_type", "cs"), "total": total,
             "quota_type": body.get("quota_type", "sub_quota"), "remain": remain, "status": "available"}  # fmt: skip
    return success([asset])
