"""Who reaches what: own body, bodies under it, places in which it leads; never a neighbour, a sibling or a superior."""

from __future__ import annotations

from datetime import date

import pytest
from wagtail.permissions import policy_registry

from cms.access.backends import MembershipBackend
from cms.access.roles import ROLE_ACTIONS
from cms.access.scopes import reachable_organisations
from cms.accounts.models import Membership, Role
from cms.core import clock
from cms.facts.models import Fact
from cms.organisations.models import Organisation
from tests.factories.cms import FactFactory, MembershipFactory, OrganisationFactory, PlaceFactory, UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def fresh(user):
    """The person as the next request sees them: memberships are read once per request."""
    return type(user).objects.get(pk=user.pk)


def visible_facts(user, action="view"):
    return set(policy_registry.get_by_type(Fact).instances_user_has_permission_for(fresh(user), action))


@pytest.fixture
def province():
    return PlaceFactory(province=True)


def test_a_commune_officer_sees_neither_the_neighbouring_commune_nor_the_province(province):
    here, there = (PlaceFactory(commune=True, parent=province) for _ in range(2))
    own = FactFactory(organisation=OrganisationFactory(place=here))
    FactFactory(organisation=OrganisationFactory(place=there))
    FactFactory(organisation=OrganisationFactory(place=province, leads=True))
    officer = MembershipFactory(organisation=own.organisation, role=Role.COMMUNE_OFFICER).user
    assert visible_facts(officer) == {own}


def test_bodies_side_by_side_in_one_place_stay_apart(province):
    one, two = OrganisationFactory(place=province), OrganisationFactory(place=province)
    own = FactFactory(organisation=one)
    FactFactory(organisation=two, valid_from=date(2026, 2, 1))
    assert visible_facts(MembershipFactory(organisation=one, role=Role.PROVINCIAL_COMMUNICATOR).user) == {own}


def test_the_lead_body_reaches_everything_below_its_place_and_nothing_beside_it(province):
    lead = OrganisationFactory(place=province, leads=True)
    below = FactFactory(organisation=OrganisationFactory(place=PlaceFactory(commune=True, parent=province)))
    sibling = FactFactory(organisation=OrganisationFactory(place=province))
    FactFactory(organisation=OrganisationFactory(place=PlaceFactory(province=True)))
    person = MembershipFactory(organisation=lead, role=Role.PROVINCIAL_COMMUNICATOR).user
    assert visible_facts(person) == {below, sibling}


def test_a_path_that_only_begins_alike_is_not_below():
    first, tenth = PlaceFactory(province=True, code="71"), PlaceFactory(province=True, code="711")
    lead = OrganisationFactory(place=first, leads=True)
    FactFactory(organisation=OrganisationFactory(place=tenth))
    assert visible_facts(MembershipFactory(organisation=lead).user) == set()


@pytest.mark.parametrize(("depth", "reached"), [(1, True), (3, True), (4, False)])
def test_a_body_reaches_the_bodies_under_it_three_levels_deep(depth, reached):
    top = OrganisationFactory()
    body = top
    for _ in range(depth):
        body = OrganisationFactory(parent=body)
    person = MembershipFactory(organisation=top).user
    assert (body in set(reachable_organisations(person, [Role.CENTRAL_EDITOR]))) is reached


def test_a_body_does_not_reach_the_body_above_it():
    top = OrganisationFactory()
    below = OrganisationFactory(parent=top)
    person = MembershipFactory(organisation=below).user
    assert set(reachable_organisations(person, [Role.CENTRAL_EDITOR])) == {below}


def test_an_ended_membership_loses_everything_at_once():
    fact = FactFactory()
    membership = MembershipFactory(organisation=fact.organisation)
    assert visible_facts(membership.user) == {fact}
    Membership.objects.filter(pk=membership.pk).update(ended_at=clock.now())
    assert visible_facts(membership.user) == set()
    assert not MembershipBackend().has_perm(fresh(membership.user), "wagtailadmin.access_admin")


@pytest.mark.parametrize("what", ["user", "organisation"])
def test_a_switched_off_account_or_body_reaches_nothing(what):
    fact = FactFactory()
    membership = MembershipFactory(organisation=fact.organisation)
    switched = getattr(membership, what)
    switched.is_active = False
    switched.save()
    assert visible_facts(membership.user) == set()


def test_a_superuser_without_a_membership_has_nothing():
    FactFactory()
    root = UserFactory(is_superuser=True, is_staff=True)
    assert visible_facts(root) == set()
    assert not root.has_perm("wagtailadmin.access_admin")
    assert not root.has_perm("accounts.change_user")


def test_a_role_acts_in_its_own_body_only_even_when_the_person_holds_another_elsewhere():
    fact = FactFactory()
    elsewhere = FactFactory(organisation=OrganisationFactory(place=PlaceFactory(province=True)))
    person = MembershipFactory(organisation=fact.organisation, role=Role.CENTRAL_EDITOR).user
    MembershipFactory(user=person, organisation=elsewhere.organisation, role=Role.APPROVER)
    assert visible_facts(person) == {fact, elsewhere}
    assert visible_facts(person, "change") == {fact}


def test_the_administrator_reads_content_but_does_not_write_or_approve_it():
    for kind in ("library.asset", "posts.post", "planning.campaign", "planning.orientation", "facts.fact"):
        assert ROLE_ACTIONS[kind][Role.ADMINISTRATOR] == {"view", "choose"}


def test_nobody_who_writes_posts_may_approve_them():
    for role, actions in ROLE_ACTIONS["posts.post"].items():
        assert not {"approve", "change"} <= actions, role


def test_only_the_administrator_touches_memberships_and_channels():
    assert set(ROLE_ACTIONS["accounts.membership"]) == {Role.ADMINISTRATOR}
    writers = {
        role for role, actions in ROLE_ACTIONS["channels.channel"].items() if actions & {"change", "connect"}
    }
    assert writers == {Role.ADMINISTRATOR}


def test_the_people_who_may_act_on_a_row_are_found_from_the_row(province):
    commune = OrganisationFactory(place=PlaceFactory(commune=True, parent=province))
    fact = FactFactory(organisation=commune)
    own = MembershipFactory(organisation=commune, role=Role.COMMUNE_OFFICER).user
    lead = MembershipFactory(
        organisation=OrganisationFactory(place=province, leads=True), role=Role.PROVINCIAL_COMMUNICATOR
    ).user
    MembershipFactory(organisation=OrganisationFactory(place=province), role=Role.PROVINCIAL_COMMUNICATOR)
    MembershipFactory(organisation=commune, role=Role.APPROVER)
    policy = policy_registry.get_by_type(Fact)
    assert set(policy.users_with_any_permission_for_instance(["change"], fact)) == {own, lead}


def test_reach_asks_the_database_for_memberships_once(django_assert_num_queries):
    person = fresh(MembershipFactory().user)
    with django_assert_num_queries(3):  # memberships, lead places, bodies
        list(reachable_organisations(person, [Role.CENTRAL_EDITOR]))
    with django_assert_num_queries(1):
        list(Organisation.objects.filter(pk__in=reachable_organisations(person, [Role.CENTRAL_EDITOR])))
