"""Stations and what they read; apps and connections. A trait is a word: `ConnectionFactory(lost=True)`."""

from __future__ import annotations

import hashlib
from datetime import date, time, timedelta

import factory
from factory.django import DjangoModelFactory

from cms.core import clock
from cms.core.folding import fold
from cms.core.sealed_field import Secret
from publishers.connections.models import PLATFORM_OF_KIND, Connection, ConnectionState, Platform, PlatformApp
from publishers.programmes.models import LocalNotice, Programme
from publishers.scripts.blocks import Block, BlockKind, Part, Voice, to_json
from publishers.scripts.models import LexiconEntry, PackageJob, RecordedReading, ScriptVersion
from publishers.scripts.recorded_readings import ReadingSource
from publishers.stations.models import Station
from tests.factories.campaigns import SlotFactory
from tests.factories.cms import ChannelFactory, OrganisationFactory, PlaceFactory, UserFactory, sayable


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


class ScriptVersionFactory(DjangoModelFactory):
    """A live script of one station, with a body of its own."""

    class Meta:
        model = ScriptVersion

    station = factory.SubFactory(StationFactory)
    slot = factory.SubFactory(SlotFactory, channel=None, stations_of=factory.SelfAttribute("..station.place"))
    organisation = factory.SelfAttribute("slot.variant.post.organisation")
    number = 1
    code = factory.Sequence(lambda n: f"TESTCODE{chr(65 + n // 26 % 26)}{chr(65 + n % 26)}")
    title = "Nộp hồ sơ tại nhà"
    issuer = "Sở Mẫu"
    blocks = factory.LazyFunction(
        lambda: to_json([Block(BlockKind.CONTENT, Voice.FEMALE, (((Part("Kính chào bà con."),),),))])
    )
    body_sha256 = factory.LazyAttribute(
        lambda made: hashlib.sha256(f"{made.title}{made.code}".encode()).hexdigest()
    )
    syllables = 4
    seconds = 3
    approval_hash = "a" * 64
    on_air_at = factory.SelfAttribute("slot.at")
    issued_at = factory.LazyFunction(clock.now)


class PackageJobFactory(DjangoModelFactory):
    """A wish for the packages of a slot that nobody has worked on yet."""

    class Meta:
        model = PackageJob

    slot = factory.SubFactory(SlotFactory)
    organisation = factory.SelfAttribute("slot.variant.post.organisation")


class RecordedReadingFactory(DjangoModelFactory):
    """A person's reading; the file itself is not there."""

    class Meta:
        model = RecordedReading

    version = factory.SubFactory(ScriptVersionFactory)
    organisation = factory.SelfAttribute("version.station.organisation")
    source = ReadingSource.UPLOADED
    body_sha256 = factory.SelfAttribute("version.body_sha256")
    file = "ban-doc/khong-co.mp3"
    size = 1
    sha256 = "b" * 64
    seconds = 3.0
    loudness = -16.0


class ProgrammeFactory(DjangoModelFactory):
    """A morning session on 23/11/2026 that somebody has touched."""

    class Meta:
        model = Programme

    station = factory.SubFactory(StationFactory)
    day = date(2026, 11, 23)
    starts = time(5, 30)
    ends = time(6, 30)
    updated_by = factory.SubFactory(UserFactory)


class LocalNoticeFactory(DjangoModelFactory):
    """A notice of the station's own body that is still being written."""

    class Meta:
        model = LocalNotice

    station = factory.SubFactory(StationFactory)
    organisation = factory.SelfAttribute("station.organisation")
    title = factory.Sequence(lambda n: f"Thông báo mẫu {sayable(n)}")
    text = "Thôn hai mất nước sáng mai."
    first_day = date(2026, 11, 23)
    last_day = date(2026, 11, 24)
    made_by = factory.SubFactory(UserFactory)
    last_edited_by = factory.SelfAttribute("made_by")
