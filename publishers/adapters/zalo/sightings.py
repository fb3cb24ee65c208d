"""Reading back articles after a lost reply (PLATFORMS §3.7). Changes nothing."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from publishers.adapters.seam import Look, Outcome, Request, Sighting
from publishers.adapters.shapes import rows, word
from publishers.adapters.times import moment_of
from publishers.adapters.wording import same_text
from publishers.adapters.zalo.article import SHOW, body_text, plain, type_of
from publishers.adapters.zalo.client import ZaloClient, ZaloReply, answer, failed, judged
from publishers.adapters.zalo.publishing import receipt_of

# Zalo gives at most ten articles at a time; thirty are enough for anything just made.
SLICE, SLICES = 10, 3
CLOCK_SLACK = timedelta(seconds=120)


def again(reply: ZaloReply, account: str) -> Sighting:
    """Zalo could not be asked now; the answer says why."""
    found = answer(reply, "", account, writes=False)
    return Sighting(Look.AGAIN, found, found.sentence)


def look_for_created(
    client: ZaloClient,
    request: Request,
    handles: Mapping[str, Any],
    since: datetime,
    own_hosts: Collection[str],
) -> Sighting:
    """Search the newest articles for ours by title, time and text. The oldest is adopted, others are named as twins."""
    taken = {"", *(str(one) for one in handles.get("taken", ()))}
    ours: list[str] = []
    for page in range(SLICES):
        listed = client.get("v2.0/article/getslice", offset=page * SLICE, limit=SLICE, type=type_of(request))
        if failed(listed):
            return again(listed, request.account)
        found = rows(listed.data.get("medias"))
        for row in found:
            if str(row.get("id", "")) in taken or not _could_be(row, request, since):
                continue
            detail = client.get("v2.0/article/getdetail", id=str(row["id"]))
            if failed(detail):
                return again(detail, request.account)
            if _says_the_same(detail.data, request, own_hosts):
                ours.append(str(row["id"]))
        if len(found) < SLICE:
            break
    if not ours:
        return Sighting(Look.NOT_DONE)
    handles_found = {"article_id": ours[-1], "twins": ours[:-1]}
    return Sighting(Look.DONE, answer(listed, "", request.account, writes=False, handles=handles_found))


def _could_be(row: Mapping[str, Any], request: Request, since: datetime) -> bool:
    made = moment_of(row.get("create_date"))
    return same_text(str(row.get("title") or ""), request.title) and (
        made is None or made >= since - CLOCK_SLACK
    )


def _says_the_same(detail: Mapping[str, Any], request: Request, own_hosts: Collection[str]) -> bool:
    body = detail.get("body")
    if not isinstance(body, list):
        return same_text(str(detail.get("description") or ""), request.summary)
    words = " ".join(plain(str(part.get("content") or "")) for part in body if isinstance(part, Mapping))
    return same_text(words, plain(body_text(request, own_hosts)))


def look_for_shown(client: ZaloClient, request: Request, handles: Mapping[str, Any]) -> Sighting:
    """Ask the stored article itself; showing it again would be harmless."""
    return _shown(client, request, handles)[0]


def look_for_words(
    client: ZaloClient, request: Request, handles: Mapping[str, Any], own_hosts: Collection[str]
) -> Sighting:
    """Ask the stored article whether it is shown and says what `request` says."""
    seen, detail = _shown(client, request, handles)
    same = (
        same_text(word(detail.get("title")), request.title)
        and same_text(word(detail.get("description")), request.summary)
        and _says_the_same(detail, request, own_hosts)
    )
    return seen if same or seen.look is not Look.DONE else Sighting(Look.NOT_DONE, seen.answer, certain=True)


def _shown(
    client: ZaloClient, request: Request, handles: Mapping[str, Any]
) -> tuple[Sighting, Mapping[str, Any]]:
    article_id = str(handles.get("article_id") or "")
    if not article_id:
        return Sighting(Look.NOT_DONE, certain=True), {}
    seen = client.get("v2.0/article/getdetail", id=article_id)
    found = answer(seen, "status", request.account, writes=False)
    if failed(seen, "status"):
        if seen.status is not None and judged(seen, writes=False).field:
            gone = replace(found, outcome=Outcome.OK, sentence="")
            return Sighting(Look.NOT_DONE, gone, certain=True), {}
        return again(seen, request.account), {}
    if seen.data["status"] != SHOW:
        return Sighting(Look.NOT_DONE, found, certain=True), seen.data
    return Sighting(Look.DONE, replace(found, receipt=receipt_of(article_id, seen.data))), seen.data
