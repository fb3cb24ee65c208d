"""YouTube behind the seam: a private video made ready ahead of time, shown by one update at its hour."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from cms.channels.specs import YOUTUBE, tags_length
from publishers.adapters import recall
from publishers.adapters.bases import Bases
from publishers.adapters.limits import clip_findings, link_findings, text_findings
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
from publishers.adapters.shapes import at, word
from publishers.adapters.steps import unseen
from publishers.adapters.times import moment_of, now
from publishers.adapters.wording import nfc, same_text
from publishers.adapters.youtube import extras, listing, resource, upload
from publishers.adapters.youtube.answers import answer, failed, judged
from publishers.adapters.youtube.client import TubeReply, YouTubeClient
from publishers.adapters.youtube.verdicts import DELETED, processing

CLIP_TYPES = frozenset({"video/mp4", "video/quicktime", "video/webm", "video/x-matroska"})
# Half an hour of polls, fifteen seconds apart, before a person is asked.
PROCESSING_POLLS = 120
_NO_CLIP = "YouTube cần đúng một video. Xin chọn một video trong kho tài liệu."
_BRACKETS = "Tiêu đề YouTube không được có dấu < hoặc >. Xin sửa tiêu đề."
_BRACKETS_IN_TEXT = "Mô tả YouTube không được có dấu < hoặc >. Xin sửa nội dung."
_TAGS = "Các thẻ YouTube dài {length} ký tự, quá giới hạn {longest}. Xin bớt thẻ."
_STAYED_PRIVATE = (
    "YouTube giữ video ở chế độ riêng tư: dự án Google có thể chưa qua kiểm duyệt. "
    "Xin người quản trị hoàn tất kiểm duyệt dự án rồi công khai video."
)
_NOT_UP = "Video chưa có trên YouTube nên chưa làm được việc này."


class YouTubeAdapter:
    """The channel of one account at a time. Not shared across threads."""

    kind = "youtube"

    def __init__(self, bases: Bases) -> None:
        self._bases = bases
        self._client = YouTubeClient(bases)

    def refuse(self, request: Request) -> list[str]:
        """See `Adapter.refuse`."""
        found = text_findings("YouTube", "tiêu đề", request.title, YOUTUBE.title)
        found += text_findings(
            "YouTube",
            "mô tả",
            resource.description_of(request, self._bases.own_hosts),
            replace(YOUTUBE.text, required=False),
        )
        if any(mark in request.title for mark in YOUTUBE.forbidden_in_title):
            found.append(_BRACKETS)
        if any(mark in request.text for mark in YOUTUBE.forbidden_in_text):
            found.append(_BRACKETS_IN_TEXT)
        found += link_findings("YouTube", request)
        length = tags_length([nfc(tag) for tag in request.tags])
        longest = YOUTUBE.limit_of("tags").longest or 0
        if length > longest:
            found.append(_TAGS.format(length=length, longest=longest))
        clips = [media for media in request.media if media.media_type.startswith("video/")]
        if len(clips) != 1:
            return [*found, _NO_CLIP]
        return found + clip_findings("YouTube", clips[0], YOUTUBE, CLIP_TYPES)

    def plan(self, request: Request) -> tuple[Step, ...]:
        """See `Adapter.plan`. Only `publish` can be seen, and it may be repeated without harm."""
        clip = resource.clip_of(request)
        steps = [
            unseen("open"),
            # The session is exact; the channel's list, asked when the session is forgotten, lags by minutes.
            Step("upload"),
            unseen("processed", polls=PROCESSING_POLLS, poll_every=15.0),
        ]
        if resource.thumbnail_of(request):
            steps.append(unseen("thumbnail", optional=True))
        if clip and clip.captions_path:
            steps.append(unseen("captions", optional=True))
        if request.playlist:
            steps.append(Step("playlist", optional=True))
        steps.append(Step("publish", visible=True))
        return tuple(steps)

    def perform(
        self, step: Step, request: Request, handles: Mapping[str, Any], credential: Credential, beat: Beat
    ) -> Answer:
        """See `Adapter.perform`."""
        if step.name in recall.STEPS:
            return recall.perform(self, step, request, handles, credential)
        client, clip = self._client.use(credential), resource.clip_of(request)
        if clip is None:
            return Answer(Outcome.CONTENT, _NO_CLIP, "no-clip")
        if step.name == "open":
            return upload.open_session(client, request, clip, self._bases)
        if step.name == "upload":
            return upload.send(client, request, clip, handles, self._bases, beat)
        video_id = str(handles.get("video_id") or "")
        if not video_id:
            return Answer(Outcome.RETRY, _NOT_UP, "no-video", restart_from="upload")
        match step.name:
            case "processed":
                return self._processed(client, request, video_id)
            case "thumbnail" if picture := resource.thumbnail_of(request):
                return extras.set_thumbnail(client, request, picture, video_id)
            case "captions":
                return extras.add_captions(client, request, clip.captions_path, video_id)
            case "playlist":
                return extras.add_to_playlist(client, request, video_id)
            case "publish":
                return self._shown(client.update(self._public(request, video_id)), request)
        raise ValueError(f"no step {step.name!r} on YouTube")

    def _public(self, request: Request, video_id: str) -> dict[str, Any]:
        return resource.video(request, resource.PUBLIC, self._bases.own_hosts, video_id)

    def _processed(self, client: YouTubeClient, request: Request, video_id: str) -> Answer:
        reply = client.videos(video_id, "status,processingDetails")
        found = answer(reply, "items", request.account, writes=False)
        if found.outcome is not Outcome.OK:
            return found
        if not reply.items:
            return replace(found, outcome=Outcome.CONTENT, sentence=DELETED, code="deleted")
        told = processing(at(reply.items[0], "status"))
        return replace(found, outcome=told.outcome, sentence=told.sentence, code=told.code)

    def _shown(self, reply: TubeReply, request: Request) -> Answer:
        """An update is a success only if the privacy that comes back is the one that was asked for."""
        found = answer(reply, "id", request.account)
        if found.outcome is not Outcome.OK:
            return found
        privacy = at(reply.body, "status", "privacyStatus")
        if privacy != resource.PUBLIC:
            return replace(found, outcome=Outcome.CONFIG, sentence=_STAYED_PRIVATE, code=f"privacy-{privacy}")
        return replace(found, receipt=_receipt(reply.body, word(reply.body["id"])))

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
        client, clip = self._client.use(credential), resource.clip_of(request)
        video_id = str(handles.get("video_id") or "")
        match step.name:
            case "upload" if clip:
                return upload.look(client, request, clip, handles, since, self._bases)
            case "captions" if video_id:
                return extras.find_captions(client, request, video_id)
            case "playlist" if video_id:
                return extras.find_in_playlist(client, request, video_id)
            case "publish":
                return replace(self.read(request, handles, credential), certain=True)
        # A session without bytes makes no video; asking and setting a picture change nothing when repeated.
        return Sighting(Look.NOT_DONE, certain=True)

    def take_down(self, request: Request, handles: Mapping[str, Any], credential: Credential) -> Answer:
        """See `Adapter.take_down`."""
        if not handles.get("video_id"):
            return Answer(Outcome.OK)
        reply = self._client.use(credential).delete(str(handles["video_id"]))
        found = answer(reply, "", request.account)
        if found.outcome is not Outcome.OK and reply.status is not None and judged(reply, writes=True).gone:
            return Answer(Outcome.OK, code=found.code, http_status=found.http_status, exchange=found.exchange)
        return found

    def amend(self, request: Request, handles: Mapping[str, Any], credential: Credential) -> Answer:
        """See `Adapter.amend`."""
        if not handles.get("video_id"):
            return Answer(Outcome.CONTENT, _NOT_UP, "no-video")
        return self._shown(
            self._client.use(credential).update(self._public(request, str(handles["video_id"]))), request
        )

    def hide(self, request: Request, handles: Mapping[str, Any], credential: Credential) -> Answer:
        """Make the video private again: only its status is sent, title and description stay as they are."""
        if not handles.get("video_id"):
            return Answer(Outcome.OK)
        body = {"id": str(handles["video_id"]), "status": resource.status(request, resource.PRIVATE)}
        reply = self._client.use(credential).update(body)
        found = answer(reply, "id", request.account)
        gone = (
            found.outcome is not Outcome.OK and reply.status is not None and judged(reply, writes=True).gone
        )
        return replace(found, outcome=Outcome.OK, sentence="") if gone else found

    def settle(
        self, step: Step, request: Request, handles: Mapping[str, Any], credential: Credential
    ) -> Answer:
        """See `Recallable.settle`: an update of YouTube is whole when it is answered."""
        return Answer(Outcome.OK)

    def read(self, request: Request, handles: Mapping[str, Any], credential: Credential) -> Sighting:
        """See `Adapter.read`."""
        return self._seen(request, handles, credential)[0]

    def reads_so(self, request: Request, handles: Mapping[str, Any], credential: Credential) -> Sighting:
        """See `Recallable.reads_so`."""
        seen, snippet = self._seen(request, handles, credential)
        wished = resource.snippet(request, self._bases.own_hosts)
        same = all(same_text(word(at(snippet, name)), str(wished[name])) for name in ("title", "description"))
        return (
            seen if same or seen.look is not Look.DONE else Sighting(Look.NOT_DONE, seen.answer, certain=True)
        )

    def _seen(
        self, request: Request, handles: Mapping[str, Any], credential: Credential
    ) -> tuple[Sighting, Any]:
        """Read the video by its own id: is it public, and what does its snippet say?"""
        if not handles.get("video_id"):
            return Sighting(Look.NOT_DONE, certain=True), None
        reply = self._client.use(credential).videos(str(handles["video_id"]), "snippet,status")
        found = answer(reply, "items", request.account, writes=False)
        if failed(reply, "items"):
            return Sighting(Look.AGAIN, found, found.sentence), None
        if not reply.items or at(reply.items[0], "status", "privacyStatus") != resource.PUBLIC:
            return Sighting(Look.NOT_DONE, found, certain=True), None
        receipt = _receipt(reply.items[0], str(handles["video_id"]))
        return Sighting(Look.DONE, replace(found, receipt=receipt)), at(reply.items[0], "snippet")

    def plan_for(self, purpose: Purpose, request: Request) -> tuple[Step, ...]:
        """See `Adapter.plan_for`."""
        return recall.steps_for(purpose)

    def recent(self, account: str, credential: Credential, since: datetime) -> Recent:
        """See `Adapter.recent`."""
        return listing.recent(self._client.use(credential), account, since)


def _receipt(video: Mapping[str, Any], video_id: str) -> Receipt:
    """`publishedAt` is when a video was made public; where it is missing, it is now."""
    told = moment_of(at(video, "snippet", "publishedAt"))
    return Receipt(video_id, resource.WATCH + video_id, told or now())
