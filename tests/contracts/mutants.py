"""Clients with exactly one thing wrong: a parameter misspelt or left out, a header moved, a read-back skipped."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import pytest

from cms.core.outbound import OutboundSession
from publishers.adapters.facebook import feed, listing, message, reel, sightings, video
from publishers.adapters.seam import Answer, Look, Outcome, Sighting
from publishers.adapters.youtube import client as youtube_client
from publishers.adapters.youtube import extras, resource, upload
from publishers.adapters.youtube.adapter import YouTubeAdapter
from publishers.adapters.zalo import article, publishing
from publishers.adapters.zalo import sightings as zalo_sightings
from publishers.adapters.zalo import video as zalo_video

Patch = Callable[[pytest.MonkeyPatch], None]
Options = dict[str, Any]
PARAMETER, HEADER, READ_BACK = "parameter", "header", "read-back"
BLIND = Sighting(Look.NOT_DONE, certain=True)


@dataclass(frozen=True)
class Mutant:
    """A wrong client; `form` is what it publishes, `fault` the bad day on which the mistake shows (call, action)."""

    kind: str
    name: str
    form: str
    patch: Patch
    fault: tuple[str, str] = ("", "")

    @property
    def platform(self) -> str:
        return self.form.split("-")[0] if self.form.startswith(("youtube", "zalo")) else "facebook"


def wire(change: Callable[[str, Options], tuple[str, Options]], where: str = "") -> Patch:
    """Change every call to an address that holds `where`, right before it leaves."""

    def patch(monkeypatch: pytest.MonkeyPatch) -> None:
        right = OutboundSession.request

        def request(self: Any, method: str, url: str, **options: Any) -> Any:
            if where in url:
                url, options = change(url, options)
            return right(self, method, url, **options)

        monkeypatch.setattr(OutboundSession, "request", request)

    return patch


def renamed(
    part: str, old: str, new: str, where: str = "", value: Callable[[Any], Any] = lambda kept: kept
) -> Patch:
    """Give one entry of `part` (headers, data, json, params) another name, or with "" none at all."""

    def change(url: str, options: Options) -> tuple[str, Options]:
        entries = options.get(part)
        if isinstance(entries, dict) and old in entries:
            kept = {name: one for name, one in entries.items() if name != old}
            if new:
                kept[new] = value(entries[old])
            options = {**options, part: kept}
        return url, options

    return wire(change, where)


def header(old: str, new: str, where: str = "", value: Callable[[Any], Any] = lambda kept: kept) -> Patch:
    return renamed("headers", old, new, where, value)


def in_address(old: str, new: str, where: str) -> Patch:
    """Misspell a parameter that stands in the address."""
    return wire(lambda url, options: (url.replace(f"{old}=", f"{new}="), options), where)


def made(module: Any, maker: str, change: Callable[[dict[str, Any]], dict[str, Any]]) -> Patch:
    """Change the fields that `maker` of `module` makes."""

    def patch(monkeypatch: pytest.MonkeyPatch) -> None:
        right = getattr(module, maker)
        monkeypatch.setattr(module, maker, lambda *given, **named: change(dict(right(*given, **named))))

    return patch


def spelt(old: str, new: str) -> Callable[[dict[str, Any]], dict[str, Any]]:
    """The same fields with one of them misspelt, or left out."""
    return lambda fields: {
        new if name == old else name: one for name, one in fields.items() if name != old or new
    }


def put(target: Any, name: str, value: Any) -> Patch:
    """Replace one function or constant."""
    return lambda monkeypatch: monkeypatch.setattr(target, name, value)


def _answer_ok(*_: Any, **__: Any) -> Answer:
    return Answer(Outcome.OK)


def _unseen(*_: Any, **__: Any) -> Sighting:
    return BLIND


def _shown_unread(client: Any, request: Any, handles: Any) -> Answer:
    """Believes that an article is shown as soon as it was handed in."""
    return Answer(Outcome.OK, receipt=publishing.receipt_of(str(handles["article_id"]), {}))


def _live_unread(client: Any, request: Any, handles: Any) -> Answer:
    """Believes that a clip is live as soon as its finish was answered."""
    return Answer(Outcome.OK, **video.kept({}, request.account, handles))


def _second_entry(client: Any, request: Any, video_id: str) -> Answer:
    """Adds to the playlist without asking whether it is there."""
    reply = client.add_to_playlist(request.playlist, video_id)
    return extras.answer(reply, "id", request.account)


def _whatever_privacy(self: Any, reply: Any, request: Any) -> Answer:
    """Takes any answer to the update for a public video."""
    found = extras.answer(reply, "id", request.account)
    return replace(found, receipt=publishing.Receipt(str((reply.body or {}).get("id", ""))))


def _without_id(client: Any, request: Any, handles: Any, own: Any, status: str) -> Any:
    return client.post("v2.0/article/update", article.payload(request, status, own))


MUTANTS = [
    # -- Facebook ---------------------------------------------------------------------------------
    Mutant(PARAMETER, "message misspelt", "text", made(feed, "feed_fields", spelt("message", "mesage"))),
    Mutant(PARAMETER, "link misspelt", "link", made(feed, "feed_fields", spelt("link", "url"))),
    Mutant(PARAMETER, "pictures misspelt", "pictures", made(feed, "feed_fields", spelt("attached_media", "attachments"))),
    Mutant(PARAMETER, "list not as JSON", "pictures", put(message, "_encoded", str)),
    Mutant(PARAMETER, "picture staged in the open", "picture", made(feed, "photo_fields", spelt("published", ""))),
    Mutant(PARAMETER, "alt text misspelt", "picture", made(feed, "photo_fields", spelt("alt_text_custom", "alt_text"))),
    Mutant(PARAMETER, "upload phase misspelt", "video", renamed("data", "upload_phase", "phase", "graph-video")),
    Mutant(PARAMETER, "session misspelt", "video", renamed("data", "upload_session_id", "session", "graph-video")),
    Mutant(PARAMETER, "state of a reel misspelt", "reel", made(reel, "reel_fields", spelt("video_state", "state"))),
    Mutant(HEADER, "token under another name", "text", header("Authorization", "X-Access-Token")),
    Mutant(HEADER, "token with another scheme", "text", header("Authorization", "Authorization", "", lambda kept: kept.replace("Bearer", "OAuth"))),
    Mutant(HEADER, "reel token as bearer", "reel", header("Authorization", "Authorization", "rupload", lambda kept: kept.replace("OAuth", "Bearer"))),
    Mutant(HEADER, "offset of a reel missing", "reel", header("offset", "", "rupload")),
    Mutant(HEADER, "size of a reel misspelt", "reel", header("file_size", "file-length", "rupload")),
    Mutant(READ_BACK, "lost text post not looked for", "text", put(sightings, "look_for_post", _unseen), ("feed.create", "drop_after")),
    Mutant(READ_BACK, "lost picture post not looked for", "pictures", put(sightings, "look_for_post", _unseen), ("feed.create", "html_502_after")),
    Mutant(READ_BACK, "pictures of listed posts not compared", "pictures", put(listing, "targets", lambda post: set()), ("feed.create", "drop_after")),
    Mutant(READ_BACK, "clip believed live at once", "video", put(video, "confirm", _live_unread)),
    Mutant(READ_BACK, "clip that failed believed live", "video", put(video, "confirm", _live_unread), ("videos.finish", "fate:processing=error")),
    Mutant(READ_BACK, "comments not looked for", "text-comment", put(sightings, "look_for_comment", _unseen), ("comments.create", "drop_after")),
    Mutant(READ_BACK, "lost finish of a clip not looked for", "video", put(sightings, "look_for_clip", _unseen), ("videos.finish", "drop_after")),
    Mutant(READ_BACK, "lost finish of a reel not looked for", "reel", put(sightings, "look_for_clip", _unseen), ("reels.finish", "drop_after")),
    # -- YouTube ----------------------------------------------------------------------------------
    Mutant(PARAMETER, "title misspelt", "youtube", made(resource, "snippet", spelt("title", "name"))),
    Mutant(PARAMETER, "category left out", "youtube", made(resource, "snippet", spelt("categoryId", ""))),
    Mutant(PARAMETER, "privacy left out", "youtube", made(resource, "status", spelt("privacyStatus", ""))),
    Mutant(PARAMETER, "declaration misspelt", "youtube", made(resource, "status", spelt("selfDeclaredMadeForKids", "madeForKid"))),
    Mutant(PARAMETER, "part misspelt", "youtube", in_address("part", "parts", "/youtube/v3/videos")),
    Mutant(PARAMETER, "upload type misspelt", "youtube", in_address("uploadType", "upload_type", "/upload/")),
    Mutant(PARAMETER, "chunk that is no multiple of 256 KiB", "youtube", put(youtube_client, "CHUNK", 1_000_000)),
    Mutant(HEADER, "token under another name", "youtube", header("Authorization", "access_token")),
    Mutant(HEADER, "token without its scheme", "youtube", header("Authorization", "Authorization", "", lambda kept: kept.removeprefix("Bearer "))),
    Mutant(HEADER, "length not announced", "youtube", header("X-Upload-Content-Length", "")),
    Mutant(HEADER, "range of a chunk missing", "youtube", header("Content-Range", "")),
    Mutant(READ_BACK, "playlist not asked after a lost answer", "youtube-list", lambda patch: (patch.setattr(extras, "add_to_playlist", _second_entry), patch.setattr(extras, "find_in_playlist", _unseen)), ("playlistItems.insert", "drop_after")),
    Mutant(READ_BACK, "privacy of the answer not compared", "youtube-locked", put(YouTubeAdapter, "_shown", _whatever_privacy)),
    Mutant(READ_BACK, "processing not waited for", "youtube", put(YouTubeAdapter, "_processed", _answer_ok), ("videos.insert.chunk", "fate:failureReason=codec")),
    Mutant(READ_BACK, "lost update not looked for", "youtube", put(YouTubeAdapter, "read", _unseen), ("videos.update", "drop_after")),
    Mutant(READ_BACK, "session not asked after a lost answer", "youtube", put(upload, "look", _unseen), ("videos.insert.chunk", "fate:session=gone")),
    # -- Zalo -------------------------------------------------------------------------------------
    Mutant(PARAMETER, "title misspelt", "zalo", made(publishing, "payload", spelt("title", "tittle"))),
    Mutant(PARAMETER, "cover left out", "zalo", made(publishing, "payload", spelt("cover", ""))),
    Mutant(PARAMETER, "status left out", "zalo", made(publishing, "payload", spelt("status", ""))),
    Mutant(PARAMETER, "cover type as a number", "zalo", made(publishing, "payload", lambda fields: {**fields, "cover": {**fields["cover"], "cover_type": 1}})),
    Mutant(PARAMETER, "made shown instead of hidden", "zalo", put(publishing, "HIDE", "show")),
    Mutant(PARAMETER, "update without its id", "zalo", put(publishing, "hand_in", _without_id)),
    Mutant(PARAMETER, "token of verify misspelt", "zalo", renamed("json", "token", "tokn", "article/verify")),
    Mutant(PARAMETER, "detail asked by another name", "zalo", renamed("params", "id", "article_id", "getdetail")),
    Mutant(HEADER, "token as a bearer", "zalo", header("access_token", "Authorization", "", lambda kept: f"Bearer {kept}")),
    Mutant(HEADER, "token with a hyphen", "zalo", header("access_token", "access-token")),
    Mutant(HEADER, "token in the address", "zalo", wire(lambda url, options: (f"{url}?access_token={options['headers']['access_token']}", {**options, "headers": {}}))),
    Mutant(HEADER, "video token sent nowhere", "zalo-clip", lambda patch: (header("token", "", "upload_video/verify")(patch), renamed("params", "token", "", "upload_video/verify")(patch))),
    Mutant(READ_BACK, "shown article not verified", "zalo", put(publishing, "verify_shown", _shown_unread)),
    Mutant(READ_BACK, "hidden article not verified", "zalo", put(publishing, "verify_hidden", _answer_ok)),
    Mutant(READ_BACK, "lost article not looked for", "zalo", put(zalo_sightings, "look_for_created", _unseen), ("article.create", "fate:made_at_once=true:drop_after")),
    Mutant(READ_BACK, "clip used before it is converted", "zalo-clip", put(zalo_video, "VIDEO_READY", 3)),
]  # fmt: skip
