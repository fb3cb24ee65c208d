"""Is there enough left of the Google project's day for one more video? Asked once, before its first byte goes up.

What was begun keeps what it still needs (its picture, its captions, above all its visible call); the rest of the day
goes to whoever asks next. Two that ask in the same moment may both be let through: then Google's own refusal parks the
project, and nothing is lost but time."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from cms.channels.kinds import ChannelKind
from cms.core import clock
from publishers.adapters.seam import Step
from publishers.adapters.youtube.costs import Bucket, planned
from publishers.connections.models import PlatformApp
from publishers.connections.quota import Budget, budget_of
from publishers.delivery import decide, frozen_request
from publishers.delivery.checks import Refusal, Wait
from publishers.delivery.errand import Errand, adapter_of_this_thread
from publishers.delivery.models import NEW_POSTS, Delivery
from publishers.delivery.states import OPEN, Reason, State

#: What each purse counts, in words.
WORDS = {Bucket.UNITS: "đơn vị", Bucket.INSERTS: "lượt tải video"}
TOO_SMALL = (
    "Bài này cần khoảng {needed} {word}, nhiều hơn hạn mức cả ngày ({limit}) của dự án Google “{app}”. "
    "Vui lòng bỏ bớt phụ đề, danh sách phát, hoặc nhờ quản trị hệ thống xin Google tăng hạn mức."
)
SPENT = (
    "Dự án Google “{app}” còn {left} {word} trong hôm nay, bài này cần khoảng {needed}. "
    "Hệ thống sẽ tự tiếp tục lúc {when}, khi Google tính ngày mới."
)
TOO_LATE = " Giờ đăng {due} sẽ qua trước lúc đó: vui lòng dời giờ, bỏ bớt phụ đề hoặc đăng thủ công."


def wait_for_quota(errand: Errand, step: Step, now: datetime) -> Wait | Refusal | None:
    """Return until when a video that has not been begun must wait for its project's next day, or that its project is
    too small for it on any day; None when it may begin (and for everything that is no new video)."""
    delivery, plan = errand.delivery, errand.plan
    if delivery.kind != ChannelKind.YOUTUBE or delivery.purpose not in NEW_POSTS or step is not plan[0]:
        return None
    connection = getattr(errand.channel, "connection", None)
    app = connection.app if connection is not None else None
    if app is None:
        return None
    budget = budget_of(app, now)
    needed = of_the_day(plan, "", delivery.due_at, budget.resets_at)
    for bucket, amount in planned(plan).items():
        if amount > budget.limit(bucket):
            return Refusal(State.HELD, Reason.SETTINGS, _too_small(budget, bucket, amount))
    kept = set_aside(app, budget.resets_at, besides=delivery)
    for bucket, amount in needed.items():
        if amount > budget.left(bucket) - kept.get(bucket, 0):
            return Wait(budget.resets_at, _spent(budget, bucket, amount, kept.get(bucket, 0), delivery))
    return None


def of_the_day(
    plan: Sequence[Step], start_at: str, due_at: datetime, resets_at: datetime
) -> dict[Bucket, int]:
    """Return what `plan` takes before the project's day ends: the visible call of a post due later is tomorrow's."""
    visible = plan[decide.visible_position(plan)].name
    return planned(plan, start_at, without=visible if due_at >= resets_at else "")


def set_aside(app: PlatformApp, resets_at: datetime, *, besides: Delivery) -> dict[Bucket, int]:
    """Return what the other videos that were begun through `app` still need today; one query."""
    return needs_of_begun([app], resets_at, besides=besides).get(app.pk, {})


def needs_of_begun(
    apps: Collection[PlatformApp], resets_at: datetime, *, besides: Delivery | None = None
) -> dict[int, dict[Bucket, int]]:
    """Return app id → what the videos that were begun through it still need before `resets_at`; one query."""
    begun = (
        Delivery.objects.filter(
            kind=ChannelKind.YOUTUBE,
            channel__connection__app__in=apps,
            purpose__in=NEW_POSTS,
            state__in=OPEN - {State.HELD},
        )
        .exclude(pk=besides.pk if besides else None)
        .exclude(next_step="")
    )
    totals: dict[int, dict[Bucket, int]] = {}
    for app_id, frozen, next_step, due_at in begun.values_list(
        "channel__connection__app", "request", "next_step", "due_at"
    ):
        plan = _plan_of(frozen)
        if not plan or next_step == plan[0].name:
            continue
        total = totals.setdefault(int(app_id), {})
        for bucket, amount in of_the_day(plan, next_step, due_at, resets_at).items():
            total[bucket] = total.get(bucket, 0) + amount
    return totals


def _plan_of(frozen: dict) -> tuple[Step, ...]:
    """Return the plan of another delivery's frozen request; () when it cannot be read, which its own worker will say."""
    try:
        return adapter_of_this_thread(ChannelKind.YOUTUBE).plan(frozen_request.sketch(frozen))
    except (KeyError, TypeError, ValueError):
        return ()


def _too_small(budget: Budget, bucket: Bucket, needed: int) -> str:
    return TOO_SMALL.format(
        needed=number(needed), word=WORDS[bucket], limit=number(budget.limit(bucket)), app=budget.app.name
    )


def _spent(budget: Budget, bucket: Bucket, needed: int, kept: int, delivery: Delivery) -> str:
    left = max(0, budget.left(bucket) - kept)
    sentence = SPENT.format(
        app=budget.app.name, left=number(left), word=WORDS[bucket], needed=number(needed),
        when=clock.spoken_stamp(budget.resets_at),
    )  # fmt: skip
    if delivery.due_at >= budget.resets_at:
        return sentence
    return sentence + TOO_LATE.format(due=clock.spoken_stamp(delivery.due_at))


def number(value: int) -> str:
    """Return `value` with dots between thousands, as Vietnamese writes them."""
    return f"{value:,}".replace(",", ".")
