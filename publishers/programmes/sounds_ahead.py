"""Has sounds made before anybody asks: for stations with an enrolled phone, what goes on air today and tomorrow.

Other stations have theirs made when somebody presses the button; to speak every bulletin for 3,321 stations that never
play a machine's voice would keep a machine busy for nothing."""

from __future__ import annotations

from datetime import date, timedelta

from cms.core import clock
from cms.core.errors import ConflictingState
from publishers.programmes.gathering import sessions_of
from publishers.programmes.models import OperatorDevice
from publishers.programmes.session_sound import ask_for_session, subject_of
from publishers.scripts.models import JobState, SoundKind
from publishers.scripts.sound_making import ask_for_script, job_of
from publishers.scripts.voices.choice import machine_voice
from publishers.stations.models import Station


def ask_ahead() -> int:
    """Want what is lacking and return how many wishes were written. Without a voice on this machine, nothing."""
    if machine_voice() is None:
        return 0
    today, asked = clock.today(), 0
    phones = OperatorDevice.objects.filter(revoked_at__isnull=True).values("station_id")
    stations = (
        Station.objects.active()
        .filter(pk__in=phones)
        .select_related("place__parent", "organisation")
        .prefetch_related("windows")
    )
    try:
        for station in stations.order_by("pk"):
            for day in (today, today + timedelta(days=1)):
                asked += _of_day(station, day)
    except ConflictingState:
        # The list is full: the next bell goes on.
        return asked
    return asked


def _of_day(station: Station, day: date) -> int:
    asked = 0
    for session in sessions_of(station, day):
        if session.ends < clock.now():
            continue
        for entry in session.played:
            if entry.script is not None and not _given_up(SoundKind.SCRIPT, str(entry.script.pk)):
                asked += ask_for_script(entry.script) is not None
        if not _given_up(SoundKind.SESSION, subject_of(session)):
            asked += ask_for_session(session) is not None
    return asked


def _given_up(kind: SoundKind, subject: str) -> bool:
    """What failed several times waits for a person, not for the next bell."""
    job = job_of(kind, subject)
    return job is not None and job.state == JobState.FAILED
