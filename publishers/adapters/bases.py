"""Where the platforms live. The only module of this room that reads Django's settings."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings

from cms.core.outbound import DEFAULT_TIMEOUT


@dataclass(frozen=True)
class Bases:
    """Base addresses (no slash at the end) and the few switches an adapter needs."""

    graph: str
    graph_video: str
    rupload: str
    graph_version: str
    youtube: str
    zalo: str
    stations: str
    # Where we ask for the pictures that Zalo will fetch, before it does; "": we do not ask.
    media_check: str = ""
    # Hosts whose links are ours: only these get our marker.
    own_hosts: frozenset[str] = frozenset()
    # Seconds: connect, between two bytes of an answer.
    timeout: tuple[float, float] = DEFAULT_TIMEOUT
    # Send appsecret_proof with every Facebook call; an app may be set to require it.
    appsecret_proof: bool = False


def configured() -> Bases:
    """Return the bases as the settings name them now."""
    own = (settings.PUBLIC_BASE_URL, settings.PUBLIC_MEDIA_BASE)
    return Bases(
        graph=settings.FACEBOOK_GRAPH_BASE.rstrip("/"),
        graph_video=settings.FACEBOOK_VIDEO_BASE.rstrip("/"),
        rupload=settings.FACEBOOK_UPLOAD_BASE.rstrip("/"),
        graph_version=settings.FACEBOOK_API_VERSION,
        youtube=settings.YOUTUBE_BASE.rstrip("/"),
        zalo=settings.ZALO_API_BASE.rstrip("/"),
        stations=settings.STATION_READBACK_BASE.rstrip("/"),
        media_check=settings.PUBLIC_MEDIA_CHECK_BASE.rstrip("/"),
        own_hosts=frozenset(urlsplit(address).netloc.lower() for address in own),
        timeout=tuple(getattr(settings, "PLATFORM_TIMEOUT", DEFAULT_TIMEOUT)),
        appsecret_proof=getattr(settings, "FACEBOOK_APPSECRET_PROOF", False),
    )


def is_under(address: str, base: str) -> bool:
    """Say whether `address` lies under `base`: same scheme, host and port, and a path that cannot climb out.

    Upload addresses come from the platform's answers; one that leads anywhere else would carry our token there."""
    there, here = urlsplit(address), urlsplit(base)
    if (there.scheme, there.netloc.lower()) != (here.scheme, here.netloc.lower()):
        return False
    return there.path.startswith(here.path.rstrip("/") + "/") and ".." not in there.path.split("/")
