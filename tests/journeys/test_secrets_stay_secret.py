"""A real run on every platform with bad days, then a search for every secret in everything that the run produced."""

from __future__ import annotations

import contextlib
import inspect
import io
import json
import logging
import zipfile
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    SECRET_SESSION_KEY,
    TOTP,
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.conf import settings as django_settings
from django.contrib.sessions.models import Session
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.db import connection
from django.urls import reverse
from django.utils.module_loading import import_string

from campaigns.posts.models import Post, VariantMedia
from campaigns.schedule.models import Slot
from cms.accounts.models import Role
from cms.audit.models import AuditRow
from cms.channels.models import Channel
from cms.core import clock
from cms.core.outbound import OutboundSession
from cms.core.sealed_field import Secret, unseal
from media.library.models import AssetKind
from publishers.connections import checking
from publishers.connections import services as connections
from publishers.connections.models import Connection, Consent, PlatformApp
from publishers.delivery.models import Attempt, Delivery
from publishers.delivery.services.booking import book
from publishers.delivery.states import Lane, State
from tests.factories.campaigns import approve_post
from tests.factories.cms import PASSWORD, ChannelFactory, MembershipFactory, UserFactory
from tests.factories.media import make_asset, picture_bytes
from tests.factories.publishers import ConnectionFactory, PlatformAppFactory
from tests.publishers.connections.dialogs import APP_SECRET, USER, Desk, query_of
from tests.publishers.delivery.scene import Scene, again, carried

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("training", "kept_folder")]


class Run:
    """Channels with known secrets, and what happened on them."""

    def __init__(self, scene: Scene, clip: bytes) -> None:
        self.scene = scene
        self.clip = clip
        self.secrets: dict[str, str] = {}
        self.deliveries: list[Delivery] = []
        self.pages: list[str] = []
        self.desk: Desk | None = None

    def secret(self, name: str) -> str:
        self.secrets[name] = f"MAT-{name}-9f8e7d6c5b4a"
        return self.secrets[name]

    def channel(self, platform: str, app_platform: str, **account):
        channel = ChannelFactory(kind=platform)
        owner = channel.organisation
        words = Secret(self.secret(f"{platform}-app"))
        registered = PlatformAppFactory(organisation=owner, platform=app_platform, secret=words)
        renewable = platform != "facebook"
        grant = ConnectionFactory(
            channel=channel, app=registered, access_token=Secret(self.secret(f"{platform}-access")),
            refresh_token=Secret(self.secret(f"{platform}-refresh") if renewable else ""),
            refresh_token_since=clock.now() if renewable else None,
        )  # fmt: skip
        if not renewable or "secret_key" in account:
            account["app_id"] = registered.app_id
        self.scene.platforms.account(
            platform=platform, id=channel.external_id, name=channel.name, access_token=grant.access_token.reveal(), **account
        )  # fmt: skip
        return channel

    def send(self, channel, rounds: int = 4, kind: str = "", **variant) -> Delivery:
        slot = self.scene.post_for(channel, approve=False, **variant)
        if kind:
            content = self.clip if kind == AssetKind.CLIP else picture_bytes(1600, 1200)
            asset = make_asset(
                organisation=channel.organisation, kind=kind, title="Tài liệu thử", file=io.BytesIO(content),
                file_name="a", alt_text="Mô tả", transcript="Lời thoại",
            )  # fmt: skip
            VariantMedia.objects.create(variant=slot.variant, asset=asset)
        approve_post(Post.objects.get(pk=slot.variant.post_id))
        (approved,) = Slot.objects.filter(pk=slot.pk).approved()
        book(approved, approved.approval)
        delivery = Delivery.objects.get(slot=slot)
        for _round in range(rounds):
            for lane in (Lane.UPLOAD, Lane.PUBLISH):
                if again(delivery).state != State.HELD:
                    Delivery.objects.filter(pk=delivery.pk).update(due_at=clock.now() - timedelta(seconds=1))
                    delivery = carried(delivery, lane)
                    sealed = delivery.sealed_handles
                    if sealed:
                        self.secrets |= {
                            f"handle-{name}": value
                            for name, value in json.loads(sealed.reveal()).items()
                            if isinstance(value, str) and len(value) > 11
                        }
        self.deliveries.append(delivery)
        return delivery


#: Under these names a platform hands out what opens its doors.
HANDED_OUT = ("access_token", "refresh_token", "code")


def overheard(found: dict[str, str], where: str, body: object) -> None:
    """Keep every token that stands anywhere in an answer."""
    if isinstance(body, dict):
        for name, value in body.items():
            if name in HANDED_OUT and isinstance(value, str) and len(value) > 11:
                found[f"{where}-{len(found)}"] = value
            overheard(found, where, value)
    elif isinstance(body, list):
        for each in body:
            overheard(found, where, each)


