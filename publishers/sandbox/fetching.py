"""How a platform fetches a picture or a page that was given to it as an address.

Only host names mapped on the command line lead anywhere, and only to loopback; every other
public-looking host is unreachable from here, and private addresses are refused as the real ones do.
"""

import http.client
import ipaddress
from dataclasses import dataclass
from urllib.parse import urlsplit

LIMIT = 64 << 20
TIMEOUT_SECONDS = 10


@dataclass(frozen=True)
class Fetched:
    """What came back: ``status`` 0 means that the address could not be fetched, ``reason`` says why."""

    status: int = 0
    body: bytes = b""
    content_type: str = ""
    reason: str = ""
    forbidden: bool = False


def is_private(host: str) -> bool:
    """True for names and addresses that a server on the internet must never be asked to fetch."""
    name = host.strip("[]").lower().rstrip(".")
    try:
        return not ipaddress.ip_address(name).is_global
    except ValueError:
        return "." not in name or name.endswith((".local", ".internal", ".localhost", ".lan", ".home.arpa"))


def is_well_formed(address: str, *, https_only: bool = False) -> bool:
    """True for an absolute, percent-encoded http(s) address with a host."""
    if not address.isascii() or any(c in address for c in ' "<>\\^`{|}'):
        return False
    try:
        split = urlsplit(address)
    except ValueError:
        return False
    return split.scheme in (("https",) if https_only else ("http", "https")) and bool(split.hostname)


class Fetcher:
    """Fetches addresses of mapped hosts from loopback, with the original Host header."""

    def __init__(self, mapped: dict[str, tuple[str, int]]) -> None:
        self.mapped = mapped

    def fetch(self, address: str) -> Fetched:
        """Get an address, without redirects, in at most TIMEOUT_SECONDS per read. Never raises."""
        try:
            split = urlsplit(address)
            host = split.hostname or ""
        except ValueError:
            return Fetched(reason="malformed")
        place = self.mapped.get(host)
        if place is None:
            return Fetched(
                reason="private" if is_private(host) else "unreachable", forbidden=is_private(host)
            )
        connection = http.client.HTTPConnection(*place, timeout=TIMEOUT_SECONDS)
        try:
            target = (split.path or "/") + (f"?{split.query}" if split.query else "")
            connection.request(
                "GET", target, headers={"Host": split.netloc, "User-Agent": "sandbox-fetcher/1.0"}
            )
            answer = connection.getresponse()
            body = answer.read(LIMIT + 1)
            kind = (answer.getheader("Content-Type") or "").split(";")[0].strip().lower()
            if len(body) > LIMIT:
                return Fetched(reason="too large")
            return Fetched(answer.status, body, kind)
        except (OSError, http.client.HTTPException) as problem:
            return Fetched(reason=type(problem).__name__)
        finally:
            connection.close()
