"""Orientations, campaigns, posts, slots. A trait is a word: `PostFactory(on_facebook=True)`, `SlotFactory(due=True)`.

`approved` is not a trait of a row: an approval is an act of two people, so `approve_post` does it."""

from __future__ import annotations

from datetime import date, timedelta

import factory
from factory.django import DjangoModelFactory

from campaigns.planning.models import Campaign, Orientation
from campaigns.posts.models import Post, Variant
from campaigns.schedule.models import Slot
from cms.accounts.models import Role
from cms.approvals import services as approvals
from cms.approvals.approvable import present_hash
from cms.approvals.models import Approval
from cms.channels.kinds import ChannelKind
from cms.core import clock
from tests.factories.cms import ChannelFactory, MembershipFactory, OrganisationFactory


class OrientationFactory(DjangoModelFactory):
    """The orientation of a body for 2027."""

    class Meta:
        model = Orientation

    organisation = factory.SubFactory(OrganisationFactory)
    year = 2027
    title = factory.Sequence(lambda n: f"Định hướng mẫu {n}")


class CampaignFactory(DjangoModelFactory):
    """A campaign in January 2027, of the body that owns its orientation."""

    class Meta:
        model = Campaign

    orientation = factory.SubFactory(OrientationFactory, organisation=factory.SelfAttribute("..organisation"))
    organisation = factory.SubFactory(OrganisationFactory)
    title = factory.Sequence(lambda n: f"Chiến dịch mẫu {n}")
    starts_on = date(2027, 1, 1)
    ends_on = date(2027, 1, 31)


class PostFactory(DjangoModelFactory):
    """A post without variants, made by nobody in particular."""

    class Meta:
        model = Post
        skip_postgeneration_save = True

    organisation = factory.SubFactory(OrganisationFactory)
    campaign = factory.SubFactory(CampaignFactory, organisation=factory.SelfAttribute("..organisation"))
    title = factory.Sequence(lambda n: f"Bài đăng mẫu {n}")
    live = False

    @factory.post_generation
    def on_facebook(self, create, extracted, **kwargs):
        if create and extracted:
            VariantFactory(post=self)


class VariantFactory(DjangoModelFactory):
    """What the post says on Facebook; `loudspeaker`, `youtube` and `zalo` are traits."""

    class Meta:
        model = Variant

    post = factory.SubFactory(PostFactory)
    kind = ChannelKind.FACEBOOK
    text = "Nộp hồ sơ trực tuyến tại nhà, không phải chờ đợi."

    class Params:
        loudspeaker = factory.Trait(
            kind=ChannelKind.LOUDSPEAKER,
            title="Nộp hồ sơ trực tuyến",
            text="Kính thưa bà con. {{ten_dai}} xin thông báo. Đường dây nóng: {{duong_day_nong}}.",
        )
        youtube = factory.Trait(kind=ChannelKind.YOUTUBE, title="Nộp hồ sơ trực tuyến")
        zalo = factory.Trait(
            kind=ChannelKind.ZALO, title="Nộp hồ sơ trực tuyến", summary="Cách nộp hồ sơ tại nhà."
        )


class SlotFactory(DjangoModelFactory):
    """A time tomorrow on a channel of the post's body; `due` is a minute ago, `to_stations` goes to loudspeakers."""

    class Meta:
        model = Slot

    variant = factory.SubFactory(VariantFactory)
    channel = factory.SubFactory(
        ChannelFactory,
        organisation=factory.SelfAttribute("..variant.post.organisation"),
        kind=factory.SelfAttribute("..variant.kind"),
    )
    at = factory.LazyFunction(lambda: clock.now() + timedelta(days=1))

    class Params:
        due = factory.Trait(at=factory.LazyFunction(lambda: clock.now() - timedelta(minutes=1)))
        to_stations = factory.Trait(
            variant=factory.SubFactory(VariantFactory, loudspeaker=True),
            channel=None,
            stations_of=factory.SelfAttribute("variant.post.organisation.place"),
        )


def editor_of(organisation):
    """Return a new person who writes for `organisation`."""
    return MembershipFactory(organisation=organisation, role=Role.CENTRAL_EDITOR).user


def approver_of(organisation):
    """Return a new person who approves for `organisation`."""
    return MembershipFactory(organisation=organisation, role=Role.APPROVER).user


def approve_post(post: Post) -> Approval:
    """Have a new editor submit `post` and a new approver approve it, by the verbs people use.

    The times must lie in the future: approve first, then let the clock run (time-machine) or move `Slot.at` and
    the hash with it."""
    approvals.submit(post, editor_of(post.organisation))
    return approvals.approve(post, approver_of(post.organisation), present_hash(post))
