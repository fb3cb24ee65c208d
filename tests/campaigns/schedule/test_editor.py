"""The editor's page: a round trip, and refusals that keep what was typed and write nothing."""

from __future__ import annotations

import pytest
from django.urls import reverse

from campaigns.posts.models import Post, Variant
from campaigns.schedule.models import Slot
from cms.approvals import services as approvals
from cms.approvals.approvable import present_hash
from cms.channels import sockets
from tests.campaigns.conftest import noon
from tests.factories.cms import ChannelFactory, PlaceFactory
from tests.factories.media import AssetFactory

pytestmark = pytest.mark.django_db
ADD = reverse("wagtailsnippets_posts_post:add")


def typed(at) -> str:
    return at.strftime("%Y-%m-%dT%H:%M")


def sent(house, **more) -> dict:
    return {
        "title": "Hướng dẫn nộp hồ sơ",
        "organisation": house.organisation.pk,
        "campaign": house.campaign.pk,
        "facebook-text": "Nộp hồ sơ tại nhà.",
        f"channel-{house.page.pk}-on": "on",
        f"channel-{house.page.pk}-at": typed(noon(2)),
        "action": "save",
        **more,
    }


def test_new_post_is_saved_with_its_text_and_its_time(province, signed_in):
    response = signed_in(province.editor).post(ADD, sent(province))
    post = Post.objects.get()
    assert response.url == reverse("wagtailsnippets_posts_post:edit", args=[post.pk])
    assert (post.title, post.created_by) == ("Hướng dẫn nộp hồ sơ", province.editor)
    assert post.variants.get().text == "Nộp hồ sơ tại nhà."
    assert (Slot.objects.get().channel, Slot.objects.get().at) == (province.page, noon(2))


def test_saved_post_is_shown_as_it_was_typed(province, signed_in):
    client = signed_in(province.editor)
    page = client.get(client.post(ADD, sent(province)).url).content.decode()
    assert "Nộp hồ sơ tại nhà." in page
    assert f'value="{typed(noon(2))}"' in page
    assert "<script>" not in page.replace("<script src", "")
    assert "style=" not in page


def test_time_is_read_as_a_clock_in_viet_nam(province, signed_in):
    signed_in(province.editor).post(
        ADD, sent(province, **{f"channel-{province.page.pk}-at": noon(2).strftime("%Y-%m-%dT19:30")})
    )
    assert Slot.objects.get().at == noon(2).replace(hour=19, minute=30)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"title": "  "}, "Tên bài đăng đang để trống"),
        ({"facebook-text": " "}, "Bạn đã chọn kênh nhưng chưa viết nội dung"),
        ({"youtube-title": "Chỉ có tiêu đề"}, "đang để trống, vui lòng nhập hoặc xóa hết mục này"),
        ({"facebook-link": "không phải địa chỉ"}, "Liên kết chưa đúng dạng"),
    ],
)
def test_refused_page_says_why_keeps_what_was_typed_and_writes_nothing(province, signed_in, change, sentence):
    response = signed_in(province.editor).post(ADD, sent(province, **change))
    page = response.content.decode()
    assert response.status_code == 422
    assert sentence in page
    assert typed(noon(2)) in page
    assert not Post.objects.exists()
    assert not Slot.objects.exists()


def test_slot_in_the_past_is_refused_at_its_place_and_nothing_is_half_written(province, signed_in):
    response = signed_in(province.editor).post(
        ADD, sent(province, **{f"channel-{province.page.pk}-at": typed(noon(-1))})
    )
    page = response.content.decode()
    assert response.status_code == 422
    assert "đã qua, vui lòng chọn một giờ trong tương lai" in page
    assert "Nộp hồ sơ tại nhà." in page
    assert not Post.objects.exists()


def test_channel_without_a_credential_is_refused_at_its_place(province, signed_in, monkeypatch):
    monkeypatch.setattr(
        sockets,
        "channel_readiness",
        [lambda channels: {channel.pk: "Kênh này chưa được kết nối." for channel in channels}],
    )
    response = signed_in(province.editor).post(ADD, sent(province))
    assert response.status_code == 422
    assert "Kênh này chưa được kết nối." in response.content.decode()
    assert not Post.objects.exists()


def test_channel_of_a_neighbour_cannot_be_ticked(province, neighbour, signed_in):
    data = sent(
        province,
        **{f"channel-{neighbour.page.pk}-on": "on", f"channel-{neighbour.page.pk}-at": typed(noon(2))},
    )
    signed_in(province.editor).post(ADD, data)
    assert [slot.channel for slot in Slot.objects.all()] == [province.page]


def test_body_of_a_neighbour_cannot_be_chosen(province, neighbour, signed_in):
    response = signed_in(province.editor).post(ADD, sent(province, organisation=neighbour.organisation.pk))
    assert response.status_code == 422
    assert not Post.objects.exists()


