"""The editor's screens: list, search, filters, making, editing, choosing; and what of Wagtail stays closed."""

from __future__ import annotations

import html
import json
import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import NoReverseMatch, reverse
from django.utils.html import escape

from cms.accounts.models import Role
from cms.audit.models import AuditRow
from cms.core import clock
from media.library.models import Asset, AssetKind, Blob, LibraryImage, Sharing
from media.library.widgets import AssetChooser
from media.taxonomy.models import Audience, Topic
from tests.factories.cms import MembershipFactory
from tests.factories.media import AssetFactory, picture_bytes

pytestmark = pytest.mark.django_db

LIST = "/admin/kho-tai-lieu/"
ADD = "/admin/kho-tai-lieu/add/"
CHOOSE = "/admin/kho-tai-lieu/chon/"
EMPTY_BODY = {"body-count": "0"}
ONE_HEADING = {
    "body-count": "1",
    "body-0-deleted": "",
    "body-0-order": "0",
    "body-0-type": "heading",
    "body-0-id": "",
    "body-0-value": "Mục đầu tiên",
}


@pytest.fixture(autouse=True)
def without_second_factor(settings):
    """Enrolment of a second factor is the accounts room's to test."""
    settings.TRAINING_MODE = True


@pytest.fixture
def as_communicator(client, communicator):
    client.force_login(communicator)
    return client


def png(name="hinh.png", content: bytes | None = None) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, picture_bytes() if content is None else content, "image/png")


def infographic_data(**more):
    return {
        "title": "Đồ họa mới",
        "alt_text": "Mô tả",
        "language": "vi",
        "sharing": "rieng",
        "upload": png(),
        **more,
    }


# ------------------------------------------------------------------------------------------------ list
def test_list_shows_own_and_shared_things_only(as_communicator, province, other_province, centre):
    AssetFactory(organisation=province, title="Của mình")
    AssetFactory(organisation=other_province, title="Của hàng xóm")
    AssetFactory(organisation=centre, title="Cho toàn hệ thống", shared=True)
    page = as_communicator.get(LIST).content.decode()
    assert "Của mình" in page
    assert "Cho toàn hệ thống" in page
    assert "Của hàng xóm" not in page
    assert "Kho tài liệu dùng chung" in page


def test_list_links_own_things_to_editing_and_shared_ones_to_reading(as_communicator, province, centre):
    own, shared = AssetFactory(organisation=province), AssetFactory(organisation=centre, shared=True)
    page = as_communicator.get(LIST).content.decode()
    assert f'href="{LIST}edit/{own.pk}/' in page
    assert f'href="{shared.get_absolute_url()}"' in page
    assert f"{LIST}edit/{shared.pk}/" not in page
    assert f"{LIST}delete/{shared.pk}/" not in page


@pytest.mark.parametrize("typed", ["dich vu cong", "DỊCH VỤ CÔNG", "dịch vụ cô", "noi dung rieng"])
def test_list_and_chooser_find_in_any_spelling(as_communicator, province, typed):
    AssetFactory(organisation=province, title="Nộp hồ sơ dịch vụ công", body=[("heading", "Nội dung riêng")])
    AssetFactory(organisation=province, title="Chuyện khác")
    for where in (LIST, CHOOSE):
        page = as_communicator.get(where, {"q": typed})
        assert page.status_code == 200
        text = page.content.decode() if where == LIST else json.loads(page.content)["html"]
        assert "Nộp hồ sơ dịch vụ công" in text
        assert "Chuyện khác" not in text


@pytest.mark.parametrize("typed", ['"', '"abc', "\x00", "   ", "'", "*", "🙂"])
def test_no_search_breaks_the_list_or_the_chooser(as_communicator, province, typed):
    AssetFactory(organisation=province)
    for where in (LIST, f"{LIST}results/", CHOOSE, f"{CHOOSE}results/"):
        assert as_communicator.get(where, {"q": typed}).status_code == 200


def test_filters_narrow_the_list_together_with_the_search(as_communicator, province, centre):
    topic, audience = Topic.objects.create(name="Chủ đề A"), Audience.objects.create(name="Đối tượng A")
    wanted = AssetFactory(organisation=province, title="Bài cần tìm")
    wanted.topics.add(topic)
    wanted.audiences.add(audience)
    wanted.save()
    AssetFactory(organisation=province, title="Bài không có chủ đề")
    AssetFactory(organisation=centre, title="Bài của trung ương", shared=True)
    AssetFactory(
        organisation=province, title="Bài là văn bản", kind=AssetKind.DOCUMENT, document_status="du-thao"
    )

    def titles(**query):
        page = as_communicator.get(LIST, query).content.decode()
        return {row.title for row in Asset.objects.all() if row.title in page}

    assert titles(topics=topic.pk) == titles(audiences=audience.pk) == {"Bài cần tìm"}
    assert titles(organisation=centre.pk) == titles(sharing="toan-he-thong") == {"Bài của trung ương"}
    assert titles(kind="van-ban") == titles(document_status="du-thao") == {"Bài là văn bản"}
    assert titles(q="bai", topics=topic.pk, kind="bai-viet") == {"Bài cần tìm"}
    assert titles(q="trung uong", topics=topic.pk) == set()


