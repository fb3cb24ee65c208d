"""The sound of a clip: a soft bed made by code, a narration by a machine voice or a recording, mixed by
moviepy.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import wave
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from .encoder import run_ffmpeg
from .errors import EncodingFailed, EncodingTimedOut
from .typefaces import clean

RATE = 48_000
#: What broadcasters of clips on the web agree on; true peaks stay below −1.5 dB.
LOUDNESS = -16.0
PEAK = -1.5
RANGE = 11.0
MACHINE_VOICE = "giọng máy"
_SPEAK_TIMEOUT = 20.0
_BED_BESIDE_VOICE = 0.16

# numpy and moviepy are heavy, and most processes never make a sound: they are imported where they are used.
if TYPE_CHECKING:
    import numpy as np

    Samples = np.ndarray[tuple[int, ...], np.dtype[np.float32]]

# Frequencies in Hz: calm chords on five-note steps, and the bell notes that greet each scene.
_CHORDS = (
    (130.81, 196.00, 261.63, 329.63),
    (146.83, 220.00, 293.66, 369.99),
    (110.00, 164.81, 220.00, 329.63),
)
_BELLS = (523.25, 587.33, 659.25, 783.99, 880.00)
_CHORD_SECONDS = 4.0


@dataclass(frozen=True, slots=True)
class Loudness:
    """What EBU R128 says of a sound: LUFS, dBTP, LU, and the gate's threshold in LUFS."""

    integrated: float
    true_peak: float
    range: float
    threshold: float

    @property
    def silent(self) -> bool:
        return self.integrated < -69


