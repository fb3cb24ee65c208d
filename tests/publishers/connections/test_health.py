"""Health over HTTP: what a look finds, what is kept of it, who is told, and the table of all."""

from __future__ import annotations

import time
from datetime import timedelta
from html import unescape

import pytest
from django.db import connection as database
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cms.accounts.models import Role
from cms.audit.models import AuditRow
from cms.channels.checklist import steps_for
from cms.channels.kinds import ChannelKind
from cms.channels.models import Channel, GoLiveStep, StepState
from cms.channels.services import set_step
from cms.core import clock
from cms.core.sealed_field import Secret
from cms.notices.models import Notice
from publishers.connections import checking
from publishers.connections.models import Connection, ConnectionState, Health
from tests.factories.cms import ChannelFactory, MembershipFactory
from tests.factories.publishers import ConnectionFactory
from tests.publishers.connections.dialogs import USER

pytestmark = pytest.mark.django_db

PAGE, TUBE, OA = "260000000000038", "UCthanhhoa0000000000001", "3600000000000000038"
CHOICES = {ChannelKind.FACEBOOK: (PAGE, USER), ChannelKind.YOUTUBE: (TUBE, TUBE), ChannelKind.ZALO: (OA, OA)}


def connected(desk, kind: ChannelKind, **account) -> Channel:
    """A connected channel whose checklist leaves nothing open."""
    id_, choice = CHOICES[kind]
    {ChannelKind.FACEBOOK: desk.page, ChannelKind.YOUTUBE: desk.tube, ChannelKind.ZALO: desk.oa}[kind](
        id_, **account
    )
    channel = desk.channel(kind, id_)
    for step in steps_for(kind):
        set_step(channel, step.key, StepState.DONE, "", by=desk.person)
    desk.connect(channel, choice)
    return channel


def row_of(channel: Channel) -> Connection:
    return Connection.objects.get(channel=channel)


def checked_now(desk, channel: Channel) -> str:
    answer = desk.client.post(reverse("channel_check", args=[channel.public_id]), follow=True)
    return unescape(answer.content.decode())


@pytest.mark.parametrize("kind", CHOICES)
def test_healthy_account_is_said_to_be_healthy(desk, kind):
    more = {"data_access_expires_at": int(time.time()) + 80 * 86400} if kind == ChannelKind.FACEBOOK else {}
    channel = connected(desk, kind, **more)
    assert row_of(channel).health == Health.GOOD, row_of(channel).findings
    assert "Đã kiểm tra: kênh đang hoạt động tốt." in checked_now(desk, channel)
    page = desk.client.get(reverse("channel_health")).content.decode()
    assert '<span class="channel-chip channel-chip--fine">Tốt</span>' in page


def test_data_access_of_a_page_is_read_and_forecast(desk):
    ends = int(time.time()) + 5 * 86400
    channel = connected(desk, ChannelKind.FACEBOOK, data_access_expires_at=ends)
    assert row_of(channel).data_access_until.timestamp() == ends
    assert "Quyền truy cập dữ liệu của Facebook hết hạn lúc" in checked_now(desk, channel)


def test_missing_rights_of_a_page_are_named(desk):
    channel = connected(desk, ChannelKind.FACEBOOK, scopes=["pages_show_list", "pages_read_engagement"])
    kept = row_of(channel)
    assert kept.health == Health.BAD
    assert "chưa cấp quyền pages_manage_posts" in checked_now(desk, channel)
    assert {each["code"] for each in kept.findings} == {
        "scopes",
        "pages_manage_engagement",
        "read_insights",
        "publish_video",
    }


def test_dead_page_token_needs_a_person_and_a_reconnect_heals(desk):
    channel = connected(desk, ChannelKind.FACEBOOK)
    desk.platforms.expire("facebook", PAGE)
    said = checked_now(desk, channel)
    assert "không còn chấp nhận quyền truy cập của Trang" in said
    assert [notice.user for notice in Notice.objects.all()] == [desk.person], "told at once, and once"
    assert checking.warn() == 0
    assert row_of(channel).state == ConnectionState.NEEDS_RECONNECT
    desk.connect(channel, USER)
    assert (row_of(channel).state, row_of(channel).last_error_sentence) == (ConnectionState.OK, "")


