"""Finding in the library: what is found, in which order, by whom, and how soon after it was written."""

from __future__ import annotations

import io
import unicodedata
from datetime import timedelta

import docx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from wagtail.permissions import policy_registry

from cms.core import clock
from media.library import services
from media.library.finding import index
from media.library.finding.answer import DUE_SOON, MOST_USED, NEWEST, FoundAssets, said
from media.library.finding.documents import DocumentText
from media.library.finding.question import Question
from media.library.finding.tables import SearchEntry, SearchPending, SearchPosting
from media.library.models import Asset, AssetKind, Sharing
from media.taxonomy.models import Audience, Topic
from tests.factories.cms import MembershipFactory, OrganisationFactory, PlaceFactory
from tests.factories.media import AssetFactory

pytestmark = pytest.mark.database


@pytest.fixture
def editor(db):
    return MembershipFactory(organisation=OrganisationFactory(leads=True)).user


@pytest.fixture
def body(editor):
    return editor.memberships.get().organisation


def titles(text, user, **narrowed) -> list[str]:
    filters = {name: tuple(str(value) for value in values) for name, values in narrowed.items()}
    return [row.title for row in FoundAssets(Question(text, filters), user)]


# ------------------------------------------------------------------------------------------------ rights
@pytest.mark.parametrize("written", [True, False], ids=["indexed", "noted"])
def test_the_index_lets_everybody_see_exactly_what_the_policy_does(
    everything, people, indexed, written, settings
):
    if written:
        indexed()
    else:  # what was just saved is laid over the index, for as many assets as are looked at
        SearchPending.objects.filter(pk__in=[asset.pk for asset in everything[40:]]).delete()
        Asset.objects.filter(pk__in=[asset.pk for asset in everything[40:]]).delete()
        SearchPending.objects.filter(pk__in=[asset.pk for asset in everything[40:]]).delete()
    for person in people:
        allowed = policy_registry.get_by_type(Asset).instances_user_has_permission_for(person, "view")
        found = FoundAssets(Question("dịch vụ"), person)
        assert set(found.all) == set(allowed.values_list("pk", flat=True)), person.memberships.get().role
        assert {row.pk for row in found} == set(found.all)


def test_a_body_that_moves_takes_the_right_to_see_with_it(bodies, everything, indexed):
    _centre, lead, _sister, ward, _branch, neighbour = bodies
    indexed()
    person = MembershipFactory(organisation=neighbour).user
    before = set(FoundAssets(Question("dịch vụ"), person).all)
    ward.place = PlaceFactory(commune=True, parent=neighbour.place)
    ward.save()
    indexed()
    gained = set(FoundAssets(Question("dịch vụ"), person).all) - before
    assert {Asset.objects.get(pk=pk).organisation_id for pk in gained} >= {ward.pk}
    allowed = policy_registry.get_by_type(Asset).instances_user_has_permission_for(person, "view")
    assert gained | before == set(allowed.values_list("pk", flat=True))


def test_what_was_taken_back_is_not_shown_although_the_index_is_behind(bodies, indexed):
    centre, lead, *_others = bodies
    asset = AssetFactory(organisation=centre, sharing=Sharing.EVERYBODY, title="Dịch vụ công")
    indexed()
    Asset.objects.filter(pk=asset.pk).update(sharing=Sharing.OWN)  # no note: the worst an index can be behind
    person = MembershipFactory(organisation=lead).user
    found = FoundAssets(Question("dịch vụ"), person)
    assert asset.pk in found.all
    assert list(found) == []


