"""The sound of a script: a person's reading where there is one, else a machine voice where one is installed.

Kept by content in the default storage. Turns are spoken once however many stations share them; a bulletin is joined
once however often it is asked for."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from django.core.cache import cache
from django.core.files import File
from django.core.files.storage import default_storage
from django.utils.translation import gettext as _

from media.renditions.errors import EncodingFailed
from publishers.scripts.blocks import Voice
from publishers.scripts.downloads import content_key, on_air, verify_address
from publishers.scripts.models import RecordedReading, ScriptVersion
from publishers.scripts.renderers.audio import Tags, join, keep_turn, level_and_encode
from publishers.scripts.renderers.ssml import CUE_PAUSE
from publishers.scripts.renderers.voice_text import plain
from publishers.scripts.timing import PARAGRAPH_PAUSE
from publishers.scripts.translations import Translated
from publishers.scripts.voices.choice import machine_voice
from publishers.scripts.voices.provider import VoiceProvider, VoiceUnavailable
from publishers.stations.models import Station

#: Raised when sounds are made differently, so that kept ones are made anew.
MAKING: Final = "2"
FOLDER: Final = "giong-may"
#: Seconds one process may take over a bulletin before another tries.
_LOCK_SECONDS: Final = 300
#: ISO 639-2 of the tags that have two letters; the others have three already.
_THREE_LETTERS: Final = {"km": "khm", "zh": "chi", "en": "eng"}
PERSON: Final = "Người đọc"


@dataclass(frozen=True, slots=True)
class Sound:
    """A sound file in the default storage. `label` says who speaks; a machine is always named."""

    file: str
    label: str
    is_machine: bool

    @property
    def ending(self) -> str:
        """The ending of its name: one look at a folder tells a machine's voice."""
        return "giong_may.mp3" if self.is_machine else "mp3"

    def content(self) -> bytes:
        with default_storage.open(self.file) as file:
            return file.read()


def counting_readings(versions: Iterable[ScriptVersion]) -> dict[int, RecordedReading]:
    """Return script id → the reading of its Vietnamese text that counts; one query."""
    known = {version.pk: version for version in versions}
    rows = _standing().filter(version__in=known, language="")
    return {row.version_id: row for row in rows if row.body_sha256 == known[row.version_id].body_sha256}


def translated_readings(
    translations: Iterable[Translated], *, waiting: bool = False
) -> dict[tuple[int, str], RecordedReading]:
    """Return script id and language → the reading that counts for this very translation, or that waits to be heard; one
    query."""
    known = {(told.version.pk, told.language): told.sha256 for told in translations}
    if not known:
        return {}
    rows = _standing(waiting=waiting).filter(version__in={pk for pk, _language in known}).exclude(language="")
    return {
        key: row for row in rows if known.get(key := (row.version_id, row.language), "") == row.body_sha256
    }


def kept_reading(told: Translated) -> Sound | None:
    """Return a person's reading of a translation. No machine here speaks its language, so there is no other sound."""
    reading = translated_readings([told]).get((told.version.pk, told.language))
    return sound_of_reading(reading) if reading is not None else None


def sound_of_reading(reading: RecordedReading) -> Sound:
    """Return a person's reading as a sound."""
    return Sound(reading.file, PERSON, is_machine=False)


def _standing(*, waiting: bool = False):
    return RecordedReading.objects.filter(replaced_at__isnull=True, approved_at__isnull=waiting)


def kept_sound(version: ScriptVersion) -> Sound | None:
    """Return the sound that is there already: a person's reading first. Makes nothing."""
    reading = counting_readings([version]).get(version.pk)
    if reading is not None:
        return sound_of_reading(reading)
    provider = machine_voice()
    if provider is None:
        return None
    name = _name(version, provider)
    return Sound(name, provider.label, is_machine=True) if default_storage.exists(name) else None


