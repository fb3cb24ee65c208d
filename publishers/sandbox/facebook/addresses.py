"""Addresses Facebook fetches itself: link previews, pictures and clips given by URL."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from publishers.sandbox.facebook.envelope import refuse
from publishers.sandbox.fetching import Fetched, is_private, is_well_formed
from publishers.sandbox.request import Request
from publishers.sandbox.world import World


def fetch_link(world: World, request: Request) -> Mapping[str, Fetched]:
    """Scrape ``link`` when its host is one this sandbox can reach."""
    return _fetch(world, request.params.get("link"), only_mapped=True)


def fetch_url(world: World, request: Request) -> Mapping[str, Fetched]:
    """Fetch ``url`` or ``file_url`` (parameter or header)."""
    return _fetch(
        world, request.params.get("url") or request.params.get("file_url") or request.headers.get("file_url")
    )


def _fetch(world: World, address: str | None, *, only_mapped: bool = False) -> Mapping[str, Fetched]:
    if not address or (only_mapped and (urlsplit(address).hostname or "") not in world.fetcher.mapped):
        return {}
    return {address: world.fetcher.fetch(address)}


def check_link(world: World, request: Request) -> str:
    """The link of a post: public, not Facebook's own, and alive when it can be scraped from here."""
    link = request.params.get("link") or ""
    if not link:
        return ""
    host = (urlsplit(link).hostname or "").lower() if is_well_formed(link) else ""
    scraped: Any = request.fetched.get(link)
    mapped = host in world.fetcher.mapped
    if not host or (is_private(host) and not mapped) or (scraped and scraped.status != 200):
        refuse(world, 100, "(#100) The url you supplied is invalid", subcode=1609005,
               text="Couldn't scrape the link you supplied.")  # fmt: skip
    if host == "facebook.com" or host.endswith(".facebook.com"):
        refuse(world, 100, "(#100) Links to facebook.com cannot be shared this way", subcode=1609008)
    return link