# ------------------------------------------------------------------------------------------------ words
@pytest.mark.parametrize(
    "typed",
    [
        "dịch vụ công",
        "dich vu cong",
        "DỊCH VỤ CÔNG",
        unicodedata.normalize("NFD", "dịch vụ công"),
        "công, dịch vụ!",
        "dịch vụ cô",
        "dich vu co",
    ],
)
@pytest.mark.parametrize("written", [True, False], ids=["indexed", "noted"])
def test_every_spelling_and_every_beginning_finds_it(editor, body, indexed, typed, written):
    AssetFactory(organisation=body, title="Nộp hồ sơ dịch vụ công", summary="", body=[])
    AssetFactory(organisation=body, title="Chuyện khác", summary="", body=[])
    if written:
        indexed()
    assert titles(typed, editor) == ["Nộp hồ sơ dịch vụ công"]


@pytest.mark.parametrize(
    "typed", ['"', "'", "\x00", "   x\x00", "%", "_", "*", "f:kind:video", "🙂", "a" * 5000]
)
def test_nothing_that_can_be_typed_is_an_error_or_a_filter(editor, body, indexed, typed):
    AssetFactory(organisation=body, title="Nộp hồ sơ", kind=AssetKind.CLIP)
    indexed()
    assert titles(typed, editor) == []


def test_title_summary_text_captions_transcript_alt_text_and_number_are_found(editor, body, indexed):
    vtt = "WEBVTT\n\n00:00:00.000 --> 00:00:02.000\nchữ trong phụ đề"
    AssetFactory(
        organisation=body,
        title="Tên",
        summary="chữ trong tóm tắt",
        body=[("paragraph", "<p>chữ trong <b>bài viết</b></p>"), ("steps", ["chữ trong các bước"])],
        transcript="chữ trong lời thoại",
        captions=vtt,
        alt_text="chữ trong mô tả hình",
        document_number="1588/QĐ-TTg",
    )
    indexed()
    for typed in (
        "tóm tắt",
        "bài viết",
        "các bước",
        "lời thoại",
        "phụ đề",
        "mô tả hình",
        "1588/QĐ-TTg",
        "qd ttg",
    ):
        assert titles(typed, editor) == ["Tên"], typed
    for nothing in ("paragraph", "webvtt", "00 02 000", "b p"):
        assert titles(nothing, editor) == [], nothing


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_exact_accents_come_before_folded_ones_over_the_whole_result(editor, body, indexed, data):
    Asset.objects.all().delete()
    syllables = data.draw(
        st.lists(st.lists(st.sampled_from(["đảng", "đăng", "dang", "viên", "viền", "vien"]), min_size=1, max_size=4),
                 min_size=1, max_size=12)
    )  # fmt: skip
    for number, words in enumerate(syllables):
        place = "title" if number % 2 else "summary"
        AssetFactory(
            organisation=body, **{"title": f"Số {number}", "summary": "", "body": [], place: " ".join(words)}
        )
    indexed()
    typed = data.draw(st.sampled_from([["đảng"], ["đăng", "viên"], ["dang"], ["viền"]]))
    found = FoundAssets(Question(" ".join(typed)), editor)
    agrees = [set(typed) <= set(f"{row.title} {row.summary}".split()) for row in found]
    assert agrees == sorted(agrees, reverse=True)
    assert len(found) == len(list(found)) == len({row.pk for row in found})


def test_neighbours_in_the_title_come_before_words_apart_before_words_in_the_text(editor, body, indexed):
    AssetFactory(organisation=body, title="Nhiệm vụ phòng dịch", summary="", body=[])
    AssetFactory(organisation=body, title="Dịch vụ công", summary="", body=[])
    AssetFactory(organisation=body, title="Khác", summary="dịch vụ", body=[])
    indexed()
    assert titles("dịch vụ", editor) == ["Dịch vụ công", "Nhiệm vụ phòng dịch", "Khác"]


# ------------------------------------------------------------------------------------------------ documents
def _docx(*paragraphs: str) -> io.BytesIO:
    document = docx.Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    table = document.add_table(rows=1, cols=2)
    table.cell(0, 0).text, table.cell(0, 1).text = "Lệ phí", "không thu"
    target = io.BytesIO()
    document.save(target)
    target.seek(0)
    return target


