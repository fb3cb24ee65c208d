"""An article hidden, checked, shown (PLATFORMS §3.7). Showing twice is harmless: publishing is idempotent."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any

from publishers.adapters.seam import Answer, Outcome, Receipt, Request
from publishers.adapters.times import now
from publishers.adapters.waits import FIVE_MINUTES
from publishers.adapters.zalo.article import HIDE, SHOW, payload
from publishers.adapters.zalo.client import ZaloClient, ZaloReply, answer, failed, judged, pending

CREATE, VERIFY_HIDDEN, STEP_SHOW, VERIFY_SHOWN = "create", "verify-hidden", "show", "verify-shown"
LOST_TOKEN = "Mã kiểm tra bài của Zalo không còn; phần mềm sẽ gửi lại bài, chưa có gì hiện ra."  # noqa: S105
FETCH_AGAIN = "Zalo chưa lấy được ảnh của bài. Phần mềm sẽ thử lại một lần sau năm phút."
_NOT_CREATED = "Bài chưa được tạo trên Zalo; phần mềm sẽ tạo lại."


def create(
    client: ZaloClient, request: Request, handles: Mapping[str, Any], own_hosts: Collection[str]
) -> Answer:
    """Hand the article in, hidden. Nothing exists until it is verified."""
    document = payload(request, HIDE, own_hosts, video_id=str(handles.get("video_id") or ""))
    reply = client.post("v2.0/article/create", document)
    found = answer(reply, "token", request.account)
    return (
        found
        if found.outcome is not Outcome.OK
        else replace(found, sealed={"create_token": str(reply.data["token"])})
    )


def verify_hidden(client: ZaloClient, request: Request, handles: Mapping[str, Any]) -> Answer:
    """Ask for the id of the hidden article; a twin left by a lost reply is removed."""
    token = str(handles.get("create_token") or "")
    if handles.get("article_id"):
        return _without_twins(client, request, handles)
    if not token:
        return Answer(Outcome.RETRY, LOST_TOKEN, "no-token", restart_from=CREATE)
    reply = client.post("v2.0/article/verify", {"token": token})
    if failed(reply, "id"):
        return _not_verified(reply, request, handles, CREATE)
    return answer(reply, "id", request.account, handles={"article_id": str(reply.data["id"])})


def _without_twins(client: ZaloClient, request: Request, handles: Mapping[str, Any]) -> Answer:
    found = Answer(Outcome.OK)
    for twin in handles.get("twins", ()):
        found = removed(client.post("v2.0/article/remove", {"id": str(twin)}), request)
        if found.outcome is not Outcome.OK:
            return found
    return replace(found, handles={"twins": []})


def show(
    client: ZaloClient, request: Request, handles: Mapping[str, Any], own_hosts: Collection[str]
) -> Answer:
    """Send the whole article again as shown."""
    if not handles.get("article_id"):
        return Answer(Outcome.RETRY, _NOT_CREATED, "no-article", restart_from=CREATE)
    reply = hand_in(client, request, handles, own_hosts, SHOW)
    found = answer(reply, "token", request.account)
    return (
        found
        if found.outcome is not Outcome.OK
        else replace(found, sealed={"show_token": str(reply.data["token"])})
    )


def hand_in(
    client: ZaloClient, request: Request, handles: Mapping[str, Any], own_hosts: Collection[str], status: str
) -> ZaloReply:
    """Send the whole article again under its id, shown or hidden: an update is never a patch."""
    document = payload(
        request, status, own_hosts, video_id=str(handles.get("video_id") or ""), article_id=str(handles["article_id"])
    )  # fmt: skip
    return client.post("v2.0/article/update", document)


def verify_change(
    client: ZaloClient, request: Request, handles: Mapping[str, Any], token: str, restart: str
) -> Answer:
    """Carry through what was handed in under `token`; when Zalo no longer knows it, `restart` hands it in again."""
    reply = client.post("v2.0/article/verify", {"token": token})
    if failed(reply, "id"):
        return _not_verified(reply, request, handles, restart)
    return answer(reply, "id", request.account)


def verify_shown(client: ZaloClient, request: Request, handles: Mapping[str, Any]) -> Answer:
    """Ask whether the shown article stands, and where."""
    token, article_id = str(handles.get("show_token") or ""), str(handles.get("article_id") or "")
    if token:
        reply = client.post("v2.0/article/verify", {"token": token})
        if failed(reply, "id"):
            return _not_verified(reply, request, handles, STEP_SHOW)
    seen = client.get("v2.0/article/getdetail", id=article_id)
    found = answer(seen, "status", request.account, writes=False)
    if failed(seen, "status"):
        return found
    if seen.data["status"] != SHOW:
        # Without a token (the reply to `show` was lost) there is nothing to wait for.
        return pending(found, "not-shown") if token else replace(
            found, outcome=Outcome.RETRY, sentence=LOST_TOKEN, code="not-shown", restart_from=STEP_SHOW
        )  # fmt: skip
    return replace(found, receipt=receipt_of(article_id, seen.data))


def receipt_of(article_id: str, detail: Mapping[str, Any]) -> Receipt:
    """Return what Zalo confirmed. It tells when an article was made, not when it was shown: that is now."""
    return Receipt(article_id, str(detail.get("link_view") or ""), now())


def _not_verified(reply: ZaloReply, request: Request, handles: Mapping[str, Any], restart: str) -> Answer:
    """Asking is harmless. -200 and a token that Zalo no longer knows mean that nothing was made: each is worth one
    more try from the step that hands the article in, not two."""
    found = answer(reply, "id", request.account, writes=False)
    told = judged(reply, writes=False)
    if told.field and not handles.get("token_retried"):
        return replace(
            found,
            outcome=Outcome.RETRY,
            sentence=LOST_TOKEN,
            restart_from=restart,
            handles={"token_retried": True},
        )
    if not told.media or handles.get("media_retried"):
        return found
    return replace(
        found, outcome=Outcome.RETRY, sentence=FETCH_AGAIN, not_before=now() + FIVE_MINUTES, restart_from=restart,
        handles={"media_retried": True},
    )  # fmt: skip


def removed(reply: ZaloReply, request: Request) -> Answer:
    """Judge a remove: an id that Zalo no longer knows is gone, as wished."""
    found = answer(reply, "", request.account)
    if found.outcome is not Outcome.OK and reply.status is not None and judged(reply, writes=True).field:
        return Answer(Outcome.OK, code=found.code, http_status=found.http_status, exchange=found.exchange)
    return found
