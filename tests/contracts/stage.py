"""Where a scenario is played: channels the sandbox knows, deliveries as booking freezes them, the real engine.

Waiting is turned into moves of the platforms' clock. What counts at the end is the sandbox's ledger."""

from __future__ import annotations

import threading
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from django.db import connections

from campaigns.planning.models import Campaign
from campaigns.posts.models import Post
from campaigns.schedule.models import Slot
from cms.approvals.content import content_hash
from cms.approvals.models import Approval
from cms.audit.models import AuditRow
from cms.channels.models import Channel
from cms.core import clock
from cms.organisations.models import Organisation
from publishers.adapters.registry import adapter_for
from publishers.adapters.seam import Credential, Request, Step
from publishers.connections.models import Connection
from publishers.connections.services import credential_for, store_tokens
from publishers.delivery import decide, frozen_request
from publishers.delivery.errand import Claim
from publishers.delivery.models import Attempt, Delivery, Parking, Receipt
from publishers.delivery.services import attempting, carrying, holding
from publishers.delivery.services.carrying import carry
from publishers.delivery.services.dispatching import take
from publishers.delivery.states import TERMINAL, Lane, Reason, State
from tests.contracts.platforms import Platforms
from tests.contracts.samples import Samples
from tests.factories.campaigns import PostFactory, SlotFactory, VariantFactory
from tests.factories.cms import ChannelFactory, FactFactory, OrganisationFactory, UserFactory
from tests.factories.publishers import ConnectionFactory, PlatformAppFactory
from tests.publishers.delivery.scene import die

# More rounds than any scenario needs: a loop is a failure, not a hang.
MOST_ROUNDS = 60
LONGEST_WAIT = 400.0
WORKER = "bộ-xử-lý-hợp-đồng"
PARTS = frozenset({"comment", "playlist_item"})
ENDED = TERMINAL | {State.HELD}


class WorkerKilled(BaseException):
    """Stands for kill -9: nothing of ours catches it, nothing runs after it."""


