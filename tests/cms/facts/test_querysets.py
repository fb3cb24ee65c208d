"""Which fact holds where, and when."""

from datetime import date

import pytest

from cms.facts.models import Fact, FactKey
from cms.facts.querysets import (
    StandingFacts,
    facts_for_places,
    paths_above,
    standing_facts,
    value_for,
)
from tests.factories.cms import FactFactory, PlaceFactory

DAY = date(2026, 11, 23)


def test_paths_above_run_from_the_centre_down():
    assert paths_above("00/52/21553/") == ["00/", "00/52/", "00/52/21553/"]


@pytest.fixture
def map_():
    centre = PlaceFactory()
    province = PlaceFactory(province=True, parent=centre)
    commune = PlaceFactory(commune=True, parent=province)
    other = PlaceFactory(commune=True, parent=province)
    return centre, province, commune, other


@pytest.mark.django_db
class TestNearest:
    def test_commune_wins_over_province_over_centre(self, map_):
        centre, province, commune, other = map_
        for place, value in [(centre, "trung ương"), (province, "tỉnh"), (commune, "xã")]:
            FactFactory(place=place, value=value)
        assert value_for(commune, FactKey.HOTLINE, DAY).value == "xã"
        assert value_for(other, FactKey.HOTLINE, DAY).value == "tỉnh"
        assert value_for(centre, FactKey.HOTLINE, DAY).value == "trung ương"

    def test_fact_of_a_neighbouring_commune_never_holds_here(self, map_):
        _centre, _province, commune, other = map_
        FactFactory(place=other)
        assert value_for(commune, FactKey.HOTLINE, DAY) is None

    def test_code_that_begins_alike_is_not_above(self):
        short = PlaceFactory(province=True, code="5")
        long = PlaceFactory(province=True, code="52")
        FactFactory(place=short)
        assert value_for(long, FactKey.HOTLINE, DAY) is None

    @pytest.mark.parametrize(
        ("day", "value"),
        [
            (date(2025, 12, 31), None),
            (date(2026, 1, 1), "cũ"),
            (date(2026, 6, 30), "cũ"),
            (date(2026, 7, 1), "mới"),
        ],
    )
    def test_value_changes_on_its_day(self, map_, day, value):
        commune = map_[2]
        FactFactory(place=commune, value="cũ", valid_from=date(2026, 1, 1), valid_to=date(2026, 6, 30))
        FactFactory(place=commune, value="mới", valid_from=date(2026, 7, 1))
        fact = value_for(commune, FactKey.HOTLINE, day)
        assert (fact.value if fact else None) == value

    def test_expired_fact_of_the_commune_does_not_let_the_province_speak_for_it(self, map_):
        _centre, province, commune, other = map_
        FactFactory(place=province, value="tỉnh")
        FactFactory(place=commune, value="xã", valid_to=date(2026, 3, 1))
        assert value_for(commune, FactKey.HOTLINE, DAY) is None
        standing = standing_facts([commune, other], [FactKey.HOTLINE], DAY)
        assert standing.expired == {(commune.pk, FactKey.HOTLINE)}
        assert standing.found[other.pk, FactKey.HOTLINE].value == "tỉnh"

    def test_fact_that_hands_over_lets_the_place_above_speak(self, map_):
        _centre, province, commune, _other = map_
        own = FactFactory(place=commune, value="xã", valid_to=date(2026, 3, 1), hands_over=True)
        assert standing_facts([commune], [FactKey.HOTLINE], DAY) == StandingFacts({}, frozenset())
        FactFactory(place=province, value="tỉnh")
        assert value_for(commune, FactKey.HOTLINE, DAY).value == "tỉnh"
        # On its own days it still is the commune's word.
        assert value_for(commune, FactKey.HOTLINE, date(2026, 3, 1)) == own

    def test_of_ended_facts_the_last_one_decides_whether_it_hands_over(self, map_):
        _centre, province, commune, _other = map_
        FactFactory(place=province, value="tỉnh")
        FactFactory(
            place=commune,
            value="một",
            valid_from=date(2025, 1, 1),
            valid_to=date(2025, 6, 1),
            hands_over=True,
        )
        FactFactory(place=commune, value="hai", valid_to=date(2026, 3, 1))
        assert value_for(commune, FactKey.HOTLINE, DAY) is None

    def test_fact_of_days_to_come_says_nothing_yet(self, map_):
        _centre, province, commune, _other = map_
        FactFactory(place=province, value="tỉnh")
        FactFactory(place=commune, value="xã", valid_from=date(2027, 1, 1))
        assert value_for(commune, FactKey.HOTLINE, DAY).value == "tỉnh"

    def test_many_places_and_keys_cost_one_query(self, map_, django_assert_num_queries):
        province = map_[1]
        places = [PlaceFactory(commune=True, parent=province) for _ in range(30)]
        FactFactory(place=province, value="tỉnh")
        FactFactory(place=places[3], value="xã")
        FactFactory(place=province, key=FactKey.CENTRE_HOURS, value="7:30–17:00")
        with django_assert_num_queries(1):
            found = facts_for_places(places, [FactKey.HOTLINE, FactKey.CENTRE_HOURS, FactKey.FEE], DAY)
        assert len(found) == 60
        assert found[places[3].pk, FactKey.HOTLINE].value == "xã"
        assert found[places[4].pk, FactKey.HOTLINE].value == "tỉnh"

    def test_nothing_asked_costs_nothing(self, django_assert_num_queries):
        with django_assert_num_queries(0):
            assert facts_for_places([], [FactKey.HOTLINE], DAY) == {}

    def test_list_for_a_path_gives_the_nearest_first(self, map_):
        _centre, province, commune, _other = map_
        far = FactFactory(place=province, value="tỉnh")
        near = FactFactory(place=commune, value="xã")
        assert list(Fact.objects.for_path(commune.path)) == [near, far]