@pytest.mark.parametrize("kind", [ChannelKind.YOUTUBE, ChannelKind.ZALO])
def test_dead_access_token_is_renewed_by_the_look_itself(desk, kind):
    channel = connected(desk, kind)
    first = row_of(channel)
    desk.platforms.expire(kind, channel.external_id)
    checking.check(channel)
    kept = row_of(channel)
    assert (kept.health, kept.state, kept.version) == (Health.GOOD, ConnectionState.OK, first.version + 1)


def test_token_of_another_account_is_found_out(desk):
    channel = connected(desk, ChannelKind.YOUTUBE)
    desk.tube("UCkhac00000000000000001", access_token="the-cua-kenh-khac")
    Connection.objects.update(access_token=Secret("the-cua-kenh-khac"))
    checking.check(channel)
    assert [each["code"] for each in row_of(channel).findings] == ["wrong-account"]


@pytest.mark.parametrize(
    ("kind", "account", "health", "code"),
    [
        (ChannelKind.YOUTUBE, {"phone_verified": False}, Health.CARE, "long-uploads"),
        (ChannelKind.YOUTUBE, {"has_channel": False}, Health.BAD, "no-channel"),
        (ChannelKind.ZALO, {"is_verified": False}, Health.BAD, "not-verified"),
        (ChannelKind.ZALO, {"package_name": ""}, Health.BAD, "no-package"),
    ],
)
def test_what_an_account_lacks_is_found(desk, kind, account, health, code):
    channel = connected(desk, kind)
    if kind == ChannelKind.YOUTUBE:
        desk.tube(TUBE, **account)
    else:
        desk.oa(OA, **account)
    checking.check(channel)
    kept = row_of(channel)
    assert (kept.health, [each["code"] for each in kept.findings]) == (health, [code])


def test_lapsing_package_is_told_once_to_those_in_charge_and_to_administrators(desk):
    channel = connected(desk, ChannelKind.ZALO)
    officer = MembershipFactory(organisation=desk.body).user
    stranger = MembershipFactory(role=Role.ADMINISTRATOR).user
    Channel.objects.filter(pk=channel.pk).update(responsible=officer)
    day = clock.today() + timedelta(days=5)
    desk.oa(OA, package_valid_through_date=f"{day:%d/%m/%Y}")
    Connection.objects.update(health_checked_at=clock.now() - timedelta(days=2))
    assert checking.check_all() == 1
    assert checking.warn() == 0
    told = Notice.objects.all()
    assert {notice.user_id for notice in told} == {officer.pk, desk.person.pk}
    assert stranger.pk not in {notice.user_id for notice in told}
    assert f"hết hạn ngày {day:%d/%m/%Y}" in told[0].sentence
    assert told[0].link == reverse("channel_page", args=[channel.public_id])
    assert AuditRow.objects.filter(verb="connections.dying").count() == 1
    desk.oa(OA, package_valid_through_date="31/12/2030")
    checking.check(channel)
    assert checking.warn() == 0
    assert row_of(channel).told == ""


@pytest.mark.parametrize("trouble", ["html_502", "timeout_before"])
@pytest.mark.parametrize("kind", CHOICES)
def test_silent_platform_keeps_what_was_seen_before(desk, kind, trouble, settings):
    settings.PLATFORM_TIMEOUT = (1.0, 0.3)
    channel = connected(desk, kind)
    before = row_of(channel)
    op = {
        ChannelKind.FACEBOOK: "token.debug",
        ChannelKind.YOUTUBE: "channels.list",
        ChannelKind.ZALO: "oa.getoa",
    }[kind]
    desk.platforms.rule(platform=kind, op=op, action=trouble, times=1, seconds=1)
    assert "chưa kiểm tra được kênh" in checked_now(desk, channel)
    kept = row_of(channel)
    assert (kept.health, kept.state, kept.facts) == (Health.UNKNOWN, ConnectionState.OK, before.facts)


