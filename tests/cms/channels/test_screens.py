"""The register of channels."""

from datetime import time

import pytest
from django.db import IntegrityError
from django.urls import reverse

from cms.accounts.models import Role
from cms.channels import sockets
from cms.channels.models import Channel
from cms.channels.sockets import not_ready
from tests.factories.cms import ChannelFactory, MembershipFactory, OrganisationFactory, PlaceFactory

pytestmark = pytest.mark.django_db
ADD = reverse("wagtailsnippets_channels_channel:add")


@pytest.fixture
def administrator(client, settings):
    settings.TRAINING_MODE = True
    body = OrganisationFactory(place=PlaceFactory(province=True), leads=True)
    user = MembershipFactory(organisation=body, role=Role.ADMINISTRATOR).user
    client.force_login(user)
    return body


def sent(body, **more) -> dict:
    return {
        "organisation": body.pk,
        "kind": "facebook",
        "name": "Chuyển đổi số",
        "minimum_gap": "0",
        "is_active": "on",
        **more,
    }


def test_administrator_registers_a_channel(administrator, client):
    client.post(ADD, sent(administrator, decision_number="12/QĐ-SKHCN", decision_date="2026-11-20"))
    channel = Channel.objects.get()
    assert (channel.organisation, channel.decision_date.isoformat()) == (administrator, "2026-11-20")


def test_channel_of_a_body_out_of_reach_is_refused(administrator, client):
    other = OrganisationFactory(place=PlaceFactory(province=True))
    client.post(ADD, sent(other))
    assert not Channel.objects.exists()


def test_one_person_is_not_both_in_charge_and_deputy(administrator, client):
    person = MembershipFactory(organisation=administrator).user
    page = client.post(ADD, sent(administrator, responsible=person.pk, deputy=person.pk)).content.decode()
    assert "Người phụ trách thay phải là một người khác." in page
    assert not Channel.objects.exists()


def test_kind_of_a_channel_never_changes(administrator, client):
    channel = ChannelFactory(organisation=administrator)
    edit = reverse("wagtailsnippets_channels_channel:edit", args=[channel.pk])
    client.post(edit, sent(administrator, kind="zalo", name="Tên mới"))
    channel.refresh_from_db()
    assert (channel.kind, channel.name) == ("facebook", "Tên mới")


def test_page_holds_no_inline_script(administrator, client):
    page = client.get(ADD).content.decode()
    assert 'name="decision_date"' in page
    assert "initDateChooser(" not in page


def test_not_ready_collects_reasons_and_the_register_speaks_first(monkeypatch):
    on, off = ChannelFactory(), ChannelFactory(off=True, name="Trang cũ")
    monkeypatch.setattr(
        sockets, "channel_readiness", [lambda channels: {channel.pk: "Chưa kết nối." for channel in channels}]
    )
    assert not_ready([on, off]) == {
        on.pk: "Chưa kết nối.",
        off.pk: "Kênh “Trang cũ” đã ngừng dùng, vui lòng chọn kênh khác.",
    }


def test_channel_nobody_speaks_against_is_ready(monkeypatch):
    monkeypatch.setattr(sockets, "channel_readiness", [])
    assert not_ready([ChannelFactory()]) == {}


def test_quiet_hours_over_midnight_are_kept(administrator, client):
    client.post(ADD, sent(administrator, quiet_from="22:00", quiet_until="05:30"))
    channel = Channel.objects.get()
    assert (channel.quiet_from, channel.quiet_until) == (time(22), time(5, 30))


@pytest.mark.parametrize(
    ("hours", "sentence"),
    [
        ({"quiet_from": "22:00"}, "Giờ nghỉ cần cả giờ bắt đầu và giờ kết thúc."),
        ({"quiet_until": "05:30"}, "Giờ nghỉ cần cả giờ bắt đầu và giờ kết thúc."),
        (
            {"quiet_from": "22:00", "quiet_until": "22:00"},
            "Giờ bắt đầu và giờ kết thúc giờ nghỉ phải khác nhau.",
        ),
    ],
)
def test_quiet_hours_that_make_no_sense_are_refused_with_a_sentence(administrator, client, hours, sentence):
    page = client.post(ADD, sent(administrator, **hours)).content.decode()
    assert page.count(sentence) == 1
    assert not Channel.objects.exists()


def test_database_itself_refuses_half_quiet_hours():
    with pytest.raises(IntegrityError):
        ChannelFactory(quiet_from=time(22), quiet_until=None)


def test_list_is_searched_by_place_and_narrowed_by_kind(administrator, client):
    ward = OrganisationFactory(
        place=PlaceFactory(commune=True, parent=administrator.place, name="Hạc Thành"),
        name="UBND phường Hạc Thành",
    )
    ChannelFactory(organisation=ward, kind="zalo", name="OA của phường")
    ChannelFactory(organisation=administrator, kind="facebook", name="Trang của tỉnh")
    listing = reverse("wagtailsnippets_channels_channel:list")

    def shown(**asked) -> list[str]:
        page = client.get(listing, asked).content.decode()
        return [name for name in ("OA của phường", "Trang của tỉnh") if name in page]

    assert shown(q="hac thanh") == ["OA của phường"]
    assert shown(q="trang của") == ["Trang của tỉnh"]
    assert shown(kind="zalo") == ["OA của phường"]
    assert shown(is_active="False") == []
    assert shown(province=administrator.place.pk) == ["OA của phường", "Trang của tỉnh"]
