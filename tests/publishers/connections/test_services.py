"""Credentials: handed out, renewed once however many ask, never overwritten by nothing, never shown."""

from __future__ import annotations

import io
import json
import logging
from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import call_command
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st

from cms.audit.models import AuditRow
from cms.channels.kinds import ChannelKind
from cms.channels.sockets import not_ready
from cms.core import clock
from cms.core.errors import OutsideUnreachable
from publishers.adapters.seam import Credential
from publishers.connections import services
from publishers.connections.grants import GrantOutcome, read_answer
from publishers.connections.models import Connection, ConnectionState
from tests.conftest import WireInsideTransaction
from tests.factories.cms import ChannelFactory
from tests.factories.publishers import ConnectionFactory, PlatformAppFactory
from tests.publishers.delivery.test_side_by_side import side_by_side

NOW = datetime(2026, 11, 22, 5, 0, tzinfo=UTC)


class TestReadingATokenEndpoint:
    def test_zalo_says_its_seconds_as_a_string(self):
        body = {"access_token": "a", "refresh_token": "r", "expires_in": "90000"}
        answer = read_answer(200, body, NOW)
        assert answer.outcome is GrantOutcome.RENEWED
        assert answer.expires_at == NOW + timedelta(hours=25)

    def test_zalo_refuses_with_http_200(self):
        assert (
            read_answer(200, {"error": -14020, "error_name": "Invalid"}, NOW).outcome is GrantOutcome.REFUSED
        )

    def test_google_refuses_with_invalid_grant(self):
        answer = read_answer(400, {"error": "invalid_grant", "error_description": "revoked"}, NOW)
        assert (answer.outcome, answer.code) == (GrantOutcome.REFUSED, "invalid_grant")

    @given(st.sampled_from([500, 502, 503]), st.sampled_from([None, {}, {"error": "x"}]))
    def test_a_broken_server_has_said_nothing(self, status, body):
        assert read_answer(status, body, NOW).outcome is GrantOutcome.LOST

    def test_an_empty_answer_has_said_nothing(self):
        assert read_answer(200, None, NOW).outcome is GrantOutcome.LOST

    def test_an_unknown_expiry_is_not_for_ever_but_unknown(self):
        assert read_answer(200, {"access_token": "a"}, NOW).expires_at is None
        assert read_answer(200, {"access_token": "a", "expires_in": "0"}, NOW).expires_at is None

    def test_its_repr_shows_no_token(self):
        assert "bi-mat" not in repr(read_answer(200, {"access_token": "bi-mat"}, NOW))


@pytest.mark.django_db
class TestStoring:
    def test_an_empty_token_never_overwrites_a_stored_one(self):
        grant = ConnectionFactory(channel=ChannelFactory(zalo=True), expired=True)
        refresh = grant.refresh_token.reveal()
        services.store_tokens(grant.channel, access_token="the-moi")
        grant.refresh_from_db()
        assert grant.access_token.reveal() == "the-moi"
        assert grant.refresh_token.reveal() == refresh

        services.store_tokens(grant.channel, access_token="")
        grant.refresh_from_db()
        assert grant.access_token.reveal() == "the-moi"

    def test_nothing_at_all_is_refused(self):
        with pytest.raises(services.NeedsReconnect):
            services.store_tokens(ChannelFactory(), access_token="")
        assert not Connection.objects.exists()

    def test_reconnecting_makes_the_channel_usable_and_is_audited_without_a_token(self):
        grant = ConnectionFactory(lost=True)
        services.store_tokens(grant.channel, access_token="the-moi-tinh")
        assert Connection.objects.get().state == ConnectionState.OK
        row = AuditRow.objects.get(verb="connections.connect")
        assert "the-moi-tinh" not in json.dumps(row.detail) + row.target_name

    def test_the_administrators_pipe_stores_a_credential(self):
        channel = ChannelFactory()
        given = {"access_token": "qua-ong", "app": {"app_id": "77", "secret": "khoa"}}
        call_command(
            "connect_channel", channel.pk, stdin=io.StringIO(json.dumps(given)), stdout=io.StringIO()
        )
        assert services.credential_for(channel) == Credential("qua-ong", app_secret="khoa", app_id="77")


@pytest.mark.django_db
class TestReadiness:
    def test_channels_without_a_credential_say_so_in_one_query(self, django_assert_num_queries):
        bare, lost, ready = (
            ChannelFactory(),
            ConnectionFactory(lost=True).channel,
            ConnectionFactory().channel,
        )
        by_hand = ChannelFactory(kind=ChannelKind.PORTAL, external_id="")
        with django_assert_num_queries(1):
            found = not_ready([bare, lost, ready, by_hand])
        assert set(found) == {bare.pk, lost.pk}
        assert "chưa được kết nối" in found[bare.pk]

    def test_a_kind_without_an_account_needs_no_credential(self):
        channel = ChannelFactory(kind=ChannelKind.PORTAL, external_id="")
        assert services.credential_for(channel) == Credential("")


def oa(platforms, **account) -> Connection:
    """A Zalo OA whose access token has just died, known to the sandbox with the living refresh token."""
    channel = ChannelFactory(zalo=True)
    app = PlatformAppFactory(platform="zalo", organisation=channel.organisation, app_id="7000000000000000001")
    grant = ConnectionFactory(channel=channel, app=app, expired=True)
    platforms.account(
        platform="zalo", id=channel.external_id, name=channel.name, app_id=app.app_id,
        secret_key=app.secret.reveal(), access_token=grant.access_token.reveal(),
        refresh_token=grant.refresh_token.reveal(), **account,
    )  # fmt: skip
    return grant


