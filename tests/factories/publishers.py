"""Stations and what they read. A trait is a word."""

from __future__ import annotations

import factory
from factory.django import DjangoModelFactory

from cms.core.folding import fold
from publishers.stations.models import Station
from tests.factories.cms import OrganisationFactory, PlaceFactory


class StationFactory(DjangoModelFactory):
    """A station of a commune; its body sits in the same commune unless another is given."""

    class Meta:
        model = Station

    place = factory.SubFactory(PlaceFactory, commune=True)
    organisation = factory.SubFactory(OrganisationFactory, place=factory.SelfAttribute("..place"))
    name = factory.LazyAttribute(lambda station: f"Đài truyền thanh {station.place.full_name[:1].lower()}{station.place.full_name[1:]}")
    slug = factory.LazyAttributeSequence(
        lambda station, n: f"{fold(station.place.full_name).replace(' ', '-')}-{n}"
    )
