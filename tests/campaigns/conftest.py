"""The little world in which campaigns are tested: a centre, two provinces, and the people of each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pytest

from campaigns.planning.models import Campaign
from campaigns.posts.models import Post
from campaigns.posts.services import VariantText, create_post
from campaigns.schedule.services import plan_slot
from cms.accounts.models import Role
from cms.channels import sockets
from cms.channels.models import Channel
from cms.core import clock
from cms.organisations.models import Organisation
from tests.factories.campaigns import CampaignFactory
from tests.factories.cms import ChannelFactory, MembershipFactory, OrganisationFactory, PlaceFactory


@dataclass
class House:
    """One body with its people, its campaign and its Facebook Page."""

    organisation: Organisation
    editor: Any
    second_editor: Any
    approver: Any
    campaign: Campaign
    page: Channel

    def post(self, text: str = "Nộp hồ sơ trực tuyến tại nhà.", by: Any = None) -> Post:
        """A post with one text for Facebook, made by the editor."""
        return create_post(
            self.organisation,
            self.campaign,
            "Hướng dẫn nộp hồ sơ",
            [VariantText(kind="facebook", text=text)],
            by or self.editor,
        )

    def planned_post(self, at: datetime | None = None) -> Post:
        """A post with a time the day after tomorrow at noon in Viet Nam."""
        post = self.post()
        plan_slot(post.variants.get(), at or noon(2), self.editor, channel=self.page)
        return post


def noon(days: int) -> datetime:
    """Noon in Viet Nam, `days` from today: never in the past and never in the quiet hours."""
    return clock.in_vietnam(clock.now()).replace(hour=12, minute=0, second=0, microsecond=0) + timedelta(
        days=days
    )


def house(place, editor_role=Role.PROVINCIAL_COMMUNICATOR) -> House:
    organisation = OrganisationFactory(place=place, leads=True)
    return House(
        organisation=organisation,
        editor=MembershipFactory(organisation=organisation, role=editor_role).user,
        second_editor=MembershipFactory(organisation=organisation, role=editor_role).user,
        approver=MembershipFactory(organisation=organisation, role=Role.APPROVER).user,
        campaign=CampaignFactory(organisation=organisation),
        page=ChannelFactory(organisation=organisation),
    )


@pytest.fixture(autouse=True)
def _every_channel_connected(monkeypatch):
    """Credentials are kept further right; here every channel is ready unless a test plugs in a reason."""
    monkeypatch.setattr(sockets, "channel_readiness", [])


@pytest.fixture
def centre(db) -> House:
    return house(PlaceFactory(), Role.CENTRAL_EDITOR)


@pytest.fixture
def province(db) -> House:
    return house(PlaceFactory(province=True))


@pytest.fixture
def neighbour(db) -> House:
    return house(PlaceFactory(province=True))


@pytest.fixture
def signed_in(client, settings):
    """Return a function that signs a person in; the second factor is the business of other tests."""
    settings.TRAINING_MODE = True

    def sign_in(user):
        client.force_login(user)
        return client

    return sign_in