def refresh_calls(platforms) -> int:
    return len([call for call in platforms.requests() if "oa/access_token" in call["path"]])


@pytest.mark.django_db
class TestRenewing:
    def test_a_dying_token_is_renewed_before_it_is_handed_out(self, platforms):
        grant = oa(platforms)
        old_access, old_refresh = grant.access_token.reveal(), grant.refresh_token.reveal()

        credential = services.credential_for(grant.channel)

        grant.refresh_from_db()
        assert credential.access_token == grant.access_token.reveal() != old_access
        assert grant.refresh_token.reveal() != old_refresh
        assert grant.expires_at > clock.now() + timedelta(hours=24)
        assert (grant.version, grant.lease_until) == (1, None)

    def test_no_refresh_leaves_while_a_transaction_is_open(self, platforms, calls_inside_transactions):
        """The guard of the whole suite (tests/conftest.py) sees the token endpoints too, and stops before the call."""
        grant = oa(platforms)
        with pytest.raises(WireInsideTransaction, match="access_token"), transaction.atomic():
            services.credential_for(grant.channel)
        # Counted even where the code under test catches it; this test has seen what it wanted.
        assert [call.split()[0] for call in calls_inside_transactions] == ["POST"]
        calls_inside_transactions.clear()
        assert refresh_calls(platforms) == 0
        assert services.credential_for(grant.channel).access_token
        assert refresh_calls(platforms) == 1

    def test_a_token_that_somebody_has_just_renewed_is_not_renewed_again(self, platforms):
        grant = oa(platforms)
        dead = Credential(grant.access_token.reveal())
        services.renew(grant.channel, dead)
        services.renew(grant.channel, dead)
        assert refresh_calls(platforms) == 1

    def test_a_dead_refresh_token_needs_a_person(self, platforms, caplog):
        grant = oa(platforms)
        services.store_tokens(grant.channel, access_token="x", refresh_token="da-dung-roi")
        Connection.objects.update(expires_at=clock.now())
        with pytest.raises(services.NeedsReconnect), caplog.at_level(logging.INFO):
            services.credential_for(grant.channel)
        grant.refresh_from_db()
        assert grant.state == ConnectionState.NEEDS_RECONNECT
        assert "kết nối lại" in grant.last_error_sentence
        assert "da-dung-roi" not in caplog.text

    @pytest.mark.parametrize("fault", ["drop_after", "cut_body"])
    def test_a_lost_answer_is_asked_for_once_more_and_then_needs_a_person(self, platforms, fault):
        grant = oa(platforms)
        platforms.rule(platform="zalo", op="token.refresh", action=fault, nth=1, times=1)
        with pytest.raises(services.NeedsReconnect):
            services.credential_for(grant.channel)
        assert refresh_calls(platforms) == 2
        assert Connection.objects.get().state == ConnectionState.NEEDS_RECONNECT

    def test_a_call_lost_before_it_arrived_is_saved_by_the_second_try(self, platforms):
        grant = oa(platforms)
        platforms.rule(platform="zalo", op="token.refresh", action="drop_before", nth=1, times=1)
        services.credential_for(grant.channel)
        assert Connection.objects.get().state == ConnectionState.OK

    def test_an_unreachable_platform_keeps_the_grant_and_says_so(self, platforms, settings):
        settings.ZALO_OAUTH_BASE = "http://127.0.0.1:9/zalo-oauth"
        grant = oa(platforms)
        with pytest.raises(OutsideUnreachable, match="tự thử lại"):
            services.credential_for(grant.channel)
        grant.refresh_from_db()
        assert (grant.state, grant.lease_until) == (ConnectionState.OK, None)

    def test_killed_between_answer_and_save_ends_in_a_marked_channel_not_in_a_loop(
        self, platforms, monkeypatch
    ):
        grant = oa(platforms)

        def killed(*parts):
            raise KeyboardInterrupt

        monkeypatch.setattr(services, "_store", killed)
        with pytest.raises(KeyboardInterrupt):
            services.credential_for(grant.channel)
        monkeypatch.undo()
        Connection.objects.update(lease_until=clock.now() - timedelta(seconds=1))

        with pytest.raises(services.NeedsReconnect):
            services.credential_for(grant.channel)
        assert Connection.objects.get().state == ConnectionState.NEEDS_RECONNECT

    def test_beat_renews_what_dies_soon_and_nothing_else(self, platforms):
        soon = oa(platforms)
        Connection.objects.update(expires_at=clock.now() + timedelta(hours=4))
        later = ConnectionFactory(
            channel=ChannelFactory(zalo=True), expires_at=clock.now() + timedelta(hours=20)
        )
        assert services.refresh_expiring() == 1
        soon.refresh_from_db()
        later.refresh_from_db()
        assert (soon.version, later.version) == (1, 0)


@pytest.mark.django_db(transaction=True)
@pytest.mark.database
def test_twenty_workers_with_one_dead_zalo_token_make_one_refresh_call(platforms):
    grant = oa(platforms)
    platforms.rule(platform="zalo", op="token.refresh", action="delay", seconds=0.3)
    dead = Credential(grant.access_token.reveal())

    given = side_by_side(20, lambda number: services.renew(grant.channel, dead).access_token)

    assert refresh_calls(platforms) == 1
    assert set(given) == {Connection.objects.get().access_token.reveal()}
