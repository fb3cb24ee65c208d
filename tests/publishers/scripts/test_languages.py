"""Scripts in other languages: own translator, checker and approver, served only beside the text they were made from."""

from __future__ import annotations

import io
from datetime import UTC, datetime

import pytest
import time_machine
from django.test import Client
from docx import Document

from cms.audit.models import AuditRow
from cms.core import paper
from cms.core.clock import vietnam_time
from cms.core.errors import ConflictingState, InputRefused, NotAllowed
from media.taxonomy.languages import ALL, BY_TAG, other_languages
from publishers.scripts.language_services import approve_translation, keep_translation, withdraw_translation
from publishers.scripts.models import LanguageVersion, ScriptVersion
from publishers.scripts.post_links import TranslationsWaiting
from publishers.scripts.services import render_for_stations
from tests.factories.campaigns import PostFactory, SlotFactory, VariantFactory, approver_of, editor_of
from tests.factories.cms import MembershipFactory, OrganisationFactory, PlaceFactory
from tests.factories.publishers import StationFactory
from tests.publishers.scripts.renderers.empty_boxes import pages_with_boxes

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 22, 22, 0, tzinfo=UTC)
TEXT = "Nộp hồ sơ tại nhà.\nGọi tổng đài 18001096."
KHMER = "សូមដាក់ពាក្យនៅផ្ទះ។\nទូរស័ព្ទ 18001096 – {{ten_trung_tam}}\n{{gio_lam_viec}}"
GIVEN = {
    "language": "km",
    "title": "ដាក់ពាក្យនៅផ្ទះ",
    "text": KHMER,
    "translator": "Đài PT-TH tỉnh, tổ tiếng Khmer",
    "checker": "Ban Dân tộc, phòng nghiệp vụ",
}


class Scene:
    """One approved-to-be text with a script at one station, its editor and its approver."""

    def __init__(self) -> None:
        self.body = OrganisationFactory(place=PlaceFactory(province=True), leads=True)
        self.variant = VariantFactory(loudspeaker=True, post=PostFactory(organisation=self.body), text=TEXT)
        slot = SlotFactory(
            variant=self.variant,
            channel=None,
            stations_of=self.body.place,
            at=vietnam_time(2026, 11, 23, 5, 30),
        )
        place = PlaceFactory(commune=True, name="Ia Grai", parent=self.body.place)
        self.station = StationFactory(place=place, slug="xa-ia-grai")
        request = {"text": TEXT, "title": "Nộp hồ sơ", "approval_hash": "a" * 64}
        (row,) = render_for_stations(slot, [self.station.pk], request, NOW)
        self.script = ScriptVersion.objects.select_related("station").get(pk=row.script_version_id)
        self.editor, self.approver = editor_of(self.body), approver_of(self.body)

    def approved(self, **more) -> LanguageVersion:
        row = keep_translation(self.variant, self.editor, **{**GIVEN, **more})
        return approve_translation(row, self.approver, row.present_hash())

    @property
    def address(self) -> str:
        return f"{self.script.get_absolute_url()}ngon-ngu/km/"


@pytest.fixture
def scene():
    with time_machine.travel(NOW, tick=False):
        yield Scene()


def test_station_serves_the_translation_with_its_language_and_its_own_people(scene):
    scene.approved()
    page = Client().get(scene.script.get_absolute_url()).content.decode()
    assert f'lang="km" hreflang="km" href="{scene.address}"' in page
    answer = Client().get(scene.address)
    text = answer.content.decode()
    assert answer.headers["Content-Language"] == "km"
    assert '<div class="reading other" lang="km">' in text
    # Numbers stand as they were written, places are filled, a line whose fact is missing is left out.
    assert "ទូរស័ព្ទ 18001096 – Trung tâm Phục vụ hành chính công xã Ia Grai" in text
    assert "{{" not in text
    assert "Đài PT-TH tỉnh, tổ tiếng Khmer; Ban Dân tộc, phòng nghiệp vụ" in text
    assert "Chức vụ thử nghiệm" in text
    assert len(answer.content) < 100 * 1024


def test_nothing_is_served_before_approval_and_after_recall(scene):
    row = keep_translation(scene.variant, scene.editor, **GIVEN)
    assert Client().get(scene.address).status_code == 404
    approve_translation(row, scene.approver, row.present_hash())
    assert Client().get(scene.address).status_code == 200
    withdraw_translation(row, scene.editor)
    assert Client().get(scene.address).status_code == 404
    assert [row.verb for row in AuditRow.objects.filter(verb__endswith="_translation").order_by("pk")] == [
        "keep_translation", "approve_translation", "withdraw_translation",
    ]  # fmt: skip


def test_translation_of_another_text_is_neither_approved_nor_served(scene):
    row = keep_translation(scene.variant, scene.editor, **GIVEN)
    approve_translation(row, scene.approver, row.present_hash())
    late = keep_translation(scene.variant, scene.editor, **{**GIVEN, "title": "ថ្មី"})
    scene.variant.text = TEXT + "\nMiễn phí."
    scene.variant.save()
    assert Client().get(scene.address).status_code == 404
    with pytest.raises(ConflictingState, match="cần dịch lại"):
        approve_translation(late, scene.approver, late.present_hash())


def test_a_newer_version_takes_the_place_of_the_one_before(scene):
    first = scene.approved()
    second = scene.approved(title="កែ")
    first.refresh_from_db()
    assert (first.state, second.number, second.state) == ("ended", 2, "approved")
    assert "កែ" in Client().get(scene.address).content.decode()


