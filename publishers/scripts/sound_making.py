"""Makes sounds in the background: whoever wants one asks, a worker makes it, the page shows how far it is.

A room registers how its kind of sound is made in `MAKERS`. A sound is kept by its content, so asking again for what
is there already costs nothing, and an interrupted one goes on with the turns that were spoken."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Least
from django.utils.translation import gettext as _

from cms.audit.services import record
from cms.core.errors import ConflictingState
from cms.core.leased_work import OPEN, LeaseLost, WorkState, end, keep, take
from publishers.scripts.downloads import with_what_files_need
from publishers.scripts.models import JobState, ScriptVersion, SoundJob, SoundKind
from publishers.scripts.sounds import kept_sound, sound_of, turns_of
from publishers.scripts.voices.provider import VoiceUnavailable
from publishers.stations.models import Station

log = logging.getLogger(__name__)
#: Sounds that may wait at the same time; anybody may ask, so the list has an end.
MOST_WAITING: Final = 500


@dataclass
class Progress:
    """How far one sound is. `expect` says how many turns there are, `step` that one more is spoken; both keep the
    work ours and raise `LeaseLost` when it is not any more."""

    job: SoundJob

    def expect(self, turns: int) -> None:
        self._write(total=turns, done=0)

    def step(self) -> None:
        self._write(done=Least(F("done") + 1, F("total")))

    def _write(self, **fields: Any) -> None:
        keep(self.job, **fields)


@dataclass(frozen=True, slots=True)
class Made:
    """What came out: the file in the default storage; empty when there is nothing to be heard."""

    file: str
    chapters: list[tuple[str, float]] = field(default_factory=list)


Maker = Callable[[SoundJob, Progress], Made]


@transaction.atomic
def ask_for_sound(kind: SoundKind, subject: str, station: Station, by: Any = None) -> SoundJob:
    """Want a sound and return its job; one that is under way is returned as it is.

    Anybody may ask: it is made of what is public, once, and only as it stands. Raises ConflictingState while too many
    wait."""
    job = SoundJob.objects.select_for_update().filter(kind=kind, subject=subject).first()
    if job is not None and job.is_open:
        return job
    if SoundJob.objects.filter(state__in=OPEN).count() >= MOST_WAITING:
        raise ConflictingState(_("Đang có quá nhiều bản âm thanh chờ dựng. Vui lòng thử lại sau ít phút."))
    if job is None:
        # Two who ask for the first time at the same moment get the same row.
        job, made = SoundJob.objects.get_or_create(kind=kind, subject=subject, defaults={"station": station})
        if not made:
            return job
    else:
        job.state, job.total, job.done, job.tries, job.sentence = JobState.WAITING, 0, 0, 0, ""
        job.lease_until = None
        job.save()
    record("ask_for_sound", job, actor=by, organisation_id=station.organisation_id, subject=subject)
    return job


def ask_for_script(version: ScriptVersion, by: Any = None) -> SoundJob | None:
    """Want the sound of a script; None when it is there already. `version.station` must have been fetched."""
    if kept_sound(version) is not None:
        return None
    return ask_for_sound(SoundKind.SCRIPT, str(version.pk), version.station, by)


def job_of(kind: SoundKind, subject: str) -> SoundJob | None:
    """Return what is known of a sound that was asked for."""
    return SoundJob.objects.filter(kind=kind, subject=subject).first()


def make_waiting(seconds: float = 20.0) -> int:
    """Make the sounds that wait, the oldest wish first, for about `seconds`; return how many were made."""
    made, started = 0, time.monotonic()
    while time.monotonic() - started < seconds:
        job = take(SoundJob.objects.order_by("tries", "updated_at", "pk"))
        # One that was not made ends the round: the voice may be down, and the next bell comes soon.
        if job is None or not _run(job):
            break
        made += 1
    return made


# ------------------------------------------------------------------------------------------------ parts
def _run(job: SoundJob) -> bool:
    try:
        made = MAKERS[job.kind](job, Progress(job))
    except LeaseLost:
        return False
    except VoiceUnavailable as refusal:
        log.warning("sound %s was not made: %s", job.pk, type(refusal.__cause__ or refusal).__name__)
        over = job.tries >= job.MOST_TRIES
        end(job, WorkState.FAILED if over else WorkState.WAITING, sentence=refusal.sentence[:250])
        return False
    end(job, WorkState.DONE, file=made.file, chapters=made.chapters, sentence="", done=F("total"))
    return True


def _make_script(job: SoundJob, progress: Progress) -> Made:
    version = with_what_files_need(ScriptVersion.objects.live().filter(pk=int(job.subject))).first()
    if version is None:
        return Made("")
    progress.expect(turns_of(version))
    sound = sound_of(version, progress.step)
    return Made(sound.file if sound else "")


#: Kind of sound → how it is made; rooms to the right add theirs from `ready()`.
MAKERS: Final[dict[str, Maker]] = {SoundKind.SCRIPT: _make_script}