def turns_of(version: ScriptVersion) -> int:
    """Return how many turns a machine speaks of `version`, its own notice aside."""
    return sum(bool(plain(block.spoken)) for block in version.composed())


def sound_of(version: ScriptVersion, step: Callable[[], None] | None = None) -> Sound | None:
    """Return the sound of `version`, made now if need be; None when nobody can read here. `step` hears of every turn
    that is spoken.

    Raises VoiceUnavailable when the voice does not answer, or is busy with this very bulletin."""
    sound = kept_sound(version)
    if sound is not None:
        return sound
    provider = machine_voice()
    if provider is None:
        return None
    name = _name(version, provider)
    lock = f"sound:{name}"
    if not cache.add(lock, 1, _LOCK_SECONDS):
        raise VoiceUnavailable(_("Bản âm thanh đang được dựng. Vui lòng thử lại sau ít giây."))
    try:
        _make(version, provider, name, step)
    except EncodingFailed as error:
        raise VoiceUnavailable(str(error)) from error
    finally:
        cache.delete(lock)
    return Sound(name, provider.label, is_machine=True)


def tags_of(version: ScriptVersion, machine: str, told: Translated | None = None) -> Tags:
    """Return what a player shows of `version`, or of its translation `told`."""
    title = told.found.title if told else version.title
    return Tags(
        title=f"[Giọng máy] {title}" if machine else title,
        issuer=version.issuer,
        station=version.station.name,
        day=f"{on_air(version):%Y-%m-%d}",
        verify_address=verify_address(version.code),
        machine=machine,
        language=_THREE_LETTERS.get(told.language, told.language) if told else "vie",
    )


# ---------------------------------------------------------------------------------------------------- making
def _name(version: ScriptVersion, provider: VoiceProvider) -> str:
    station = version.station
    key = content_key(
        MAKING, provider.key, provider.notice, version.body_sha256, station.reading_style, station.reading_rate,
        tags_of(version, provider.label),
    )  # fmt: skip
    return f"{FOLDER}/{key[:2]}/{key}.mp3"


def _make(
    version: ScriptVersion, provider: VoiceProvider, name: str, step: Callable[[], None] | None
) -> None:
    station = version.station
    with tempfile.TemporaryDirectory(prefix="lantoa-sound-") as folder:
        room = Path(folder)
        pieces: list[Path | float] = []
        if provider.notice:
            pieces += [
                turn(provider, provider.notice, Voice.FEMALE, station, room / "0.flac"),
                PARAGRAPH_PAUSE,
            ]
        for number, block in enumerate(version.composed(), 1):
            text = plain(block.spoken)
            if not text:
                pieces.append(CUE_PAUSE)
                continue
            pieces += [
                turn(provider, text, block.voice, station, room / f"{number}.flac"),
                PARAGRAPH_PAUSE,
            ]
            if step is not None:
                step()
        join(pieces, room / "whole.flac")
        level_and_encode(room / "whole.flac", room / "whole.mp3", tags_of(version, provider.label))
        store(room / "whole.mp3", name)


def turn(provider: VoiceProvider, text: str, voice: Voice, station: Station, target: Path) -> Path:
    """Write one turn as FLAC to `target`, and return it: kept from whichever station needed it first, else spoken now.

    Raises VoiceUnavailable, EncodingFailed."""
    key = content_key(MAKING, provider.key, voice, station.reading_style, station.reading_rate, text)
    name = f"{FOLDER}/{key[:2]}/{key}.flac"
    if default_storage.exists(name):
        with default_storage.open(name) as kept:
            target.write_bytes(kept.read())
        return target
    spoken = target.with_suffix(".sound")
    provider.read(text, voice, station.reading_style, station.reading_rate, spoken)
    keep_turn(spoken, target)
    store(target, name)
    return target


def store(path: Path, name: str) -> None:
    """Keep `path` under its content's `name` in the default storage; what is there already stays."""
    if not default_storage.exists(name):
        with path.open("rb") as content:
            default_storage.save(name, File(content))
