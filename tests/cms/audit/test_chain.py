"""The audit log: a row lives and dies with its act, and what was sealed cannot be changed without showing."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connections, transaction

from cms.audit.chain import anchor_path, seal_rows, verify
from cms.audit.models import AuditRow, AuditSeal
from cms.audit.services import SYSTEM_NAME, record, written_together
from cms.core.errors import ConflictingState
from tests.factories.cms import FactFactory, OrganisationFactory, UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture(autouse=True)
def _own_anchor_file(settings, tmp_path):
    settings.VAR_DIR = tmp_path


def act(count: int = 1) -> None:
    body = OrganisationFactory()
    with transaction.atomic():
        for number in range(count):
            record("test.act", body, number=number)


@transaction.atomic
def _act_that_fails(body) -> None:
    record("test.act", body)
    raise ConflictingState("Không thể thực hiện.")


def sentences() -> list[str]:
    return [finding.sentence for finding in verify()]


def test_a_rolled_back_act_leaves_no_row():
    with pytest.raises(ConflictingState):
        _act_that_fails(OrganisationFactory())
    assert not AuditRow.objects.exists()


def test_a_row_outside_a_transaction_is_refused(monkeypatch):
    body = OrganisationFactory()
    # The test itself runs inside one; a test without would flush what Wagtail's migrations wrote.
    monkeypatch.setattr(connections["default"], "in_atomic_block", False)
    with pytest.raises(RuntimeError, match="outside the verb's transaction"):
        record("test.act", body)


def test_rows_of_one_act_are_written_by_one_statement(django_assert_num_queries):
    body = OrganisationFactory()
    with transaction.atomic(), django_assert_num_queries(1), written_together():
        record("test.act", body, number=1)
        record("test.act", body, number=2)
    assert [row.detail["number"] for row in AuditRow.objects.order_by("pk")] == [1, 2]


def test_an_act_that_fails_half_way_leaves_none_of_its_rows():
    body = OrganisationFactory()
    with pytest.raises(ConflictingState), transaction.atomic(), written_together():
        _act_that_fails(body)
    assert not AuditRow.objects.exists()
    act()  # and the next act writes at once again
    assert AuditRow.objects.count() == 1


def test_a_row_keeps_who_what_and_where():
    person, fact = UserFactory(full_name="Biên tập viên trung ương"), FactFactory()
    row = record("facts.change", fact, actor=person, before="1900.0000")
    assert (row.actor, row.actor_name, row.verb) == (person, "Biên tập viên trung ương", "facts.change")
    assert (row.target_type, row.target_id) == ("facts.fact", str(fact.pk))
    assert row.organisation_id == fact.organisation_id
    assert row.detail == {"before": "1900.0000"}


def test_an_act_of_the_system_says_so():
    assert record("test.act", OrganisationFactory()).actor_name == SYSTEM_NAME


def test_a_secret_in_the_detail_is_masked():
    row = record(
        "test.act", OrganisationFactory(), url="https://vidu.gov.vn/?access_token=abc123def456ghi789"
    )
    assert "abc123def456ghi789" not in str(row.detail)


def test_an_untouched_log_is_whole():
    act(3)
    assert seal_rows() == 3
    assert sentences() == []


def test_rows_written_after_sealing_join_the_same_chain():
    act(2)
    seal_rows()
    act(1)
    assert seal_rows() == 1
    assert list(AuditSeal.objects.values_list("sequence", flat=True)) == [1, 2, 3]
    assert sentences() == []


def test_sealing_twice_seals_nothing_twice():
    act(2)
    assert (seal_rows(), seal_rows()) == (2, 0)


@pytest.mark.parametrize(
    "change",
    [{"verb": "other.act"}, {"actor_name": "Người khác"}, {"detail": {"number": 9}}, {"target_id": "999"}],
)
def test_a_changed_row_is_found(change):
    act(3)
    seal_rows()
    second = AuditRow.objects.order_by("pk")[1]
    AuditRow.objects.filter(pk=second.pk).update(**change)
    assert sentences() == [f"Dòng nhật ký số {second.pk} đã bị sửa sau khi niêm phong."]


def test_a_deleted_row_is_found():
    act(3)
    seal_rows()
    second = AuditRow.objects.order_by("pk")[1]
    AuditRow.objects.filter(pk=second.pk).delete()
    assert sentences() == [f"Dòng nhật ký số {second.pk} đã bị xóa sau khi niêm phong."]


def test_a_row_deleted_with_its_seal_is_found():
    act(3)
    seal_rows()
    second = AuditRow.objects.order_by("pk")[1]
    AuditSeal.objects.filter(row_id=second.pk).delete()
    second.delete()
    assert "Thiếu dấu niêm phong từ số 2 đến số 2." in sentences()


def test_a_cut_tail_is_found_by_the_anchor_outside_the_database():
    act(3)
    seal_rows()
    last = AuditRow.objects.order_by("pk").last()
    AuditSeal.objects.filter(row_id=last.pk).delete()
    last.delete()
    assert sentences() == ["Chuỗi niêm phong từng dài đến số 3, nay chỉ còn 2."]


def test_a_chain_made_anew_does_not_match_its_anchor():
    act(2)
    seal_rows()
    AuditSeal.objects.all().delete()
    AuditRow.objects.order_by("pk").first().delete()
    act(1)
    anchor = anchor_path().read_text(encoding="utf-8")
    seal_rows()
    anchor_path().write_text(anchor, encoding="utf-8")
    assert sentences() == ["Dấu niêm phong số 2 không còn khớp với mốc đã lưu."]


def test_the_command_says_the_log_is_whole_or_fails():
    act(2)
    said = StringIO()
    call_command("verify_audit", stdout=said)
    assert "Nhật ký thao tác nguyên vẹn: 2 dòng, 2 dòng đã niêm phong." in said.getvalue()
    AuditRow.objects.update(verb="other.act")
    with pytest.raises(CommandError, match="có 2 chỗ không còn như khi niêm phong"):
        call_command("verify_audit", stdout=StringIO())
