"""Loudspeaker stations: what counts is the script version served at the station's address, read back over HTTP.

Delivery renders scripts in bulk and reads every page back with `read_back`; the adapter does the same for one."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

import requests

from cms.channels.specs import LOUDSPEAKER
from cms.core.outbound import OutboundSession
from publishers.adapters import recall, transport
from publishers.adapters.bases import Bases
from publishers.adapters.exchanges import exchange
from publishers.adapters.limits import text_findings
from publishers.adapters.seam import (
    Answer,
    Beat,
    Credential,
    Look,
    Outcome,
    Purpose,
    Receipt,
    Recent,
    Request,
    Sighting,
    Step,
)
from publishers.adapters.steps import unseen
from publishers.adapters.times import now

PLATFORM = "trang đọc của đài"
SCRIPT_HEADER = "X-Script-SHA256"
NO_ADDRESS = "Bản tin của đài chưa được dựng nên chưa có địa chỉ đọc. Phần mềm sẽ dựng bản tin rồi đọc lại."
NOT_SERVED = "Trang đọc của đài chưa phục vụ đúng bản tin vừa chuyển. Phần mềm sẽ đọc lại; nếu kéo dài, xin kiểm tra trang."
REFUSED = "Trang đọc của đài báo lỗi. Phần mềm sẽ đọc lại; nếu kéo dài, xin người quản trị kiểm tra máy chủ."
STILL_SERVED = (
    "Trang đọc của đài vẫn đang phục vụ bản tin này. Xin thu hồi bản tin ở phần bản tin phát thanh."
)
RENDERED_AGAIN = "Nội dung loa được đính chính bằng một bản tin mới, không sửa bản tin đã chuyển."
# The page is not there (yet), or its script was withdrawn.
NOT_FOUND = (404, 410)
_META = re.compile(rb'<meta\s+name="script-sha256"\s+content="([0-9a-f]{64})"', re.IGNORECASE)
# The tag stands in the head of a page.
_HEAD_BYTES = 16_384


def station_session(bases: Bases) -> OutboundSession:
    """Return a keep-alive session that may only ask our own public address. One thread only."""
    return OutboundSession([bases.stations], bases.timeout)


def read_back(address: str, sha256: str, session: requests.Session) -> Answer:
    """Say whether `address` serves the script version `sha256` now.

    OK with a receipt when the page's header names it (and its own meta tag, where there is one, does not deny it);
    RETRY when the page could not be had; PENDING when it serves something else or nothing yet."""
    try:
        reply = session.get(address)
    except requests.RequestException as failure:
        outcome, code, sentence = transport.verdict(failure, PLATFORM, writes=False)
        return Answer(outcome, sentence, code, exchange=exchange("GET", address, code=code))
    record = exchange("GET", address, status=reply.status_code)
    if reply.status_code in NOT_FOUND:
        return Answer(
            Outcome.PENDING, NOT_SERVED, "not-served", http_status=reply.status_code, exchange=record
        )
    if reply.status_code != 200:
        return Answer(
            Outcome.RETRY,
            REFUSED,
            f"http-{reply.status_code}",
            http_status=reply.status_code,
            exchange=record,
        )
    named = _META.search(reply.content[:_HEAD_BYTES])
    served = {reply.headers.get(SCRIPT_HEADER, "").lower()} | (
        {named[1].decode().lower()} if named else set()
    )
    if served != {sha256.lower()} or not reply.content:
        return Answer(Outcome.PENDING, NOT_SERVED, "other-version", http_status=200, exchange=record)
    return Answer(Outcome.OK, receipt=Receipt(sha256, address, now()), http_status=200, exchange=record)


class LoudspeakerAdapter:
    """One station at a time. `handles` carry `address` (of the reading page) and `sha256` (of the script version)."""

    kind = "loudspeaker"

    def __init__(self, bases: Bases) -> None:
        self._bases = bases
        self._session = station_session(bases)

    def refuse(self, request: Request) -> list[str]:
        """See `Adapter.refuse`."""
        found = text_findings("Loa truyền thanh", "nội dung", request.text, LOUDSPEAKER.text)
        return found + text_findings("Loa truyền thanh", "tiêu đề", request.title, LOUDSPEAKER.title)

    def plan(self, request: Request) -> tuple[Step, ...]:
        """See `Adapter.plan`. Rendering is delivery's own bulk act; the visible effect is its page."""
        served = unseen("serve", polls=20, poll_every=3.0)
        return (
            Step(
                served.name,
                visible=True,
                polls=served.polls,
                looks=served.looks,
                look_every=served.look_every,
            ),
        )

    def perform(
        self, step: Step, request: Request, handles: Mapping[str, Any], credential: Credential, beat: Beat
    ) -> Answer:
        """Read the station's page back: for the version, or for its absence."""
        if step.name == recall.PROVE_GONE:
            return self._withdrawn(request, handles, credential)
        address, sha256 = str(handles.get("address") or ""), str(handles.get("sha256") or "")
        if not address or not sha256:
            return Answer(Outcome.PENDING, NO_ADDRESS, "not-rendered")
        if address.startswith("/"):
            address = self._bases.stations + address
        return read_back(address, sha256, self._session)

    def look(
        self,
        step: Step,
        request: Request,
        handles: Mapping[str, Any],
        credential: Credential,
        since: datetime,
    ) -> Sighting:
        """See `Adapter.look`: exact, the page names the version it serves."""
        found = self.perform(step, request, handles, credential, lambda: None)
        if found.outcome is Outcome.OK:
            return Sighting(Look.DONE, found)
        if found.outcome is Outcome.PENDING:
            return Sighting(Look.NOT_DONE, found, found.sentence, certain=True)
        return Sighting(Look.AGAIN, found, found.sentence)

    def _withdrawn(self, request: Request, handles: Mapping[str, Any], credential: Credential) -> Answer:
        found = self.take_down(request, handles, credential)
        if found.outcome is not Outcome.OK:
            return found
        return replace(found, receipt=Receipt(str(handles.get("sha256") or ""), visible_at=now()))

    def take_down(self, request: Request, handles: Mapping[str, Any], credential: Credential) -> Answer:
        """Confirm that the version is no longer served; withdrawing it is the script room's verb."""
        seen = self.read(request, handles, credential)
        if seen.look is Look.NOT_DONE:
            return Answer(Outcome.OK, exchange=seen.answer.exchange if seen.answer else {})
        if seen.look is Look.DONE:
            return Answer(Outcome.PENDING, STILL_SERVED, "still-served")
        return seen.answer or Answer(Outcome.RETRY, REFUSED)

    def amend(self, request: Request, handles: Mapping[str, Any], credential: Credential) -> Answer:
        """A correction is a new script version, never an edit."""
        return Answer(Outcome.CONFIG, RENDERED_AGAIN, "render-again")

    def read(self, request: Request, handles: Mapping[str, Any], credential: Credential) -> Sighting:
        """See `Adapter.read`."""
        return self.look(self.plan(request)[0], request, handles, credential, now())

    def plan_for(self, purpose: Purpose, request: Request) -> tuple[Step, ...]:
        """Withdrawing is the script room's verb: what is left is the proof that the page no longer serves the version.
        A correction is a new version, served like any other."""
        if purpose is Purpose.CORRECT:
            return self.plan(request)
        return (
            Step(
                recall.PROVE_GONE,
                visible=True,
                polls=recall.PROOFS,
                poll_every=3.0,
                looks=1,
                look_every=(0.0,),
            ),
        )

    def recent(self, account: str, credential: Credential, since: datetime) -> Recent:
        """Nobody can put a script on our own pages by hand: there is nothing to list."""
        return Recent(Answer(Outcome.OK))
