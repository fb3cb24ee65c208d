"""The approver's page and list."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

from campaigns.posts.models import Post
from campaigns.posts.services import edit_post
from cms.approvals import services as approvals
from cms.approvals.models import Approval

pytestmark = pytest.mark.django_db


@pytest.fixture
def post(province) -> Post:
    post = province.planned_post()
    approvals.submit(post, province.editor)
    return post


def address(post) -> str:
    return reverse("wagtailsnippets_posts_post:decide", args=[post.pk])


def hash_on(page: str) -> str:
    return re.search(r'name="content_hash" value="([0-9a-f]{64})"', page).group(1)


def test_approver_reads_everything_and_approves_with_one_button(province, post, signed_in):
    client = signed_in(province.approver)
    page = client.get(address(post)).content.decode()
    for shown in ("Nộp hồ sơ trực tuyến tại nhà.", province.page.name, "12:00", province.editor.full_name):
        assert shown in page
    client.post(address(post), {"action": "approve", "content_hash": hash_on(page)})
    assert approvals.standing(post).approver == province.approver


def test_page_that_has_moved_on_is_not_approved_by_its_old_button(province, post, signed_in):
    client = signed_in(province.approver)
    old = hash_on(client.get(address(post)).content.decode())
    edit_post(post, province.editor, title="Tên khác")
    approvals.submit(post, province.editor)
    page = client.post(
        address(post), {"action": "approve", "content_hash": old}, follow=True
    ).content.decode()
    assert "Nội dung đã thay đổi sau khi bạn mở trang này." in page
    assert not Approval.objects.exists()


def test_sending_back_without_a_reason_says_so_and_keeps_the_post_waiting(province, post, signed_in):
    response = signed_in(province.approver).post(address(post), {"action": "send_back", "reason": " "})
    assert response.status_code == 422
    assert "Vui lòng ghi lý do trả lại" in response.content.decode()
    assert approvals.awaiting(post) is not None


def test_reason_is_read_by_the_editor(province, post, signed_in):
    signed_in(province.approver).post(
        address(post), {"action": "send_back", "reason": "Thiếu <b>đường dây nóng</b>."}
    )
    edit = reverse("wagtailsnippets_posts_post:edit", args=[post.pk])
    page = signed_in(province.editor).get(edit).content.decode()
    assert "Thiếu &lt;b&gt;đường dây nóng&lt;/b&gt;." in page


def test_author_sees_no_button_and_a_forged_request_changes_nothing(province, post, signed_in):
    client = signed_in(province.editor)
    assert "content_hash" not in client.get(address(post)).content.decode()
    client.post(address(post), {"action": "approve", "content_hash": approvals.awaiting(post).content_hash})
    assert not Approval.objects.exists()


def test_list_shows_what_waits_to_those_who_may_decide(province, neighbour, centre, post, signed_in):
    waiting = reverse("posts_waiting")
    assert post.title in signed_in(province.approver).get(waiting).content.decode()
    assert post.title in signed_in(centre.approver).get(waiting).content.decode()
    assert post.title not in signed_in(neighbour.approver).get(waiting).content.decode()
    assert signed_in(province.editor).get(waiting).status_code in (302, 403)


def test_first_page_of_the_admin_shows_what_waits(province, post, signed_in):
    page = signed_in(province.approver).get(reverse("wagtailadmin_home")).content.decode()
    assert "Chờ bạn duyệt" in page
    assert address(post) in page


def test_list_of_posts_says_where_each_stands(province, post, signed_in):
    page = signed_in(province.editor).get(reverse("wagtailsnippets_posts_post:list")).content.decode()
    assert "Chờ duyệt" in page
    approvals.send_back(post, province.approver, "Sửa tên.")
    page = signed_in(province.editor).get(reverse("wagtailsnippets_posts_post:list")).content.decode()
    assert "Trả lại để sửa" in page


def test_posts_are_not_changed_in_bulk(province, signed_in):
    post = province.post()
    response = signed_in(province.editor).post(f"/admin/bulk/posts/post/delete/?id={post.pk}")
    assert response.status_code == 404
    assert Post.objects.filter(pk=post.pk).exists()


@pytest.mark.database
@pytest.mark.parametrize("typed", ["HUONG DAN", "hướng dẫn", "truc tuyen tai nha", 'hướng "dẫn'])
def test_list_is_searched_without_accents_in_titles_and_texts(province, neighbour, signed_in, typed):
    province.post()
    neighbour.post()
    page = (
        signed_in(province.editor)
        .get(reverse("wagtailsnippets_posts_post:list"), {"q": typed})
        .content.decode()
    )
    assert page.count("Hướng dẫn nộp hồ sơ</") == 1
    nothing = signed_in(province.editor).get(reverse("wagtailsnippets_posts_post:list"), {"q": "xăng dầu"})
    assert "Hướng dẫn nộp hồ sơ</" not in nothing.content.decode()
