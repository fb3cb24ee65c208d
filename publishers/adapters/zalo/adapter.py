"""Zalo Official Accounts behind the seam: an article made hidden ahead of time, shown by one update at its hour."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from cms.channels.specs import ZALO
from cms.core.outbound import OutboundSession
from publishers.adapters import recall
from publishers.adapters.bases import Bases
from publishers.adapters.limits import clip_findings, link_findings, picture_findings, text_findings
from publishers.adapters.seam import (
    Answer,
    Beat,
    Credential,
    Look,
    Outcome,
    Purpose,
    Recent,
    Request,
    Sighting,
    Step,
)
from publishers.adapters.steps import unseen
from publishers.adapters.wording import ascii_address
from publishers.adapters.zalo import article, listing, picture_check, publishing, sightings, video
from publishers.adapters.zalo.client import ZaloClient, answer, pending

PICTURE_TYPES = frozenset({"image/jpeg", "image/png"})
CLIP_TYPES = frozenset({"video/mp4", "video/x-msvideo"})
# Zalo takes seconds to two minutes for an article, some minutes for a clip.
ARTICLE_POLLS, ARTICLE_EVERY = 40, 3.0
CLIP_POLLS, CLIP_EVERY = 60, 10.0
# Under this name the token of a change is kept sealed until it is verified.
CHANGE_TOKEN = "change_token"  # noqa: S105
_NO_COVER = "Bài Zalo OA cần một ảnh bìa hoặc một video. Xin chọn trong kho tài liệu."
_NO_ADDRESS = (
    "Ảnh{name} chưa có địa chỉ công khai https để Zalo lấy về. Xin người quản trị kiểm tra PUBLIC_MEDIA_BASE."
)
_NO_AUTHOR = "Bài Zalo OA cần tên cơ quan đăng. Xin bổ sung tên cơ quan."
_NO_AVATAR = "Bài video Zalo OA cần một ảnh đại diện. Xin chọn thêm một ảnh."
_NOT_OUT = "Bài chưa có trên Zalo nên chưa sửa được."


class ZaloAdapter:
    """The OA of one account at a time. Not shared across threads."""

    kind = "zalo"

    def __init__(self, bases: Bases) -> None:
        self._bases = bases
        self._session = OutboundSession([bases.zalo], bases.timeout)
        # A session of its own: what is fetched from ourselves carries nothing of Zalo's.
        self._door = OutboundSession([bases.media_check], bases.timeout)

    def refuse(self, request: Request) -> list[str]:
        """See `Adapter.refuse`."""
        found = text_findings("Zalo OA", "tiêu đề", request.title, ZALO.title)
        found += text_findings("Zalo OA", "tóm tắt", request.summary, ZALO.summary)
        shown, clip = article.pictures(request), article.clip_of(request)
        if article.type_of(request) == article.NORMAL:
            found += text_findings("Zalo OA", "nội dung", request.text, ZALO.text)
            if not article.author_of(request):
                found.append(_NO_AUTHOR)
        elif not shown:
            found.append(_NO_AVATAR)
        found += link_findings("Zalo OA", request)
        if not shown and clip is None:
            found.append(_NO_COVER)
        for picture in shown:
            found += picture_findings("Zalo OA", picture, ZALO, PICTURE_TYPES)
            if not ascii_address(picture.public_url).startswith("https://"):
                found.append(_NO_ADDRESS.format(name=f" “{picture.title}”" if picture.title else ""))
        if clip:
            found += clip_findings("Zalo OA", clip, ZALO, CLIP_TYPES)
        return found

    def plan(self, request: Request) -> tuple[Step, ...]:
        """See `Adapter.plan`. Only `show` changes what citizens see, and it may be repeated without harm."""
        steps = []
        if self._bases.media_check and article.pictures(request):
            steps.append(unseen(picture_check.PICTURES))
        if article.clip_of(request):
            steps += [unseen(video.PREPARE), unseen("video-ready", polls=CLIP_POLLS, poll_every=CLIP_EVERY)]
        return (
            *steps,
            # A twin would be invisible, but may count against the OA's article quota: two looks.
            Step(publishing.CREATE),
            unseen(publishing.VERIFY_HIDDEN, polls=ARTICLE_POLLS, poll_every=ARTICLE_EVERY),
            Step(publishing.STEP_SHOW, visible=True),
            unseen(publishing.VERIFY_SHOWN, polls=ARTICLE_POLLS, poll_every=ARTICLE_EVERY),
        )

    def perform(
        self, step: Step, request: Request, handles: Mapping[str, Any], credential: Credential, beat: Beat
    ) -> Answer:
        """See `Adapter.perform`."""
        if step.name in recall.STEPS:
            return recall.perform(self, step, request, handles, credential)
        client, own = self._client(credential), self._bases.own_hosts
        match step.name:
            case picture_check.PICTURES:
                return picture_check.check(
                    self._door, self._bases.media_check, article.pictures(request), beat
                )
            case video.PREPARE if clip := article.clip_of(request):
                beat()
                return video.prepare(client, request.account, clip)
            case "video-ready":
                return video.converted(client, request.account, str(handles.get("video_token") or ""))
            case publishing.CREATE:
                return publishing.create(client, request, handles, own)
            case publishing.VERIFY_HIDDEN:
                return publishing.verify_hidden(client, request, handles)
            case publishing.STEP_SHOW:
                return publishing.show(client, request, handles, own)
            case publishing.VERIFY_SHOWN:
                return publishing.verify_shown(client, request, handles)
        raise ValueError(f"no step {step.name!r} on Zalo")

    def look(
        self,
        step: Step,
        request: Request,
        handles: Mapping[str, Any],
        credential: Credential,
        since: datetime,
    ) -> Sighting:
        """See `Adapter.look`."""
        if step.name in recall.STEPS:
            return recall.look(self, step, request, handles, credential)
        client = self._client(credential)
        if step.name == publishing.CREATE:
            return sightings.look_for_created(client, request, handles, since, self._bases.own_hosts)
        if step.name == publishing.STEP_SHOW:
            return sightings.look_for_shown(client, request, handles)
        # Handing a clip over again is invisible; asking changes nothing.
        return Sighting(Look.NOT_DONE, certain=True)

    def take_down(self, request: Request, handles: Mapping[str, Any], credential: Credential) -> Answer:
        """See `Adapter.take_down`."""
        if not handles.get("article_id"):
            return Answer(Outcome.OK)
        reply = self._client(credential).post("v2.0/article/remove", {"id": str(handles["article_id"])})
        found = publishing.removed(reply, request)
        # A change that was handed in earlier has nothing left to change.
        return replace(found, sealed={CHANGE_TOKEN: ""}) if found.outcome is Outcome.OK else found

    def hide(self, request: Request, handles: Mapping[str, Any], credential: Credential) -> Answer:
        """Hand the whole article in again as hidden. PENDING until verified, see `settle`."""
        return self._handed_in(request, handles, credential, article.HIDE)

    def amend(self, request: Request, handles: Mapping[str, Any], credential: Credential) -> Answer:
        """See `Adapter.amend`. PENDING until the new text is verified: `sealed` then carries its token, see `settle`."""
        return self._handed_in(request, handles, credential, article.SHOW)

    def _handed_in(
        self, request: Request, handles: Mapping[str, Any], credential: Credential, status: str
    ) -> Answer:
        if not handles.get("article_id"):
            return Answer(Outcome.CONTENT, _NOT_OUT, "not-out")
        reply = publishing.hand_in(self._client(credential), request, handles, self._bases.own_hosts, status)
        found = answer(reply, "token", request.account)
        if found.outcome is not Outcome.OK:
            return found
        return replace(pending(found, "unverified"), sealed={CHANGE_TOKEN: str(reply.data["token"])})

    def settle(
        self, step: Step, request: Request, handles: Mapping[str, Any], credential: Credential
    ) -> Answer:
        """See `Recallable.settle`: nothing that was handed in counts before it is verified."""
        token = str(handles.get(CHANGE_TOKEN) or "")
        if not token:
            return Answer(Outcome.OK)
        call = recall.AMEND if step.name == recall.PROVE_AMENDED else recall.HIDE
        return publishing.verify_change(self._client(credential), request, handles, token, call)

    def read(self, request: Request, handles: Mapping[str, Any], credential: Credential) -> Sighting:
        """See `Adapter.read`."""
        return sightings.look_for_shown(self._client(credential), request, handles)

    def reads_so(self, request: Request, handles: Mapping[str, Any], credential: Credential) -> Sighting:
        """See `Recallable.reads_so`."""
        return sightings.look_for_words(self._client(credential), request, handles, self._bases.own_hosts)

    def plan_for(self, purpose: Purpose, request: Request) -> tuple[Step, ...]:
        """See `Adapter.plan_for`."""
        return recall.steps_for(purpose)

    def recent(self, account: str, credential: Credential, since: datetime) -> Recent:
        """See `Adapter.recent`."""
        return listing.recent(self._client(credential), account, since)

    def _client(self, credential: Credential) -> ZaloClient:
        return ZaloClient(self._bases, credential, self._session)
