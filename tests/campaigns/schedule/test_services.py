"""Planning a time: what is refused, with which sentence, and that a refusal leaves nothing behind."""

from __future__ import annotations

from datetime import timedelta

import pytest

from campaigns.posts.services import VariantText, edit_post
from campaigns.schedule.models import Slot, SlotState
from campaigns.schedule.services import (
    advice_for,
    cancel_slot,
    move_slot,
    plan_slot,
    settle,
    take_out_slot,
)
from cms.accounts.models import Role
from cms.approvals import services as approvals
from cms.approvals.approvable import present_hash
from cms.audit.models import AuditRow
from cms.channels import sockets
from cms.core import clock
from cms.core.errors import ConflictingState, InputRefused, NotAllowed
from cms.organisations.models import LeadBody
from tests.campaigns.conftest import noon
from tests.factories.cms import ChannelFactory, MembershipFactory, OrganisationFactory, PlaceFactory

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def variant(province):
    return province.post().variants.get()


def refused(error, sentence: str, variant, by, at=None, **target) -> None:
    with pytest.raises(error, match=sentence):
        plan_slot(variant, at or noon(2), by, **target)
    assert not Slot.objects.exists()
    assert not AuditRow.objects.filter(verb="plan_slot").exists()


def test_slot_is_planned_and_recorded(province, variant):
    slot = plan_slot(variant, noon(2), province.editor, channel=province.page)
    assert (slot.state, slot.channel, slot.at) == (SlotState.PLANNED, province.page, noon(2))
    row = AuditRow.objects.get(verb="plan_slot")
    assert (row.actor, row.organisation_id) == (province.editor, province.organisation.pk)


def test_slot_in_the_past_is_refused(province, variant):
    refused(InputRefused, "đã qua", variant, province.editor, noon(-1), channel=province.page)


def test_channel_of_another_kind_is_refused(province, variant):
    zalo = ChannelFactory(organisation=province.organisation, zalo=True)
    refused(
        InputRefused,
        "là Zalo OA, không đăng được nội dung soạn cho Trang Facebook",
        variant,
        province.editor,
        channel=zalo,
    )


def test_channel_switched_off_is_refused(province, variant):
    off = ChannelFactory(organisation=province.organisation, off=True)
    refused(InputRefused, "đã ngừng dùng", variant, province.editor, channel=off)


def test_channel_without_a_credential_is_refused_with_the_sentence_of_who_knows(
    province, variant, monkeypatch
):
    monkeypatch.setattr(
        sockets,
        "channel_readiness",
        [lambda channels: {channel.pk: "Kênh chưa được kết nối." for channel in channels}],
    )
    refused(InputRefused, "Kênh chưa được kết nối", variant, province.editor, channel=province.page)


def test_channel_of_a_neighbour_is_refused(province, neighbour, variant):
    refused(NotAllowed, "không có quyền đăng lên kênh này", variant, province.editor, channel=neighbour.page)


def test_neighbour_cannot_plan_our_post(province, neighbour, variant):
    refused(NotAllowed, "không có quyền sửa lịch", variant, neighbour.editor, channel=neighbour.page)


def test_centre_plans_on_the_page_of_a_province(centre, province):
    variant = centre.post().variants.get()
    slot = plan_slot(variant, noon(2), centre.editor, channel=province.page)
    assert slot.channel == province.page


def test_minimum_gap_of_a_channel_is_kept(province, variant):
    page = ChannelFactory(organisation=province.organisation, minimum_gap=1800)
    plan_slot(variant, noon(2), province.editor, channel=page)
    with pytest.raises(InputRefused, match="cách nhau ít nhất 30 phút"):
        plan_slot(variant, noon(2) + timedelta(minutes=10), province.editor, channel=page)
    assert Slot.objects.count() == 1


def test_moving_a_slot_does_not_clash_with_itself(province, variant):
    page = ChannelFactory(organisation=province.organisation, minimum_gap=1800)
    slot = plan_slot(variant, noon(2), province.editor, channel=page)
    moved = move_slot(slot, noon(2) + timedelta(minutes=10), province.editor)
    assert moved.at == noon(2) + timedelta(minutes=10)


def test_same_slot_twice_is_refused(province, variant):
    plan_slot(variant, noon(2), province.editor, channel=province.page)
    with pytest.raises(InputRefused, match="đã có trong lịch"):
        plan_slot(variant, noon(2), province.editor, channel=province.page)
    assert Slot.objects.count() == 1


