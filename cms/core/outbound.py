"""The one way out of the building: a requests session with timeouts, no silent resend and an allow-list of hosts."""

from __future__ import annotations

from urllib.parse import urlsplit

import requests
from requests.adapters import HTTPAdapter

# Seconds to connect, seconds between two bytes of the answer.
DEFAULT_TIMEOUT = (5.0, 60.0)


class HostNotAllowed(requests.RequestException):
    """An address outside the configured bases was asked for; nothing was sent."""


class OutboundSession(requests.Session):
    """A session that may only speak to the given base addresses.

    Every request gets `timeout` (seconds: connect, read) unless a shorter one is passed, is never repeated by the
    transport, never follows a redirect and never reads proxies or .netrc from the environment."""

    def __init__(self, allowed_bases: list[str], timeout: tuple[float, float] = DEFAULT_TIMEOUT) -> None:
        super().__init__()
        self.trust_env = False
        self._allowed = {self._origin(base) for base in allowed_bases}
        self._timeout = timeout
        adapter = HTTPAdapter(max_retries=0, pool_maxsize=16)
        self.mount("https://", adapter)
        self.mount("http://", adapter)

    @staticmethod
    def _origin(address: str) -> tuple[str, str]:
        parts = urlsplit(address)
        return parts.scheme, parts.netloc.lower()

    def request(self, method, url, **options):  # type: ignore[override]
        if self._origin(url) not in self._allowed:
            raise HostNotAllowed(f"address outside the configured bases: {urlsplit(url).netloc}")
        if options.get("timeout") is None:
            options["timeout"] = self._timeout
        # Set, not defaulted: requests' own get() asks for redirects, and following one would leave the allow-list.
        options["allow_redirects"] = False
        return super().request(method, url, **options)
