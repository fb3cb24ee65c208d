"""Sending a shown article to an OA's followers: approved by itself, sent once, never resent (PLATFORMS §3.5).

There is no recall, no list and no status call. An unclear answer can only be weighed against the quota left before
and after, by a person. Targeting is not offered on purpose: public information goes to everybody."""

from __future__ import annotations

from dataclasses import replace

from cms.core.outbound import OutboundSession
from publishers.adapters.bases import Bases
from publishers.adapters.seam import Answer, Credential, Outcome, Receipt
from publishers.adapters.times import now
from publishers.adapters.zalo.client import ZaloClient, answer, failed

MOST_ARTICLES = 5
ASK_A_PERSON = (
    "Chưa rõ Zalo đã gửi thông báo tới người quan tâm hay chưa, và không thể hỏi lại Zalo. "
    "Xin so hạn mức còn lại trước và sau, rồi xác nhận; phần mềm không tự gửi lại."
)
_TOO_MANY = "Một thông báo Zalo mang từ một đến năm bài. Xin chọn lại."


def broadcast(account: str, article_ids: tuple[str, ...], credential: Credential, bases: Bases) -> Answer:
    """Send once to all followers of the OA `account`. UNKNOWN is final: ask a person, never call this again for it.

    RETRY and RATE mean that nothing was sent. The moderated delivery follows about half an hour later."""
    if not 1 <= len(article_ids) <= MOST_ARTICLES:
        return Answer(Outcome.CONTENT, _TOO_MANY, "elements")
    elements = [{"media_type": "article", "attachment_id": article} for article in article_ids]
    template = {"type": "template", "payload": {"template_type": "media", "elements": elements}}
    document = {"recipient": {"target": {"gender": "0"}}, "message": {"attachment": template}}
    reply = _client(credential, bases).post("v2.0/oa/message", document)
    found = answer(reply, "message_id", account)
    if found.outcome is Outcome.UNKNOWN:
        return replace(found, sentence=ASK_A_PERSON)
    if found.outcome is not Outcome.OK:
        return found
    message = str(reply.data["message_id"])
    return replace(found, handles={"message_id": message}, receipt=Receipt(message, visible_at=now()))


def quota_left(credential: Credential, bases: Bases) -> int | None:
    """Return how many broadcasts the package still allows, None when Zalo does not say."""
    reply = _client(credential, bases).post("v2.0/oa/quota/message", {})
    if failed(reply, "remain"):
        return None
    try:
        return int(reply.data["remain"])
    except (TypeError, ValueError):
        return None


def _client(credential: Credential, bases: Bases) -> ZaloClient:
    return ZaloClient(bases, credential, OutboundSession([bases.zalo], bases.timeout))
