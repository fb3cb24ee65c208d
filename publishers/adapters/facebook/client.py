"""Facebook's calls, each made once: facebook-sdk where it is sound, the same session where it is not."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

import facebook
import requests

from publishers.adapters.bases import Bases
from publishers.adapters.facebook.message import encoded
from publishers.adapters.facebook.session import GraphSession, bearer, oauth
from publishers.adapters.outgoing_file import OutgoingFile
from publishers.adapters.seam import Credential
from publishers.adapters.transport import check_token


@dataclass(frozen=True)
class GraphReply:
    """What came back: a stored response, or the failure that stands for its absence."""

    method: str
    address: str
    fields: Mapping[str, Any]
    status: int | None = None
    body: Any = None
    headers: Mapping[str, str] = field(default_factory=dict)
    failure: requests.RequestException | None = None


class GraphClient:
    """One account's calls. Never raises for the wire or for Facebook's answer; see `GraphReply`."""

    def __init__(self, bases: Bases, session: GraphSession, credential: Credential) -> None:
        self._bases = bases
        self._session = session
        self._credential = credential
        self._api = facebook.GraphAPI(credential.access_token, version="3.1", session=session)
        # The constructor knows only one-digit versions.
        self._api.version = bases.graph_version

    def read(self, object_id: str, **fields: Any) -> GraphReply:
        """GET one object."""
        sent = self._fields(fields)
        return self._ask("GET", object_id, sent, lambda: self._api.get_object(object_id, **sent))

    def read_edge(self, object_id: str, edge: str, **fields: Any) -> GraphReply:
        """GET one page of a list."""
        sent = self._fields(fields)
        return self._ask(
            "GET", f"{object_id}/{edge}", sent, lambda: self._api.get_connections(object_id, edge, **sent)
        )

    def put(self, object_id: str, edge: str, **fields: Any) -> GraphReply:
        """POST to an edge of an object."""
        sent = self._fields(fields)
        return self._ask(
            "POST", f"{object_id}/{edge}", sent, lambda: self._api.put_object(object_id, edge, **sent)
        )

    def put_and_read(self, object_id: str, edge: str, wanted: str, **fields: Any) -> GraphReply:
        """POST to an edge and get the fields `wanted` of the new object in the same answer."""
        sent = self._fields(fields)
        path = f"{self._api.version}/{object_id}/{edge}"
        call = lambda: self._api.request(path, args={"fields": wanted}, post_args=dict(sent))  # noqa: E731
        return self._ask("POST", f"{object_id}/{edge}", sent, call)

    def put_photo(self, page: str, picture: bytes, name: str, **fields: Any) -> GraphReply:
        """Stage or publish one picture (at most 4 MB: the SDK holds it in memory)."""
        sent = self._fields(fields)
        source = BytesIO(picture)
        source.name = name
        return self._ask(
            "POST",
            f"{page}/photos",
            sent,
            lambda: self._api.put_photo(source, album_path=f"{page}/photos", **sent),
        )

    def edit(self, object_id: str, **fields: Any) -> GraphReply:
        """POST to an object itself."""
        sent = self._fields(fields)
        path = f"{self._api.version}/{object_id}"
        return self._ask("POST", object_id, sent, lambda: self._api.request(path, post_args=dict(sent)))

    def delete(self, object_id: str) -> GraphReply:
        """DELETE an object."""
        proof = self._fields({})
        path = f"{self._api.version}/{object_id}"
        return self._ask(
            "DELETE", object_id, {}, lambda: self._api.request(path, args=dict(proof), method="DELETE")
        )

    def post_video(self, page: str, chunk: bytes | None = None, **fields: Any) -> GraphReply:
        """One phase of a chunked video: the SDK has nothing for it."""
        address = f"{self._bases.graph_video}/{self._bases.graph_version}/{page}/videos"
        sent = self._fields(fields)
        files = (
            {"video_file_chunk": ("chunk.mp4", chunk, "application/octet-stream")}
            if chunk is not None
            else None
        )
        headers = bearer(self._credential.access_token)
        return self._ask(
            "POST",
            address,
            sent,
            lambda: self._session.post(address, data=sent, files=files, headers=headers),
        )

    def send_reel(self, address: str, body: OutgoingFile, offset: int, size: int) -> GraphReply:
        """Send the bytes of a reel from `offset` on to the address Facebook gave (already checked by the caller)."""
        headers = oauth(self._credential.access_token) | {
            "offset": str(offset),
            "file_size": str(size),
            "Content-Type": "application/octet-stream",
        }
        shown = {"offset": offset, "file_size": size}
        return self._ask(
            "POST", address, shown, lambda: self._session.post(address, data=body, headers=headers)
        )

    def _fields(self, fields: Mapping[str, Any]) -> dict[str, str]:
        sent = encoded(fields)
        secret = self._credential.app_secret
        if self._bases.appsecret_proof and secret:
            token = self._credential.access_token
            sent["appsecret_proof"] = hmac.new(secret.encode(), token.encode(), hashlib.sha256).hexdigest()
        return sent

    def _ask(
        self, method: str, address: str, fields: Mapping[str, Any], call: Callable[[], Any]
    ) -> GraphReply:
        self._session.last = None
        failure: requests.RequestException | None = None
        try:
            check_token(self._credential.access_token)
            call()
        except requests.RequestException as error:
            failure = error
        except (facebook.GraphAPIError, LookupError, ValueError, TypeError, AttributeError):
            # Told again by the stored answer below, which also knows status and headers.
            failure = None
        answer = self._session.last
        if answer is None:
            return GraphReply(
                method, address, fields, failure=failure or requests.ConnectionError("no answer")
            )
        try:
            body = answer.json()
        except ValueError:
            body = None
        return GraphReply(method, address, fields, answer.status_code, body, answer.headers)
