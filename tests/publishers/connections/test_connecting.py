"""Connecting over HTTP: from the channel's page through the platform's dialog to a stored grant, and every way it fails."""

from __future__ import annotations

import hashlib
import time
from base64 import urlsafe_b64encode
from datetime import timedelta

import pytest
from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY
from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import reverse

from cms.accounts.models import Role
from cms.audit.models import AuditRow
from cms.channels.kinds import ChannelKind
from cms.channels.models import Channel
from cms.channels.sockets import not_ready
from cms.core import clock
from cms.core.sealed_field import Secret
from publishers.connections import connecting, services
from publishers.connections.models import Connection, ConnectionState, Consent, Platform, PlatformApp
from tests.factories.cms import ChannelFactory, MembershipFactory
from tests.factories.publishers import ConnectionFactory, PlatformAppFactory
from tests.publishers.connections.dialogs import USER, query_of

pytestmark = pytest.mark.django_db

PAGE, TUBE, OA = "260000000000038", "UCthanhhoa0000000000001", "3600000000000000038"


def grant_of(channel: Channel) -> Connection:
    return Connection.objects.get(channel=channel)


def nothing_stored(channel: Channel) -> bool:
    return not Connection.objects.filter(channel=channel).exists()


# ------------------------------------------------------------------------------------------------ Facebook
def test_facebook_page_is_connected_and_only_the_page_token_is_kept(desk):
    for number in range(120):
        desk.page(f"2700000000{number:05d}")
    desk.page(PAGE, access_token="the-cua-trang")
    channel = desk.channel(ChannelKind.FACEBOOK, PAGE)
    said = desk.connect(channel, USER)
    assert "Đã kết nối kênh" in said
    kept = grant_of(channel)
    assert kept.access_token.reveal() == "the-cua-trang"
    assert (bool(kept.refresh_token), kept.expires_at, kept.connected_by) == (False, None, desk.person)
    assert "pages_manage_posts" in kept.scopes
    assert not_ready([channel]) == {}
    lists = desk.platforms.requests(platform="facebook", op="accounts.list")
    assert len(lists) == 2, "120 Pages and one more stand on two sheets"
    assert not Consent.objects.exclude(choices="").exists()
    assert AuditRow.objects.filter(verb="connections.connect", actor=desk.person).count() == 1


def test_facebook_page_that_the_person_does_not_manage_leaves_everything_as_it_was(desk):
    desk.page("270000000000001")
    channel = desk.channel(ChannelKind.FACEBOOK, PAGE)
    before = ConnectionFactory(
        channel=channel, app=desk.app(Platform.FACEBOOK), access_token=Secret("the-cu")
    )
    said = desk.connect(channel, USER)
    assert f"không quản lý Trang có mã {PAGE} (thấy: “Trang 270000000000001”)" in said
    assert (grant_of(channel).access_token.reveal(), grant_of(channel).version) == ("the-cu", before.version)


def test_officer_picks_the_page_where_the_register_names_none(desk):
    desk.page("270000000000001", access_token="the-mot")
    desk.page("270000000000002", access_token="the-hai")
    channel = desk.channel(ChannelKind.FACEBOOK)
    shown = desk.connect(channel, USER)
    assert "Chọn Trang của kênh này" in shown
    assert "the-mot" not in shown
    assert nothing_stored(channel)
    choose = reverse("channel_choose_page", args=[channel.public_id])
    assert "không còn hiệu lực" in desk.client.post(choose, {"page": "999"}, follow=True).content.decode()
    desk.client.post(choose, {"page": "270000000000002"})
    channel.refresh_from_db()
    assert (channel.external_id, grant_of(channel).access_token.reveal()) == ("270000000000002", "the-hai")
    assert not Consent.objects.exclude(choices="").exists(), "the other Page's token is wiped"
    assert "không còn hiệu lực" in desk.client.get(choose, follow=True).content.decode()