def bed(seconds: float, greetings: Sequence[float] = ()) -> Samples:
    """Stereo samples of a quiet chord bed with one bell at each of the `greetings` (seconds)."""
    import numpy as np

    count = round(seconds * RATE)
    time = np.arange(count, dtype=np.float64) / RATE
    sound = np.zeros((count, 2), dtype=np.float32)
    # One chord swells while the one before it fades: two raised cosines that always add up to one.
    for k in range(int(seconds / _CHORD_SECONDS) + 2):
        middle = k * _CHORD_SECONDS
        first = max(0, round((middle - _CHORD_SECONDS) * RATE))
        last = min(count, round((middle + _CHORD_SECONDS) * RATE))
        if first >= last:
            continue
        here = time[first:last]
        swell = 0.5 + 0.5 * np.cos(np.pi * (here - middle) / _CHORD_SECONDS)
        for j, note in enumerate(_CHORDS[k % len(_CHORDS)]):
            level = 0.10 / (1 + 0.5 * j)
            for side, detune in ((0, 0.9985), (1, 1.0015)):
                sound[first:last, side] += (level * swell * np.sin(2 * np.pi * note * detune * here)).astype(
                    np.float32
                )
    for k, at in enumerate(greetings):
        first = round(at * RATE)
        ring = time[: max(0, min(count - first, 3 * RATE))]
        if not len(ring):
            continue
        note = _BELLS[(2 * k) % len(_BELLS)]
        bell = np.zeros_like(ring)
        for factor, level, decay in ((1.0, 0.16, 2.2), (2.0, 0.06, 3.5), (3.01, 0.025, 6.0)):
            bell += level * np.exp(-decay * ring) * np.sin(2 * np.pi * note * factor * ring)
        bell *= np.minimum(1.0, ring / 0.006)
        sound[first : first + len(ring)] += bell[:, None].astype(np.float32)
    edge = min(round(0.8 * RATE), count // 2)
    ramp = np.linspace(0, 1, edge, dtype=np.float32)[:, None]
    sound[:edge] *= ramp
    sound[count - edge :] *= ramp[::-1]
    return sound


def can_speak() -> bool:
    """True when a machine voice is installed (espeak-ng, run as a separate program)."""
    return shutil.which("espeak-ng") is not None


def speak(text: str, target: Path, *, voice: str = "vi", words_per_minute: int = 150) -> float:
    """Lets the machine voice read a text into a WAV file and gives its seconds.

    The result must be labelled MACHINE_VOICE wherever it is heard. Raises EncodingFailed without a voice.
    """
    program = shutil.which("espeak-ng")
    if program is None:
        raise EncodingFailed("Máy chủ chưa cài giọng đọc máy. Vui lòng dùng bản ghi âm hoặc bỏ phần đọc.")
    partial = target.with_name(f".{target.name}.part")
    command = [program, "-v", voice, "-s", str(words_per_minute), "-w", str(partial), "--stdin"]
    try:
        subprocess.run(  # noqa: S603 (a found program, the text goes through its input)
            command, input=clean(text).encode(), capture_output=True, timeout=_SPEAK_TIMEOUT, check=True
        )
        with wave.open(str(partial)) as sound:
            seconds = sound.getnframes() / sound.getframerate()
        partial.replace(target)
    except subprocess.TimeoutExpired as error:
        raise EncodingTimedOut("Giọng đọc máy không trả lời kịp. Vui lòng thử lại sau.") from error
    except (subprocess.CalledProcessError, wave.Error, EOFError, OSError) as error:
        raise EncodingFailed("Giọng đọc máy không đọc được đoạn này.", str(error)) from error
    finally:
        partial.unlink(missing_ok=True)
    return seconds


def read_samples(path: Path, timeout: float = 60.0) -> Samples:
    """Any sound file as stereo samples at RATE. Raises EncodingFailed when it holds no sound."""
    import numpy as np

    raw = path.with_name(f".{path.name}.f32")
    try:
        run_ffmpeg(
            [
                "-y",
                "-protocol_whitelist",
                "file",
                "-i",
                path,
                "-vn",
                "-ac",
                "2",
                "-ar",
                str(RATE),
                "-f",
                "f32le",
                raw,
            ],
            timeout=timeout,
        )
        samples: Samples = np.fromfile(raw, dtype=np.float32).reshape(-1, 2)
    except EncodingTimedOut:
        raise
    except EncodingFailed as error:
        raise EncodingFailed("Tệp âm thanh không đọc được. Vui lòng chọn tệp khác.", error.detail) from error
    finally:
        raw.unlink(missing_ok=True)
    if not len(samples):
        raise EncodingFailed("Tệp âm thanh không có tiếng. Vui lòng chọn tệp khác.")
    return samples


def mix(seconds: float, greetings: Sequence[float], narration: Samples | None) -> Samples:
    """The bed, quieter under a narration, and the narration from the first second on."""
    import numpy as np
    from moviepy.audio.AudioClip import AudioArrayClip, CompositeAudioClip

    ground = bed(seconds, greetings)
    if narration is None:
        return ground
    count = len(ground)
    spoken = np.zeros_like(ground)
    spoken[: min(count, len(narration))] = narration[:count]
    whole = CompositeAudioClip(
        [AudioArrayClip(ground * _BED_BESIDE_VOICE, fps=RATE), AudioArrayClip(spoken, fps=RATE)]
    ).with_duration(count / RATE)
    mixed = np.asarray(whole.to_soundarray(fps=RATE, buffersize=RATE), dtype=np.float32)
    return mixed[:count]


def lay_out(pieces: Sequence[tuple[float, Path]], seconds: float, target: Path) -> Path:
    """One WAV file of `seconds` with each piece starting at its time; what would run over the end is cut."""
    import numpy as np
    from moviepy.audio.AudioClip import AudioArrayClip, CompositeAudioClip

    clips = [AudioArrayClip(read_samples(path), fps=RATE).with_start(start) for start, path in pieces]
    samples = np.zeros((round(seconds * RATE), 2), dtype=np.float32)
    if clips:
        whole = CompositeAudioClip(clips).with_duration(seconds)
        laid = np.asarray(whole.to_soundarray(fps=RATE, buffersize=RATE), dtype=np.float32)[: len(samples)]
        samples[: len(laid)] = laid
    write_wave(samples, target)
    return target


def write_wave(samples: Samples, target: Path) -> None:
    """16-bit stereo WAV; louder than full scale is clipped."""
    import numpy as np

    whole = (np.clip(samples, -1.0, 1.0) * 32767).astype("<i2")
    with wave.open(str(target), "wb") as sound:
        sound.setnchannels(2)
        sound.setsampwidth(2)
        sound.setframerate(RATE)
        sound.writeframes(whole.tobytes())


def loudness_of(path: Path, timeout: float = 120.0) -> Loudness:
    """Measures the sound of a WAV, MP4 or any other file."""
    said = run_ffmpeg(
        [
            "-protocol_whitelist",
            "file",
            "-i",
            path,
            "-vn",
            "-af",
            _loudnorm("print_format=json"),
            "-f",
            "null",
            "-",
        ],
        timeout=timeout,
        verbosity="info",
    )
    found = re.search(r"\{[^{}]*\"input_i\"[^{}]*\}", said)
    if found is None:
        raise EncodingFailed("Không đo được độ to của âm thanh.", said[-500:])
    values = json.loads(found.group())
    return Loudness(*(_level(values[key]) for key in ("input_i", "input_tp", "input_lra", "input_thresh")))


def _level(value: str) -> float:
    number = float(value)
    return number if number > -99 else -99.0


def _loudnorm(more: str) -> str:
    return f"loudnorm=I={LOUDNESS}:TP={PEAK}:LRA={RANGE}:{more}"


def levelling(measured: Loudness) -> str:
    """The audio filter that brings a measured sound to LOUDNESS; silence is left alone."""
    if measured.silent:
        return f"aresample={RATE}"
    known = (
        f"measured_I={measured.integrated}:measured_TP={measured.true_peak}:measured_LRA={measured.range}:"
        f"measured_thresh={measured.threshold}:linear=true"
    )
    return f"{_loudnorm(known)},aresample={RATE}"
