"""A voice service on loopback that speaks tones, what it was asked, and a look at the MP3 that comes out."""

from __future__ import annotations

import io
import json
import math
import threading
import wave
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from media.renditions.sound import loudness_of

KEY = "khoa-giong-doc-thu"


def tone(seconds: float = 3.0, level: float = 0.2) -> bytes:
    """A WAV that swells like syllables do: half a second of tone, a little silence."""
    target = io.BytesIO()
    with wave.open(target, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(22_050)
        frames = bytearray()
        for at in range(int(22_050 * seconds)):
            loud = level * 32767 * (0.2 if at // 2205 % 5 == 4 else 1.0)
            frames += int(loud * math.sin(2 * math.pi * 220 * at / 22_050)).to_bytes(2, "little", signed=True)
        sound.writeframes(bytes(frames))
    return target.getvalue()


def checked_mp3(content: bytes, folder: Path) -> str:
    """Look at an MP3 frame by frame and at its loudness; return its ID3 tags as text."""
    path = folder / "looked-at.mp3"
    path.write_bytes(content)
    loudness = loudness_of(path)
    assert loudness.integrated == pytest.approx(-16.0, abs=0.7)
    assert loudness.true_peak <= -1.0
    assert content[:4] == b"ID3\x03"
    size = sum((content[6 + place] & 0x7F) << (7 * (3 - place)) for place in range(4)) + 10
    at, frames = size, 0
    while at + 4 <= len(content):
        head = int.from_bytes(content[at : at + 4], "big")
        assert head >> 17 == 0x7FFD, "MPEG 1 layer III"
        # 64 kbit/s, 44.1 kHz, one channel: in every frame, so the rate is constant.
        assert (head >> 12 & 15, head >> 10 & 3, head >> 6 & 3) == (5, 0, 3)
        at += 144 * 64_000 // 44_100 + (head >> 9 & 1)
        frames += 1
    assert frames > 20
    # Titles are UTF-16 and may begin at an odd byte; what is ASCII stays ASCII.
    readings = (
        content[:size].decode("latin-1"),
        *(content[at:size].decode("utf-16-le", "ignore") for at in (0, 1)),
    )
    return "".join(readings)


class VoiceService(BaseHTTPRequestHandler):
    """A voice service: speaks a tone, or does what `fault` says."""

    asked: list[dict] = []
    fault = ""

    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        VoiceService.asked.append({**body, "path": self.path, "key": self.headers["Authorization"]})
        if self.fault.isdigit():
            self.send_response(int(self.fault))
            self.end_headers()
            return
        content = b"<html>no sound</html>" if self.fault == "page" else tone(1.5)
        self.send_response(200)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_):
        pass


@pytest.fixture
def service(settings):
    server = ThreadingHTTPServer(("127.0.0.1", 0), VoiceService)
    VoiceService.asked, VoiceService.fault = [], ""
    threading.Thread(target=server.serve_forever, daemon=True).start()
    settings.VOICE_SERVICE_BASE = f"http://127.0.0.1:{server.server_port}"
    settings.VOICE_SERVICE_KEY = KEY
    settings.VOICE_SERVICE_VOICES = {"nu": "giong-nu", "nam": "giong-nam"}
    yield VoiceService
    server.shutdown()
    server.server_close()
