"""The wire to Facebook: hosts mapped to the configured bases, the token in a header, the last answer kept."""

from __future__ import annotations

from typing import Any

import requests

from cms.core.outbound import OutboundSession
from publishers.adapters.bases import Bases

# The address that facebook-sdk 3.1.0 has built in.
SDK_ADDRESS = "https://graph.facebook.com/"


class GraphSession(OutboundSession):
    """A session that facebook-sdk may use. One thread only.

    The SDK writes the token into the query of every read and every empty write, from where it reaches exception
    texts; here it is moved into the Authorization header. `last` is the answer to the last call, None when there
    was none: the SDK drops status and headers, so results are judged from it."""

    def __init__(self, bases: Bases) -> None:
        super().__init__([bases.graph, bases.graph_video, bases.rupload], bases.timeout)
        self._graph = bases.graph
        self.last: requests.Response | None = None

    def request(self, method, url, **options):  # type: ignore[override]
        self.last = None
        if url.startswith(SDK_ADDRESS):
            url = f"{self._graph}/{url.removeprefix(SDK_ADDRESS)}"
        headers = dict(options.pop("headers", None) or {})
        for part in ("params", "data"):
            fields = options.get(part)
            if isinstance(fields, dict) and "access_token" in fields:
                headers.setdefault("Authorization", f"Bearer {fields['access_token']}")
                options[part] = {name: value for name, value in fields.items() if name != "access_token"}
        self.last = super().request(method, url, headers=headers, **options)
        return self.last


def bearer(token: str) -> dict[str, str]:
    """Return the header of the Graph hosts."""
    return {"Authorization": f"Bearer {token}"}


def oauth(token: str) -> dict[str, Any]:
    """Return the header that only the reel upload host documents."""
    return {"Authorization": f"OAuth {token}"}
