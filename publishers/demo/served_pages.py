"""Counts scripts where operators read them: on the served pages, over HTTP, never in a table of ours."""

from __future__ import annotations

import re
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import requests
from django.conf import settings

from cms.core.outbound import OutboundSession

_SCRIPT_LINK = re.compile(r'href="(/dai/[\w-]+/ban-tin/[\w-]+/)"')
_SECONDS = re.compile(r'<meta\s+name="script-seconds"\s+content="(\d+)"')
READERS = 4


@dataclass(frozen=True)
class ServedScript:
    """A script as it was served: its address, the hash in its header and its length in seconds."""

    station: str
    address: str
    sha256: str
    seconds: int


def read_station(session: OutboundSession, slug: str, title: str) -> list[ServedScript]:
    """Return the scripts with `title` that the page of the station `slug` leads to today."""
    base = settings.STATION_READBACK_BASE
    page = session.get(f"{base}/dai/{slug}/")
    if page.status_code != 200:
        return []
    found = []
    for address in dict.fromkeys(_SCRIPT_LINK.findall(page.text)):
        script = session.get(f"{base}{address}")
        seconds = _SECONDS.search(script.text)
        if script.status_code == 200 and title in script.text and seconds:
            digest = script.headers.get("X-Script-SHA256", "")
            found.append(ServedScript(slug, address, digest, int(seconds[1])))
    return found


def read_stations(slugs: Iterable[str], title: str) -> list[ServedScript]:
    """Return what every station of `slugs` serves under `title`, read by a few readers at once."""

    def read(part: list[str]) -> list[ServedScript]:
        session = OutboundSession([settings.STATION_READBACK_BASE], timeout=(3.0, 20.0))
        found: list[ServedScript] = []
        for slug in part:
            try:
                found += read_station(session, slug, title)
            except requests.RequestException:
                continue  # a page that cannot be read counts as missing, and the summary says how many are
        return found

    slugs = list(slugs)
    parts = [slugs[start::READERS] for start in range(READERS)]
    with ThreadPoolExecutor(READERS) as pool:
        return [script for found in pool.map(read, parts) for script in found]
