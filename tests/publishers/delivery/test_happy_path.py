"""From an approved post to what citizens see, once."""

import pytest

from campaigns.schedule.models import Slot
from cms.audit.models import AuditRow
from publishers.delivery.models import Attempt, Receipt
from publishers.delivery.states import State
from tests.publishers.delivery.scene import carried

pytestmark = pytest.mark.django_db


def test_a_due_text_post_is_visible_once_with_its_receipt(scene):
    page = scene.page()
    delivery = scene.booked(page, "Từ hôm nay nộp hồ sơ tại nhà.")
    assert delivery.state == State.READY

    delivery = carried(delivery)

    (effect,) = scene.visible(page)
    post = delivery.slot.variant.post
    assert effect["text"] == (
        f"Từ hôm nay nộp hồ sơ tại nhà.\n\nCơ quan ban hành: {post.organisation.name}\n"
        f"Kiểm tra bài này: 127.0.0.1:8000/xac-minh/{post.verify_code}"
    )
    assert delivery.state == State.LIVE
    receipt = Receipt.objects.get(delivery=delivery)
    assert receipt.remote_id == effect["object_id"]
    assert receipt.evidence == "platform"
    assert Slot.objects.get(pk=delivery.slot_id).state == "done"
    (attempt,) = Attempt.objects.filter(delivery=delivery)
    assert (attempt.step, attempt.outcome, attempt.visible) == ("feed", "ok", True)
    assert AuditRow.objects.filter(verb="delivery.live", target_id=str(delivery.pk)).count() == 1


def test_a_live_delivery_is_never_claimed_again(scene):
    page = scene.page()
    delivery = carried(scene.booked(page))
    assert delivery.wake_at is None

    carried(delivery)

    assert len(scene.visible(page)) == 1
