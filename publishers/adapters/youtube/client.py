"""YouTube's calls, each made once, judged from the stored answer."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import requests

from publishers.adapters.bases import Bases
from publishers.adapters.seam import Credential
from publishers.adapters.shapes import at, rows
from publishers.adapters.transport import check_token
from publishers.adapters.youtube.wire import open_service

# Bytes per chunk of an upload; a multiple of 256 KiB, as the protocol demands.
CHUNK = 8 * 1024 * 1024


@dataclass(frozen=True)
class TubeReply:
    """What came back: a stored response, or the failure that stands for its absence."""

    method: str
    address: str
    fields: Mapping[str, Any]
    status: int | None = None
    body: Any = None
    headers: Mapping[str, str] = field(default_factory=dict)
    failure: requests.RequestException | None = None

    @property
    def items(self) -> list[Mapping[str, Any]]:
        """The objects of a list answer."""
        return rows(at(self.body, "items"))


class YouTubeClient:
    """The calls of one thread; `use` sets whose token goes along. Never raises for the wire or for YouTube's answer."""

    def __init__(self, bases: Bases) -> None:
        self._service, self._http = open_service(bases)

    def use(self, credential: Credential) -> YouTubeClient:
        """Speak with `credential` from now on."""
        self._http.token, self._http.app_id = credential.access_token, credential.app_id
        return self

    def insertion(self, body: Mapping[str, Any], path: str, media_type: str) -> Any:
        """Return the library's request for a resumable upload; nothing is sent yet. Raises OSError for a lost file."""
        from googleapiclient.http import MediaFileUpload

        media = MediaFileUpload(path, mimetype=media_type, chunksize=CHUNK, resumable=True)
        return self._service.videos().insert(part="snippet,status", body=body, media_body=media)

    def open_session(self, insertion: Any, size: int, media_type: str) -> TubeReply:
        """Send the metadata alone. The library would put the first chunk into the same breath, before the session
        address could be kept."""
        headers = dict(insertion.headers) | {
            "X-Upload-Content-Type": media_type,
            "X-Upload-Content-Length": str(size),
        }
        return self.ask(
            insertion.method, insertion.uri, json.loads(insertion.body),
            lambda: self._http.request(insertion.uri, insertion.method, insertion.body, headers),
        )  # fmt: skip

    def next_chunk(self, insertion: Any) -> TubeReply:
        """Send one chunk, or ask where to go on when the insertion is in doubt. Status 308 means: go on."""
        return self.ask("PUT", insertion.uri, {}, lambda: insertion.next_chunk(num_retries=0))

    def session_state(self, address: str, size: int) -> TubeReply:
        """Ask how much of an upload has arrived: 308 in part, 200/201 all of it, 404/410 forgotten."""
        headers = {"Content-Range": f"bytes */{size}", "Content-Length": "0"}
        return self.ask("PUT", address, {}, lambda: self._http.request(address, "PUT", b"", headers))

    def videos(self, ids: str, part: str) -> TubeReply:
        """Read videos by id."""
        return self._call(self._service.videos().list(part=part, id=ids), {"part": part, "id": ids})

    def update(self, body: Mapping[str, Any]) -> TubeReply:
        """Replace the parts of a video that `body` holds (snippet, status), each of them whole."""
        parts = ",".join(name for name in ("snippet", "status") if name in body)
        return self._call(self._service.videos().update(part=parts, body=body), body)

    def delete(self, video_id: str) -> TubeReply:
        """Remove a video."""
        return self._call(self._service.videos().delete(id=video_id), {"id": video_id})

    def set_thumbnail(self, video_id: str, path: str, media_type: str) -> TubeReply:
        """Set the picture of a video. Raises OSError for a lost file."""
        from googleapiclient.http import MediaFileUpload

        media = MediaFileUpload(path, mimetype=media_type, resumable=False)
        return self._call(
            self._service.thumbnails().set(videoId=video_id, media_body=media), {"videoId": video_id}
        )

    def captions(self, video_id: str) -> TubeReply:
        """List the captions of a video."""
        return self._call(
            self._service.captions().list(part="snippet", videoId=video_id), {"videoId": video_id}
        )

    def add_captions(self, body: Mapping[str, Any], path: str) -> TubeReply:
        """Upload a caption file that carries its own timing, in one piece. Raises OSError for a lost file.

        Resumable although it is small: the library's multipart bodies end their lines without a carriage return,
        which is not what the standard asks for."""
        from googleapiclient.http import MediaFileUpload

        media = MediaFileUpload(path, mimetype="application/octet-stream", chunksize=CHUNK, resumable=True)
        request = self._service.captions().insert(part="snippet", body=body, media_body=media)
        return self.ask(request.method, request.uri, body, lambda: request.next_chunk(num_retries=0))

    def playlist_items(
        self, playlist: str, *, video_id: str = "", part: str = "snippet,contentDetails", page: str = ""
    ) -> TubeReply:
        """List fifty entries of a playlist, newest uploads first, from `page` on; with `video_id` only that video's."""
        wanted = {"part": part, "playlistId": playlist, "maxResults": 50}
        wanted |= {"videoId": video_id} if video_id else {}
        wanted |= {"pageToken": page} if page else {}
        return self._call(self._service.playlistItems().list(**wanted), wanted)

    def add_to_playlist(self, playlist: str, video_id: str) -> TubeReply:
        """Append a video to a playlist; twice makes two entries."""
        body = {
            "snippet": {"playlistId": playlist, "resourceId": {"kind": "youtube#video", "videoId": video_id}}
        }
        return self._call(self._service.playlistItems().insert(part="snippet", body=body), body)

    def own_channel(self) -> TubeReply:
        """Read the channel of the token."""
        return self._call(self._service.channels().list(part="id,contentDetails", mine=True), {"mine": True})

    def _call(self, request: Any, fields: Mapping[str, Any]) -> TubeReply:
        return self.ask(request.method, request.uri, fields, lambda: request.execute(num_retries=0))

    def ask(self, method: str, address: str, fields: Mapping[str, Any], call: Callable[[], Any]) -> TubeReply:
        """Make one call and return what is stored of it."""
        from googleapiclient.errors import Error as ClientError

        failure: requests.RequestException | None = None
        self._http.last = None
        try:
            check_token(self._http.token)
            call()
        except requests.RequestException as error:
            failure = error
        except (ClientError, LookupError, ValueError, TypeError, AttributeError):
            # The library trips over answers of another shape; the stored answer below tells it all again.
            failure = None
        answer = self._http.last
        if answer is None:
            return TubeReply(
                method, address, fields, failure=failure or requests.ConnectionError("no answer")
            )
        try:
            body = answer.json()
        except ValueError:
            body = None
        return TubeReply(method, address, fields, answer.status_code, body, answer.headers)
