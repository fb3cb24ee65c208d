"""One sound file for a whole session: readings by people where there are some, a machine voice for the rest, each item as
loud as the next. Made in the background, kept by its content; a machine says that it is one, first of all.

A relay is never in the file: nobody here has its sound. The chapters say where the file is halted for one."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

from django.core.files.storage import default_storage
from django.utils.translation import gettext as _

from cms.core import clock
from media.renditions.errors import EncodingFailed
from media.renditions.sound import loudness_of
from publishers.programmes.gathering import Entry, Session, session_at
from publishers.programmes.session import part_of_day
from publishers.scripts.blocks import Block, Voice
from publishers.scripts.downloads import content_key, verify_address
from publishers.scripts.models import RecordedReading, SoundJob, SoundKind
from publishers.scripts.renderers.audio import Gained, Tags, flac_seconds, join, keep_turn, level_and_encode
from publishers.scripts.renderers.file_names import file_name
from publishers.scripts.renderers.ssml import CUE_PAUSE
from publishers.scripts.renderers.voice_text import plain
from publishers.scripts.sound_making import Made, Progress, ask_for_sound, job_of
from publishers.scripts.sounds import PERSON, counting_readings, store, turn
from publishers.scripts.timing import PARAGRAPH_PAUSE, length_in_words
from publishers.scripts.voices.choice import machine_voice
from publishers.scripts.voices.provider import VoiceProvider, VoiceUnavailable
from publishers.stations.models import Station

#: Raised when session sounds are made differently, so that kept ones are made anew.
MAKING: Final = "2"
FOLDER: Final = "chuong-trinh"
#: What a machine says first when its voice has no notice of its own.
NOTICE: Final = "Chương trình này được đọc bằng giọng máy."
#: Every item is brought here before joining, low enough that nothing is cut; the whole is then brought to −16 LUFS.
_COMMON: Final = -23.0


@dataclass(frozen=True, slots=True)
class Part:
    """One item of the file: read by a person (`reading`), else by the machine from `said`."""

    title: str
    said: tuple[Block, ...]
    reading: RecordedReading | None = None


@dataclass(frozen=True, slots=True)
class Recipe:
    """Everything a session's file is made from. `silent` names what nobody can speak here; with any, there is no file.
    `relays` are halted for."""

    parts: tuple[Part, ...]
    silent: tuple[str, ...]
    relays: tuple[Entry, ...]
    provider: VoiceProvider | None
    tags: Tags
    file: str

    @property
    def can_be_made(self) -> bool:
        return bool(self.parts) and not self.silent

    @property
    def by_machine(self) -> bool:
        return any(part.reading is None for part in self.parts)

    @property
    def label(self) -> str:
        """Who speaks: a machine is always named."""
        if not self.by_machine or self.provider is None:
            return PERSON
        if all(part.reading is None for part in self.parts):
            return self.provider.label
        return f"{self.provider.label} và {PERSON.lower()}"


@dataclass(frozen=True, slots=True)
class Standing:
    """What a page says of the sound of a session: a file, one being made, or why there is none."""

    recipe: Recipe
    job: SoundJob | None = None
    is_made: bool = False
    chapters: list[tuple[str, str]] = field(default_factory=list)

    @property
    def in_making(self) -> bool:
        return not self.is_made and self.job is not None and self.job.is_open

    @property
    def failed(self) -> str:
        return self.job.sentence if self.job is not None and not self.is_made and not self.in_making else ""


def standing_of(session: Session) -> Standing:
    """Return what there is of the sound of `session`; makes nothing."""
    recipe = recipe_of(session)
    job = job_of(SoundKind.SESSION, subject_of(session))
    made = bool(
        recipe.can_be_made and job and job.file == recipe.file and default_storage.exists(recipe.file)
    )
    chapters = [(title, _minute(at)) for title, at in job.chapters] if made and job else []
    return Standing(recipe, job, made, chapters)


def ask_for_session(session: Session, by: Any = None) -> SoundJob | None:
    """Want the sound of `session`; None when it is there already or cannot be made. Raises ConflictingState."""
    standing = standing_of(session)
    if standing.is_made or not standing.recipe.can_be_made:
        return None
    return ask_for_sound(SoundKind.SESSION, subject_of(session), session.station, by)


def subject_of(session: Session) -> str:
    return f"{session.station.pk}:{session.day:%Y%m%d}-{session.key}"


def download_name(session: Session, recipe: Recipe) -> str:
    """Return the ASCII name of the file; a machine's says so."""
    ending = "giong_may.mp3" if recipe.by_machine else "mp3"
    subject = f"ca buoi {part_of_day(session.window[0])}"
    return file_name(session.begins, subject, session.seconds, ending)