def test_slot_needs_a_channel_or_a_place_and_not_both(province, variant):
    refused(InputRefused, "chọn một kênh", variant, province.editor)
    refused(
        InputRefused,
        "chọn một kênh",
        variant,
        province.editor,
        channel=province.page,
        stations_of=province.organisation.place,
    )


def test_only_a_loudspeaker_text_goes_to_stations(province, variant):
    refused(
        InputRefused, "đài truyền thanh", variant, province.editor, stations_of=province.organisation.place
    )


def loudspeaker_variant(house):
    post = house.post()
    edit_post(post, house.editor, variants=[VariantText(kind="loudspeaker", title="T", text="Thông báo.")])
    return post.variants.get()


def test_lead_body_plans_for_the_stations_of_its_province_and_communes(province):
    commune = PlaceFactory(commune=True, parent=province.organisation.place)
    variant = loudspeaker_variant(province)
    plan_slot(variant, noon(2), province.editor, stations_of=province.organisation.place)
    plan_slot(variant, noon(2), province.editor, stations_of=commune)
    assert Slot.objects.for_stations().count() == 2


def test_stations_of_a_neighbouring_province_are_refused(province, neighbour):
    variant = loudspeaker_variant(province)
    refused(
        NotAllowed,
        "các đài của địa bàn này",
        variant,
        province.editor,
        stations_of=neighbour.organisation.place,
    )


def test_body_that_does_not_lead_cannot_speak_to_all_stations_of_its_province(province):
    other = OrganisationFactory(place=province.organisation.place)
    assert not LeadBody.objects.filter(organisation=other).exists()
    member = MembershipFactory(organisation=other, role=Role.PROVINCIAL_COMMUNICATOR).user
    MembershipFactory(user=member, organisation=province.organisation, role=Role.WARD_OPERATOR)
    variant = loudspeaker_variant(province)
    refused(NotAllowed, "quyền", variant, member, stations_of=province.organisation.place)


def test_planner_has_edited_the_post_and_may_not_approve_it(province):
    MembershipFactory(user=province.second_editor, organisation=province.organisation, role=Role.APPROVER)
    post = province.post()
    plan_slot(post.variants.get(), noon(2), province.second_editor, channel=province.page)
    approvals.submit(post, province.editor)
    post.refresh_from_db()
    with pytest.raises(NotAllowed):
        approvals.approve(post, province.second_editor, present_hash(post))


def test_planned_slot_can_be_taken_out_and_a_booked_one_cannot(province, variant):
    first = plan_slot(variant, noon(2), province.editor, channel=province.page)
    second = plan_slot(variant, noon(3), province.editor, channel=province.page)
    take_out_slot(first, province.editor)
    settle(second, SlotState.BOOKED, clock.now())
    with pytest.raises(ConflictingState, match="Đã lên lịch đăng"):
        take_out_slot(second, province.editor)
    with pytest.raises(ConflictingState):
        move_slot(second, noon(4), province.editor)
    assert list(Slot.objects.values_list("pk", "at")) == [(second.pk, noon(3))]


def test_settling_the_same_state_twice_writes_once(province, variant):
    slot = plan_slot(variant, noon(2), province.editor, channel=province.page)
    settle(slot, SlotState.BOOKED, clock.now())
    settle(slot, SlotState.BOOKED, clock.now())
    assert AuditRow.objects.filter(verb="slot_booked").count() == 1


@pytest.mark.parametrize("end", [SlotState.DONE, SlotState.CANCELLED])
def test_nothing_leads_out_of_the_end(province, variant, end):
    slot = plan_slot(variant, noon(2), province.editor, channel=province.page)
    settle(slot, end, clock.now())
    for state in set(SlotState.values) - {end}:
        with pytest.raises(ConflictingState):
            settle(slot, state, clock.now())
    slot.refresh_from_db()
    assert slot.state == end


def test_slot_that_went_out_cannot_be_called_off(province, variant):
    slot = plan_slot(variant, noon(2), province.editor, channel=province.page)
    settle(slot, SlotState.DONE, clock.now())
    with pytest.raises(ConflictingState):
        cancel_slot(slot, province.editor)


def test_advice_knows_the_other_posts_of_the_channel(province, variant):
    plan_slot(variant, noon(2), province.editor, channel=province.page)
    (sentence,) = advice_for(variant, province.page, noon(2) + timedelta(minutes=10))
    assert "hai bài quá gần nhau" in sentence
