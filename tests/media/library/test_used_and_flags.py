"""Where an asset is used, what may not be deleted, and what a changed fact touches."""

from __future__ import annotations

import base64
import io
import re
from datetime import timedelta

import pytest
from django.urls import reverse
from PIL import Image

from campaigns.posts.checks import findings_of
from campaigns.posts.models import Post, VariantMedia
from cms.core import clock
from cms.core.errors import ConflictingState
from cms.facts.placeholders import PLACEHOLDER_OF
from media.library import flags, services, uses
from media.library.finding import index
from media.library.finding.answer import MOST_USED, FoundAssets
from media.library.finding.question import Question
from media.library.models import Asset, AssetFlag, AssetKind, SearchEntry
from tests.factories.campaigns import PostFactory, VariantFactory
from tests.factories.cms import FactFactory
from tests.factories.media import AssetFactory, make_asset, picture_bytes
from tests.factories.publishers import ScriptVersionFactory

pytestmark = [pytest.mark.django_db]


@pytest.fixture(autouse=True)
def without_second_factor(settings):
    settings.TRAINING_MODE = True


@pytest.fixture
def graphic(centre):
    return AssetFactory(organisation=centre, title="Đồ họa chung", shared=True)


def used_by(asset, body, title="Bài của tỉnh"):
    earlier = Post.objects.filter(organisation=body).first()
    campaign = {"campaign": earlier.campaign} if earlier else {}
    variant = VariantFactory(post=PostFactory(organisation=body, title=title, **campaign))
    VariantMedia.objects.create(variant=variant, asset=asset)
    return variant.post


def test_uses_name_body_and_day_and_count_by_province(graphic, province, other_province, centre):
    used_by(graphic, province)
    used_by(graphic, province)
    used_by(graphic, other_province)
    resting = AssetFactory(organisation=centre, title="Bài dựa vào")
    resting.sources.add(graphic)
    resting.save()
    found = uses.uses_of([graphic.pk])
    assert [use.organisation for use in found].count(province) == 2
    assert {use.name for use in found} == {"Bài của tỉnh", "Bài dựa vào"}
    assert uses.by_province(found)[0] == (province.place.full_name, 2)
    assert uses.counts([graphic.pk, resting.pk]) == {graphic.pk: 4}


def test_uses_are_found_in_as_many_questions_for_one_as_for_many(
    graphic, province, django_assert_max_num_queries
):
    used_by(graphic, province)
    with django_assert_max_num_queries(5):
        [use.organisation.place.full_name for use in uses.uses_of([graphic.pk])]
    for _ in range(4):
        used_by(graphic, province)
    with django_assert_max_num_queries(5):
        assert len([use.organisation.place.full_name for use in uses.uses_of([graphic.pk])]) == 5


def test_the_most_used_come_first_once_they_were_counted(graphic, centre, province, central_editor):
    AssetFactory(organisation=centre, title="Đồ họa khác")
    used_by(graphic, province)
    index.index_pending()
    assert index.count_uses() == 1
    assert index.count_uses() == 0
    assert SearchEntry.objects.get(pk=graphic.pk).uses == 1
    graphic.save()
    index.index_pending()
    assert SearchEntry.objects.get(pk=graphic.pk).uses == 1
    found = FoundAssets(Question("đồ họa"), central_editor, order=MOST_USED)
    assert [row.title for row in found] == ["Đồ họa chung", "Đồ họa khác"]


def test_what_is_used_is_retired_and_never_deleted(client, graphic, province, central_editor, communicator):
    source = AssetFactory(organisation=graphic.organisation, kind=AssetKind.DOCUMENT)
    graphic.sources.add(source)
    graphic.save()
    used_by(graphic, province)
    for asset in (graphic, source):
        with pytest.raises(ConflictingState, match="Ngừng dùng"):
            services.delete_asset(asset)
    client.force_login(central_editor)
    for asset in (graphic, source):
        page = client.post(f"/admin/kho-tai-lieu/delete/{asset.pk}/", follow=True)
        assert "không xóa được" in page.content.decode()
    assert Asset.objects.count() == 2
    address = reverse("library_used", args=[graphic.public_id])
    client.post(address, {"viec": "ngung-dung"})
    graphic.refresh_from_db()
    assert graphic.retired_at is not None
    client.force_login(communicator)
    assert client.get(graphic.get_absolute_url()).status_code == 404
    assert client.post(address, {"viec": "dung-lai"}).status_code == 404
    client.force_login(central_editor)
    client.post(address, {"viec": "dung-lai"})
    client.force_login(communicator)
    assert client.get(graphic.get_absolute_url()).status_code == 200
    with pytest.raises(ConflictingState):
        services.bring_back(graphic)


