"""What a voice is to the rest of the room, and what can go wrong with one."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from cms.core.errors import LanToaError
from publishers.scripts.blocks import Voice


class VoiceUnavailable(LanToaError):
    """The voice gave no sound; `sentence` says so to the person who waits. Trying again later is safe."""


class VoiceProvider(Protocol):
    """A machine that reads one announcer's turn into a sound file."""

    #: Part of the address under which its sounds are kept: a new value, and everything is spoken anew.
    key: str
    #: Said first, in every sound of this voice; empty for a voice that is fit for the air.
    notice: str
    #: Shown beside the sound and written in its tags.
    label: str

    def read(self, text: str, voice: Voice, style: str, rate: int, target: Path) -> None:
        """Write `text` (spoken form, one turn) as a sound file at `target`, read by `voice` in the region's `style` at
        `rate` syllables a minute. Raises VoiceUnavailable."""
        ...