def test_asset_of_a_neighbour_cannot_be_chosen(province, neighbour, signed_in):
    theirs = AssetFactory(organisation=neighbour.organisation, kind="do-hoa")
    response = signed_in(province.editor).post(ADD, sent(province, **{"facebook-assets": [theirs.pk]}))
    assert response.status_code == 422
    assert theirs.title not in response.content.decode()
    assert not Post.objects.exists()


def test_chosen_assets_keep_their_order_when_another_is_added(province, signed_in):
    first, second, third = (AssetFactory(organisation=province.organisation, kind="do-hoa") for _ in range(3))
    client = signed_in(province.editor)
    edit = client.post(ADD, sent(province, **{"facebook-assets": [second.pk]})).url
    data = {"title": "T", "campaign": province.campaign.pk, "facebook-text": "A", "action": "save"}
    client.post(edit, {**data, "facebook-assets": [first.pk, second.pk, third.pk]})
    chosen = list(Variant.objects.get().media.order_by("sort_order").values_list("asset_id", flat=True))
    assert chosen[0] == second.pk
    assert set(chosen) == {first.pk, second.pk, third.pk}


def test_time_planned_meanwhile_in_another_window_is_left_alone(province, signed_in):
    post = province.planned_post()
    edit = reverse("wagtailsnippets_posts_post:edit", args=[post.pk])
    data = {
        "title": "Tên khác",
        "campaign": post.campaign_id,
        "facebook-text": "Nộp hồ sơ.",
        "action": "save",
    }
    signed_in(province.editor).post(edit, data)
    assert Post.objects.get().title == "Tên khác"
    assert Slot.objects.get().at == noon(2)


def test_two_editors_do_not_overwrite_each_other_unawares(province, signed_in):
    post = province.planned_post()
    edit = reverse("wagtailsnippets_posts_post:edit", args=[post.pk])
    seen = Post.objects.get().updated_at.isoformat()
    data = {"campaign": post.campaign_id, "action": "save", "seen": seen}
    client = signed_in(province.editor)
    client.post(edit, {**data, "title": "Của người thứ nhất", "facebook-text": "Một."})
    response = client.post(edit, {**data, "title": "Của người thứ hai", "facebook-text": "Hai."})
    page = response.content.decode()
    assert response.status_code == 409
    assert "Hai." in page
    assert Post.objects.get().title == "Của người thứ nhất"
    again = Post.objects.get().updated_at.isoformat()
    assert f'name="seen" value="{again}"' in page


def test_save_and_submit_sends_it_to_be_approved(province, signed_in):
    response = signed_in(province.editor).post(ADD, sent(province, action="submit"))
    post = Post.objects.get()
    assert response.url == reverse("wagtailsnippets_posts_post:decide", args=[post.pk])
    assert approvals.awaiting(post) is not None


def test_post_that_cannot_be_submitted_yet_is_saved_all_the_same(province, signed_in):
    data = sent(province, action="submit")
    del data[f"channel-{province.page.pk}-on"]
    client = signed_in(province.editor)
    page = client.get(client.post(ADD, data).url).content.decode()
    assert "Đã lưu nhưng chưa gửi duyệt được." in page
    assert "chưa có giờ đăng nào" in page
    assert approvals.awaiting(Post.objects.get()) is None


def test_time_is_moved_and_taken_out_on_the_page(province, signed_in):
    post = province.planned_post()
    slot = Slot.objects.get()
    client = signed_in(province.editor)
    edit = reverse("wagtailsnippets_posts_post:edit", args=[post.pk])
    data = {
        "title": post.title,
        "campaign": post.campaign_id,
        "facebook-text": "Nộp hồ sơ.",
        "action": "save",
    }
    client.post(edit, {**data, f"slot-{slot.pk}-at": typed(noon(4))})
    assert Slot.objects.get().at == noon(4)
    client.post(edit, {**data, f"slot-{slot.pk}-at": typed(noon(4)), f"slot-{slot.pk}-remove": "on"})
    assert not Slot.objects.exists()
    assert Post.objects.get().variants.count() == 1


def test_saving_without_a_change_keeps_the_approval(province, signed_in):
    post = province.planned_post()
    approvals.submit(post, province.editor)
    approvals.approve(post, province.approver, present_hash(post))
    slot = Slot.objects.get()
    signed_in(province.editor).post(
        reverse("wagtailsnippets_posts_post:edit", args=[post.pk]),
        {
            "title": post.title,
            "campaign": post.campaign_id,
            "facebook-text": post.variants.get().text,
            f"slot-{slot.pk}-at": typed(slot.at.astimezone(noon(2).tzinfo)),
            "action": "save",
        },
    )
    assert approvals.standing(post) is not None


def test_stations_of_a_place_are_planned_by_its_name(province, signed_in):
    commune = PlaceFactory(commune=True, parent=province.organisation.place)
    data = sent(province)
    data |= {
        "loudspeaker-title": "Thông báo",
        "loudspeaker-text": "Kính thưa bà con.",
        "stations-1-place": commune.name.upper(),
        "stations-1-at": typed(noon(3)),
    }
    signed_in(province.editor).post(ADD, data)
    assert Slot.objects.for_stations().get().stations_of == commune