def test_page_that_another_channel_holds_is_not_taken(desk):
    desk.page(PAGE)
    ChannelFactory(external_id=PAGE)
    channel = desk.channel(ChannelKind.FACEBOOK)
    desk.connect(channel, USER)
    choose = reverse("channel_choose_page", args=[channel.public_id])
    said = desk.client.post(choose, {"page": PAGE}, follow=True).content.decode()
    assert "đã thuộc về một kênh khác trong sổ đăng ký" in said
    channel.refresh_from_db()
    assert channel.external_id == ""
    assert nothing_stored(channel)


def test_person_without_the_task_to_create_content_is_refused(desk):
    desk.page(PAGE, tasks=["MODERATE"])
    channel = desk.channel(ChannelKind.FACEBOOK, PAGE)
    assert "không có quyền tạo nội dung trên Trang" in desk.connect(channel, USER)
    assert nothing_stored(channel)


# ------------------------------------------------------------------------------------------------ YouTube
def test_youtube_dialog_asks_for_offline_access_consent_and_s256(desk):
    desk.tube(TUBE)
    channel = desk.channel(ChannelKind.YOUTUBE, TUBE)
    address = desk.open_dialog(channel)
    query = query_of(address)
    assert (query["access_type"], query["prompt"], query["code_challenge_method"]) == (
        "offline",
        "consent",
        "S256",
    )
    verifier = Consent.objects.get().verifier.reveal()
    digest = hashlib.sha256(verifier.encode()).digest()
    assert query["code_challenge"] == urlsafe_b64encode(digest).decode().rstrip("=")
    assert verifier not in address
    desk.come_back(desk.agree(address, TUBE))
    kept = grant_of(channel)
    assert kept.refresh_token
    assert timedelta(minutes=59) < kept.expires_at - clock.now() < timedelta(hours=1)
    assert not Consent.objects.get().verifier, "the verifier is wiped"


def test_second_youtube_consent_without_refresh_token_keeps_the_stored_one(desk, monkeypatch):
    desk.tube(TUBE)
    channel = desk.channel(ChannelKind.YOUTUBE, TUBE)
    desk.connect(channel, TUBE)
    first = grant_of(channel)
    address = desk.open_dialog(channel).replace("prompt=consent", "prompt=none")
    desk.come_back(desk.agree(address, TUBE))
    second = grant_of(channel)
    assert second.version == first.version + 1
    assert second.access_token != first.access_token
    assert second.refresh_token == first.refresh_token


def test_youtube_without_any_refresh_token_stores_nothing(desk):
    desk.tube(TUBE)
    channel = desk.channel(ChannelKind.YOUTUBE, TUBE)
    address = desk.open_dialog(channel).replace("access_type=offline", "access_type=online")
    assert "Google không cấp quyền dài hạn" in desk.come_back(desk.agree(address, TUBE))
    assert nothing_stored(channel)


def test_refresh_token_of_another_google_client_is_not_taken_for_this_ones(desk):
    desk.tube(TUBE)
    channel = desk.channel(ChannelKind.YOUTUBE, TUBE)
    other = PlatformAppFactory(platform=Platform.GOOGLE, organisation=desk.body, app_id="khac.example")
    ConnectionFactory(channel=channel, app=other, refresh_token=Secret("cua-ung-dung-khac"))
    address = desk.open_dialog(channel).replace("access_type=offline", "access_type=online")
    assert "Google không cấp quyền dài hạn" in desk.come_back(desk.agree(address, TUBE))
    assert grant_of(channel).app == other


def test_wrong_youtube_channel_is_named_and_nothing_is_stored(desk):
    desk.tube(TUBE)
    desk.tube("UCkhac00000000000000001")
    channel = desk.channel(ChannelKind.YOUTUBE, TUBE)
    said = desk.connect(channel, "UCkhac00000000000000001")
    assert f"(mã UCkhac00000000000000001), không phải tài khoản của kênh này (mã {TUBE})" in said
    assert nothing_stored(channel)


def test_google_account_without_a_channel_is_said(desk):
    desk.tube(TUBE, has_channel=False)
    channel = desk.channel(ChannelKind.YOUTUBE)
    assert "không có kênh YouTube" in desk.connect(channel, TUBE)
    assert nothing_stored(channel)


