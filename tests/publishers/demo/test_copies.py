"""The demo shows one copy in step and one that waits, however often it is prepared."""

from __future__ import annotations

import pytest

from cms.places.services import load_map
from media.localisations import services
from media.localisations.merge import Verdict
from media.localisations.models import Localisation
from publishers.demo import bodies, copies, library, people

pytestmark = pytest.mark.django_db


@pytest.fixture
def shelf(settings, tmp_path, db):
    settings.MEDIA_ROOT = settings.VAR_DIR = tmp_path
    load_map()
    bodies.seed_bodies()
    people.seed_people()
    library.seed_library()


def test_one_province_has_taken_the_correction_and_one_has_a_conflict_to_decide(shelf):
    assert copies.seed_copies() == 2
    assert copies.seed_copies() == 2, "preparing again makes nothing twice"
    taken, waiting = (Localisation.objects.get(organisation=bodies.lead_of(code)) for code in ("38", "52"))
    assert not taken.is_behind
    assert taken.asset.title == copies.ADAPTED["38"][0]
    assert copies.CORRECTION in [block.value for block in taken.asset.body]
    assert sorted(change.verdict for change in services.waiting_changes(waiting)) == [
        Verdict.ASK,
        Verdict.TAKE,
    ]
