"""How late is too late, chosen per time; a channel's quiet hours; equal texts on many channels spread over time."""

from __future__ import annotations

from datetime import time, timedelta

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from campaigns.posts.models import Post
from campaigns.schedule import rules, spreading
from campaigns.schedule.models import Slot
from campaigns.schedule.services import plan_slot, set_lateness
from cms.approvals import services as approvals
from cms.core import clock
from cms.core.errors import InputRefused
from tests.factories.campaigns import SlotFactory, VariantFactory, approve_post, editor_of
from tests.factories.cms import ChannelFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _channels_are_ready(monkeypatch, settings):
    monkeypatch.setattr("cms.channels.sockets.channel_readiness", [])
    settings.TRAINING_MODE = True


def tomorrow(hour: int, minute: int = 0):
    day = clock.today() + timedelta(days=1)
    return clock.vietnam_time(day.year, day.month, day.day, hour, minute)


def test_lateness_is_chosen_per_time_and_changing_it_ends_the_approval():
    slot = SlotFactory()
    post = Post.objects.get(pk=slot.variant.post_id)
    approve_post(post)
    boss = editor_of(post.organisation)
    assert set_lateness(slot, boss, late_rule="hold", late_after=7200).late_rule == "hold"
    assert approvals.standing(Post.objects.get(pk=post.pk)) is not None
    set_lateness(slot, boss, late_rule="drop", late_after=1800)
    slot.refresh_from_db()
    assert (slot.late_rule, slot.late_after) == ("drop", 1800)
    assert approvals.standing(Post.objects.get(pk=post.pk)) is None
    for odd in ({"late_rule": "sometimes", "late_after": 60}, {"late_rule": "hold", "late_after": 5}):
        with pytest.raises(InputRefused):
            set_lateness(slot, boss, **odd)


def test_the_editors_page_saves_it(client):
    slot = SlotFactory(at=tomorrow(9))
    post = slot.variant.post
    client.force_login(editor_of(post.organisation))
    address = reverse("wagtailsnippets_posts_post:edit", args=[post.pk])
    page = client.get(address)
    assert "Nếu trễ giờ" in page.content.decode()
    form = {
        "title": post.title, "campaign": post.campaign_id, "organisation": post.organisation_id,
        "facebook-text": slot.variant.text, f"slot-{slot.pk}-at": f"{clock.in_vietnam(slot.at):%Y-%m-%dT%H:%M}",
        f"slot-{slot.pk}-late_after": "1800", f"slot-{slot.pk}-late_rule": "send", "version": "",
    }  # fmt: skip
    hidden = page.context["form"].initial if "form" in page.context else {}
    client.post(address, {**{k: v for k, v in hidden.items() if isinstance(v, str)}, **form})
    slot.refresh_from_db()
    assert (slot.late_rule, slot.late_after) == ("send", 1800)


def test_a_time_in_a_channels_quiet_hours_is_refused_with_the_next_free_one():
    variant = VariantFactory()
    boss = editor_of(variant.post.organisation)
    channel = ChannelFactory(
        organisation=variant.post.organisation,
        name="Trang Mẫu",
        quiet_from=time(12),
        quiet_until=time(13, 30),
    )
    with pytest.raises(InputRefused) as refused:
        plan_slot(variant, tomorrow(12, 30), boss, channel=channel)
    sentence = refused.value.sentence
    assert "Kênh “Trang Mẫu” nghỉ từ 12:00 đến 13:30" in sentence
    assert f"Giờ trống gần nhất: {clock.spoken_stamp(tomorrow(13, 30))}." in sentence
    assert not Slot.objects.exists()
    assert plan_slot(variant, tomorrow(13, 30), boss, channel=channel).at == tomorrow(13, 30)


@given(hour=st.integers(0, 23), start=st.integers(0, 23), length=st.integers(1, 23))
def test_the_time_that_is_offered_is_never_quiet(hour, start, length):
    begin, end = time(start), time((start + length) % 24)
    at = clock.vietnam_time(2026, 11, 26, hour)
    said = rules.refusal_of_quiet(at, [], timedelta(0), "Kênh", begin, end)
    inside = begin <= time(hour) < end if begin < end else time(hour) >= begin or time(hour) < end
    assert (said is not None) is inside
    if said:
        assert f"{end:%H:%M}" in said.rsplit("Giờ trống gần nhất: ", 1)[1]


class TestSpreading:
    def together(self, number: int) -> list[Slot]:
        return [
            SlotFactory(
                variant=VariantFactory(text="Cùng một bài."), at=tomorrow(9), channel__name=f"Kênh {n}"
            )
            for n in range(number)
        ]

    def test_three_channels_keep_their_time_and_many_are_spread_the_same_way_each_time(self):
        few = self.together(3)
        assert set(spreading.moments_of(few).values()) == {tomorrow(9)}
        many = [*few, *self.together(7)]
        moments = spreading.moments_of(many)
        assert spreading.moments_of(reversed(many)) == moments
        assert len(set(moments.values())) >= 8
        assert all(timedelta(0) <= moment - tomorrow(9) < spreading.WINDOW for moment in moments.values())
        assert "giãn ra trong 10 phút" in spreading.sentence_of(many[0], moments[many[0].pk]) or (
            moments[many[0].pk] == many[0].at
        )

    def test_other_texts_other_times_and_cancelled_ones_do_not_count(self):
        here = self.together(3)
        SlotFactory(variant=VariantFactory(text="Bài khác."), at=tomorrow(9))
        SlotFactory(variant=VariantFactory(text="Cùng một bài."), at=tomorrow(15))
        SlotFactory(variant=VariantFactory(text="Cùng một bài."), at=tomorrow(9), state="cancelled")
        assert set(spreading.moments_of(here).values()) == {tomorrow(9)}

    def test_one_query_however_many(self, django_assert_num_queries):
        many = list(Slot.objects.filter(pk__in=[slot.pk for slot in self.together(6)]).with_subject())
        with django_assert_num_queries(1):
            spreading.moments_of(many)
