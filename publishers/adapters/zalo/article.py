"""What a request becomes on an OA: the article's JSON, its small HTML, its limits. Pure."""

from __future__ import annotations

import html
import re
from collections.abc import Collection
from typing import Any

from publishers.adapters.seam import Media, Request
from publishers.adapters.wording import ascii_address, nfc, with_marker

HIDE, SHOW = "hide", "show"
NORMAL, VIDEO = "normal", "video"
LONGEST_AUTHOR = 50
_TAG = re.compile(r"<[^>]*>")


def pictures(request: Request) -> tuple[Media, ...]:
    """Return the pictures in order; the first is the cover."""
    return tuple(media for media in request.media if media.media_type.startswith("image/"))


def clip_of(request: Request) -> Media | None:
    """Return the clip of an article, None when there is none."""
    return next((media for media in request.media if media.media_type.startswith("video/")), None)


def type_of(request: Request) -> str:
    """Return Zalo's type: a video article has no text of its own and is made only when asked for."""
    return VIDEO if request.form == VIDEO and clip_of(request) else NORMAL


def author_of(request: Request) -> str:
    """Return the issuing body's name, cut at a word where Zalo's field is too short for it."""
    name = nfc(request.author).strip()
    if len(name) <= LONGEST_AUTHOR:
        return name
    return name[: LONGEST_AUTHOR - 1].rsplit(" ", 1)[0].rstrip(" ,;-–") + "…"


def link_of(request: Request, own_hosts: Collection[str]) -> str:
    """Return the link as it goes out, marked when it leads to us."""
    return with_marker(nfc(request.link), request.marker, own_hosts)


def body_text(request: Request, own_hosts: Collection[str]) -> str:
    """Return the article's text as the small HTML that Zalo takes: p, br, a."""
    blocks = [block.strip() for block in re.split(r"\n\s*\n", nfc(request.text).replace("\r\n", "\n"))]
    paragraphs = [
        "<p>" + html.escape(block, quote=False).replace("\n", "<br>") + "</p>" for block in blocks if block
    ]
    if link := link_of(request, own_hosts):
        shown = html.escape(link)
        paragraphs.append(f'<p><a href="{shown}">{shown}</a></p>')
    return "".join(paragraphs)


def plain(markup: str) -> str:
    """Return the words of an article's HTML, for comparing what was sent with what is kept."""
    return html.unescape(_TAG.sub(" ", markup))


def payload(
    request: Request, status: str, own_hosts: Collection[str], *, video_id: str = "", article_id: str = ""
) -> dict[str, Any]:
    """Return the whole JSON of an article. An update is not a patch: it carries everything, and the `article_id`.

    `status` and `comment` are always sent: absent, they would mean hidden and open."""
    make = _video if type_of(request) == VIDEO else _normal
    article = make(request, own_hosts, video_id) | {"status": status, "comment": SHOW}
    return {"id": article_id, **article} if article_id else article


def _normal(request: Request, own_hosts: Collection[str], video_id: str) -> dict[str, Any]:
    shown = pictures(request)
    body: list[dict[str, Any]] = [{"type": "text", "content": body_text(request, own_hosts)}]
    if shown and not (request.cover and video_id):
        cover: dict[str, Any] = {
            "cover_type": "photo",
            "photo_url": ascii_address(shown[0].public_url),
            "status": SHOW,
        }
        if video_id:
            body.append({"type": "video", "video_id": video_id, "thumb": ascii_address(shown[0].public_url)})
    else:
        view = request.cover or "horizontal"
        cover = {"cover_type": "video", "cover_view": view, "video_id": video_id, "status": SHOW}
    inside = shown[1:] if cover["cover_type"] == "photo" else shown
    body += [
        {"type": "image", "url": ascii_address(picture.public_url), "caption": nfc(picture.alt_text)}
        for picture in inside
    ]
    return {
        "type": NORMAL,
        "title": nfc(request.title).strip(),
        "author": author_of(request),
        "description": nfc(request.summary).strip(),
        "cover": cover,
        "body": body,
    }


def _video(request: Request, own_hosts: Collection[str], video_id: str) -> dict[str, Any]:
    shown = pictures(request)
    return {
        "type": VIDEO,
        "title": nfc(request.title).strip(),
        "description": nfc(request.summary).strip(),
        "video_id": video_id,
        "avatar": ascii_address(shown[0].public_url) if shown else "",
    }
