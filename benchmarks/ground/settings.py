"""The embedded default's settings with a patience and bells scaled by the pace of the run (chaos, benches)."""

from pathlib import Path

from celery.signals import beat_init, worker_ready

from cms.settings.development import *  # noqa: F403
from cms.settings.development import CELERY_BEAT_SCHEDULE  # type: ignore[attr-defined]
from cms.settings.parts.paths import env

_PATIENCE = env.float("BENCH_PLATFORM_PATIENCE", default=60.0)
#: Seconds: connect, between two bytes of an answer.
PLATFORM_TIMEOUT = (min(5.0, _PATIENCE), _PATIENCE)

# What is measured and killed is delivery; the web server is not asked for every picture.
PUBLIC_MEDIA_CHECK_BASE = ""

# Bells ring no faster than four times a second, however small the pace.
_PACE = env.float("LANTOA_DELIVERY_PACE", default=1.0)
if _PACE < 1:
    CELERY_BEAT_SCHEDULE = {
        name: {**entry, "schedule": max(0.25, entry["schedule"] * _PACE)}
        for name, entry in CELERY_BEAT_SCHEDULE.items()
        if isinstance(entry["schedule"], int | float)
    }

# A process that has come up says so: killing one that is still starting would prove nothing.
_READY = env.str("BENCH_READY_FILE", default="")


def _say_ready(**_: object) -> None:
    if _READY:
        Path(_READY).touch()


worker_ready.connect(_say_ready, weak=False)
beat_init.connect(_say_ready, weak=False)
