"""The day of a Google project: every call is counted as it leaves, and what is left is said before anything begins.

Counted are calls really made, ours alone: what another program spends through the same project only Google knows, and
its refusal (`quotaExceeded`) parks the project whatever stands here."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.db import DatabaseError, IntegrityError, transaction
from django.db.models import F

from cms.core import clock
from publishers.adapters.waits import next_pacific_midnight, pacific_day
from publishers.adapters.youtube.costs import Bucket, Cost
from publishers.connections.models import Platform, PlatformApp, QuotaUse

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Budget:
    """What one project may spend until `resets_at`, and has spent of it."""

    app: PlatformApp
    resets_at: datetime
    used: Mapping[str, int] = field(default_factory=dict)

    def limit(self, bucket: Bucket) -> int:
        """Return what the project has a day; searches are never made."""
        return {Bucket.INSERTS: self.app.daily_inserts, Bucket.UNITS: self.app.daily_units}.get(bucket, 0)

    def spent(self, bucket: Bucket) -> int:
        """Return what has been taken today."""
        return self.used.get(bucket.value, 0)

    def left(self, bucket: Bucket) -> int:
        """Return what may still be taken today; 0 when more was taken than Google gives."""
        return max(0, self.limit(bucket) - self.spent(bucket))


def count(app_id: str, cost: Cost) -> None:
    """Add the `cost` of a call that is about to leave through the project `app_id`; an unknown one is nobody's.

    Never raises: a post is worth more than its bookkeeping."""
    day = pacific_day(clock.now())
    try:
        if _add(app_id, day, cost):
            return
        app = PlatformApp.objects.filter(platform=Platform.GOOGLE, app_id=app_id).only("pk").first()
        if app is None:
            return
        try:
            with transaction.atomic():
                QuotaUse.objects.create(app=app, day=day, bucket=cost.bucket.value, used=cost.amount)
        except IntegrityError:
            _add(app_id, day, cost)  # somebody else made the row meanwhile
    except DatabaseError:
        log.exception("call not counted", extra={"event": "quota_not_counted", "app": app_id})


def _add(app_id: str, day: object, cost: Cost) -> int:
    rows = QuotaUse.objects.filter(
        app__platform=Platform.GOOGLE, app__app_id=app_id, day=day, bucket=cost.bucket.value
    )
    return rows.update(used=F("used") + cost.amount)


def budget_of(app: PlatformApp, now: datetime | None = None) -> Budget:
    """Return the budget of `app` for the running day of California; one query."""
    return budgets_of([app], now)[app.pk]


def budgets_of(apps: Iterable[PlatformApp], now: datetime | None = None) -> dict[int, Budget]:
    """Return app id → budget for the running day; one query however many there are."""
    now, apps = now or clock.now(), list(apps)
    used: dict[int, dict[str, int]] = {}
    rows = QuotaUse.objects.filter(app__in=apps, day=pacific_day(now)).values_list("app_id", "bucket", "used")
    for app_id, bucket, number in rows:
        used.setdefault(app_id, {})[bucket] = number
    ends = next_pacific_midnight(now)
    return {app.pk: Budget(app, ends, used.get(app.pk, {})) for app in apps}
