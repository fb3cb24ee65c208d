"""Before a text goes out, people are told at how many stations a local fact is in its way."""

from __future__ import annotations

from datetime import date

import pytest

from campaigns.posts import sockets
from campaigns.posts.content_rules import Severity
from cms.core.clock import vietnam_time
from cms.facts.models import FactKey
from publishers.scripts.reach_findings import stations_lacking_facts
from tests.factories.campaigns import PostFactory, SlotFactory, VariantFactory
from tests.factories.cms import FactFactory, OrganisationFactory, PlaceFactory
from tests.factories.publishers import StationFactory

pytestmark = pytest.mark.django_db


def going_out(text: str, communes: int = 5):
    """A post that goes to every station of a province, and the places of its stations."""
    province = PlaceFactory(province=True)
    places = [PlaceFactory(commune=True, name=f"Mẫu {n}", parent=province) for n in range(communes)]
    for place in places:
        StationFactory(place=place)
    post = PostFactory(organisation=OrganisationFactory(place=province))
    variant = VariantFactory(loudspeaker=True, post=post, title="Lệ phí", text=text)
    SlotFactory(variant=variant, channel=None, stations_of=province, at=vietnam_time(2026, 11, 26, 5, 30))
    return post, places


def said(place, value: str, ends: date | None = None) -> None:
    FactFactory(
        organisation=OrganisationFactory(place=place),
        key=FactKey.FEE,
        value=value,
        valid_from=date(2019, 1, 1),
        valid_to=ends,
    )


def test_stations_that_are_held_and_that_lose_a_sentence_are_counted_and_named():
    post, places = going_out("Nộp hồ sơ tại nhà. Lệ phí: {{le_phi}}. Xin đến {{ten_trung_tam}}.")
    said(places[0], "không thu", date(2020, 1, 1))
    said(places[1], "không thu")
    told = [(finding.severity, finding.sentence) for finding in stations_lacking_facts(post)]
    assert told == [
        (
            Severity.WARNING,
            "1 trên 5 đài chưa nhận được bản tin, vì dữ kiện đã hết hiệu lực hoặc thiếu dữ kiện bắt buộc: Xã Mẫu 0.",
        ),
        (Severity.NOTE, "3 trên 5 đài bỏ câu có dữ kiện còn thiếu: Xã Mẫu 2, Xã Mẫu 3, Xã Mẫu 4."),
    ]
    assert stations_lacking_facts in sockets.post_findings


def test_a_required_fact_that_nobody_has_said_holds_every_station():
    post, _places = going_out("Bà con gọi tổng đài {{tong_dai}}.", communes=4)
    (finding,) = stations_lacking_facts(post)
    assert finding.severity is Severity.WARNING
    assert finding.sentence.startswith("4 trên 4 đài chưa nhận được bản tin")
    assert finding.sentence.endswith("Xã Mẫu 0, Xã Mẫu 1, Xã Mẫu 2, ….")


def test_nothing_is_told_where_nothing_is_in_the_way(django_assert_num_queries):
    post, places = going_out("Nộp hồ sơ tại nhà.", communes=1)
    assert list(stations_lacking_facts(post)) == []
    other, places = going_out("Lệ phí: {{le_phi}}. {{ten_dai}} xin thông báo.", communes=3)
    for place in places:
        said(place, "không thu")
    with django_assert_num_queries(4):
        assert list(stations_lacking_facts(other)) == []