def test_only_another_person_with_the_right_approves_what_was_seen(scene):
    row = keep_translation(scene.variant, scene.editor, **GIVEN)
    for person in (scene.editor, MembershipFactory().user):
        with pytest.raises(NotAllowed):
            approve_translation(row, person, row.present_hash())
    with pytest.raises(ConflictingState):
        approve_translation(row, scene.approver, "0" * 64)


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"language": "vi"}, "language"),
        ({"language": "xx"}, "language"),
        ({"text": " "}, "text"),
        ({"title": ""}, "title"),
        ({"checker": GIVEN["translator"].upper()}, "checker"),
        ({"text": "{{khong_co}}"}, "text"),
        ({"translator": "x" * 121}, "translator"),
    ],
)
def test_translation_that_cannot_be_kept_names_its_field(scene, more, field):
    with pytest.raises(InputRefused) as refusal:
        keep_translation(scene.variant, scene.editor, **{**GIVEN, **more})
    assert refusal.value.field == field
    assert not LanguageVersion.objects.exists()


def test_editor_brings_and_approver_approves_on_the_page(scene, settings):
    settings.TRAINING_MODE = True
    address = f"/admin/ban-tin/{scene.variant.post.public_id}/ngon-ngu/"
    editor, approver = Client(), Client()
    editor.force_login(scene.editor, backend="cms.access.backends.MembershipBackend")
    approver.force_login(scene.approver, backend="cms.access.backends.MembershipBackend")
    wrong = editor.post(address, {**GIVEN, "checker": GIVEN["translator"], "action": "keep"})
    assert wrong.status_code == 422
    assert "Người soát phải khác người dịch." in wrong.content.decode()
    assert GIVEN["title"] in wrong.content.decode()
    assert editor.post(address, {**GIVEN, "action": "keep"}).status_code == 302
    row = LanguageVersion.objects.get()
    assert f"approve|{row.pk}" not in editor.get(address).content.decode()
    assert f"approve|{row.pk}" in approver.get(address).content.decode()
    approver.post(address, {"action": f"approve|{row.pk}", f"hash-{row.pk}": row.present_hash()})
    row.refresh_from_db()
    assert (row.state, row.approved_by) == ("approved", scene.approver)
    editor.post(address, {"action": f"withdraw|{row.pk}"})
    row.refresh_from_db()
    assert row.state == "ended"


def test_every_language_has_a_name_in_vietnamese_and_in_itself():
    assert {"km", "cjm", "hmn", "blt", "rad", "jra", "bdq"} <= set(dict(other_languages()))
    assert all(each.own_name and str(each.name) for each in ALL)
    assert len(BY_TAG) == len(ALL)


def test_translation_comes_on_paper_with_every_letter(scene):
    scene.approved()
    base = scene.script.get_absolute_url()[:-1]
    text = Client().get(scene.address).content.decode()
    assert f'href="{base}.km.docx"' in text
    sheet = Client().get(f"{base}.km.docx")
    document = Document(io.BytesIO(sheet.content))
    written = "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert "សូមដាក់ពាក្យនៅផ្ទះ។" in written
    assert "PTV" not in written
    assert "tiếng Khmer, bản 1" in written.replace("\u00a0", " ")
    assert sheet.headers["Content-Disposition"].isascii()
    printed = Client().get(f"{base}.km.pdf")
    if "Noto Serif Khmer" in paper.families():
        assert printed.status_code == 200
        assert pages_with_boxes(printed.content) == []
    else:
        assert printed.status_code == 503
        assert "phông chữ Khmer" in printed.content.decode()
    assert Client().get(f"{base}.bdq.pdf").status_code == 404


def test_approver_is_led_to_what_waits_and_reads_it_before_approving(scene, settings):
    settings.TRAINING_MODE = True
    row = keep_translation(scene.variant, scene.editor, **GIVEN)
    page = f"/admin/ban-tin/{scene.variant.post.public_id}/ngon-ngu/"
    client = Client()
    client.force_login(scene.approver, backend="cms.access.backends.MembershipBackend")
    home = client.get("/admin/").content.decode()
    assert "Bản dịch của bản tin chờ bạn duyệt" in home
    assert page in home
    assert page in client.get(f"/admin/bai-dang/duyet/{scene.variant.post.pk}/").content.decode()
    shown = client.get(page).content.decode()
    assert "Chờ duyệt" in shown
    assert '<details class="script-translation" open>' in shown
    assert GIVEN["title"] in shown
    approve_translation(row, scene.approver, row.present_hash())
    assert "Bản dịch của bản tin chờ bạn duyệt" not in client.get("/admin/").content.decode()


def test_draft_that_a_newer_number_has_replaced_waits_for_nobody(scene, django_assert_num_queries):
    keep_translation(scene.variant, scene.editor, **GIVEN)
    newer = keep_translation(scene.variant, scene.editor, **GIVEN)
    panel = TranslationsWaiting()
    assert (panel.count(scene.approver), panel.is_for(scene.approver)) == (1, True)
    with django_assert_num_queries(0):
        assert len(panel.rows(scene.approver)) == 1
    approve_translation(newer, scene.approver, newer.present_hash())
    assert not TranslationsWaiting().is_for(scene.approver)


def test_translation_of_a_text_that_has_changed_waits_for_nobody(scene):
    keep_translation(scene.variant, scene.editor, **GIVEN)
    assert TranslationsWaiting().count(scene.approver) == 1
    assert not TranslationsWaiting().is_for(scene.editor)
    scene.variant.text = "Nộp hồ sơ ở xã."
    scene.variant.save()
    assert not TranslationsWaiting().is_for(scene.approver)


def test_sheet_of_a_translation_claims_no_length(scene):
    scene.approved()
    sheet = Document(io.BytesIO(Client().get(f"{scene.script.get_absolute_url()[:-1]}.km.docx").content))
    text = "\n".join(paragraph.text for paragraph in sheet.paragraphs)
    assert "Loại: thông thường" in text
    assert "Thời lượng" not in text
