"""Lost answers and dead workers: looked for, never resent blindly; one visible effect or a visible held state."""

from __future__ import annotations

from datetime import timedelta

import pytest

from cms.access.roles import Role
from cms.core import clock
from cms.core.errors import InputRefused
from publishers.connections.models import Connection
from publishers.connections.services import mark_needs_reconnect, store_tokens
from publishers.delivery.models import Attempt, Delivery, Receipt
from publishers.delivery.services import attempting
from publishers.delivery.services.carrying import carry
from publishers.delivery.services.holding import cancel, take_over
from publishers.delivery.services.resolving import found_live
from publishers.delivery.services.watching import release_reconnected
from publishers.delivery.states import Reason, State
from tests.factories.cms import MembershipFactory
from tests.publishers.delivery.scene import again, carried, claimed, die, wake

pytestmark = pytest.mark.django_db
OUTCOMES = ["drop_after", "error_after", "cut_body", "empty_200", "html_502_after"]


class WorkerKilled(BaseException):
    """Stands for kill -9: nothing of ours catches it, nothing runs after it."""


def outcomes(delivery: Delivery) -> list[tuple[str, str]]:
    return list(Attempt.objects.filter(delivery=delivery).values_list("step", "outcome"))


@pytest.mark.parametrize("fault", OUTCOMES)
def test_an_answer_lost_after_the_post_went_up_is_found_and_not_sent_again(scene, fault):
    page = scene.page()
    error = {"code": 2, "is_transient": True, "message": "lỗi tạm"}
    scene.platforms.rule(platform="facebook", op="feed.create", action=fault, nth=1, times=1, error=error)

    delivery = carried(scene.booked(page))

    assert delivery.state == State.LIVE
    (effect,) = scene.visible(page)
    assert Receipt.objects.get(delivery=delivery).remote_id == effect["object_id"]
    assert outcomes(delivery) == [("feed", "unknown"), ("feed", "done")]


def test_an_answer_lost_before_anything_happened_is_sent_again_after_two_denials(scene):
    page = scene.page()
    scene.platforms.rule(platform="facebook", op="feed.create", action="drop_before", nth=1, times=1)

    delivery = carried(scene.booked(page))
    assert delivery.state == State.UNCLEAR
    assert delivery.wake_at > clock.now() + timedelta(seconds=20)
    delivery = carried(delivery)
    assert delivery.state == State.UNCLEAR
    assert delivery.wake_at > clock.now() + timedelta(seconds=120)
    delivery = carried(delivery)
    assert (delivery.state, delivery.tries) == (State.READY, 1)
    assert scene.visible(page) == []
    delivery = carried(delivery)

    assert delivery.state == State.LIVE
    assert len(scene.visible(page)) == 1


def test_a_list_that_lags_longer_than_the_first_look_makes_no_duplicate(scene):
    page = scene.page(account={"list_lag_seconds": 60})
    scene.platforms.rule(platform="facebook", op="feed.create", action="drop_after", nth=1, times=1)

    delivery = carried(scene.booked(page))
    assert delivery.state == State.UNCLEAR
    delivery = carried(delivery)
    assert delivery.state == State.UNCLEAR
    scene.platforms.advance(90)
    delivery = carried(delivery)

    assert delivery.state == State.LIVE
    assert len(scene.platforms.ever(platform="facebook")) == 1


def test_a_later_try_is_looked_for_from_the_time_of_the_first(scene):
    page = scene.page()
    scene.platforms.rule(platform="facebook", op="feed.create", action="drop_before", nth=1, times=2)

    delivery = scene.booked(page)
    for _ in range(4):
        delivery = carried(delivery)

    assert delivery.state == State.UNCLEAR
    first, *_ = Attempt.objects.filter(delivery=delivery, is_look=False).order_by("number")
    assert delivery.doubt["first"] == first.started_at.isoformat()
    assert delivery.doubt["since"] > delivery.doubt["first"]


def test_the_twin_of_another_delivery_is_never_taken_for_this_one(scene):
    page = scene.page()
    scene.platforms.rule(platform="facebook", op="feed.create", action="drop_before", nth=1, times=1)
    text = "Cùng một câu, hai lần đăng."
    first = carried(scene.booked(page, text))
    assert first.state == State.UNCLEAR
    second = carried(scene.booked(page, text))
    assert second.state == State.LIVE

    first = carried(first)

    assert first.state == State.UNCLEAR
    assert not Receipt.objects.filter(delivery=first).exists()
    assert len(scene.visible(page)) == 1