def test_each_account_is_looked_at_once_a_day(desk):
    channel = connected(desk, ChannelKind.ZALO)
    looks = len(desk.platforms.requests(platform="zalo", op="oa.getoa"))
    assert checking.check_all() == 0
    Connection.objects.update(health_checked_at=clock.now() - timedelta(hours=23, minutes=1))
    assert checking.check_all() == 1
    Connection.objects.filter(channel=channel).update(health_checked_at=None)
    Channel.objects.update(is_active=False)
    assert checking.check_all() == 0
    assert len(desk.platforms.requests(platform="zalo", op="oa.getoa")) == looks + 1


def test_posts_that_may_not_be_public_are_warned_of_until_the_register_says_otherwise(desk):
    channel = connected(desk, ChannelKind.FACEBOOK)
    GoLiveStep.objects.filter(channel=channel, key="meta-app-review").delete()
    address = reverse("channel_page", args=[channel.public_id])
    warned = "chưa ghi nhận “Xét duyệt ứng dụng (App review), chế độ Live”: bài đã đăng có thể chưa hiển thị công khai"
    assert warned in desk.client.get(address).content.decode()
    set_step(channel, "meta-app-review", StepState.DONE, "", by=desk.person)
    assert "có thể chưa hiển thị công khai" not in desk.client.get(address).content.decode()


def test_table_shows_the_next_to_die_first_and_only_what_one_may_see(desk):
    now = clock.now()
    names = {"Sắp hết": 1, "Còn tuần": 5, "Còn lâu": 60}
    for name, days in names.items():
        ConnectionFactory(
            channel=ChannelFactory(organisation=desk.body, name=name), health_checked_at=now, health=Health.GOOD,
            data_access_until=now + timedelta(days=days),
        )  # fmt: skip
    ChannelFactory(organisation=desk.body, name="Chưa nối")
    ChannelFactory(organisation=desk.body, name="Cổng tin", kind=ChannelKind.PORTAL)
    ConnectionFactory(channel=ChannelFactory(name="Của tỉnh khác"))
    for channel in Channel.objects.filter(organisation=desk.body):
        for step in steps_for(channel.kind):
            set_step(channel, step.key, StepState.DONE, "", by=desk.person)
    page = desk.client.get(reverse("channel_health")).content.decode()
    places = [page.index(f">{name}</a>") for name in ("Chưa nối", "Sắp hết", "Còn tuần", "Còn lâu")]
    assert places == sorted(places)
    assert "Của tỉnh khác" not in page
    assert "Cổng tin" not in page
    assert "4 kênh có tài khoản trên nền tảng, 2 kênh cần làm ngay." in page
    assert "Chưa nối" not in desk.client.get(reverse("channel_health") + "?loai=zalo").content.decode()
    home = desk.client.get("/admin/").content.decode()
    panel = home[home.index("Kết nối kênh cần xử lý") :]
    shown = [panel.index(f"{name} (Trang Facebook)") for name in ("Chưa nối", "Sắp hết", "Còn tuần")]
    assert shown == sorted(shown)
    assert "Còn lâu" not in panel


def test_table_asks_the_same_number_of_questions_for_three_channels_and_for_forty(desk):
    def questions() -> int:
        with CaptureQueriesContext(
            database,
        ) as asked:
            assert desk.client.get(reverse("channel_health")).status_code == 200
        return len(asked)

    for _each in range(3):
        ConnectionFactory(channel=ChannelFactory(organisation=desk.body))
    questions()
    few = questions()
    for _each in range(37):
        ConnectionFactory(channel=ChannelFactory(organisation=desk.body))
    assert questions() == few
