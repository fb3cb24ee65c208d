"""Facebook Pages behind the seam: which steps publish a request, and who does each."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from cms.channels.specs import FACEBOOK
from publishers.adapters import recall
from publishers.adapters.bases import Bases
from publishers.adapters.facebook import feed, listing, reel, sightings, video
from publishers.adapters.facebook.answers import answer, failed, judged
from publishers.adapters.facebook.client import GraphClient
from publishers.adapters.facebook.message import Form, form_of, full_post_id, message_of, pictures, videos
from publishers.adapters.facebook.session import GraphSession
from publishers.adapters.facebook.verdicts import PASSING_BLOCK
from publishers.adapters.limits import (
    clip_findings,
    link_findings,
    picture_findings,
    reel_findings,
    text_findings,
)
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
from publishers.adapters.shapes import word
from publishers.adapters.steps import unseen
from publishers.adapters.times import moment_of
from publishers.adapters.wording import same_text

PICTURE_TYPES = frozenset({"image/jpeg", "image/png"})
CLIP_TYPES = frozenset({"video/mp4"})
# A clip may take this many polls, ten seconds apart, until citizens see it.
PROCESSING_POLLS = 180
# Kept when a refusal for want of a right has been asked a second time.
RECHECKED = "right_rechecked"
_NOTHING = "Bài Facebook chưa có nội dung. Xin viết văn bản, thêm liên kết, ảnh hoặc video."
_MIXED = "Một bài Facebook chỉ mang ảnh hoặc một video, không mang cả hai. Xin bỏ bớt tệp."
_MANY_PICTURES = "Một bài Facebook mang nhiều nhất {most} ảnh. Xin bỏ bớt ảnh."
_MANY_CLIPS = "Một bài Facebook chỉ mang một video. Xin bỏ bớt video."
_FACEBOOK_LINK = (
    "Facebook không nhận liên kết tới chính facebook.com. Xin dùng liên kết tới cổng thông tin của cơ quan."
)
_NOT_OUT = "Bài chưa lên Facebook nên chưa sửa được."
_GONE = "Bài này không còn trên Facebook nên không sửa được."


class FacebookAdapter:
    """The Page of one account at a time. Not shared across threads."""

    kind = "facebook"

    def __init__(self, bases: Bases) -> None:
        self._bases = bases
        self._session = GraphSession(bases)

    def refuse(self, request: Request) -> list[str]:
        """See `Adapter.refuse`."""
        shown, clips = pictures(request), videos(request)
        text = message_of(request, self._bases.own_hosts)
        found = text_findings("Facebook", "nội dung", text, replace(FACEBOOK.text, required=False))
        found += link_findings("Facebook", request)
        comment = FACEBOOK.limit_of("first_comment")
        found += text_findings("Facebook", "bình luận đầu tiên", request.first_comment, comment)
        if not (text or request.link or request.media):
            found.append(_NOTHING)
        if shown and clips:
            found.append(_MIXED)
        if len(shown) > FACEBOOK.most_images:
            found.append(_MANY_PICTURES.format(most=FACEBOOK.most_images))
        if len(clips) > 1:
            found.append(_MANY_CLIPS)
        host = urlsplit(request.link).netloc.lower()
        if form_of(request) is Form.LINK and re.fullmatch(r"(.+\.)?facebook\.com", host):
            found.append(_FACEBOOK_LINK)
        for picture in shown:
            found += picture_findings("Facebook", picture, FACEBOOK, PICTURE_TYPES)
        for clip in clips:
            found += clip_findings("Facebook", clip, FACEBOOK, CLIP_TYPES)
            if form_of(request) is Form.REEL:
                found += reel_findings(clip)
        return found

    def plan(self, request: Request) -> tuple[Step, ...]:
        """See `Adapter.plan`. Everything but `feed` or `finish` is invisible."""
        match form_of(request):
            case Form.VIDEO | Form.REEL:
                steps = [
                    unseen("open"),
                    unseen("transfer"),
                    Step("finish", visible=True, read_back_refusals=True),
                    unseen("confirm", polls=PROCESSING_POLLS, poll_every=10.0),
                ]
            case form:
                count = len(pictures(request)) if form is Form.PICTURES else 0
                steps = [unseen(f"{feed.PHOTO}{index}") for index in range(1, count + 1)]
                steps.append(Step("feed", visible=True, read_back_refusals=True))
        if request.first_comment:
            steps.append(Step("comment", optional=True, polls=30, poll_every=20.0))
        return tuple(steps)

    def perform(
        self, step: Step, request: Request, handles: Mapping[str, Any], credential: Credential, beat: Beat
    ) -> Answer:
        """See `Adapter.perform`."""
        if step.name in recall.STEPS:
            answered = recall.perform(self, step, request, handles, credential)
        else:
            answered = self._perform(step, request, handles, credential, beat)
        if (
            answered.outcome is Outcome.CONFIG
            and answered.code == PASSING_BLOCK
            and not handles.get(RECHECKED)
        ):
            # Once: what may have been seen is looked for first, anything else is simply tried again.
            again = Outcome.UNKNOWN if step.visible else Outcome.RETRY
            return replace(answered, outcome=again, handles={**answered.handles, RECHECKED: True})
        return answered

    def _perform(
        self, step: Step, request: Request, handles: Mapping[str, Any], credential: Credential, beat: Beat
    ) -> Answer:
        client = self._client(credential)
        own, is_reel = self._bases.own_hosts, form_of(request) is Form.REEL
        if step.name.startswith(feed.PHOTO):
            index = int(step.name.removeprefix(feed.PHOTO))
            return feed.stage_photo(client, request, index)
        match step.name:
            case "feed":
                return feed.publish(client, request, handles, own)
            case "open":
                return (
                    reel.open_reel(client, request, self._bases)
                    if is_reel
                    else video.open_upload(client, request)
                )
            case "transfer":
                send = reel.send if is_reel else video.transfer
                return send(client, request, handles, beat)
            case "finish":
                return (reel if is_reel else video).finish(client, request, handles, own)
            case "confirm":
                return video.confirm(client, request, handles)
            case "comment":
                return self._comment(client, request, handles)
        raise ValueError(f"no step {step.name!r} on Facebook")

    def _comment(self, client: GraphClient, request: Request, handles: Mapping[str, Any]) -> Answer:
        post = self._post_of(client, request, handles)
        if isinstance(post, Answer):
            return post
        return feed.comment(client, request, post)

    def _post_of(self, client: GraphClient, request: Request, handles: Mapping[str, Any]) -> str | Answer:
        """A clip's post id may come minutes after the clip: without it, PENDING."""
        if handles.get("post_id"):
            return str(handles["post_id"])
        reply = client.read(str(handles.get("video_id") or ""), fields="post_id")
        if failed(reply, "post_id"):
            found = answer(reply, "id", writes=False)
            return (
                replace(found, outcome=Outcome.PENDING, code="no-post-id")
                if found.outcome is Outcome.OK
                else found
            )
        return full_post_id(request.account, str(reply.body["post_id"]))

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
        match step.name:
            case "feed":
                own = self._bases.own_hosts
                return sightings.look_for_post(client, request, handles, credential.app_id, since, own)
            case "finish":
                return sightings.look_for_clip(client, handles)
            case "comment":
                post = self._post_of(client, request, handles)
                if isinstance(post, Answer):
                    return Sighting(Look.AGAIN, post, post.sentence)
                return sightings.look_for_comment(client, request, post, handles, since)
        # Staging again is invisible, chunks may be sent twice, asking changes nothing.
        return Sighting(Look.NOT_DONE, certain=True)

    def take_down(self, request: Request, handles: Mapping[str, Any], credential: Credential) -> Answer:
        """See `Adapter.take_down`. What was only staged is removed as well."""
        client = self._client(credential)
        names = [handles.get("post_id") or handles.get("video_id")]
        if not names[0]:
            names = list(feed.staged(request, handles))
        found = Answer(Outcome.OK)
        for name in names:
            reply = client.delete(str(name))
            found = answer(reply, "success")
            if found.outcome is not Outcome.OK and not (
                reply.status is not None and judged(reply, writes=True).gone
            ):
                return found
            found = Answer(
                Outcome.OK, code=found.code, http_status=found.http_status, exchange=found.exchange
            )
        return found

    def hide(self, request: Request, handles: Mapping[str, Any], credential: Credential) -> Answer:
        """Take the post off the Page's timeline. Whoever has its address may still open it: to be sure, take it down."""
        client = self._client(credential)
        post = self._post_of(client, request, handles)
        if isinstance(post, Answer):
            return post
        return self._edited(client, post, is_hidden=True)

    def amend(self, request: Request, handles: Mapping[str, Any], credential: Credential) -> Answer:
        """See `Adapter.amend`. Pictures and the clip stay as they are."""
        name = handles.get("post_id") or handles.get("video_id")
        if not name:
            return Answer(Outcome.CONTENT, _NOT_OUT, "not-out")
        # A clip whose post is not known yet calls its text by another name.
        field = "message" if handles.get("post_id") else "description"
        text = message_of(request, self._bases.own_hosts)
        return self._edited(self._client(credential), str(name), **{field: text})

    def _edited(self, client: GraphClient, name: str, **fields: Any) -> Answer:
        reply = client.edit(name, **fields)
        found = answer(reply, "success")
        gone = (
            reply.status is not None and found.outcome is Outcome.CONTENT and judged(reply, writes=True).gone
        )
        return replace(found, sentence=_GONE) if gone else found

    def settle(
        self, step: Step, request: Request, handles: Mapping[str, Any], credential: Credential
    ) -> Answer:
        """See `Recallable.settle`: an edit of Facebook is whole when it is answered."""
        return Answer(Outcome.OK)

    def read(self, request: Request, handles: Mapping[str, Any], credential: Credential) -> Sighting:
        """See `Adapter.read`."""
        return self._seen(handles, credential)[0]

    def reads_so(self, request: Request, handles: Mapping[str, Any], credential: Credential) -> Sighting:
        """See `Recallable.reads_so`."""
        seen, text = self._seen(handles, credential)
        if seen.look is Look.DONE and not same_text(text, message_of(request, self._bases.own_hosts)):
            return Sighting(Look.NOT_DONE, seen.answer, certain=True)
        return seen

    def _seen(self, handles: Mapping[str, Any], credential: Credential) -> tuple[Sighting, str]:
        """Read the post (or clip) by its own id: is it before citizens' eyes, and what does it say?"""
        name = handles.get("post_id") or handles.get("video_id")
        if not name:
            return Sighting(Look.NOT_DONE, certain=True), ""
        fields = (
            "id,message,permalink_url,created_time,is_published,is_hidden"
            if handles.get("post_id")
            else "id,description,permalink_url,published"
        )
        reply = self._client(credential).read(str(name), fields=fields)
        if failed(reply, "id"):
            if reply.status is not None and judged(reply, writes=False).gone:
                told = answer(reply, "id", writes=False)
                return Sighting(
                    Look.NOT_DONE, replace(told, outcome=Outcome.OK, sentence=""), certain=True
                ), ""
            return sightings.again(reply, "id"), ""
        found = answer(reply, "id", writes=False)
        text = word(reply.body.get("message") or reply.body.get("description"))
        shown = reply.body.get("is_published", reply.body.get("published"))
        if shown is False or reply.body.get("is_hidden") is True:
            return Sighting(Look.NOT_DONE, found, certain=True), text
        receipt = Receipt(str(name), video.permalink(reply.body), moment_of(reply.body.get("created_time")))
        return Sighting(Look.DONE, replace(found, receipt=receipt)), text

    def plan_for(self, purpose: Purpose, request: Request) -> tuple[Step, ...]:
        """See `Adapter.plan_for`."""
        return recall.steps_for(purpose, read_back_refusals=True)

    def recent(self, account: str, credential: Credential, since: datetime) -> Recent:
        """See `Adapter.recent`."""
        return listing.recent(self._client(credential), account, credential.app_id, since)

    def _client(self, credential: Credential) -> GraphClient:
        return GraphClient(self._bases, self._session, credential)