# ------------------------------------------------------------------------------------------------ Zalo
@pytest.mark.parametrize("mode", ["request", "console"])
def test_zalo_oa_is_connected_in_both_modes(desk, settings, mode):
    settings.ZALO_PKCE_MODE = mode
    desk.oa(OA)
    channel = desk.channel(ChannelKind.ZALO)
    address = desk.open_dialog(channel)
    desk.come_back(desk.agree(address, OA))
    kept = grant_of(channel)
    assert timedelta(hours=24) < kept.expires_at - clock.now() <= timedelta(hours=25), (
        "expires_in is a string"
    )
    assert kept.refresh_token_since is not None
    channel.refresh_from_db()
    assert channel.external_id == OA
    again = query_of(desk.open_dialog(channel))["code_challenge"]
    assert (again == query_of(address)["code_challenge"]) is (mode == "console")
    app = PlatformApp.objects.get(platform=Platform.ZALO)
    assert bool(app.console_verifier) is (mode == "console")


def test_wrong_oa_is_refused_before_its_code_is_exchanged(desk):
    """Exchanging the code of another OA would kill the pair by which that OA's own channel lives."""
    desk.oa(OA)
    desk.oa("3600000000000000099", access_token="the-cua-oa-khac", refresh_token="gia-han-oa-khac")
    channel = desk.channel(ChannelKind.ZALO, OA)
    said = desk.connect(channel, "3600000000000000099")
    assert "không phải tài khoản của kênh này" in said
    assert nothing_stored(channel)
    assert desk.platforms.requests(platform="zalo", op="token.exchange") == []


def test_oa_id_in_the_answer_is_not_believed_alone(desk):
    desk.oa(OA)
    desk.oa("3600000000000000099")
    channel = desk.channel(ChannelKind.ZALO, OA)
    location = desk.agree(desk.open_dialog(channel), "3600000000000000099")
    said = desk.come_back(location.replace("oa_id=3600000000000000099", f"oa_id={OA}"))
    assert "không phải tài khoản của kênh này" in said
    assert nothing_stored(channel)


def test_zalo_code_of_another_challenge_names_the_setting(desk):
    desk.oa(OA)
    channel = desk.channel(ChannelKind.ZALO, OA)
    address = desk.open_dialog(channel)
    challenge = query_of(address)["code_challenge"]
    said = desk.come_back(desk.agree(address.replace(challenge, "A" * 43), OA))
    assert "ZALO_PKCE_MODE=console" in said
    assert nothing_stored(channel)


def test_reconnecting_brings_back_what_a_reused_refresh_token_lost(desk):
    desk.oa(OA)
    channel = desk.channel(ChannelKind.ZALO, OA)
    desk.connect(channel, OA)
    stale = grant_of(channel).refresh_token
    soon = clock.now() - timedelta(minutes=1)
    Connection.objects.filter(channel=channel).update(expires_at=soon)
    services.credential_for(channel)
    Connection.objects.filter(channel=channel).update(expires_at=soon, refresh_token=stale)
    with pytest.raises(services.NeedsReconnect):
        services.credential_for(channel)
    assert list(not_ready([channel])) == [channel.pk]
    desk.connect(channel, OA)
    assert not_ready([channel]) == {}
    assert services.credential_for(channel).access_token == grant_of(channel).access_token.reveal()


def test_lost_answer_to_a_renewal_is_asked_once_more_and_then_needs_a_person(desk):
    desk.oa(OA)
    channel = desk.channel(ChannelKind.ZALO, OA)
    desk.connect(channel, OA)
    Connection.objects.filter(channel=channel).update(expires_at=clock.now() - timedelta(minutes=1))
    desk.platforms.rule(platform="zalo", op="token.refresh", action="drop_after", times=1)
    with pytest.raises(services.NeedsReconnect):
        services.credential_for(channel)
    assert len(desk.platforms.requests(platform="zalo", op="token.refresh")) == 2
    assert "Đã kết nối kênh" in desk.connect(channel, OA)
    assert grant_of(channel).state == ConnectionState.OK


