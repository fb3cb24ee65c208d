import pytest

from media.taxonomy.models import Audience, Topic
from media.taxonomy.seed import AUDIENCES, TOPICS, seed_taxonomy

pytestmark = pytest.mark.django_db


def test_seed_makes_every_topic_and_audience_in_its_order():
    assert seed_taxonomy() == (12, 9)
    assert tuple(Topic.objects.values_list("name", flat=True)) == TOPICS
    assert tuple(Audience.objects.values_list("name", flat=True)) == AUDIENCES


def test_seeding_again_changes_nothing_and_keeps_what_people_added():
    seed_taxonomy()
    Topic.objects.create(name="Chủ đề riêng của tỉnh", order=5)
    assert seed_taxonomy() == (0, 0)
    assert Topic.objects.count() == 13
    assert Topic.objects.first().name == "Chủ đề riêng của tỉnh"