def test_the_page_of_uses_names_bodies_and_hides_titles_of_others(
    client, centre, province, other_province, communicator
):
    asset = AssetFactory(organisation=province, title="Của tỉnh", shared=True)
    used_by(asset, province, "Bài nhà")
    used_by(asset, other_province, "Bài kín của tỉnh bên")
    client.force_login(communicator)
    page = client.get(reverse("library_used", args=[asset.public_id])).content.decode()
    assert "đang được dùng ở 2 nơi" in page
    assert "Bài nhà" in page
    assert other_province.name in page
    assert "Bài kín của tỉnh bên" not in page
    shared = AssetFactory(organisation=centre, shared=True)
    assert client.get(reverse("library_used", args=[shared.public_id])).status_code in (302, 403)


def test_a_changed_fact_flags_every_asset_and_names_every_use_it_touches(
    client, centre, province, central_editor
):
    fact = FactFactory(organisation=centre, place=centre.place, value="1800 1096")
    asset = AssetFactory(organisation=centre, title="Gọi tổng đài", shared=True)
    asset.relies_on.add(fact)
    asset.save()
    AssetFactory(organisation=centre, title="Không liên quan")
    post = used_by(asset, province)
    fact.source = "Nguồn khác"
    fact.save()
    assert not AssetFlag.objects.exists()
    fact.value = "1900 1096"
    fact.save()
    fact.value = "1900 1097"
    fact.save()
    flag = AssetFlag.objects.get()
    assert (flag.asset, flag.settled_at) == (asset, None)
    assert "1900 1097" in flag.sentence
    touched = flags.touched_by(fact)
    assert touched.assets == [asset]
    assert [use.row for use in touched.uses] == [post]
    client.force_login(central_editor)
    address = reverse("library_used", args=[asset.public_id])
    assert "1900 1097" in client.get(address).content.decode()
    client.post(address, {"viec": "da-ra-soat"})
    assert flags.settle(asset) == 0
    assert AssetFlag.objects.get().settled_by == central_editor
    FactFactory(
        organisation=centre, place=centre.place, key=fact.key, value="1022",
        valid_from=fact.valid_from + timedelta(days=1),
    )  # fmt: skip
    assert AssetFlag.objects.filter(settled_at=None).count() == 1


def test_old_words_are_said_on_save_and_hinder_nothing(client, province, communicator):
    client.force_login(communicator)
    page = client.post(
        "/admin/kho-tai-lieu/add/?loai=bai-viet",
        {
            "title": "Mang sổ hộ khẩu đến UBND cấp huyện", "sharing": "rieng", "language": "vi",
            "body-count": "1", "body-0-deleted": "", "body-0-order": "0", "body-0-type": "heading", "body-0-id": "",
            "body-0-value": "Mục",
        },
        follow=True,
    ).content.decode()  # fmt: skip
    assert Asset.objects.count() == 1
    assert "hộ khẩu” không còn giá trị" in page


