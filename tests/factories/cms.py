"""Places, bodies and people. A trait is a word: `PlaceFactory(province=True)`, `OrganisationFactory(leads=True)`."""

from __future__ import annotations

from datetime import date

import factory
from factory.django import DjangoModelFactory

from cms.accounts.models import Membership, Role, User
from cms.channels.kinds import ChannelKind
from cms.channels.models import Channel
from cms.facts.models import Fact, FactKey
from cms.organisations.models import LeadBody, Organisation, OrganisationKind
from cms.places.models import AdministrativeUnit, UnitKind

PASSWORD = "mat-khau-thu-nghiem-1"


def sayable(number: int) -> int:
    """Return a number that a name may carry in a script: 1022 is a help line too, and the engine asks which is meant."""
    return number if number < 1022 else number + 1


class PlaceFactory(DjangoModelFactory):
    """A place; the centre unless a trait says otherwise. `province` and `commune` hang under what lies above."""

    class Meta:
        model = AdministrativeUnit
        django_get_or_create = ("code",)
        skip_postgeneration_save = True

    code = "00"
    name = "Trung ương"
    kind = UnitKind.CENTRE

    class Params:
        province = factory.Trait(
            code=factory.Sequence(lambda n: f"{10 + n}"),
            name=factory.Sequence(lambda n: f"Tỉnh Mẫu {sayable(n)}"),
            kind=UnitKind.PROVINCE,
            parent=factory.SubFactory("tests.factories.cms.PlaceFactory"),
        )
        commune = factory.Trait(
            code=factory.Sequence(lambda n: f"{10000 + n}"),
            name=factory.Sequence(lambda n: f"Xã Mẫu {sayable(n)}"),
            kind=UnitKind.COMMUNE,
            parent=factory.SubFactory("tests.factories.cms.PlaceFactory", province=True),
        )


class OrganisationFactory(DjangoModelFactory):
    """A body in a place (the centre unless `place` is given); `leads=True` makes it the lead body there."""

    class Meta:
        model = Organisation
        skip_postgeneration_save = True

    name = factory.Sequence(lambda n: f"Cơ quan Mẫu {sayable(n)}")
    short_name = factory.Sequence(lambda n: f"CQ Mẫu {sayable(n)}")
    kind = OrganisationKind.OTHER
    place = factory.SubFactory(PlaceFactory)

    @factory.post_generation
    def leads(self, create, extracted, **kwargs):
        if create and extracted:
            LeadBody.objects.create(place=self.place, organisation=self)


class UserFactory(DjangoModelFactory):
    """A person with a password of tests; without a membership until `MembershipFactory` gives one."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    username = factory.Sequence(lambda n: f"nguoi-dung-{n}")
    full_name = factory.Sequence(lambda n: f"Cán bộ thử nghiệm {n}")
    position = "Chức vụ thử nghiệm"

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        return model_class.objects.create_user(*args, password=PASSWORD, **kwargs)


class MembershipFactory(DjangoModelFactory):
    """A person who holds a role in a body; made with both unless they are given."""

    class Meta:
        model = Membership

    user = factory.SubFactory(UserFactory)
    organisation = factory.SubFactory(OrganisationFactory)
    role = Role.CENTRAL_EDITOR


class ChannelFactory(DjangoModelFactory):
    """A Facebook Page of a body, unless a trait names another kind; `off` is a channel no longer used."""

    class Meta:
        model = Channel

    organisation = factory.SubFactory(OrganisationFactory)
    kind = ChannelKind.FACEBOOK
    name = factory.Sequence(lambda n: f"Kênh Mẫu {n}")
    external_id = factory.Sequence(lambda n: f"{100000 + n}")

    class Params:
        youtube = factory.Trait(kind=ChannelKind.YOUTUBE)
        zalo = factory.Trait(kind=ChannelKind.ZALO)
        off = factory.Trait(is_active=False)


class FactFactory(DjangoModelFactory):
    """An hotline that has held since the beginning of 2026 in the place of its body."""

    class Meta:
        model = Fact

    organisation = factory.SubFactory(OrganisationFactory)
    place = factory.SelfAttribute("organisation.place")
    key = FactKey.HOTLINE
    value = "0900.000.000"
    valid_from = date(2026, 1, 1)
    source = "Văn bản mẫu"