@pytest.mark.parametrize("place", ["before the call", "after the call"])
def test_a_worker_killed_around_the_visible_call_leaves_one_effect(scene, monkeypatch, place):
    page = scene.page()
    delivery = scene.booked(page)
    if place == "before the call":
        monkeypatch.setattr(attempting, "begin", _killed_after(attempting.begin))
    else:
        monkeypatch.setattr(attempting, "_apply", _killed)
    with pytest.raises(WorkerKilled):
        carry(claimed(), lambda: None)
    monkeypatch.undo()
    delivery = again(delivery)
    assert delivery.state == State.SENDING
    assert Attempt.objects.get(delivery=delivery).finished_at is None

    die(delivery)
    for _ in range(5):
        delivery = carried(delivery)
        if delivery.state == State.LIVE:
            break

    assert delivery.state == State.LIVE
    assert len(scene.platforms.ever(platform="facebook")) == 1


def test_a_worker_killed_before_its_attempt_row_leaves_nothing_to_look_for(scene, monkeypatch):
    page = scene.page()
    delivery = scene.booked(page)
    monkeypatch.setattr(attempting, "begin", _killed)
    with pytest.raises(WorkerKilled):
        carry(claimed(), lambda: None)
    monkeypatch.undo()
    die(delivery)

    delivery = carried(delivery)

    assert outcomes(delivery) == [("feed", "ok")]
    assert len(scene.visible(page)) == 1


def test_a_worker_taken_for_dead_changes_nothing_when_it_wakes_up(scene):
    page = scene.page()
    delivery = scene.booked(page)
    slow = claimed(worker="chậm")
    die(delivery)
    delivery = carried(delivery)
    assert delivery.state == State.LIVE

    carry(slow, lambda: None)

    assert len(scene.visible(page)) == 1
    assert again(delivery).fence == slow.fence + 1


def test_a_late_answer_of_a_worker_taken_for_dead_is_not_written(scene, monkeypatch):
    page = scene.page()
    delivery = scene.booked(page)
    real = attempting._apply

    def overtaken(errand, step, answer, attempt):
        die(delivery)
        taken = claimed(worker="nhanh")
        monkeypatch.setattr(attempting, "_apply", real)
        carry(taken, lambda: None)
        return real(errand, step, answer, attempt)

    monkeypatch.setattr(attempting, "_apply", overtaken)
    carry(claimed(worker="chậm"), lambda: None)

    assert again(delivery).state == State.LIVE
    assert len(scene.platforms.ever(platform="facebook")) == 1
    assert Receipt.objects.filter(delivery=delivery).count() == 1


def connected_again(scene, page) -> None:
    """A person connects the Page anew, and the watch finds that out."""
    grant = store_tokens(page, access_token="the-moi-sau-khi-ket-noi-lai")
    scene.platforms.account(
        platform="facebook", id=page.external_id, name=page.name, app_id=grant.app.app_id,
        access_token=grant.access_token.reveal(),
    )  # fmt: skip
    assert release_reconnected() == 1


def test_without_a_key_an_unclear_delivery_is_held_and_looked_for_when_there_is_one(scene):
    page = scene.page(account={"list_lag_seconds": 60})
    scene.platforms.rule(platform="facebook", op="feed.create", action="drop_after", nth=1, times=1)
    delivery = carried(scene.booked(page))
    mark_needs_reconnect(page, "Cần kết nối lại.")

    delivery = carried(delivery)
    assert (delivery.state, delivery.reason) == (State.HELD, Reason.BLIND)
    assert "tự đọc kênh xem bài đã lên chưa" in delivery.sentence
    scene.platforms.advance(90)
    connected_again(scene, page)
    assert again(delivery).state == State.UNCLEAR
    delivery = carried(delivery)

    assert delivery.state == State.LIVE
    assert len(scene.platforms.ever(platform="facebook")) == 1


DEAD = {"code": 190, "error_subcode": 460, "type": "OAuthException", "message": "The session is invalid."}


@pytest.mark.parametrize("applied", [True, False], ids=["post is there", "post is not there"])
def test_a_dead_key_at_the_visible_call_is_looked_into_before_anything_is_sent_with_the_new_one(
    scene, applied
):
    page = scene.page()
    scene.platforms.rule(
        platform="facebook", op="feed.create", action="error_after" if applied else "error", times=1, error=DEAD,
    )  # fmt: skip
    scene.platforms.rule(platform="facebook", op="feed.list", action="error", times=1, error=DEAD)

    delivery = carried(scene.booked(page))
    assert (delivery.state, delivery.reason) == (State.HELD, Reason.BLIND)
    assert Connection.objects.get(channel=page).state == "needs-reconnect"
    connected_again(scene, page)
    looks = 0
    while (delivery := carried(delivery)).state == State.UNCLEAR and looks < 5:
        looks += 1
    if not applied:
        assert (looks, delivery.state) == (2, State.READY)
        delivery = carried(delivery)

    assert delivery.state == State.LIVE
    (effect,) = scene.platforms.ever(platform="facebook")
    assert delivery.receipt.remote_id == effect["object_id"]
    assert delivery.receipt.permalink == effect["permalink"]
    assert len(scene.platforms.requests(op="feed.create")) == (1 if applied else 2)