def test_list_says_how_many_each_value_leaves_in_which_order_and_how_far_the_index_is_behind(
    as_communicator, province
):
    for number in range(3):
        AssetFactory(
            organisation=province, title=f"Bài {number}", kind=AssetKind.CLIP if number else AssetKind.ARTICLE
        )
    page = as_communicator.get(LIST, {"q": "bai"}).content.decode()
    assert "Tìm thấy 3 tài liệu." in page
    assert re.search(r"Video\s*<span class=\"library-chip__count\">2</span>", page)
    assert "q=bai&amp;kind=video" in page
    assert "3 tài liệu vừa thay đổi đang được đưa vào chỉ mục" in page
    assert "xep=dung-nhieu" in page
    assert "False" not in page
    today = clock.today()
    AssetFactory(organisation=province, title="Bài sắp hạn", review_by=today + timedelta(days=3))
    due = as_communicator.get(LIST, {"q": "bai", "due": "on"}).content.decode()
    assert "Bài sắp hạn" in due
    assert "Tìm thấy 1 tài liệu." in due
    assert "Bài sắp hạn" in as_communicator.get(LIST, {"due": "on"}).content.decode()
    narrowed = as_communicator.get(LIST, {"q": "bai", "kind": "video", "xep": "moi"}).content.decode()
    assert narrowed.index("Bài 2") < narrowed.index("Bài 1")
    assert "Bài 0" not in narrowed


def test_owner_filter_names_no_body_whose_things_are_hidden(as_communicator, province, other_province):
    AssetFactory(organisation=province)
    AssetFactory(organisation=other_province)
    page = as_communicator.get(LIST).content.decode()
    assert province.name in page
    assert other_province.name not in page


def test_list_asks_the_same_number_of_questions_for_two_and_for_twenty(as_communicator, province, centre):
    def questions() -> int:
        with CaptureQueriesContext(
            connection,
        ) as captured:
            as_communicator.get(LIST)
        return len(captured)

    for _ in range(2):
        AssetFactory(organisation=province)
    questions()
    few = questions()
    for _ in range(9):
        AssetFactory(organisation=province)
        AssetFactory(organisation=centre, shared=True)
    assert questions() == few
    assert few <= 34


# ------------------------------------------------------------------------------------------------ making
def test_making_begins_with_a_choice_of_kind(as_communicator):
    page = as_communicator.get(ADD).content.decode()
    for kind in AssetKind:
        assert f"{ADD}?loai={kind.value}" in page
    assert as_communicator.post(ADD, infographic_data()).status_code == 200
    assert not Asset.objects.exists()


@pytest.mark.parametrize(
    ("kind", "shown", "hidden"),
    [
        (
            "do-hoa",
            ["upload", "alt_text", "machine_made"],
            ["transcript", "document_status", "captions_file"],
        ),
        ("video", ["upload", "transcript", "captions_file"], ["alt_text", "document_status"]),
        ("bai-viet", ["upload", "alt_text", "sources"], ["transcript", "document_status", "machine_made"]),
        ("van-ban", ["upload", "document_status", "document_number"], ["alt_text", "sources"]),
    ],
)
def test_kind_decides_which_fields_the_form_shows(as_communicator, kind, shown, hidden):
    page = as_communicator.get(ADD, {"loai": kind})
    assert page.status_code == 200
    fields = page.context["form"].fields
    assert [name for name in shown if name not in fields] == []
    assert [name for name in hidden if name in fields] == []
    assert "organisation" not in fields  # a member of one body has nothing to choose


def test_infographic_is_kept_as_a_draft_of_the_own_body(as_communicator, communicator, province):
    topic = Topic.objects.create(name="Chủ đề")
    response = as_communicator.post(
        f"{ADD}?loai=do-hoa", infographic_data(topics=[topic.pk], sharing="cong-khai")
    )
    asset = Asset.objects.get()
    assert response.status_code == 302
    assert response["Location"] == f"{LIST}edit/{asset.pk}/"
    assert not asset.live
    assert (asset.organisation, asset.created_by, asset.kind) == (province, communicator, "do-hoa")
    assert list(asset.topics.all()) == [topic]
    assert asset.image.blob.references == 1
    assert (
        AuditRow.objects.filter(verb="wagtail.create", target_id=str(asset.pk), actor=communicator).count()
        == 1
    )