@dataclass
class Stage:
    """Plays deliveries of every kind and remembers them."""

    platforms: Platforms
    samples: Samples
    folder: Path
    monkeypatch: pytest.MonkeyPatch
    caplog: pytest.LogCaptureFixture
    settings: Any
    body: Organisation | None = None
    campaign: Campaign | None = None
    made: list[Delivery] = field(default_factory=list)

    # -- what is to be published --------------------------------------------------------------

    def request(self, form: str) -> Request:
        """A request by the name of its form; `youtube-all` and `page-all` have every optional step."""
        if form == "page-all":
            return replace(self.samples.facebook("pictures"), first_comment="Hỏi đáp tại tổng đài 1022.")
        if form == "youtube-all":
            media = (self.samples.clip(captions=True), self.samples.picture("anh-bia"))
            return self.samples.youtube(media=media, playlist="PLthunghiem")
        if form.startswith("youtube"):
            return self.samples.youtube()
        if form.startswith("zalo"):
            clip = {"media": (self.samples.picture("bia"), self.samples.clip(90_000))}
            return self.samples.zalo(**(clip if form == "zalo-clip" else {}))
        return self.samples.facebook(form)

    def channel(self, kind: str, **account: Any) -> Channel:
        """A connected channel, known to the sandbox with both tokens."""
        if self.body is None:
            self.body = OrganisationFactory()
        channel = ChannelFactory(kind=kind, organisation=self.body)
        platform = {"youtube": "google"}.get(kind, kind)
        app = PlatformAppFactory(platform=platform, organisation=channel.organisation)
        renewed = (
            {} if kind == "facebook" else {"expired": True, "expires_at": clock.now() + timedelta(hours=24)}
        )
        grant = ConnectionFactory(channel=channel, app=app, **renewed)
        self.know(channel, grant, **account)
        return channel

    def know(self, channel: Channel, grant: Connection, **account: Any) -> None:
        """Register the channel with the sandbox under its present tokens."""
        register = {"facebook": self.samples.page, "youtube": self.samples.channel, "zalo": self.samples.oa}
        app = {
            "facebook": {"app_id": grant.app.app_id},
            "youtube": {"client_id": grant.app.app_id, "client_secret": grant.app.secret.reveal(), "playlists": ["PLthunghiem"]},
            "zalo": {"app_id": grant.app.app_id, "secret_key": grant.app.secret.reveal()},
        }[channel.kind]  # fmt: skip
        tokens = {"access_token": grant.access_token.reveal()}
        if channel.kind != "facebook":
            tokens["refresh_token"] = grant.refresh_token.reveal()
        register[channel.kind](id=channel.external_id, name=channel.name, **tokens, **app, **account)

    def booked(self, request: Request, channel: Channel | None = None, **account: Any) -> Delivery:
        """A delivery of `request` that is due now, its request frozen as booking freezes it."""
        channel = channel or self.channel(request.kind, **account)
        slot, approval = self._approved(channel, request)
        public_id = uuid.uuid4()
        request = replace(request, account=channel.external_id, marker=public_id.hex)
        kept = tuple(
            replace(one, path=self._name(one.path), captions_path=self._name(one.captions_path))
            for one in request.media
        )
        frozen = frozen_request.as_json(replace(request, media=kept))
        plan = adapter_for(request.kind).plan(request)
        state = State.BOOKED if decide.visible_position(plan) else State.READY
        now = clock.now() - timedelta(seconds=1)
        delivery = Delivery.objects.create(
            public_id=public_id, slot=slot, channel=channel, kind=channel.kind, organisation=channel.organisation,
            state=state, lane=Lane.UPLOAD if state == State.BOOKED else Lane.PUBLISH, next_step=plan[0].name,
            request=frozen, request_sha256=frozen_request.hash_of(frozen), wake_at=now, due_at=now,
            approval=approval, approval_hash=approval.content_hash,
        )  # fmt: skip
        self.made.append(delivery)
        return delivery

    def _approved(self, channel: Channel, request: Request) -> tuple[Slot, Approval]:
        """An approved post with one time tomorrow, written as rows: nobody clicks three hundred times. The hash is the
        real one, so that what is checked before sending holds."""
        known = {"campaign": self.campaign} if self.campaign else {}
        post = PostFactory(organisation=channel.organisation, **known)
        self.campaign = post.campaign
        variant = VariantFactory(post=post, kind=channel.kind, title="Nộp hồ sơ", summary="Tại nhà.")
        slot = SlotFactory(variant=variant, channel=channel)
        payload = Post.approval_payloads([post])[post.pk]
        approval = Approval.objects.create(
            item=post, organisation=channel.organisation, content_hash=content_hash(payload), payload=payload,
            approver=UserFactory(), approver_name="Người duyệt", approver_position="Trưởng phòng",
            approved_at=clock.now(),
        )  # fmt: skip
        return slot, approval

    def _name(self, path: str) -> str:
        return str(Path(path).relative_to(self.folder)) if path else ""

    # -- the engine -----------------------------------------------------------------------------

    def play(self, delivery: Delivery, until: Callable[[Delivery], bool] | None = None) -> Delivery:
        """Let workers carry `delivery` until it has ended, is held, or `until` says so."""
        for _ in range(MOST_ROUNDS):
            delivery = self.again(delivery)
            if delivery.state in ENDED or (until and until(delivery)):
                return delivery
            self._pass_time(delivery)
            self.work()
        raise AssertionError(
            f"{delivery.state} {delivery.next_step} goes round in circles: {self.history(delivery)}"
        )

    def work(self) -> None:
        """One round of both lanes."""
        for lane in (Lane.UPLOAD, Lane.PUBLISH):
            for job in take(lane, WORKER, 20):
                carry(job.claim, lambda: None, job.brief)

    def _pass_time(self, delivery: Delivery) -> None:
        """What the delivery waits for passes on the platforms' clock; its own alarm rings now."""
        if (
            delivery.wake_at is None
            or delivery.lease_until is not None
            and delivery.state in (State.SENDING, State.STAGING)
        ):
            return
        seconds = (delivery.wake_at - clock.now()).total_seconds()
        if seconds > 0:
            self.platforms.advance(min(seconds, LONGEST_WAIT))
        past = clock.now() - timedelta(seconds=1)
        Parking.objects.filter(channel=delivery.channel).update(until=past)
        Delivery.objects.filter(pk=delivery.pk, wake_at__isnull=False).update(wake_at=past)

    @contextmanager
    def before(self, step: str, happens: Callable[[], None]) -> Iterator[None]:
        """Let something happen right before the first call of `step`."""
        real, told = attempting.perform, []

        def perform(errand: Any, now: Step, begun: Attempt | None = None) -> bool:
            if now.name == step and not told:
                told.append(step)
                happens()
            return real(errand, now, begun)

        with self.monkeypatch.context() as patch:
            patch.setattr(attempting, "perform", perform)
            patch.setattr(carrying, "perform", perform)
            yield
        assert told == [step]

    def killed(self, delivery: Delivery, step: str, place: str) -> Delivery:
        """Carry `delivery` until a worker dies at `step`: before its row, with the row, or with the answer in hand."""
        real = attempting.perform

        def perform(errand: Any, now: Step, begun: Attempt | None = None) -> bool:
            if now.name != step:
                return real(errand, now, begun)
            if place != "before" and begun is None:
                attempting.begin(errand, now, is_look=False)
            if place == "answered":
                errand.adapter.perform(
                    now, errand.request, errand.all_handles(), errand.fetch_credential(), errand.beat
                )
            raise WorkerKilled

        with self.monkeypatch.context() as patch:
            patch.setattr(attempting, "perform", perform)
            patch.setattr(carrying, "perform", perform)
            with pytest.raises(WorkerKilled):
                self.play(delivery)
        die(delivery)
        Delivery.objects.filter(pk=delivery.pk).update(wake_at=clock.now() - timedelta(seconds=1))
        return self.again(delivery)

    def carry_again(self, row: Delivery) -> None:
        """The task of the worker that is at it is delivered a second time: the same claim is carried again."""
        carry(Claim(row.pk, row.fence, row.worker), lambda: None)

    def side_by_side(self, claims: list[Claim]) -> None:
        """Carry every claim in a thread of its own, all at once."""
        start = threading.Barrier(len(claims))

        def run(each: Claim) -> None:
            try:
                start.wait(10)
                carry(each, lambda: None)
            finally:
                connections.close_all()

        threads = [threading.Thread(target=run, args=(each,)) for each in claims]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(60)

    @contextmanager
    def impatient(self, seconds: float) -> Iterator[None]:
        """Wait only so long for an answer."""
        kept = self.settings.PLATFORM_TIMEOUT
        self.settings.PLATFORM_TIMEOUT = (2.0, seconds)
        yield
        self.settings.PLATFORM_TIMEOUT = kept

    @contextmanager
    def odd_page(self, how: str) -> Iterator[str]:
        """The address of a web server that stands for our own on a bad day."""

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                body = b"<html><head></head><body>Trang khac</body></html>"
                self.send_response(500 if how == "http-500" else 200)
                self.send_header("X-Script-SHA256", "0" * 64)
                self.send_header("Content-Length", str(len(body) * (2 if how == "cut" else 1)))
                self.end_headers()
                self.wfile.write(body)
                self.close_connection = True

            def log_message(self, format: str, *args: object) -> None:
                """Quiet."""

        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()
        server.server_close()

    def fact_for(self, delivery: Delivery) -> None:
        """Give the delivery's station the hotline that a text may name."""
        assert delivery.station is not None
        FactFactory(organisation=delivery.station.organisation, place=delivery.station.place)

    def limit_ends(self) -> None:
        """Whatever rests may go on."""
        Parking.objects.update(until=clock.now() - timedelta(seconds=1))
        self.platforms.advance(LONGEST_WAIT)

    def reconnect(self, delivery: Delivery) -> Delivery:
        """A person connects the channel again and lets the held delivery go on."""
        assert delivery.channel is not None
        grant = Connection.objects.select_related("app").get(channel=delivery.channel)
        store_tokens(delivery.channel, access_token=f"{grant.pk}-the-moi", refresh_token=f"{grant.pk}-gia-han-moi",
                     expires_at=clock.now() + timedelta(hours=24))  # fmt: skip
        grant.refresh_from_db()
        self.know(delivery.channel, grant)
        held = self.again(delivery)
        if held.state == State.HELD:
            holding.release(held)
        return self.again(delivery)

    # -- what came of it ------------------------------------------------------------------------

    def again(self, delivery: Delivery) -> Delivery:
        return Delivery.objects.select_related("channel").get(pk=delivery.pk)

    def history(self, delivery: Delivery) -> list[tuple[str, str, str]]:
        """Every attempt: step, outcome, code."""
        return list(
            Attempt.objects.filter(delivery=delivery)
            .order_by("number")
            .values_list("step", "outcome", "code")
        )

    def ever(self, delivery: Delivery) -> list[dict[str, Any]]:
        """The posts that citizens could see on the delivery's channel at some time."""
        return [row for row in self._all(delivery) if row["kind"] not in PARTS]

    def parts(self, delivery: Delivery) -> list[str]:
        """The comments and playlist entries, by kind and where they hang: each may be there once."""
        return [f"{row['kind']} {row['parent']}" for row in self._all(delivery) if row["kind"] in PARTS]

    def _all(self, delivery: Delivery) -> list[dict[str, Any]]:
        assert delivery.channel is not None
        account = delivery.channel.external_id
        return self.platforms.ever(platform=delivery.kind, account=account, secondary="true")

    def refresh_calls(self) -> int:
        """How often any token was asked to be renewed."""
        return len(self.platforms.requests(op="token.refresh"))

    def credential(self, delivery: Delivery) -> Credential:
        """What the delivery's adapter may use now."""
        assert delivery.channel is not None
        return credential_for(delivery.channel)

    def everything_written(self) -> str:
        """Every row that a run leaves behind, as text; what is sealed stays sealed."""
        tables = (Attempt, Delivery, Receipt, Parking, AuditRow)
        return "\n".join(repr(row) for table in tables for row in table.objects.values())

    def held_because(self, delivery: Delivery, reason: Reason) -> None:
        """The delivery is visibly held, with a sentence that ends like one."""
        held = self.again(delivery)
        assert (held.state, held.reason) == (State.HELD, reason), (held.sentence, self.history(delivery))
        assert held.sentence.endswith((".", "!"))