def test_words_inside_a_document_are_found_and_read_once_per_content(editor, body, indexed):
    content = _docx("Chứng thực bản sao điện tử").getvalue()
    for number in range(2):
        services.create_asset(
            organisation=body,
            kind=AssetKind.DOCUMENT,
            title=f"Văn bản {number}",
            file=io.BytesIO(content),
            file_name="van-ban.docx",
            actor=editor,
        )
    indexed()
    assert titles("chung thuc ban sao", editor) == ["Văn bản 1", "Văn bản 0"]
    assert titles("lệ phí không thu", editor) == ["Văn bản 1", "Văn bản 0"]
    assert DocumentText.objects.count() == 1


def test_words_inside_a_pdf_are_found_and_a_broken_one_hinders_nothing(editor, body, indexed, tmp_path):
    import typst

    source = tmp_path / "a.typ"
    source.write_text("Đăng ký khai sinh liên thông")
    content = typst.compile(str(source))
    asset = services.create_asset(
        organisation=body, kind=AssetKind.DOCUMENT, title="Bản PDF", file=io.BytesIO(content), actor=editor
    )
    indexed()
    assert titles("khai sinh lien thong", editor) == ["Bản PDF"]
    DocumentText.objects.all().delete()
    from django.core.files.storage import default_storage

    with default_storage.open(asset.document.blob.file.name, "wb") as kept:
        kept.write(b"%PDF-1.7 but nothing of the kind")
    index.note([asset.pk])
    indexed()
    assert DocumentText.objects.get().complaint == "unreadable"
    assert titles("ban pdf", editor) == ["Bản PDF"]


# ------------------------------------------------------------------------------------------------ filters, counts, order
def test_filters_narrow_and_counts_say_what_each_value_would_leave(editor, body, indexed):
    topic, audience = Topic.objects.create(name="Chủ đề A"), Audience.objects.create(name="Đối tượng A")
    for number in range(6):
        asset = AssetFactory(
            organisation=body,
            title=f"Bài số {number}",
            kind=AssetKind.ARTICLE if number < 4 else AssetKind.CLIP,
            live=number != 0,
        )
        if number % 2:
            asset.topics.add(topic)
        if number > 3:
            asset.audiences.add(audience)
        asset.save()
    indexed()
    assert titles("bài số", editor, topic=[topic.pk], kind=["bai-viet"]) == ["Bài số 3", "Bài số 1"]
    found = FoundAssets(Question("bài số", {"topic": (str(topic.pk),)}), editor)
    counts = {name: {one.value: one.number for one in found.facets[name]} for name in found.facets}
    assert counts["kind"] == {"bai-viet": 2, "video": 1}
    assert counts["topic"] == {str(topic.pk): 3}
    assert counts["audience"] == {str(audience.pk): 1}
    assert counts["standing"] == {"trong-kho": 3}
    assert found.counts_of("body", [str(body.pk), "0"]) == {str(body.pk): 3, "0": 0}
    assert [said(number) for number in (0, 999, 1000, 1001)] == ["0", "999", "1.000", "1.000+"]


def test_orders_new_most_used_and_due_soon(editor, body, indexed):
    today = clock.today()
    rows = [
        AssetFactory(organisation=body, title=f"Bài {number}", review_by=due)
        for number, due in enumerate([today + timedelta(days=9), None, today - timedelta(days=1), today])
    ]
    indexed()
    SearchEntry.objects.filter(pk=rows[1].pk).update(uses=7)
    SearchEntry.objects.filter(pk=rows[0].pk).update(uses=2)

    def order(name):
        return [row.title for row in FoundAssets(Question("bài"), editor, order=name)]

    assert order(NEWEST) == ["Bài 3", "Bài 2", "Bài 1", "Bài 0"]
    assert order(MOST_USED) == ["Bài 1", "Bài 0", "Bài 3", "Bài 2"]
    assert order(DUE_SOON) == ["Bài 2", "Bài 3", "Bài 0"]
    found = FoundAssets(Question("bài", due_until=today), editor)
    assert {row.title for row in found} == {"Bài 2", "Bài 3"}
    assert FoundAssets(Question("bài"), editor).due_count() == 3