def connect_by_the_dialogs(made: Run, client, settings, monkeypatch) -> None:
    """Connect a channel of each platform as an administrator does, one attempt refused, one broken, one with the
    wrong account; then publish on two of them, look at their health and disconnect the third."""
    base = made.scene.platforms.base
    settings.FACEBOOK_DIALOG_BASE = f"{base}/facebook-www"
    settings.GOOGLE_DIALOG_BASE = f"{base}/google-accounts"
    ask = OutboundSession.request

    def listening(session, method, url, **options):
        answer = ask(session, method, url, **options)
        with contextlib.suppress(ValueError):
            overheard(made.secrets, f"{urlsplit(url).path}", answer.json())
        return answer

    monkeypatch.setattr(OutboundSession, "request", listening)
    desk = Desk(made.scene.platforms, client)
    made.secrets["app-secret"] = APP_SECRET
    desk.page("270000000000001", access_token=made.secret("page-by-dialog"))
    desk.page("270000000000002", access_token=made.secret("page-not-chosen"))
    desk.tube("UCthanhhoa0000000000001")
    desk.oa("3600000000000000038")
    page, film, oa = desk.channel("facebook"), desk.channel("youtube"), desk.channel("zalo")
    for channel, choice in ((page, USER), (film, "UCthanhhoa0000000000001"), (oa, "3600000000000000038")):
        desk.connect(channel, "tu-choi")
        made.scene.platforms.rule(platform=channel.kind, op="token.exchange", action="html_502", times=1)
        for _attempt in range(2):
            location = desk.agree(desk.open_dialog(channel), choice)
            made.secrets[f"{channel.kind}-verifier-{_attempt}"] = Consent.objects.order_by("-pk")[
                0
            ].verifier.reveal()
            made.secrets[f"{channel.kind}-code-{_attempt}"] = query_of(location)["code"]
            made.pages.append(desk.come_back(location))
    choose = reverse("channel_choose_page", args=[page.public_id])
    made.pages.append(desk.client.post(choose, {"page": "270000000000001"}, follow=True).content.decode())
    Channel.objects.filter(pk=page.pk).update(recovery_contact=Secret(made.secret("recovery")))
    page.refresh_from_db()
    assert {row.channel_id for row in Connection.objects.usable()} >= {page.pk, film.pk, oa.pk}
    made.send(page)
    made.send(oa, rounds=3, kind=AssetKind.INFOGRAPHIC, title="Nộp hồ sơ", summary="Sáu bước.")
    Connection.objects.update(health_checked_at=None)
    assert checking.check_all() >= 3
    made.secrets["film-grant"] = Connection.objects.get(channel=film).refresh_token.reveal()
    desk.client.post(reverse("channel_disconnect", args=[film.public_id]))
    made.desk = desk


@pytest.fixture
def run(scene: Scene, clip: bytes, settings, caplog, client, monkeypatch) -> Run:
    """Connecting by the dialogs, then one publication of each kind, with a wrong token, a broken server, silence, and
    a renewed pair of tokens."""
    caplog.set_level(logging.DEBUG)
    settings.PLATFORM_TIMEOUT = (0.5, 0.5)
    made = Run(scene, clip)
    connect_by_the_dialogs(made, client, settings, monkeypatch)
    rule = scene.platforms.rule

    page = made.channel("facebook", "facebook")
    made.send(page)
    rule(platform="facebook", op="feed.create", action="status", status=500, times=1)
    made.send(page)
    rule(platform="facebook", op="feed.create", action="delay", seconds=1.0, times=1)
    made.send(page, rounds=2)
    made.send(page, kind=AssetKind.INFOGRAPHIC)
    Connection.objects.filter(channel=page).update(access_token=Secret(made.secret("facebook-wrong")))
    made.send(page, rounds=1)

    film = made.channel("youtube", "google")
    rule(platform="youtube", op="videos.insert.chunk", action="status", status=503, times=1)
    made.send(film, rounds=2, kind=AssetKind.CLIP, title="Nộp hồ sơ tại nhà")

    oa = made.channel(
        "zalo", "zalo", secret_key="MAT-zalo-app-9f8e7d6c5b4a",
        refresh_token="MAT-zalo-refresh-9f8e7d6c5b4a", processing_polls=1,
    )  # fmt: skip
    Connection.objects.filter(channel=oa).update(expires_at=clock.now() - timedelta(minutes=1))
    connections.credential_for(oa)
    renewed = Connection.objects.get(channel=oa)
    made.secrets |= {
        "zalo-new-access": renewed.access_token.reveal(),
        "zalo-new-refresh": renewed.refresh_token.reveal(),
    }
    assert made.secrets["zalo-new-access"] != made.secrets["zalo-access"]
    made.send(oa, rounds=3, kind=AssetKind.INFOGRAPHIC, title="Nộp hồ sơ", summary="Sáu bước.")
    settings.ZALO_OAUTH_BASE = "http://127.0.0.1:9/zalo-oauth"
    Connection.objects.filter(channel=oa).update(expires_at=clock.now() - timedelta(minutes=1))
    assert connections.refresh_expiring() == 0
    return made


