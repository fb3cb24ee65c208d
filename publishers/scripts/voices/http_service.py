"""A voice service over HTTP: one call a turn, whose address, key and voices are settings.

    POST {VOICE_SERVICE_BASE}/speech     Authorization: Bearer {VOICE_SERVICE_KEY}
    {"text": …, "voice": …, "rate": 190, "language": "vi-VN", "format": "wav"}
    → 200 with the sound (WAV, MP3, OGG), nothing else

The answer is checked like any upload before a byte of it is used. No call is made again by itself: a turn that failed is
asked for when somebody asks for the sound again, and turns that came are kept."""

from __future__ import annotations

import io
import logging
from pathlib import Path
from typing import Final

import requests
from django.conf import settings
from django.utils.translation import gettext as _

from cms.core.errors import UploadRefused
from cms.core.outbound import OutboundSession
from cms.core.upload_checks import MEGABYTE, SOUNDS, check_upload
from publishers.scripts.blocks import Voice
from publishers.scripts.voices.provider import VoiceUnavailable

log = logging.getLogger(__name__)
#: Seconds to connect, seconds between two bytes.
TIMEOUT: Final = (5.0, 30.0)
#: A turn is a minute or two; a larger answer is not what was asked for.
MOST_BYTES: Final = 60 * MEGABYTE
_CHUNK: Final = 64 * 1024
OK, TOO_MANY = 200, 429


class HttpVoice:
    """Reads by the configured service."""

    notice = ""
    label = "Giọng máy"

    def __init__(self) -> None:
        self._base = settings.VOICE_SERVICE_BASE.rstrip("/")
        self._voices = settings.VOICE_SERVICE_VOICES
        self.key = f"http/1 {self._base} {sorted(self._voices.items())}"

    def read(self, text: str, voice: Voice, style: str, rate: int, target: Path) -> None:
        wanted = {
            "text": text,
            "voice": self._voices.get(f"{voice}-{style}") or self._voices.get(str(voice), str(voice)),
            "rate": rate,
            "language": "vi-VN",
            "format": "wav",
        }
        target.write_bytes(self._ask(wanted))

    def _ask(self, wanted: dict[str, object]) -> bytes:
        headers = (
            {"Authorization": f"Bearer {settings.VOICE_SERVICE_KEY}"} if settings.VOICE_SERVICE_KEY else {}
        )
        try:
            with (
                OutboundSession([self._base], TIMEOUT) as session,
                session.post(f"{self._base}/speech", json=wanted, headers=headers, stream=True) as answer,
            ):
                if answer.status_code != OK:
                    raise _refused(answer.status_code)
                return _sound(answer)
        except requests.RequestException as error:
            # The error names the address, never the key: that travels in a header.
            log.warning("voice service gave no answer: %s", type(error).__name__)
            raise VoiceUnavailable(
                _("Dịch vụ giọng đọc không trả lời. Vui lòng thử lại sau, hoặc tải lên bản đọc của người.")
            ) from error


def _refused(status: int) -> VoiceUnavailable:
    log.warning("voice service answered %s", status)
    if status == TOO_MANY:
        return VoiceUnavailable(_("Dịch vụ giọng đọc đang quá tải. Vui lòng thử lại sau ít phút."))
    return VoiceUnavailable(
        _("Dịch vụ giọng đọc từ chối (mã %(status)s). Vui lòng báo quản trị hệ thống.") % {"status": status}
    )


def _sound(answer: requests.Response) -> bytes:
    content = io.BytesIO()
    for chunk in answer.iter_content(_CHUNK):
        content.write(chunk)
        if content.tell() > MOST_BYTES:
            raise VoiceUnavailable(_("Dịch vụ giọng đọc trả về tệp quá lớn. Vui lòng báo quản trị hệ thống."))
    try:
        check_upload(content, SOUNDS)
    except UploadRefused as refusal:
        raise VoiceUnavailable(
            _("Dịch vụ giọng đọc trả về tệp không phải âm thanh. Vui lòng báo quản trị hệ thống.")
        ) from refusal
    return content.getvalue()
