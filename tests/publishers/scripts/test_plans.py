"""Priority and marks of a text: kept with its approval, frozen into every script that is issued."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
import time_machine

from cms.accounts.models import Role
from cms.approvals import services as approvals
from cms.audit.models import AuditRow
from cms.core.clock import vietnam_time
from cms.core.errors import InputRefused, NotAllowed
from publishers.scripts.blocks import BlockKind, Keep
from publishers.scripts.lexicon_services import keep_reading
from publishers.scripts.models import LexiconEntry, ScriptVersion
from publishers.scripts.plan_services import keep_plan
from publishers.scripts.plans import plan_of
from publishers.scripts.services import render_for_stations
from publishers.scripts.spoken import Entry
from tests.factories.campaigns import PostFactory, SlotFactory, VariantFactory, approve_post, editor_of
from tests.factories.cms import MembershipFactory, OrganisationFactory, PlaceFactory
from tests.factories.publishers import StationFactory

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 22, 22, 0, tzinfo=UTC)
TEXT = "Nộp hồ sơ tại nhà.\nTrung tâm mở cửa cả tuần.\nGọi tổng đài 18001096."


@pytest.fixture
def scene():
    with time_machine.travel(NOW, tick=False):
        body = OrganisationFactory(place=PlaceFactory(province=True), leads=True)
        variant = VariantFactory(
            loudspeaker=True, post=PostFactory(organisation=body), title="Nộp hồ sơ", text=TEXT
        )
        yield SlotFactory(
            variant=variant, channel=None, stations_of=body.place, at=vietnam_time(2026, 11, 24, 5, 30)
        )


def test_marks_and_priority_are_frozen_into_the_script(scene):
    editor = editor_of(scene.variant.post.organisation)
    keep_plan(scene.variant, editor, priority="khan-cap", marks={0: 1, 1: 5})
    station = StationFactory(place=PlaceFactory(commune=True, parent=scene.stations_of))
    (row,) = render_for_stations(scene, [station.pk], {"text": TEXT, "approval_hash": "a" * 64}, NOW)
    version = ScriptVersion.objects.get(pk=row.script_version_id)
    assert version.priority == "khan-cap"
    content = [block.keep for block in version.composed() if block.kind is BlockKind.CONTENT]
    assert content == [Keep.ALWAYS, Keep.FIRST_TO_GO, Keep.USUAL]


def test_marks_follow_their_paragraph_when_the_text_is_rearranged(scene):
    plan = keep_plan(
        scene.variant, editor_of(scene.variant.post.organisation), priority="uu-tien", marks={2: 1}
    )
    assert plan.marks("Gọi tổng đài 18001096.\nMột đoạn mới.") == (Keep.ALWAYS, Keep.USUAL)


def test_changing_the_plan_ends_the_approval_and_leaves_an_audit_row(scene):
    post = scene.variant.post
    approve_post(post)
    assert approvals.standing(post)
    keep_plan(scene.variant, editor_of(post.organisation), priority="khan-cap", marks={})
    assert approvals.standing(post) is None
    assert AuditRow.objects.get(verb="plan_script").detail["priority"] == "khan-cap"


def test_keeping_the_same_again_changes_nothing(scene):
    post = scene.variant.post
    editor = editor_of(post.organisation)
    keep_plan(scene.variant, editor, priority="uu-tien", marks={0: 1})
    approve_post(post)
    keep_plan(scene.variant, editor, priority="uu-tien", marks={0: 1, 1: 3})
    assert approvals.standing(post)
    assert AuditRow.objects.filter(verb="plan_script").count() == 1


def test_a_text_without_a_plan_is_approved_as_before_plans_existed(scene):
    post = scene.variant.post
    before = type(post).approval_payloads([post])[post.pk]
    assert "script_plans" not in before
    keep_plan(scene.variant, editor_of(post.organisation), priority="thong-thuong", marks={})
    assert type(post).approval_payloads([post])[post.pk] == before


def test_what_was_read_for_one_script_is_part_of_what_was_approved(scene):
    post = scene.variant.post
    editor = editor_of(post.organisation)
    before = type(post).approval_payloads([post])[post.pk]
    assert "script_readings" not in before
    keep_reading(post.organisation, Entry("TVX", "tổ vệ sinh xóm"), editor)
    assert type(post).approval_payloads([post])[post.pk] == before
    keep_reading(post.organisation, Entry("3.5", "ba phẩy năm", when=("?",)), editor, post=post)
    (row,) = type(post).approval_payloads([post])[post.pk]["script_readings"]
    assert row == {"written": "3.5", "when": "?", "spoken": "ba phẩy năm", "sure": "certain"}
    approve_post(post)
    assert approvals.standing(post)
    # Changed in the list of readings, not on the page of the script: the approval does not cover it.
    rows = LexiconEntry.objects.filter(post=post)
    rows.update(spoken="ba chấm năm")
    assert approvals.standing(post) is None
    rows.update(spoken="ba phẩy năm")
    assert approvals.standing(post)
    rows.delete()
    assert approvals.standing(post) is None


def test_strangers_and_nonsense_are_refused(scene):
    stranger = MembershipFactory(role=Role.PROVINCIAL_COMMUNICATOR).user
    with pytest.raises(NotAllowed):
        keep_plan(scene.variant, stranger, priority="khan-cap", marks={})
    editor = editor_of(scene.variant.post.organisation)
    with pytest.raises(InputRefused):
        keep_plan(scene.variant, editor, priority="rat-gap", marks={})
    with pytest.raises(InputRefused):
        keep_plan(scene.variant, editor, priority="uu-tien", marks={0: 2})
    with pytest.raises(InputRefused):
        keep_plan(VariantFactory(post=scene.variant.post), editor, priority="uu-tien", marks={})
    assert plan_of(scene.variant.pk) is None
