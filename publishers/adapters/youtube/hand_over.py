"""A private video that YouTube is to make public by itself at its hour (`publishAt`), and taking that back."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import UTC
from typing import Any

from publishers.adapters.hand_over import STILL_PLANNED, hour_of, hour_or_refusal
from publishers.adapters.seam import Answer, Look, Outcome, Request, Sighting
from publishers.adapters.shapes import at
from publishers.adapters.times import moment_of, now
from publishers.adapters.youtube import resource
from publishers.adapters.youtube.answers import answer, failed
from publishers.adapters.youtube.client import YouTubeClient


def schedule(
    client: YouTubeClient, request: Request, handles: Mapping[str, Any], own_hosts: Collection[str]
) -> Answer:
    """Give the private video its hour. Repeating it changes nothing."""
    hour = hour_or_refusal(handles, now())
    if isinstance(hour, Answer):
        return hour
    body = resource.video(request, resource.PRIVATE, own_hosts, str(handles["video_id"]))
    body["status"]["publishAt"] = hour.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    reply = client.update(body)
    found = answer(reply, "id", request.account)
    if found.outcome is Outcome.OK and moment_of(at(reply.body, "status", "publishAt")) is None:
        return replace(found, outcome=Outcome.PENDING, code="no-hour")
    return found


def look(client: YouTubeClient, request: Request, handles: Mapping[str, Any]) -> Sighting:
    """Read back whether the video waits for its hour."""
    reply = client.videos(str(handles.get("video_id") or ""), "status")
    found = answer(reply, "items", request.account, writes=False)
    if failed(reply, "items"):
        return Sighting(Look.AGAIN, found, found.sentence)
    told = moment_of(at(reply.items[0], "status", "publishAt")) if reply.items else None
    hour = hour_of(handles)
    same = told is not None and hour is not None and abs((told - hour).total_seconds()) < 1
    return Sighting(Look.DONE, found) if same else Sighting(Look.NOT_DONE, found, certain=True)


def take_back(client: YouTubeClient, request: Request, handles: Mapping[str, Any]) -> Answer:
    """Leave the video private, without an hour."""
    body = {"id": str(handles.get("video_id") or ""), "status": resource.status(request, resource.PRIVATE)}
    return answer(client.update(body), "id", request.account)


def taken_back(client: YouTubeClient, request: Request, handles: Mapping[str, Any]) -> Answer:
    """Say whether the video waits for nothing any more."""
    reply = client.videos(str(handles.get("video_id") or ""), "status")
    found = answer(reply, "items", request.account, writes=False)
    if failed(reply, "items") or not reply.items:
        return found
    if (
        at(reply.items[0], "status", "publishAt")
        or at(reply.items[0], "status", "privacyStatus") != "private"
    ):
        return replace(found, outcome=Outcome.PENDING, sentence=STILL_PLANNED, code="still-planned")
    return found
