"""Stations and what they read; apps and connections. A trait is a word: `ConnectionFactory(lost=True)`."""

from __future__ import annotations

from datetime import timedelta

import factory
from factory.django import DjangoModelFactory

from cms.channels.kinds import ChannelKind
from cms.core import clock
from cms.core.folding import fold
from cms.core.sealed_field import Secret
from publishers.connections.models import Connection, ConnectionState, Platform, PlatformApp
from publishers.scripts.models import LexiconEntry
from publishers.stations.models import Station
from tests.factories.cms import ChannelFactory, OrganisationFactory, PlaceFactory

PLATFORM_OF_KIND = {
    ChannelKind.FACEBOOK: Platform.FACEBOOK,
    ChannelKind.YOUTUBE: Platform.GOOGLE,
    ChannelKind.ZALO: Platform.ZALO,
}


class StationFactory(DjangoModelFactory):
    """A station of a commune; its body sits in the same commune unless another is given."""

    class Meta:
        model = Station

    place = factory.SubFactory(PlaceFactory, commune=True)
    organisation = factory.SubFactory(OrganisationFactory, place=factory.SelfAttribute("..place"))
    name = factory.LazyAttribute(
        lambda station: f"Đài truyền thanh {station.place.full_name[:1].lower()}{station.place.full_name[1:]}"
    )
    slug = factory.LazyAttributeSequence(
        lambda station, n: f"{fold(station.place.full_name).replace(' ', '-')}-{n}"
    )


class LexiconEntryFactory(DjangoModelFactory):
    """A reading kept for the place of its body."""

    class Meta:
        model = LexiconEntry

    organisation = factory.SubFactory(OrganisationFactory)
    place = factory.SelfAttribute("organisation.place")
    written = factory.Sequence(lambda n: f"TVN{'ABCDEFGHIK'[n % 10]}{'ABCDEFGHIK'[n // 10 % 10]}")
    spoken = "Tổ vệ nông"


class PlatformAppFactory(DjangoModelFactory):
    """A registered app with a made-up secret."""

    class Meta:
        model = PlatformApp
        django_get_or_create = ("platform", "app_id")

    organisation = factory.SubFactory(OrganisationFactory)
    platform = Platform.FACEBOOK
    name = "Ứng dụng thử nghiệm"
    app_id = factory.Sequence(lambda n: f"70000000{n}")
    secret = factory.LazyFunction(lambda: Secret("khoa-ung-dung-thu"))


class ConnectionFactory(DjangoModelFactory):
    """A living grant of a Page; `expired` needs renewing, `lost` needs a person."""

    class Meta:
        model = Connection

    channel = factory.SubFactory(ChannelFactory)
    app = factory.SubFactory(
        PlatformAppFactory,
        platform=factory.LazyAttribute(lambda made: PLATFORM_OF_KIND[made.factory_parent.channel.kind]),
        organisation=factory.SelfAttribute("..channel.organisation"),
    )
    access_token = factory.Sequence(lambda n: Secret(f"the-thu-nghiem-{n}"))

    class Params:
        expired = factory.Trait(
            expires_at=factory.LazyFunction(lambda: clock.now() - timedelta(minutes=1)),
            refresh_token=factory.Sequence(lambda n: Secret(f"the-gia-han-{n}")),
            refresh_token_since=factory.LazyFunction(clock.now),
        )
        lost = factory.Trait(
            state=ConnectionState.NEEDS_RECONNECT, last_error_sentence="Cần kết nối lại kênh thử nghiệm."
        )