def test_putting_into_the_library_makes_it_live(as_communicator):
    as_communicator.post(f"{ADD}?loai=do-hoa", infographic_data(**{"action-publish": "action-publish"}))
    assert Asset.objects.get().live
    assert AuditRow.objects.filter(verb="wagtail.publish").exists()


def test_article_is_written_in_the_form(as_communicator):
    as_communicator.post(f"{ADD}?loai=bai-viet", {"title": "Bài", "sharing": "rieng", **ONE_HEADING})
    assert Asset.objects.get().body[0].value == "Mục đầu tiên"


@pytest.mark.parametrize(
    ("kind", "data", "field", "sentence"),
    [
        ("do-hoa", {"title": ""}, "title", "Vui lòng nhập tên tài liệu."),
        ("do-hoa", {"title": "   "}, "title", "Vui lòng nhập tên tài liệu."),
        ("do-hoa", {"alt_text": ""}, "alt_text", "người khiếm thị"),
        ("do-hoa", {"upload": ""}, "upload", "Vui lòng chọn tệp hình"),
        ("bai-viet", {"upload": "", **EMPTY_BODY}, "body", "Vui lòng viết nội dung bài."),
        ("van-ban", {"upload": "", **EMPTY_BODY}, "upload", "Vui lòng chọn tệp văn bản"),
        ("video", {"upload": "", "transcript": "Lời"}, "upload", "Vui lòng chọn tệp video."),
    ],
)
def test_what_is_missing_is_said_at_its_field(as_communicator, kept_files, kind, data, field, sentence):
    page = as_communicator.post(f"{ADD}?loai={kind}", infographic_data(**data))
    assert page.status_code == 200
    assert field in page.context["form"].errors
    shown = page.content.decode()
    # The article's blocks are drawn by script from data, in which letters are escaped.
    assert sentence in shown or json.dumps(sentence)[1:-1] in html.unescape(shown)
    assert not Asset.objects.exists()
    assert kept_files() == []


def test_text_renamed_png_is_refused_where_the_person_stands_and_leaves_nothing(as_communicator, kept_files):
    upload = png("bao-cao.png", b"Day la van ban duoc doi ten thanh hinh.")
    page = as_communicator.post(f"{ADD}?loai=do-hoa", infographic_data(upload=upload))
    said = "Tệp “bao-cao.png” không phải là tệp JPG, PNG hoặc WebP"
    assert said in str(page.context["form"].errors["upload"])
    assert escape(said) in page.content.decode()
    assert page.context["form"]["title"].value() == "Đồ họa mới"
    assert (Asset.objects.count(), Blob.objects.count(), LibraryImage.objects.count()) == (0, 0, 0)
    assert kept_files() == []