# ------------------------------------------------------------------------------------------------ every platform
ACCOUNTS = [
    (ChannelKind.FACEBOOK, PAGE, USER, "page"),
    (ChannelKind.YOUTUBE, TUBE, TUBE, "tube"),
    (ChannelKind.ZALO, OA, OA, "oa"),
]


@pytest.fixture(params=ACCOUNTS, ids=["facebook", "youtube", "zalo"])
def known(request, desk):
    """A channel of each kind with its account, and the button to press in the dialog."""
    kind, external_id, choice, register = request.param
    getattr(desk, register)(external_id)
    return desk.channel(kind, external_id), choice


def test_refused_consent_is_said_and_changes_nothing(desk, known):
    channel, _choice = known
    assert "Bạn đã từ chối cấp quyền" in desk.connect(channel, "tu-choi")
    assert nothing_stored(channel)


def test_replayed_answer_changes_nothing(desk, known):
    channel, choice = known
    location = desk.agree(desk.open_dialog(channel), choice)
    desk.come_back(location)
    before = grant_of(channel)
    said = desk.come_back(location)
    assert "Lượt cấp quyền này đã dùng rồi" in said
    after = grant_of(channel)
    assert (after.version, after.access_token) == (before.version, before.access_token)


def test_answer_without_a_code_or_with_a_spent_one_is_said(desk, known):
    channel, choice = known
    location = desk.agree(desk.open_dialog(channel), choice)
    code = query_of(location)["code"]
    assert "không cấp quyền (mã ?)" in desk.come_back(location.replace(f"code={code}", "x=1"))
    location = desk.agree(desk.open_dialog(channel), choice)
    spent = location.replace(query_of(location)["code"], code[::-1])
    assert "không chấp nhận mã cấp quyền" in desk.come_back(spent)
    assert nothing_stored(channel)


@pytest.mark.parametrize("trouble", ["html_502", "timeout_before", "drop_after", "cut_body"])
def test_platform_on_a_bad_day_is_said_and_leaves_nothing_half_written(desk, known, trouble, settings):
    settings.PLATFORM_TIMEOUT = (1.0, 0.4)
    channel, choice = known
    desk.platforms.rule(platform=channel.kind, op="token.exchange", action=trouble, times=1, seconds=1)
    said = desk.connect(channel, choice)
    assert "chưa trả lời trọn vẹn nên chưa kết nối được kênh" in said
    assert nothing_stored(channel)
    assert "Đã kết nối kênh" in desk.connect(channel, choice)


def test_forged_foreign_and_old_states_open_nothing(desk, known, time_machine):
    channel, choice = known
    location = desk.agree(desk.open_dialog(channel), choice)
    forged = location.replace(query_of(location)["state"], "x" * 43)
    assert "không mở từ phiên làm việc của bạn" in desk.come_back(forged)
    stranger = Client()
    colleague = MembershipFactory(organisation=desk.body, role=Role.ADMINISTRATOR).user
    stranger.force_login(colleague, backend="cms.access.backends.MembershipBackend")
    assert "không mở từ phiên làm việc của bạn" in desk.come_back(location, stranger)
    same_person_elsewhere = Client()
    same_person_elsewhere.force_login(desk.person, backend="cms.access.backends.MembershipBackend")
    assert "không mở từ phiên làm việc của bạn" in desk.come_back(location, same_person_elsewhere)
    Consent.objects.update(expires_at=clock.now() - timedelta(seconds=1))
    assert "đã quá 10 phút" in desk.come_back(location)
    assert nothing_stored(channel)
    assert desk.platforms.requests(platform=channel.kind, op="token.exchange") == []


def test_answer_of_one_platform_does_not_fit_another(desk):
    desk.oa(OA)
    channel = desk.channel(ChannelKind.ZALO, OA)
    location = desk.agree(desk.open_dialog(channel), OA).replace("/zalo/", "/google/")
    assert "không mở từ phiên làm việc của bạn" in desk.come_back(location)
    assert nothing_stored(channel)


