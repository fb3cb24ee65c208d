"""Sixty channels of every kind and two thousand deliveries on them: what a chaos run is let loose upon."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from random import Random
from typing import Any

from benchmarks.ground.house import Sandbox
from benchmarks.ground.posts import PORTION, body_of_the_run, make_channels, make_due

#: Of sixty channels; stations come beside them.
CHANNELS = {"facebook": 34, "youtube": 9, "zalo": 9, "portal": 4, "notice-board": 4}
#: Of two thousand deliveries. Text posts on Pages, whose lost answers are the hardest to settle, are two fifths.
DELIVERIES = {
    "facebook": 1360, "youtube": 160, "zalo": 160, "portal": 60, "notice-board": 60, "stations": 200,
}  # fmt: skip
#: What a Page post carries, and how often of ten.
PAGE_FORMS = ("text", "text", "text", "text", "text", "text", "photo", "photos", "video", "reel")
STATIONS = 20
#: Seconds between the end of the building and the first due moment.
HEAD_START = 5.0
MP4 = b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom"


@dataclass(frozen=True)
class Scenery:
    """Everything that was made; `forms` counts deliveries by what they carry."""

    channels: int
    deliveries: int
    forms: dict[str, int]
    renewable: list[tuple[str, str]]


def build(sandbox: Sandbox, scale: float, span: float, dice: Random) -> Scenery:
    """Make channels and deliveries in the proportions above, due over `span` seconds once everything stands."""
    from cms.core import clock

    at = clock.now() + timedelta(seconds=HEAD_START)
    forms: dict[str, int] = {}
    channels: dict[str, list[Any]] = {}
    quick = {
        "facebook": {"processing_seconds": 1},
        "youtube": {"processing_seconds": 1},
        "zalo": {"processing_polls": 1, "video_converting_seconds": 1},
    }
    for kind, number in CHANNELS.items():
        channels[kind] = make_channels(sandbox, max(1, round(number * scale)), kind, **quick.get(kind, {}))
    files = _Files()
    rows: list[Any] = []
    for kind, number in DELIVERIES.items():
        count = max(2, round(number * scale))
        if kind == "stations":
            forms["bản tin đài"] = _book_stations(count, at + timedelta(seconds=span / 2))
            continue

        def dressed(request: Any, number: int, addresses: list[Any], kind: str = kind) -> Any:
            form = dice.choice(PAGE_FORMS) if kind == "facebook" else kind
            forms[form] = forms.get(form, 0) + 1
            return files.dress(request, form, addresses)

        rows += make_due(channels[kind], count, at, dressed)
    _spread(rows, clock.now() + timedelta(seconds=HEAD_START), span, dice)
    renewable = [(kind, each.external_id) for kind in ("youtube", "zalo") for each in channels[kind]]
    return Scenery(sum(map(len, channels.values())), len(rows) + forms["bản tin đài"], forms, renewable)


def _spread(rows: Sequence[Any], at: datetime, span: float, dice: Random) -> None:
    """Let the deliveries fall due at random moments of the span; what has media is staged from the first second on."""
    from publishers.delivery.models import Delivery
    from publishers.delivery.states import State

    for row in rows:
        row.due_at = at + timedelta(seconds=dice.uniform(0, span))
        row.wake_at = row.due_at if row.state == State.READY else at
    Delivery.objects.bulk_update(rows, ["due_at", "wake_at"], batch_size=PORTION)


class _Files:
    """A picture and a clip in the default storage, as approved files would lie there."""

    def __init__(self) -> None:
        from PIL import Image

        kept = io.BytesIO()
        Image.new("RGB", (64, 36), "navy").save(kept, "JPEG")
        self._picture = self._keep("do-tai.jpg", kept.getvalue(), "image/jpeg")
        self._clip = self._keep(
            "do-tai.mp4", MP4 + bytes(index % 251 for index in range(300_000)), "video/mp4"
        )

    @staticmethod
    def _keep(name: str, content: bytes, media_type: str) -> Any:
        from django.core.files.base import ContentFile
        from django.core.files.storage import default_storage

        from publishers.adapters.seam import Media

        path = default_storage.save(f"kenh/{name}", ContentFile(content))
        return Media(
            hashlib.sha256(content).hexdigest(), path, media_type, len(content),
            alt_text="Đồ họa các bước nộp hồ sơ", title="Tệp đo tải",
        )  # fmt: skip

    def dress(self, request: Any, form: str, addresses: list[Any]) -> Any:
        """Give `request` the media of `form`; `addresses` receives what the platform fetches itself."""
        from publishers.delivery.services import booking

        match form:
            case "photo":
                return replace(request, media=(self._picture,))
            case "photos":
                return replace(request, media=(self._picture, replace(self._picture, title="Tệp đo tải 2")))
            case "video" | "youtube":
                return replace(request, media=(self._clip,))
            case "reel":
                return replace(request, media=(self._clip,), form="reel", title="")
            case "zalo":
                return replace(request, media=(booking._with_address(self._picture, addresses),))
        return request


def _book_stations(count: int, at: datetime) -> int:
    """Book scripts for a few stations by the verb itself; return how many deliveries that makes."""
    from benchmarks.ground.posts import _approver, _campaign
    from campaigns.posts.models import Post, Variant
    from campaigns.schedule.models import Slot
    from cms.approvals.content import content_hash
    from cms.approvals.models import Approval
    from publishers.delivery.models import Delivery
    from publishers.delivery.services.booking import book
    from publishers.stations.models import Station

    body = body_of_the_run()
    number = min(STATIONS, count)
    Station.objects.bulk_create(
        Station(organisation=body, place=body.place, name=f"Đài đo tải {each}", slug=f"dai-do-tai-{each}")
        for each in range(number)
    )
    for each in range(max(1, count // number)):
        code = f"S{each:07d}"
        post = Post.objects.create(
            organisation=body, campaign=_campaign(at), title=f"Bản tin {each}", live=True, verify_code=code
        )
        variant = Variant.objects.create(
            post=post, kind="loudspeaker", title=f"Bản tin số {each}",
            text=f"Bản tin số {each}. Bà con nộp hồ sơ trực tuyến tại nhà, không phải chờ đợi.",
        )  # fmt: skip
        slot = Slot.objects.create(variant=variant, stations_of=body.place, at=at + timedelta(seconds=each))
        payload = Post.approval_payloads([post])[post.pk]
        Approval.objects.create(
            item=post, organisation=body, content_hash=content_hash(payload), payload=payload, approver=_approver(),
            approver_name="Người duyệt", approver_position="Đo tải", approved_at=at,
        )  # fmt: skip
        (approved,) = Slot.objects.filter(pk=slot.pk).approved()
        assert approved.approval is not None
        book(approved, approved.approval)
    return Delivery.objects.filter(station__isnull=False).count()
