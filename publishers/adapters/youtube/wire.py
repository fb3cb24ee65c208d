"""The wire to YouTube: google-api-python-client over requests. httplib2 would send a lost POST a second time."""

from __future__ import annotations

import functools
import json
from typing import TYPE_CHECKING, Any

import requests

from cms.core.outbound import OutboundSession
from publishers.adapters.bases import Bases
from publishers.adapters.youtube import meter

# The client is heavy, and most processes never speak to YouTube: it is imported where it is used.
if TYPE_CHECKING:
    import httplib2


class RequestsHttp:
    """What google-api-python-client takes as `http=`: one request, one answer, nothing repeated.

    The token is set before each call, with the project that pays for it; `last` is the stored answer of the last one,
    None when there was none."""

    def __init__(self, session: OutboundSession) -> None:
        self._session = session
        self.token = ""
        self.app_id = ""
        self.last: requests.Response | None = None

    def request(
        self, uri: str, method: str = "GET", body: Any = None, headers: dict[str, str] | None = None, **_: Any
    ) -> tuple[httplib2.Response, bytes]:
        """Send once. Raises requests.RequestException when no whole answer came."""
        import httplib2

        self.last = None
        data = body.read() if hasattr(body, "read") else body
        sent = {**(headers or {}), "Authorization": f"Bearer {self.token}"}
        meter.count(self.app_id, method, uri)
        reply = self._session.request(method, uri, data=data, headers=sent)
        self.last = reply
        told = {name.lower(): value for name, value in reply.headers.items()}
        # The body is already decoded; googleapiclient must not think otherwise.
        told.pop("content-encoding", None)
        return httplib2.Response({**told, "status": str(reply.status_code)}), reply.content

    def close(self) -> None:
        """Close the connections."""
        self._session.close()


@functools.lru_cache(maxsize=4)
def discovery_document(base: str) -> str:
    """Return YouTube's bundled description with every address under `base`, uploads included."""
    from googleapiclient.discovery_cache import get_static_doc

    document = json.loads(get_static_doc("youtube", "v3"))
    document["rootUrl"] = document["baseUrl"] = f"{base}/"
    document.pop("mtlsRootUrl", None)
    return json.dumps(document)


def open_service(bases: Bases) -> tuple[Any, RequestsHttp]:
    """Return YouTube's service object and the wire it speaks through. One thread only."""
    from googleapiclient.discovery import build_from_document

    http = RequestsHttp(OutboundSession([bases.youtube], bases.timeout))
    return build_from_document(discovery_document(bases.youtube), http=http), http