def test_a_walk_in_sorted_order_gives_the_same_as_sorting_at_once(editor, body, indexed, monkeypatch):
    for number in range(25):
        AssetFactory(organisation=body, title="Bài chẵn" if number % 2 == 0 else "Bài lẻ")
    indexed()
    for entry in SearchEntry.objects.all():
        SearchEntry.objects.filter(pk=entry.pk).update(uses=entry.pk % 5)
    at_once = [row.pk for row in FoundAssets(Question("chẵn"), editor, order=MOST_USED)]
    monkeypatch.setattr("media.library.finding.answer._SORTED_AT_ONCE", 2)
    monkeypatch.setattr("media.library.finding.answer._STEP", 4)
    walked = FoundAssets(Question("chẵn"), editor, order=MOST_USED)
    assert [walked.pks(start, 5) for start in (0, 5, 10, 15)] == [at_once[n : n + 5] for n in (0, 5, 10, 15)]


# ------------------------------------------------------------------------------------------------ the index itself
def test_changed_and_deleted_assets_leave_nothing_behind(editor, body, indexed):
    asset = AssetFactory(organisation=body, title="Cảnh báo giả mạo")
    indexed()
    asset.title = "Lừa đảo qua mạng"
    asset.save()
    assert titles("giả mạo", editor) == []
    indexed()
    assert titles("giả mạo", editor) == []
    assert titles("lua dao", editor) == ["Lừa đảo qua mạng"]
    asset.delete()
    assert titles("lua dao", editor) == []
    indexed()
    assert (SearchPosting.objects.count(), SearchEntry.objects.count()) == (0, 0)


def test_a_rebuilt_index_is_the_one_that_was_written_piece_by_piece(everything, indexed):
    indexed()
    before = {(bytes(row.term), row.chunk): bytes(row.bits) for row in SearchPosting.objects.all()}
    assert index.rebuild() == len(everything)
    assert {(bytes(row.term), row.chunk): bytes(row.bits) for row in SearchPosting.objects.all()} == before


def test_a_save_while_the_index_is_written_is_not_lost(editor, body, monkeypatch):
    asset = AssetFactory(organisation=body, title="Trước")
    write = index.write

    def and_meanwhile(pks):
        write(pks)
        Asset.objects.filter(pk=asset.pk).update(title="Sau")
        index.note([asset.pk])

    monkeypatch.setattr(index, "write", and_meanwhile)
    index.index_pending(limit=1)
    monkeypatch.setattr(index, "write", write)
    assert SearchPending.objects.get().asset_id == asset.pk
    index.index_pending()
    assert titles("sau", editor) == ["Sau"]
    assert not SearchPending.objects.exists()


def test_a_save_notes_and_reads_nothing_of_the_index(editor, body, django_assert_max_num_queries):
    asset = AssetFactory(organisation=body)
    with django_assert_max_num_queries(12) as captured:
        asset.save()
    said_ = " ".join(query["sql"] for query in captured.captured_queries)
    assert "library_searchpending" in said_
    assert "library_searchposting" not in said_
    assert "wagtailsearch" not in said_
    assert index.lag().count == 1


def test_a_question_asks_the_same_number_of_times_for_ten_and_for_a_hundred(
    editor, body, indexed, django_assert_num_queries
):
    def ask():
        found = FoundAssets(Question("bài viết"), editor)
        return len(found), found[0:10], found.facets

    for _ in range(10):
        AssetFactory(organisation=body)
    indexed()
    ask()
    with django_assert_num_queries(6):  # one more, to complete the last word, because it found few
        assert ask()[0] == 10
    for _ in range(30):
        AssetFactory(organisation=body)
    indexed()
    with django_assert_num_queries(5):
        assert ask()[0] == 40
