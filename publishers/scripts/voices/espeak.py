"""The voice of espeak-ng, where that program is installed: correct tones, a robot's sound. For trying out only; it runs
as a process of its own and says itself what it is."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from media.renditions.errors import EncodingFailed
from media.renditions.sound import can_speak, speak
from publishers.scripts.blocks import Voice
from publishers.scripts.voices.provider import VoiceUnavailable

#: Its three Vietnamese voices, by the reading style of the station.
_REGIONS: Final = {"bac": "vi", "trung": "vi-vn-x-central", "nam": "vi-vn-x-south"}
_SPEAKERS: Final = {Voice.FEMALE: "+f3", Voice.MALE: "+m3"}
#: A Vietnamese word is a syllable, so its words per minute are ours; the program takes no fewer than 80.
_SLOWEST: Final = 80


class EspeakVoice:
    """Reads by espeak-ng."""

    key = "espeak-ng/1"
    notice = "Bản nghe thử, giọng máy."
    label = "Giọng máy, chỉ để nghe thử"

    def read(self, text: str, voice: Voice, style: str, rate: int, target: Path) -> None:
        name = _REGIONS.get(style, "vi") + _SPEAKERS.get(voice, "")
        try:
            speak(text, target, voice=name, words_per_minute=max(rate, _SLOWEST))
        except EncodingFailed as error:
            raise VoiceUnavailable(str(error)) from error


def is_installed() -> bool:
    return can_speak()