def everything_in_the_database() -> str:
    with connection.cursor() as cursor:
        found = []
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            found.append(f"{table}: {cursor.fetchall()!r}")
    return "\n".join(found)


def shown_to_an_administrator(client, run: Run) -> str:
    """Every page about the deliveries, their channels and the audit rows, with its headers."""
    found = []
    for delivery in run.deliveries:
        person = UserFactory()
        for role in (Role.ADMINISTRATOR, Role.CENTRAL_EDITOR, Role.APPROVER):
            MembershipFactory(user=person, organisation=delivery.organisation, role=role)
        client.force_login(person)
        for address in (
            reverse("delivery_page", args=[delivery.public_id]), reverse("delivery_queue"), reverse("delivery_needs_look"),
            reverse("wagtailsnippets_channels_channel:edit", args=[delivery.channel_id]), "/admin/",
            reverse("wagtailsnippets_channels_channel:list"),
        ):  # fmt: skip
            answer = client.get(address)
            assert answer.status_code == 200, address
            # The form of the register shows the recovery contact to those who may change it.
            page = answer.content.decode().replace(run.secrets["recovery"], "")
            found.append(f"{address} {dict(answer.headers)} {page}")
    return "\n".join(found)


def screens_of_connecting(run: Run) -> str:
    """Every screen about connections as the one sees who may see most, but for the recovery contact on the channel's page."""
    desk = run.desk
    assert desk is not None
    desk.client.force_login(desk.person, backend="cms.access.backends.MembershipBackend")
    found = list(run.pages)
    apps = PlatformApp.objects.filter(organisation=desk.body)
    addresses = [reverse("channel_health"), reverse("wagtailsnippets_connections_platformapp:list")]
    addresses += [reverse("wagtailsnippets_connections_platformapp:edit", args=[app.pk]) for app in apps]
    for channel in Channel.objects.filter(organisation=desk.body):
        addresses += [
            reverse(f"channel_{name}", args=[channel.public_id]) for name in ("page", "connect", "disconnect")
        ]
    for address in addresses:
        answer = desk.client.get(address)
        assert answer.status_code == 200, address
        contact = run.secrets["recovery"]
        found.append(f"{address} {dict(answer.headers)} {answer.content.decode().replace(contact, '')}")
    return "\n".join(found)


def exported(run: Run) -> str:
    """Everything inside the register's workbook."""
    assert run.desk is not None
    book = run.desk.client.get(reverse("channel_register"))
    with zipfile.ZipFile(io.BytesIO(book.content)) as parts:
        return "\n".join(parts.read(name).decode("utf-8", "replace") for name in parts.namelist())


def packages(client, run: Run) -> str:
    """Everything inside the packages for posting by hand."""
    found = []
    for delivery in run.deliveries:
        person = MembershipFactory(organisation=delivery.organisation, role=Role.PROVINCIAL_COMMUNICATOR).user
        client.force_login(person)
        answer = client.get(reverse("delivery_package", args=[delivery.public_id]))
        assert answer.status_code == 200
        whole = b"".join(answer.streaming_content) if answer.streaming else answer.content
        with zipfile.ZipFile(io.BytesIO(whole)) as parts:
            found += [f"{name} {parts.read(name).decode('utf-8', 'replace')}" for name in parts.namelist()]
    return "\n".join(found)


def shown_to_a_citizen(client, run: Run) -> str:
    """The verify page of each post, without any sign-in."""
    client.logout()
    found = []
    for delivery in run.deliveries:
        answer = client.get(urlsplit(delivery.slot.variant.post.verify_address).path, follow=True)
        assert answer.status_code in (200, 404)  # what never went out is nothing to verify
        found.append(f"{dict(answer.headers)} {answer.content.decode()}")
    return "\n".join(found)


def files_below(*folders: Path) -> str:
    """The content of every file, the keys themselves left out."""
    return "\n".join(
        path.read_bytes().decode("latin-1")
        for folder in folders
        for path in Path(folder).rglob("*")
        if path.is_file() and "keys" not in path.parts and path.suffix not in (".sqlite3", ".mp4", ".jpg")
    )