def test_right_taken_away_on_the_way_back_stores_nothing(desk):
    desk.oa(OA)
    channel = desk.channel(ChannelKind.ZALO, OA)
    location = desk.agree(desk.open_dialog(channel), OA)
    elsewhere = ChannelFactory()
    Channel.objects.filter(pk=channel.pk).update(organisation=elsewhere.organisation)
    with pytest.raises(connecting.ConnectFailed, match="không có quyền kết nối"):
        connecting.take_answer(
            query_of(location), Platform.ZALO, by=desk.person, session_key=desk.client.session.session_key
        )
    assert nothing_stored(channel)


def test_wrong_app_secret_points_to_the_app(desk):
    desk.page(PAGE)
    channel = desk.channel(ChannelKind.FACEBOOK, PAGE)
    PlatformApp.objects.update(secret=Secret("sai"))
    assert "từ chối ứng dụng" in desk.connect(channel, USER)
    assert nothing_stored(channel)


# ------------------------------------------------------------------------------------------------ who may
def test_connecting_needs_a_second_factor_shown_just_now(desk, settings):
    settings.TRAINING_MODE = False
    Authenticator.objects.create(user=desk.person, type=Authenticator.Type.TOTP, data={"secret": "x"})
    channel = desk.channel(ChannelKind.ZALO, OA)
    address = reverse("channel_connect", args=[channel.public_id])
    disconnect = reverse("channel_disconnect", args=[channel.public_id])

    def shown(method: str, seconds_ago: float) -> None:
        session = desk.client.session
        session[f"{AUTHENTICATION_METHODS_SESSION_KEY}_user"] = str(desk.person.pk)
        session[AUTHENTICATION_METHODS_SESSION_KEY] = [{"method": method, "at": time.time() - seconds_ago}]
        session.save()

    for method, ago in (("password", 1), ("mfa", 301)):
        shown(method, ago)
        for each in (address, disconnect):
            answer = desk.client.post(each, {"app": desk.app(Platform.ZALO).pk})
            assert answer.status_code == 302
            assert answer.url.startswith("/tai-khoan/2fa/reauthenticate/?next=")
    assert not Consent.objects.exists()
    shown("mfa", 10)
    assert desk.client.post(address, {"app": desk.app(Platform.ZALO).pk}).status_code == 200
    assert Consent.objects.count() == 1


def test_training_mode_says_that_it_does_not_ask(desk):
    channel = desk.channel(ChannelKind.ZALO, OA)
    page = desk.client.get(reverse("channel_connect", args=[channel.public_id])).content.decode()
    assert "Chế độ tập huấn: không hỏi lớp xác thực thứ hai." in page


def test_who_may_only_look_finds_no_way_to_connect(desk, client):
    channel = desk.channel(ChannelKind.ZALO, OA)
    viewer = MembershipFactory(organisation=desk.body, role=Role.PROVINCIAL_COMMUNICATOR).user
    client.force_login(viewer, backend="cms.access.backends.MembershipBackend")
    page = client.get(reverse("channel_page", args=[channel.public_id])).content.decode()
    assert "Chưa kết nối với nền tảng." in page
    assert "/ket-noi/" not in page
    for name in ("channel_connect", "channel_choose_page", "channel_disconnect", "channel_check"):
        assert client.post(reverse(name, args=[channel.public_id])).status_code in (302, 403)
    assert not Consent.objects.exists()


def test_app_of_a_stranger_is_not_offered_and_not_taken(desk):
    channel = desk.channel(ChannelKind.FACEBOOK, PAGE)
    strange = PlatformAppFactory(name="Ứng dụng của tỉnh khác")
    address = reverse("channel_connect", args=[channel.public_id])
    assert "Ứng dụng của tỉnh khác" not in desk.client.get(address).content.decode()
    answer = desk.client.post(address, {"app": strange.pk})
    assert answer.status_code == 422
    assert not Consent.objects.exists()
