"""A correction that changes a picture: the old post goes and the right one comes, or a comment says where the right one is."""

from __future__ import annotations

import io

import pytest

from campaigns.posts.models import Post, VariantMedia
from campaigns.posts.services import VariantText, edit_post
from cms.approvals import services as approvals
from cms.approvals.approvable import present_hash
from media.library.models import AssetKind
from media.library.services import create_asset
from publishers.delivery.models import Delivery, Purpose, Recall
from publishers.delivery.services import following, recalling
from publishers.delivery.services.recalling import How
from publishers.delivery.states import Lane, State
from publishers.portal.verification import Standing, verify
from tests.factories.campaigns import approver_of, editor_of
from tests.factories.media import picture_bytes
from tests.publishers.delivery.scene import again, carried
from tests.publishers.delivery.test_recalls import NEW, OLD
from tests.publishers.delivery.test_staging import now_due, with_picture

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _uploads(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def out(scene) -> Delivery:
    """A live Facebook post with a picture."""
    delivery = with_picture(scene, scene.page(), text=OLD)
    carried(delivery, Lane.UPLOAD)
    now_due(delivery)
    delivery = carried(delivery)
    assert delivery.state == State.LIVE
    return delivery


def with_another_picture(post: Post) -> None:
    """An editor takes another picture and writes the right text; a second person approves."""
    editor = editor_of(post.organisation)
    asset = create_asset(
        organisation=post.organisation, kind=AssetKind.INFOGRAPHIC, title="Mức phí mới",
        file=io.BytesIO(picture_bytes(1200, 900, colour="#aa3300")), file_name="moi.png", alt_text="Mức phí mới.",
    )  # fmt: skip
    variant = post.variants.get()
    VariantMedia.objects.filter(variant=variant).delete()
    edit_post(post, editor, variants=[VariantText(variant.kind, NEW, variant.title, assets=[asset])])
    fresh = Post.objects.get(pk=post.pk)
    approvals.submit(fresh, editor)
    approvals.approve(fresh, approver_of(post.organisation), present_hash(fresh))


def worked_off(recall: Recall) -> dict[str, Delivery]:
    for _round in range(3):
        for delivery in recall.deliveries.order_by("pk"):
            carried(delivery, Lane.UPLOAD)
            carried(delivery)
    return {row.purpose: row for row in recall.deliveries.all()}


def test_the_old_post_goes_and_the_right_one_comes(scene, out):
    page, post = out.channel, out.slot.variant.post
    boss = editor_of(page.organisation)
    with_another_picture(post)
    recall = recalling.correct(post, boss, "Ảnh ghi sai mức phí.")
    done = worked_off(recall)
    assert set(done) == {Purpose.TAKE_DOWN, Purpose.REPOST}
    assert {row.state for row in done.values()} == {State.LIVE}
    (effect,) = scene.visible(page)
    assert effect["text"].startswith(NEW)
    assert effect["object_id"] == done[Purpose.REPOST].receipt.remote_id != out.receipt.remote_id
    verdict = verify(post.verify_code)
    assert (verdict.standing, verdict.texts[0].text) == (Standing.CORRECTED, NEW)
    assert following.follow_recalls() == 1
    # What is out now is the new post: taking back finds it, and only it.
    assert [copy.pk for copy in recalling.copies_of(post)] == [done[Purpose.REPOST].pk]
    (gone,) = worked_off(recalling.withdraw(post, boss, "Bỏ hẳn.")).values()
    assert gone.about == done[Purpose.REPOST]
    assert scene.visible(page) == []


def test_a_comment_instead_leaves_the_post_and_says_where_the_right_text_is(scene, out):
    page, post = out.channel, out.slot.variant.post
    with_another_picture(post)
    recall = recalling.correct(
        post, editor_of(page.organisation), "Sai ảnh.", how=How(replace=Purpose.COMMENT)
    )
    (comment,) = worked_off(recall).values()
    assert (comment.purpose, comment.state, comment.state_words) == (
        Purpose.COMMENT, State.LIVE, "Đã bình luận đính chính",
    )  # fmt: skip
    shown = scene.visible(page)
    assert any(effect["object_id"] == out.receipt.remote_id for effect in shown)
    said = [
        effect for effect in shown if post.verify_code in effect["text"] and "Đính chính" in effect["text"]
    ]
    assert len(said) == 1
    assert again(out).state == State.LIVE