def test_no_secret_of_a_run_is_found_anywhere(run, client, caplog, capfd, settings):
    attempts = list(Attempt.objects.all())
    states = {delivery.kind: delivery.state for delivery in run.deliveries}
    assert {"facebook", "youtube", "zalo"} == set(states)
    outcomes = {attempt.outcome for attempt in attempts}
    assert len(attempts) >= 12
    assert len(outcomes) >= 3, outcomes
    assert any(name.startswith("handle-") for name in run.secrets), "no session address was kept"
    dumped = io.StringIO()
    call_command("dumpdata", "connections", "channels", "delivery", "audit", "notices", stdout=dumped)
    call_command("rotate_keys", stdout=dumped)
    said = capfd.readouterr()
    requests = run.scene.platforms.requests()
    assert len(requests) > 40
    assert len(run.secrets) > 30
    places = {
        "log": caplog.text,
        "records": "\n".join(f"{record.getMessage()} {vars(record)!r}" for record in caplog.records),
        "output": said.out + said.err,
        "audit": repr(list(AuditRow.objects.values())),
        "attempts": repr([(each.exchange, each.sentence, each.code) for each in attempts]),
        "deliveries": repr(
            list(Delivery.objects.values("request", "handles", "doubt", "sentence", "sealed_handles"))
        ),
        "objects": repr(
            [*Connection.objects.all(), *(vars(row) for row in Connection.objects.select_related("app"))]
        ),
        "pages": shown_to_an_administrator(client, run),
        "screens of connecting": screens_of_connecting(run),
        "export": exported(run),
        "packages": packages(client, run),
        "a citizen's pages": shown_to_a_citizen(client, run),
        "recordings": json.dumps(requests),
        "database": everything_in_the_database(),
        "dump": dumped.getvalue(),
        "files": files_below(settings.MEDIA_ROOT, django_settings.VAR_DIR),
    }
    # The address of an upload session is a capability that the platform itself wants in the address.
    addresses = "\n".join(f"{call['path']} {call.get('query', '')}" for call in requests)
    tokens = {name: secret for name, secret in run.secrets.items() if not name.startswith("handle-")}
    found = [
        (name, where)
        for name, secret in run.secrets.items()
        for where, text in places.items()
        if secret in text
    ]
    found += [(name, "addresses") for name, secret in tokens.items() if secret in addresses]
    assert found == []


def test_sealed_columns_open_with_the_key_and_with_no_other(run, settings):
    with connection.cursor() as cursor:
        cursor.execute("SELECT access_token, refresh_token FROM connections_connection")
        sealed = [value for row in cursor.fetchall() for value in row if value]
    assert len(sealed) >= 5
    assert {unseal(value) for value in sealed} <= set(run.secrets.values())
    settings.FIELD_KEYS = ["bsF0-LNPxHjZGO3ZoQqkkZ1yqZc0b2cVnVJbbHr9dXo="]
    for value in sealed:
        with pytest.raises(ImproperlyConfigured) as refusal:
            unseal(value)
        assert value not in str(refusal.value)
    with pytest.raises(ImproperlyConfigured):
        Connection.objects.usable().first()


def test_the_secret_of_a_second_factor_is_never_in_plain_text(client, settings, caplog):
    caplog.set_level(logging.DEBUG)
    settings.TRAINING_MODE = False
    person = MembershipFactory(role=Role.ADMINISTRATOR).user
    client.post("/tai-khoan/login/", {"login": person.username, "password": PASSWORD})
    client.post("/tai-khoan/reauthenticate/", {"password": PASSWORD})
    client.get(reverse("mfa_activate_totp"))
    secret = client.session[SECRET_SESSION_KEY]
    assert len(secret) >= 16
    rows = Session.objects.all()
    assert rows
    assert all(secret not in str(row.get_decoded()) for row in rows), "readable without the key"
    code = format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))
    client.post(reverse("mfa_activate_totp"), {"code": code})
    kept = Authenticator.objects.get(user=person, type=Authenticator.Type.TOTP)
    assert TOTP(kept).validate_code is not None
    assert secret not in everything_in_the_database()
    assert secret not in caplog.text
    assert unseal(kept.data["secret"]) == secret


def test_no_message_to_the_broker_carries_anything():
    schedule = django_settings.CELERY_BEAT_SCHEDULE
    assert len(schedule) >= 6
    for entry in schedule.values():
        assert not entry.get("args")
        assert not entry.get("kwargs")
        assert not inspect.signature(import_string(entry["task"]).run).parameters
