"""Zalo's calls, each made once: the token in the header `access_token`, the truth in the body."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import IO, Any

import requests

from cms.core.outbound import OutboundSession
from publishers.adapters import transport
from publishers.adapters.bases import Bases
from publishers.adapters.exchanges import exchange
from publishers.adapters.seam import Answer, Credential, Outcome
from publishers.adapters.times import now
from publishers.adapters.zalo.verdicts import Verdict, error_of, rest_until, verdict

PLATFORM = "Zalo"


@dataclass(frozen=True)
class ZaloReply:
    """What came back: a response, or the failure that stands for its absence."""

    method: str
    address: str
    fields: Mapping[str, Any]
    status: int | None = None
    body: Any = None
    headers: Mapping[str, str] = field(default_factory=dict)
    failure: requests.RequestException | None = None

    @property
    def data(self) -> Mapping[str, Any]:
        """The `data` of a success, empty when there is none."""
        data = self.body.get("data") if isinstance(self.body, Mapping) else None
        return data if isinstance(data, Mapping) else {}


class ZaloClient:
    """The calls of one thread. Never raises for the wire or for Zalo's answer."""

    def __init__(self, bases: Bases, credential: Credential, session: OutboundSession) -> None:
        self._base = bases.zalo
        self._token = credential.access_token
        self._session = session

    def post(self, path: str, document: Mapping[str, Any]) -> ZaloReply:
        """POST a JSON document to `path` (below the base, with its version)."""
        return self._ask("POST", path, document, json=document)

    def get(self, path: str, **query: Any) -> ZaloReply:
        """GET with plain query parameters, as the article family wants them."""
        return self._ask("GET", path, query, params=query)

    def send_file(self, path: str, name: str, content: IO[bytes], media_type: str) -> ZaloReply:
        """POST one file as multipart. The content is at most 50 MB."""
        return self._ask("POST", path, {"file": name}, files={"file": (name, content, media_type)})

    def video_state(self, token: str) -> ZaloReply:
        """Ask how far a video is. Documents and code disagree on where its token goes: both places get it."""
        path = "v2.0/article/upload_video/verify"
        return self._ask("GET", path, {}, params={"token": token}, headers={"token": token})

    def _ask(
        self,
        method: str,
        path: str,
        fields: Mapping[str, Any],
        headers: Mapping[str, str] | None = None,
        **options: Any,
    ) -> ZaloReply:
        address = f"{self._base}/{path}"
        sent = {"access_token": self._token, **(headers or {})}
        try:
            transport.check_token(self._token)
            answer = self._session.request(method, address, headers=sent, **options)
        except requests.RequestException as failure:
            return ZaloReply(method, address, fields, failure=failure)
        try:
            body = answer.json()
        except ValueError:
            body = None
        return ZaloReply(method, address, fields, answer.status_code, body, answer.headers)


def failed(reply: ZaloReply, needs: str = "") -> bool:
    """Say whether `reply` is anything but `error: 0` with the datum it `needs`."""
    if reply.status is None or reply.status >= 300 or error_of(reply.body) != 0:
        return True
    return bool(needs) and reply.data.get(needs) in (None, "")


def judged(reply: ZaloReply, *, writes: bool) -> Verdict:
    """Classify a reply that `failed`."""
    if reply.status is None:
        failure = reply.failure or requests.ConnectionError()
        outcome, code, sentence = transport.verdict(failure, PLATFORM, writes=writes)
        return Verdict(outcome, sentence, code)
    return verdict(reply.status, reply.body, writes=writes)


def answer(reply: ZaloReply, needs: str, account: str, *, writes: bool = True, **filled: Any) -> Answer:
    """Return the seam's answer: OK with `filled` when the reply is a success, else its class."""
    if not failed(reply, needs):
        return Answer(Outcome.OK, http_status=reply.status, exchange=record(reply), **filled)
    found = judged(reply, writes=writes)
    return Answer(
        found.outcome, found.sentence, found.code, not_before=rest_until(found, account, now()), park=found.park,
        http_status=reply.status, exchange=record(reply, found.code),
    )  # fmt: skip


def record(reply: ZaloReply, code: str = "") -> dict[str, Any]:
    """Return the safe record of a call."""
    said = reply.body.get("message") if isinstance(reply.body, Mapping) and code else ""
    return exchange(
        reply.method, reply.address, reply.fields, status=reply.status, code=code, said=str(said or "")
    )


def pending(found: Answer, code: str) -> Answer:
    """Turn an answer into: accepted, ask again."""
    return replace(found, outcome=Outcome.PENDING, sentence="", code=code)
