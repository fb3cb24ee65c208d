"""A house with bodies on three levels, and assets shared in every way."""

from __future__ import annotations

import itertools

import pytest

from cms.accounts.models import Role
from media.library.finding import index
from media.library.models import Sharing
from tests.factories.cms import MembershipFactory, OrganisationFactory, PlaceFactory
from tests.factories.media import AssetFactory


@pytest.fixture
def indexed():
    """Return a function that puts everything noted into the index, as the worker does."""

    def settle() -> None:
        while index.index_pending():
            pass

    return settle


@pytest.fixture
def bodies(db):
    """A central body, a province with two bodies (one leads), a commune with a body and its branch, a neighbour."""
    centre = OrganisationFactory(leads=True)
    province = PlaceFactory(province=True)
    commune = PlaceFactory(commune=True, parent=province)
    lead = OrganisationFactory(place=province, leads=True)
    sister = OrganisationFactory(place=province)
    ward = OrganisationFactory(place=commune)
    branch = OrganisationFactory(place=commune, parent=ward)
    neighbour = OrganisationFactory(place=PlaceFactory(province=True), leads=True)
    return [centre, lead, sister, ward, branch, neighbour]


@pytest.fixture
def everything(bodies):
    """One asset per body, way of sharing, and standing."""
    return [
        AssetFactory(organisation=body, sharing=sharing, live=live, title=f"Dịch vụ của {body.pk}")
        for body, sharing, live in itertools.product(bodies, Sharing.values, (True, False))
    ]


@pytest.fixture
def people(bodies):
    """Somebody of every role in every body."""
    return [
        MembershipFactory(organisation=body, role=role).user
        for body, role in itertools.product(bodies, Role.values)
    ]