def recipe_of(session: Session) -> Recipe:
    """Return what the file of `session` is made from; one query."""
    provider, station = machine_voice(), session.station
    readings = counting_readings(
        [entry.script for entry in session.played if entry.script is not None and not entry.minutes]
    )
    parts, silent, relays = [], [], []
    for entry in session.played:
        if entry.relay is not None:
            relays.append(entry)
            continue
        reading = readings.get(entry.script.pk) if entry.script is not None else None
        if reading is None and provider is None:
            silent.append(entry.item.title)
        parts.append(Part(entry.item.title, entry.said, reading))
        # Behind it the same in the languages of the station, where somebody has read it.
        parts += [
            Part(each.told.found.title, (), each.reading)
            for each in entry.translations
            if each.reading is not None
        ]
    machine = provider.label if provider is not None and any(part.reading is None for part in parts) else ""
    tags = _tags(session, machine)
    key = content_key(
        MAKING, provider.key if provider and machine else "", station.reading_style, station.reading_rate, tags,
        *(part.reading.sha256 if part.reading else part.said for part in parts),
    )  # fmt: skip
    return Recipe(
        tuple(parts), tuple(silent), tuple(relays), provider if machine else None, tags,
        f"{FOLDER}/{key[:2]}/{key}.mp3",
    )  # fmt: skip


def make_session(job: SoundJob, progress: Progress) -> Made:
    """Make the sound of the session `job` speaks of, as the session stands now. Raises VoiceUnavailable."""
    session = _session_of(job)
    recipe = recipe_of(session) if session is not None else None
    if session is None or recipe is None or not recipe.can_be_made:
        return Made("")
    progress.expect(sum(1 if part.reading else len(_turns(part)) for part in recipe.parts))
    try:
        return _made(session, recipe, progress)
    except EncodingFailed as error:
        raise VoiceUnavailable(
            _("Chưa dựng được tệp âm thanh của buổi phát. Vui lòng thử lại sau.")
        ) from error


# ------------------------------------------------------------------------------------------------ parts
def _made(session: Session, recipe: Recipe, progress: Progress) -> Made:
    with tempfile.TemporaryDirectory(prefix="lantoa-session-") as folder:
        room = Path(folder)
        pieces: list[Path | Gained | float] = []
        chapters: list[tuple[str, float]] = []
        at = 0.0
        if recipe.provider is not None:
            said = recipe.provider.notice or NOTICE
            notice = turn(recipe.provider, said, Voice.FEMALE, session.station, room / "notice.flac")
            pieces += [_levelled(notice), PARAGRAPH_PAUSE]
            at += flac_seconds(notice) + PARAGRAPH_PAUSE
        for number, part in enumerate(recipe.parts, 1):
            place = room / str(number)
            place.mkdir()
            whole = (
                _of_person(part.reading, place, progress)
                if part.reading
                else _of_machine(part, recipe.provider, session.station, place, progress)
            )
            chapters.append((part.title, round(at, 1)))
            pieces += [_levelled(whole), CUE_PAUSE]
            at += flac_seconds(whole) + CUE_PAUSE
        join(pieces, room / "whole.flac")
        level_and_encode(room / "whole.flac", room / "whole.mp3", recipe.tags)
        store(room / "whole.mp3", recipe.file)
    return Made(recipe.file, chapters)


def _of_person(reading: RecordedReading, place: Path, progress: Progress) -> Path:
    given = place / "reading.mp3"
    with default_storage.open(reading.file) as kept:
        given.write_bytes(kept.read())
    keep_turn(given, place / "whole.flac")
    progress.step()
    return place / "whole.flac"


def _of_machine(
    part: Part, provider: VoiceProvider | None, station: Station, place: Path, progress: Progress
) -> Path:
    if provider is None:
        raise VoiceUnavailable(_("Máy chủ này không có giọng máy."))
    pieces: list[Path | Gained | float] = []
    for number, block in enumerate(part.said):
        text = plain(block.spoken)
        if not text:
            pieces.append(CUE_PAUSE)
            continue
        pieces += [turn(provider, text, block.voice, station, place / f"{number}.flac"), PARAGRAPH_PAUSE]
        progress.step()
    join(pieces, place / "whole.flac")
    return place / "whole.flac"


def _levelled(path: Path) -> Gained:
    found = loudness_of(path)
    return Gained(path, 0.0 if found.silent else _COMMON - found.integrated)


def _turns(part: Part) -> list[Block]:
    return [block for block in part.said if plain(block.spoken)]


def _session_of(job: SoundJob) -> Session | None:
    station = (
        Station.objects.active()
        .select_related("place__parent", "organisation")
        .prefetch_related("windows")
        .filter(pk=job.station_id)
        .first()
    )
    if station is None:
        return None
    day, _dash, key = job.subject.partition(":")[2].partition("-")
    return session_at(station, _day(day), key)


def _day(text: str) -> date:
    return datetime.strptime(text, "%Y%m%d").replace(tzinfo=clock.VIETNAM).date()


def _tags(session: Session, machine: str) -> Tags:
    scripts = [entry.script for entry in session.played if entry.script is not None]
    title = f"Chương trình {session.name}, {session.day:%d/%m/%Y}"
    return Tags(
        title=f"[Giọng máy] {title}" if machine else title,
        issuer="; ".join(dict.fromkeys(entry.issuer for entry in session.played if entry.issuer)),
        station=session.station.name,
        day=f"{session.day:%Y-%m-%d}",
        verify_address=", ".join(verify_address(script.code) for script in scripts),
        machine=machine,
    )


def _minute(seconds: float) -> str:
    return length_in_words(seconds)
