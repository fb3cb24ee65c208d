"""Where rooms further right plug in what they know about a post. Every registry is empty until somebody's ready().

previews[kind]      how a variant of that kind will look or sound
findings            what stands against a variant, beyond the platform's limits (a span nobody can read aloud)
post_findings       what stands against the post as a whole (no time to go out at)
actions             what else can be done with a post, as links on the page where it is read
approval_parts      what an approval covers beside the texts and media (channels and times)
approval_extras     the same for what few posts have: a post without it is approved as if the socket were empty
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from campaigns.posts.content_rules import Finding

if TYPE_CHECKING:
    from campaigns.posts.models import Post


@dataclass(frozen=True, slots=True)
class Draft:
    """One variant as it stands on the form, saved or not. Texts are NFC."""

    kind: str
    title: str = ""
    summary: str = ""
    text: str = ""
    link: str = ""
    organisation_id: int | None = None
    organisation_name: str = ""
    # Path of the body's place ("00/52/"), for rooms that fill in local facts.
    place_path: str = ""
    # Code of the post's verify address; "" while the post has not been saved.
    verify_code: str = ""
    # What only this kind takes (cms/channels/specs), by name.
    extras: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Preview:
    """How a variant will look or sound: `text` in paragraphs, `length` in words ("3 phút 20 giây"), `notes` beside
    it. Plain text: the screen escapes it."""

    text: str
    length: str = ""
    notes: tuple[str, ...] = field(default=())
    # The lines the post will end with.
    closing: str = ""
    # A score in words ("82 điểm, nghe được"), where a room gives one.
    verdict: str = ""


@dataclass(frozen=True, slots=True)
class PostAction:
    """One more thing a person may do with a post: its words and where it is done."""

    words: str
    address: str


previews: dict[str, Callable[[Draft], Preview]] = {}
findings: list[Callable[[Draft], Iterable[Finding]]] = []
post_findings: list[Callable[[Post], Iterable[Finding]]] = []
approval_parts: dict[str, Callable[[Iterable[Post]], Mapping[int, list[dict[str, Any]]]]] = {}
approval_extras: dict[str, Callable[[Iterable[Post]], Mapping[int, list[dict[str, Any]]]]] = {}
actions: list[Callable[[Post, Any], Iterable[PostAction]]] = []
