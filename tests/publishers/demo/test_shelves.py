"""The demo's library looks like a library: sixty items of every kind but clips, by centre, provinces and two wards."""

from __future__ import annotations

from collections import Counter

import pytest

from cms.core import clock
from cms.organisations.models import Organisation
from cms.places.services import load_map
from media.designs.services import drawing_of
from media.library.identity_cards import reads_as_card
from media.library.models import Asset, AssetKind, Sharing
from media.library.requirements import content_of, missing, missing_for_sharing
from publishers.demo import bodies, full_shelf, people, shelf_of_places, shelves

pytestmark = pytest.mark.django_db


def test_sixty_items_stand_ready_and_doing_it_again_adds_none(settings, tmp_path, db):
    settings.MEDIA_ROOT = settings.VAR_DIR = tmp_path
    load_map()
    bodies.seed_bodies()
    people.seed_people()
    count = shelves.fill_shelves()
    assert count == shelves.fill_shelves() == Asset.objects.count() == 14 + len(shelf_of_places.ITEMS) + 4 + 1
    assert count >= 50
    assets = list(Asset.objects.select_related("image"))
    kinds = Counter(asset.kind for asset in assets)
    assert kinds[AssetKind.INFOGRAPHIC] == 4
    assert kinds[AssetKind.AUDIO] == 1
    assert kinds[AssetKind.DOCUMENT] >= 10
    assert all(asset.live and not missing(content_of(asset)) for asset in assets)
    assert [
        asset.title
        for asset in assets
        if asset.sharing != Sharing.OWN and missing_for_sharing(content_of(asset))
    ] == []
    assert all(drawing_of(asset) for asset in assets if asset.kind == AssetKind.INFOGRAPHIC)
    assert Organisation.objects.filter(assets__isnull=False).distinct().count() == 5
    assert 1 <= sum(asset.review_by < clock.today() for asset in assets) <= 3
    assert not any(reads_as_card(f"{asset.title} {asset.summary} {asset.body}") for asset in assets)

    # A developer's fuller shelf, of every kind again.
    said: list[int] = []
    assert full_shelf.fill_to(count + 10, said.append) == Asset.objects.count() == said[-1] == count + 10
    fuller = Asset.objects.exclude(pk__in=[asset.pk for asset in assets])
    assert Counter(fuller.values_list("kind", flat=True)) == {
        AssetKind.ARTICLE: 4, AssetKind.INFOGRAPHIC: 4, AssetKind.CLIP: 1, AssetKind.DOCUMENT: 1,
    }  # fmt: skip
    assert full_shelf.fill_to(count + 10, said.append) == count + 10
    assert len(said) == 10
