"""The sound of a script: a person's reading where there is one, else a machine voice where one is installed.

Kept by content in the default storage. Turns are spoken once however many stations share them; a bulletin is joined
once however often it is asked for."""

from __future__ import annotations

import tempfile
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
from publishers.scripts.voices.choice import machine_voice
from publishers.scripts.voices.provider import VoiceProvider, VoiceUnavailable

#: Raised when sounds are made differently, so that kept ones are made anew.
_MAKING: Final = "1"
FOLDER: Final = "giong-may"
#: Seconds one process may take over a bulletin before another tries.
_LOCK_SECONDS: Final = 300
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


def kept_sound(version: ScriptVersion) -> Sound | None:
    """Return the sound that is there already: a person's reading first. Makes nothing."""
    reading = RecordedReading.objects.filter(version=version, replaced_at__isnull=True).first()
    if reading is not None and reading.body_sha256 == version.body_sha256:
        return Sound(reading.file, PERSON, is_machine=False)
    provider = machine_voice()
    if provider is None:
        return None
    name = _name(version, provider)
    return Sound(name, provider.label, is_machine=True) if default_storage.exists(name) else None


def can_be_heard(version: ScriptVersion) -> str:
    """Return who would speak if the sound were asked for; empty when there is neither reading nor voice."""
    sound = kept_sound(version)
    if sound is not None:
        return sound.label
    provider = machine_voice()
    return provider.label if provider else ""


def sound_of(version: ScriptVersion) -> Sound | None:
    """Return the sound of `version`, made now if need be; None when nobody can read here.

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
        _make(version, provider, name)
    except EncodingFailed as error:
        raise VoiceUnavailable(str(error)) from error
    finally:
        cache.delete(lock)
    return Sound(name, provider.label, is_machine=True)


def tags_of(version: ScriptVersion, machine: str) -> Tags:
    """Return what a player shows of `version`."""
    return Tags(
        title=f"[Giọng máy] {version.title}" if machine else version.title,
        issuer=version.issuer,
        station=version.station.name,
        day=f"{on_air(version):%Y-%m-%d}",
        verify_address=verify_address(version.code),
        machine=machine,
    )


# ---------------------------------------------------------------------------------------------------- making
def _name(version: ScriptVersion, provider: VoiceProvider) -> str:
    station = version.station
    key = content_key(
        _MAKING, provider.key, provider.notice, version.body_sha256, station.reading_style, station.reading_rate,
        tags_of(version, provider.label),
    )  # fmt: skip
    return f"{FOLDER}/{key[:2]}/{key}.mp3"


def _make(version: ScriptVersion, provider: VoiceProvider, name: str) -> None:
    station = version.station
    with tempfile.TemporaryDirectory(prefix="lantoa-sound-") as folder:
        room = Path(folder)
        pieces: list[Path | float] = []
        if provider.notice:
            pieces += [_turn(provider, provider.notice, Voice.FEMALE, station, room, 0), PARAGRAPH_PAUSE]
        for number, block in enumerate(version.composed(), 1):
            text = plain(block.spoken)
            if not text:
                pieces.append(CUE_PAUSE)
                continue
            pieces += [_turn(provider, text, block.voice, station, room, number), PARAGRAPH_PAUSE]
        join(pieces, room / "whole.flac")
        level_and_encode(room / "whole.flac", room / "whole.mp3", tags_of(version, provider.label))
        _store(room / "whole.mp3", name)


def _turn(provider: VoiceProvider, text: str, voice: Voice, station, room: Path, number: int) -> Path:
    """The file of one turn: kept from whichever station needed it first, else spoken now."""
    key = content_key(_MAKING, provider.key, voice, station.reading_style, station.reading_rate, text)
    name = f"{FOLDER}/{key[:2]}/{key}.flac"
    target = room / f"{number}.flac"
    if default_storage.exists(name):
        with default_storage.open(name) as kept:
            target.write_bytes(kept.read())
        return target
    spoken = room / f"{number}.sound"
    provider.read(text, voice, station.reading_style, station.reading_rate, spoken)
    keep_turn(spoken, target)
    _store(target, name)
    return target


def _store(path: Path, name: str) -> None:
    if not default_storage.exists(name):
        with path.open("rb") as content:
            default_storage.save(name, File(content))