def test_truncated_clip_is_refused_where_the_person_stands(as_communicator, clip_bytes, kept_files):
    upload = SimpleUploadedFile("v.mp4", clip_bytes[: len(clip_bytes) // 2], "video/mp4")
    page = as_communicator.post(
        f"{ADD}?loai=video", {"title": "Video", "sharing": "rieng", "transcript": "Lời", "upload": upload}
    )
    assert "bị thiếu phần cuối" in str(page.context["form"].errors["upload"])
    assert not Asset.objects.exists()
    assert kept_files() == []


def test_good_file_of_a_form_refused_for_something_else_is_not_kept(as_communicator, kept_files):
    as_communicator.post(f"{ADD}?loai=do-hoa", infographic_data(alt_text=""))
    assert kept_files() == []
    assert not Blob.objects.exists()


def test_clip_is_kept_with_captions_from_a_file(as_communicator, clip_bytes):
    page = as_communicator.post(
        f"{ADD}?loai=video",
        {
            "title": "Video",
            "sharing": "rieng",
            "transcript": "",
            "upload": SimpleUploadedFile("v.mp4", clip_bytes, "video/mp4"),
            "captions_file": SimpleUploadedFile(
                "v.srt", "1\n00:00:00,000 --> 00:00:02,000\nXin chào\n".encode()
            ),
        },
    )
    assert page.status_code == 302
    asset = Asset.objects.get()
    assert asset.captions.endswith("Xin chào\n")
    assert asset.picture is not None


def test_draft_source_keeps_an_item_from_going_public(as_communicator, province):
    source = AssetFactory(
        organisation=province, kind=AssetKind.DOCUMENT, title="Dự thảo quyết định", document_status="du-thao"
    )
    data = {"title": "Bài", "sharing": Sharing.PUBLIC, "sources": [source.pk], **ONE_HEADING}
    page = as_communicator.post(f"{ADD}?loai=bai-viet", data)
    assert "còn là dự thảo" in str(page.context["form"].errors["sources"])
    data["title"] = "Lấy ý kiến về dự thảo"
    assert as_communicator.post(f"{ADD}?loai=bai-viet", data).status_code == 302


def test_sources_offered_are_those_the_person_reads(as_communicator, province, other_province):
    own = AssetFactory(organisation=province, kind=AssetKind.DOCUMENT, document_status="con-hieu-luc")
    hidden = AssetFactory(
        organisation=other_province, kind=AssetKind.DOCUMENT, document_status="con-hieu-luc"
    )
    form = as_communicator.get(ADD, {"loai": "bai-viet"}).context["form"]
    assert list(form.fields["sources"].queryset) == [own]
    data = {"title": "Bài", "sharing": "rieng", "sources": [hidden.pk], **ONE_HEADING}
    assert "sources" in as_communicator.post(f"{ADD}?loai=bai-viet", data).context["form"].errors


def test_member_of_two_bodies_chooses_among_them_and_no_other(client, communicator, other_province, centre):
    MembershipFactory(user=communicator, organisation=other_province, role=Role.COMMUNE_OFFICER)
    client.force_login(communicator)
    form = client.get(ADD, {"loai": "do-hoa"}).context["form"]
    assert form.fields["organisation"].queryset.count() == 2
    page = client.post(f"{ADD}?loai=do-hoa", infographic_data(organisation=centre.pk))
    assert "organisation" in page.context["form"].errors
    client.post(
        f"{ADD}?loai=do-hoa",
        infographic_data(organisation=other_province.pk, **{"action-publish": "action-publish"}),
    )
    asset = Asset.objects.get()
    assert asset.organisation == other_province
    assert not asset.live  # a commune officer there may write, not put into the library


# ------------------------------------------------------------------------------------------------ editing
def test_editing_a_live_asset_leaves_it_as_it_is_until_it_is_put_into_the_library(as_communicator, province):
    asset = AssetFactory(organisation=province, title="Tên cũ")
    source = AssetFactory(organisation=province, kind=AssetKind.DOCUMENT, document_status="con-hieu-luc")
    data = {"title": "Tên mới", "sharing": "toan-he-thong", "sources": [source.pk], **ONE_HEADING}
    where = f"{LIST}edit/{asset.pk}/"
    assert as_communicator.post(where, data).status_code == 302
    asset.refresh_from_db()
    assert (asset.title, asset.sharing, asset.sources.count()) == ("Tên cũ", "rieng", 0)
    assert asset.has_unpublished_changes
    refused = as_communicator.post(where, {**data, "action-publish": "action-publish"}).content.decode()
    assert "Vui lòng ghi chủ sở hữu quyền" in refused
    assert Asset.objects.get(pk=asset.pk).title == "Tên cũ"
    rights = {
        "summary": "Tóm tắt", "source_note": "Nguồn", "rights_holder": "Sở mẫu", "licence": "tu-lam",
        "review_by": "2030-01-01",
    }  # fmt: skip
    as_communicator.post(where, {**data, **rights, "action-publish": "action-publish"})
    asset = Asset.objects.get(pk=asset.pk)
    assert (asset.title, asset.sharing, list(asset.sources.all())) == ("Tên mới", "toan-he-thong", [source])


def test_replaced_picture_comes_with_the_next_version_and_the_old_one_stays_for_the_history(
    as_communicator, kept_files, django_capture_on_commit_callbacks
):
    as_communicator.post(f"{ADD}?loai=do-hoa", infographic_data())
    asset = Asset.objects.get()
    other = png(content=picture_bytes(colour="#aa0000"))
    as_communicator.post(
        f"{LIST}edit/{asset.pk}/",
        infographic_data(upload=other, version_note="Đổi màu", **{"action-publish": "action-publish"}),
    )
    replaced = Asset.objects.get()
    assert replaced.image_id != asset.image_id
    assert len(kept_files()) == 2
    with django_capture_on_commit_callbacks(execute=True):
        as_communicator.post(f"{LIST}delete/{asset.pk}/")
    assert not Asset.objects.exists()
    assert kept_files() == []


def test_neighbours_asset_does_not_exist_on_any_screen(as_communicator, other_province):
    asset = AssetFactory(organisation=other_province, title="Của hàng xóm")
    for view in ("edit", "delete", "history", "usage", "unpublish"):
        for method in (as_communicator.get, as_communicator.post):
            assert method(f"{LIST}{view}/{asset.pk}/").status_code == 404


def test_shared_asset_is_read_but_not_edited(as_communicator, centre):
    asset = AssetFactory(organisation=centre, shared=True)
    assert as_communicator.get(asset.get_absolute_url()).status_code == 200
    for view in ("history", "edit", "delete", "unpublish"):
        assert as_communicator.post(f"{LIST}{view}/{asset.pk}/").status_code in (302, 403)
    assert Asset.objects.get(pk=asset.pk).live


def test_preview_shows_the_article_as_a_page(as_communicator, province):
    asset = AssetFactory(organisation=province, title="Bài xem trước", body=[("steps", ["Bước đầu"])])
    where = f"{LIST}preview/{asset.pk}/"
    data = {"title": "Bài xem trước đã sửa", "sharing": "rieng", **ONE_HEADING}
    assert as_communicator.post(where, data).json()["is_valid"]
    page = as_communicator.get(where).content.decode()
    assert "Bài xem trước đã sửa" in page
    assert "Mục đầu tiên" in page
    assert "Bản xem trước" in page
    assert "<script" not in page
    assert " style=" not in page


# ------------------------------------------------------------------------------------------------ choosing
def test_chooser_is_kept_to_the_kinds_asked_for_and_to_what_may_be_used(
    as_communicator, province, other_province
):
    for kind in ("do-hoa", "video", "bai-viet"):
        AssetFactory(organisation=province, kind=kind, title=f"Loại {kind}")
    hidden = AssetFactory(organisation=other_province, kind="do-hoa", title="Của hàng xóm")
    modal = json.loads(as_communicator.get(CHOOSE, {"loai": "do-hoa,video"}).content)["html"]
    assert "Loại do-hoa" in modal
    assert "Loại video" in modal
    assert "Loại bai-viet" not in modal
    assert "Của hàng xóm" not in modal
    assert as_communicator.get(f"{CHOOSE}chosen/{hidden.pk}/").status_code == 404


def test_chooser_widget_carries_its_kinds_and_no_script(province):
    asset = AssetFactory(organisation=province, title="Đã chọn")
    drawn = AssetChooser(kinds=["do-hoa", "video"]).render("asset", asset.pk, {"id": "id_asset"})
    assert "loai=do-hoa,video" in drawn
    assert "Đã chọn" in drawn
    assert "<script" not in drawn
    assert 'data-controller="scriptless-chooser"' in drawn
    with pytest.raises(ValueError, match="anh"):
        AssetChooser(kinds=["anh"])
    with pytest.raises(TypeError):
        AssetChooser().render("asset", None)


# ------------------------------------------------------------------------------------------------ Wagtail's own
def test_stock_menus_are_hidden_and_the_library_is_there(as_communicator):
    page = as_communicator.get("/admin/").content.decode()
    assert '"/admin/kho-tai-lieu/"' in page
    for address in (
        "/admin/images/",
        "/admin/documents/",
        "/admin/media/",
        "/admin/reports/",
        '/admin/snippets/"',
    ):
        assert address not in page


@pytest.mark.parametrize(
    "address",
    [
        "images/",
        "images/1/",
        "images/chooser/",
        "images/multiple/add/",
        "documents/",
        "documents/chooser/",
        "documents/edit/1/",
        "media/",
        "media/chooser/",
        "media/edit/1/",
        "reports/",
        "reports/site-history/",
        "snippets/",
        "pages/",
        "pages/1/",
        "api/main/images/",
        "api/main/pages/",
        "collections/",
        "sites/",
        "groups/",
        "users/",
        "workflows/list/",
    ],
)
def test_stock_addresses_are_closed_to_everybody(client, central_editor, django_user_model, address):
    root = django_user_model.objects.create_superuser("goc", password="x" * 12, full_name="Gốc")
    MembershipFactory(user=root, role=Role.ADMINISTRATOR)
    for user in (central_editor, root):
        client.force_login(user)
        assert client.get(f"/admin/{address}").status_code == 404
        assert client.post(f"/admin/{address}").status_code in (403, 404)


def test_stock_file_addresses_do_not_exist():
    for name in ("wagtailimages_serve", "wagtaildocs_serve"):
        with pytest.raises(NoReverseMatch):
            reverse(name, args=["a", 1, "b"])