def test_place_out_of_reach_is_not_even_found(province, neighbour, signed_in):
    data = sent(province) | {
        "loudspeaker-title": "Thông báo",
        "loudspeaker-text": "Kính thưa bà con.",
        "stations-1-place": neighbour.organisation.place.name,
        "stations-1-at": typed(noon(3)),
    }
    response = signed_in(province.editor).post(ADD, data)
    assert response.status_code == 422
    assert "Không tìm thấy địa bàn" in response.content.decode()
    assert not Post.objects.exists()


def test_neighbour_finds_no_post_whatever_the_address(province, neighbour, signed_in):
    post = province.planned_post()
    client = signed_in(neighbour.editor)
    for name in ("edit", "delete", "decide", "history", "history_results"):
        address = reverse(f"wagtailsnippets_posts_post:{name}", args=[post.pk])
        assert client.get(address).status_code == 404, name
        assert client.post(address, {"action": "approve"}).status_code == 404, name
    assert (
        "Hướng dẫn nộp hồ sơ" not in client.get(reverse("wagtailsnippets_posts_post:list")).content.decode()
    )
    assert Post.objects.count() == 1


def test_approver_reads_but_does_not_edit(province, signed_in):
    post = province.planned_post()
    client = signed_in(province.approver)
    assert client.get(reverse("wagtailsnippets_posts_post:decide", args=[post.pk])).status_code == 200
    assert client.get(reverse("wagtailsnippets_posts_post:edit", args=[post.pk])).status_code in (302, 403)
    client.post(reverse("wagtailsnippets_posts_post:edit", args=[post.pk]), {"title": "Bị sửa"})
    assert Post.objects.get().title == "Hướng dẫn nộp hồ sơ"


def test_approved_post_is_not_removed(province, signed_in):
    post = province.planned_post()
    approvals.submit(post, province.editor)
    approvals.approve(post, province.approver, present_hash(post))
    signed_in(province.editor).post(reverse("wagtailsnippets_posts_post:delete", args=[post.pk]))
    assert Post.objects.filter(pk=post.pk).exists()


def test_post_without_times_is_removed(province, signed_in):
    post = province.post()
    signed_in(province.editor).post(reverse("wagtailsnippets_posts_post:delete", args=[post.pk]))
    assert not Post.objects.exists()


def test_editor_page_costs_the_same_number_of_queries_for_more_slots(
    province, signed_in, django_assert_max_num_queries
):
    post = province.planned_post()
    client = signed_in(province.editor)
    edit = reverse("wagtailsnippets_posts_post:edit", args=[post.pk])
    ChannelFactory.create_batch(10, organisation=province.organisation)
    AssetFactory.create_batch(10, organisation=province.organisation, kind="do-hoa")
    client.get(edit)
    with django_assert_max_num_queries(60):
        assert client.get(edit).status_code == 200


def test_what_only_one_kind_takes_is_saved_shown_and_kept_when_something_else_is_refused(province, signed_in):
    client = signed_in(province.editor)
    more = {
        "facebook-first_comment": "Xem hướng dẫn chi tiết.",
        "youtube-title": "Năm bước",
        "youtube-text": "Mô tả video.",
        "youtube-tags": "#hồ sơ,VNeID",
        "youtube-category": "27",
        "youtube-playlist": "https://www.youtube.com/playlist?list=PLhuongdan2026",
        "youtube-thumbnail": "none",
    }
    address = client.post(ADD, sent(province, **more)).url
    assert {variant.kind: variant.extras for variant in Variant.objects.all()} == {
        "facebook": {"first_comment": "Xem hướng dẫn chi tiết."},
        "youtube": {
            "tags": "hồ sơ, VNeID",
            "category": "27",
            "playlist": "PLhuongdan2026",
            "thumbnail": "none",
        },
    }
    page = client.get(address).content.decode()
    assert "<dt>Danh mục</dt><dd>Giáo dục</dd>" in page
    assert "<dt>Bình luận đầu tiên</dt><dd>Xem hướng dẫn chi tiết.</dd>" in page
    assert page.count('name="youtube-tags"') == 1
    assert 'name="loudspeaker-form"' not in page

    refused = client.post(ADD, sent(province, title="", **{"facebook-first_comment": "Chữ vừa gõ."}))
    assert refused.status_code == 422
    assert "Chữ vừa gõ." in refused.content.decode()


def test_options_without_a_text_are_not_lost_silently(province, signed_in):
    more = {"zalo-author": "Tổ công nghệ số cộng đồng"}
    page = signed_in(province.editor).post(ADD, sent(province, **more))
    assert page.status_code == 422
    assert "Nội dung cho Zalo OA đang để trống" in page.content.decode()
    assert "Tổ công nghệ số cộng đồng" in page.content.decode()
    assert not Post.objects.exists()