def test_replacing_a_file_asks_for_a_note_and_versions_can_be_compared_and_restored(
    client, province, communicator, settings
):
    asset = make_asset(
        organisation=province, kind=AssetKind.INFOGRAPHIC, title="Đồ họa", alt_text="Mô tả",
        file=io.BytesIO(picture_bytes(320, 200)), file_name="a.png",
    )  # fmt: skip
    first = asset.latest_revision
    before = asset.image.blob.sha256
    client.force_login(communicator)
    address = f"/admin/kho-tai-lieu/edit/{asset.pk}/"

    def send(note):
        from django.core.files.uploadedfile import SimpleUploadedFile

        upload = SimpleUploadedFile("b.png", picture_bytes(400, 300, colour="#aa0000"), "image/png")
        return client.post(
            address,
            {
                "title": "Đồ họa", "alt_text": "Mô tả", "sharing": "rieng", "language": "vi", "upload": upload,
                "version_note": note, "action-publish": "action-publish",
            },
        )  # fmt: skip

    refused = send("")
    assert "đổi gì" in refused.content.decode()
    asset.refresh_from_db()
    assert asset.image.blob.sha256 == before
    assert send("Đổi màu theo góp ý").status_code == 302
    asset.refresh_from_db()
    assert (asset.image.width, asset.version_note) == (400, "Đổi màu theo góp ý")
    compare = client.get(
        f"/admin/kho-tai-lieu/history/{asset.pk}/revisions/compare/{first.pk}...latest/"
    ).content.decode()
    assert "320×200" in compare
    assert "400×300" in compare
    assert "Đổi màu theo góp ý" in compare
    shown = re.findall(r'<img src="data:image/jpeg;base64,([^"]+)"[^>]* alt="([^"]+)"', compare)
    assert [alt for _picture, alt in shown] == ["Trước: Mô tả", "Sau: Mô tả"]
    colours = [Image.open(io.BytesIO(base64.b64decode(one))).getpixel((9, 9)) for one, _alt in shown]
    assert [colour[0] > colour[2] for colour in colours] == [False, True], "the blue one, then the red one"
    page = client.get(f"/admin/kho-tai-lieu/history/{asset.pk}/revisions/{first.pk}/revert/")
    assert page.status_code == 200
    client.post(
        f"/admin/kho-tai-lieu/history/{asset.pk}/revisions/{first.pk}/revert/",
        {
            "title": "Đồ họa", "alt_text": "Mô tả", "sharing": "rieng", "language": "vi", "revision": first.pk,
            "version_note": "Trở lại bản đầu", "action-publish": "action-publish",
        },
    )  # fmt: skip
    asset.refresh_from_db()
    assert (asset.image.blob.sha256, asset.version_note) == (before, "Trở lại bản đầu")
    assert clock.now() >= asset.updated_at


def test_page_of_a_fact_lists_assets_posts_and_scripts_and_shows_no_strangers_names(
    client, centre, province, central_editor, neighbour
):
    fact = FactFactory(organisation=centre, place=centre.place, key="duong-day-nong", value="1800 1096")
    asset = AssetFactory(organisation=centre, title="Gọi tổng đài", shared=True)
    asset.relies_on.add(fact)
    asset.save()
    post = used_by(asset, province, title="Bài của tỉnh A")
    version = ScriptVersionFactory()
    version.facts = {PLACEHOLDER_OF[fact.key]: {"fact": fact.pk, "value": fact.value}}
    version.save()
    fact.value = "1900 1096"
    fact.save()
    client.force_login(central_editor)
    address = reverse("library_fact", args=[fact.pk])
    page = client.get(address).content.decode()
    assert "1 tài liệu dựa vào dữ kiện này" in page
    assert "Gọi tổng đài" in page
    assert "Cần rà soát" in page
    assert "2 nơi đang dùng" in page
    assert "Bản tin phát thanh, 1 đài" in page
    assert post.title in page
    assert "Cần rà soát" in client.get("/admin/kho-tai-lieu/").content.decode()
    home = client.get("/admin/").content.decode()
    assert "Dữ kiện đã đổi, tài liệu chờ rà soát" in home
    assert "1900 1096" in home
    client.force_login(neighbour)
    answer = client.get(address)
    assert "Bài của tỉnh A" not in answer.content.decode()


def test_post_that_carries_a_flagged_asset_says_so(centre, province):
    fact = FactFactory(organisation=centre, place=centre.place, value="1800 1096")
    asset = AssetFactory(organisation=centre, title="Gọi tổng đài", shared=True)
    asset.relies_on.add(fact)
    asset.save()
    post = used_by(asset, province)
    fact.value = "1900 1096"
    fact.save()
    assert any("Gọi tổng đài" in finding.sentence and not finding.forbids for finding in findings_of(post))
    flags.settle(asset)
    assert not any("Gọi tổng đài" in finding.sentence for finding in findings_of(post))


def test_asset_is_withdrawn_and_given_back_on_the_page_of_its_uses(client, graphic, central_editor):
    client.force_login(central_editor)
    address = reverse("library_used", args=[graphic.public_id])
    page = client.post(address, {"viec": "thu-hoi", "ly-do": ""}, follow=True).content.decode()
    assert not graphic.withdrawals.exists()
    page = client.post(
        address, {"viec": "thu-hoi", "ly-do": "Sai số điện thoại"}, follow=True
    ).content.decode()
    withdrawal = graphic.withdrawals.get()
    assert "Sai số điện thoại" in page
    assert reverse("delivery_withdrawn_asset", args=[withdrawal.public_id]) in page
    client.post(address, {"viec": "go-thu-hoi"})
    withdrawal.refresh_from_db()
    assert withdrawal.lifted_at is not None