def test_a_key_that_dies_after_the_post_was_accepted_is_no_matter_for_a_persons_eyes(scene):
    page = scene.page()
    scene.platforms.rule(platform="facebook", op="comments.create", action="error", times=1, error=DEAD)

    delivery = carried(scene.booked(page, extras={"first_comment": "Hỏi đáp tại bộ phận một cửa."}))
    assert (delivery.state, delivery.reason, delivery.doubt) == (State.HELD, Reason.BLIND, {})
    assert delivery.receipt.remote_id
    connected_again(scene, page)
    assert again(delivery).state == State.CONFIRMING
    delivery = carried(delivery)

    assert (delivery.state, delivery.sentence) == (State.LIVE, "")
    assert len(scene.platforms.requests(op="feed.create")) == 1


def test_a_key_called_dead_that_still_reads_is_tried_once_more_and_then_believed_dead(scene):
    page = scene.page()
    scene.platforms.rule(platform="facebook", op="feed.create", action="error", times=0, error=DEAD)
    delivery = scene.booked(page)
    for _ in range(10):
        delivery = carried(delivery)
        if delivery.state == State.HELD:
            break

    assert (delivery.state, delivery.reason, delivery.doubt) == (State.HELD, Reason.RECONNECT, {})
    assert Connection.objects.get(channel=page).state == "needs-reconnect"
    assert len(scene.platforms.requests(op="feed.create")) == 2
    assert scene.visible(page) == []


def test_what_may_be_there_is_neither_cancelled_nor_taken_over_until_somebody_has_looked(scene):
    page = scene.page()
    scene.platforms.rule(platform="facebook", op="feed.*", action="error_after", times=0, error=DEAD)
    delivery = carried(scene.booked(page))
    assert delivery.reason == Reason.BLIND
    person = MembershipFactory(organisation=page.organisation, role=Role.PROVINCIAL_COMMUNICATOR).user

    for verb in (cancel, take_over):
        with pytest.raises(InputRefused):
            verb(delivery, person)
    assert list(Delivery.objects.needing_a_look()) == [delivery]
    found_live(delivery, person, permalink="https://www.facebook.com/1/posts/2")
    assert (again(delivery).state, again(delivery).doubt) == (State.LIVE, {})


@pytest.mark.parametrize("code", [368, 10, 100, 190])
def test_a_refusal_with_the_post_live_is_not_believed(scene, code):
    page = scene.page()
    error = {"code": code, "message": "blocked", "type": "OAuthException"}
    scene.platforms.rule(
        platform="facebook", op="feed.create", action="error_after", nth=1, times=1, error=error
    )

    delivery = carried(scene.booked(page))

    assert delivery.state == State.LIVE
    assert len(scene.visible(page)) == 1


def no_right(scene, op: str) -> None:
    error = {"code": 10, "message": "no right", "type": "OAuthException"}
    scene.platforms.rule(platform="facebook", op=op, action="error", times=0, error=error)


def test_a_missing_right_is_told_after_looking_has_found_nothing(scene):
    page = scene.page()
    no_right(scene, "feed.create")
    delivery = scene.booked(page)
    states = [(delivery := carried(delivery)).state for _look in range(3)]

    assert states == [State.UNCLEAR, State.UNCLEAR, State.HELD]
    assert (delivery.reason, delivery.next_step) == (Reason.SETTINGS, "feed")
    assert "chưa được quyền đăng" in delivery.sentence
    assert len(scene.platforms.requests(op="feed.create")) == 1
    assert scene.visible(page) == []


def test_a_missing_right_to_read_as_well_is_told_at_once(scene):
    page = scene.page()
    no_right(scene, "feed.*")

    delivery = carried(scene.booked(page))

    assert (delivery.state, delivery.reason) == (State.HELD, Reason.SETTINGS)
    assert "chưa được quyền đăng" in delivery.sentence
    assert len(scene.platforms.requests(op="feed.create")) == 1


def test_our_own_failure_after_the_call_asks_a_person(scene, monkeypatch):
    page = scene.page()
    delivery = scene.booked(page)

    def broken(*parts):
        raise RuntimeError("lỗi lập trình")

    monkeypatch.setattr(attempting, "_apply", broken)
    carry(claimed(), lambda: None)

    delivery = again(delivery)
    assert (delivery.state, delivery.reason) == (State.HELD, Reason.NEEDS_LOOK)
    assert "báo quản trị hệ thống" in delivery.sentence


def _killed(*parts, **named):
    raise WorkerKilled


def _killed_after(verb):
    def killed(*parts, **named):
        verb(*parts, **named)
        raise WorkerKilled

    return killed


def test_waking_does_not_touch_a_living_lease(scene):
    delivery = scene.booked(scene.page())
    claimed()
    wake(delivery)
    assert again(delivery).wake_at > clock.now()
