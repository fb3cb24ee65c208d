"""Which voice reads: the configured service, else espeak-ng where it is installed, else none."""

from __future__ import annotations

from django.conf import settings

from publishers.scripts.voices.espeak import EspeakVoice, is_installed
from publishers.scripts.voices.http_service import HttpVoice
from publishers.scripts.voices.provider import VoiceProvider


def machine_voice() -> VoiceProvider | None:
    """Return the voice of this installation; None when no machine reads here."""
    if settings.VOICE_SERVICE_BASE:
        return HttpVoice()
    if settings.TRIAL_VOICE and is_installed():
        return EspeakVoice()
    return None
