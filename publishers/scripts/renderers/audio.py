"""The sound file of a bulletin: turns in order with their pauses, brought to one loudness, as MP3 that every player of
a loudspeaker takes.

MP3 64 kbit/s constant, mono, 44.1 kHz; −16 LUFS, true peak at most −1 dBTP; ID3v2.3 tags (UTF-16, so titles keep their
letters). All of it by the bundled ffmpeg, as a process of its own. Knows no database."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from media.renditions.encoder import run_ffmpeg
from media.renditions.errors import EncodingFailed
from media.renditions.sound import Loudness, loudness_of

SAMPLE_RATE: Final = 44_100
BITRATE: Final = "64k"
#: LUFS, and the highest true peak in dBTP.
LOUDNESS: Final = -16.0
PEAK: Final = -1.0
#: Nobody hears a difference of this many LU.
CLOSE: Final = 0.3
_TRIES: Final = 5
#: Decibels that MP3 mostly adds to a peak; and what is given beyond the excess that was measured.
_ROOM: Final = 1.2
_SPARE: Final = 0.2
_TIMEOUT: Final = 300.0
#: Nothing of the machine that made it, and no time of making: the same sound, the same bytes.
_STEADY: Final = ("-map_metadata", "-1", "-fflags", "+bitexact", "-flags:a", "+bitexact", "-threads", "1")
_FILE_ONLY: Final = ("-protocol_whitelist", "file")


@dataclass(frozen=True, slots=True)
class Tags:
    """What a player shows; `machine` is the label of a machine voice, empty for a person's."""

    title: str
    issuer: str
    station: str
    day: str
    verify_address: str
    machine: str = ""
    #: What is spoken, as ID3 names languages (ISO 639-2).
    language: str = "vie"

    def as_pairs(self) -> dict[str, str]:
        pairs = {"title": self.title, "artist": self.issuer, "album": self.station, "date": self.day}
        told = f"Kiểm tra tại {self.verify_address}"
        if self.machine:
            pairs |= {"GIONG_MAY": "1", "publisher": self.machine}
            told = f"{self.machine}. {told}"
        return {**pairs, "comment": told, "language": self.language}


def keep_turn(source: Path, target: Path) -> None:
    """Write any sound as FLAC, mono, 44.1 kHz: nothing is lost and equal turns are equal files. Raises
    EncodingFailed."""
    run_ffmpeg(
        ["-y", *_FILE_ONLY, "-i", source, "-vn", "-ac", "1", "-ar", str(SAMPLE_RATE), *_STEADY, "-f", "flac", target],
        timeout=_TIMEOUT,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Gained:
    """A sound that is joined louder or softer by `gain` dB."""

    path: Path
    gain: float


def join(pieces: Sequence[Path | Gained | float], target: Path) -> None:
    """Write the pieces one after another as FLAC; a number is so many seconds of silence."""
    arguments: list[str | Path] = ["-y"]
    inputs, graph = "", ""
    for number, piece in enumerate(pieces):
        if isinstance(piece, Gained):
            arguments += [*_FILE_ONLY, "-i", piece.path]
            graph += f"[{number}:a]volume={piece.gain:.2f}dB[g{number}];"
            inputs += f"[g{number}]"
            continue
        inputs += f"[{number}:a]"
        if isinstance(piece, Path):
            arguments += [*_FILE_ONLY, "-i", piece]
        else:
            arguments += ["-f", "lavfi", "-t", f"{piece:.3f}", "-i", f"anullsrc=r={SAMPLE_RATE}:cl=mono"]
    arguments += ["-filter_complex", f"{graph}{inputs}concat=n={len(pieces)}:v=0:a=1[out]", "-map", "[out]"]
    run_ffmpeg([*arguments, *_STEADY, "-f", "flac", target], timeout=_TIMEOUT)


def flac_seconds(path: Path) -> float:
    """Return how long a FLAC file of ours plays, as its own first block says."""
    with path.open("rb") as file:
        head = file.read(42)
    if head[:4] != b"fLaC":
        raise EncodingFailed("the sound is no FLAC file")
    counted = int.from_bytes(head[18:26], "big")
    rate, samples = counted >> 44, counted & ((1 << 36) - 1)
    return samples / rate if rate else 0.0


def level_and_encode(source: Path, target: Path, tags: Tags) -> Loudness:
    """Write `source` as the MP3 of a bulletin and return the loudness of what was written. Raises EncodingFailed.

    The gain is found by trying: a limiter takes from a peaky voice what lies above the ceiling, and MP3 takes a little
    and puts new peaks on, so the file itself is measured and made again until it is as loud as promised and no peak lies
    higher. Silence stays silent."""
    found = loudness_of(source)
    if found.silent:
        _encode(source, target, "anull", tags)
        return found
    before, gain, yielded = found.integrated, LOUDNESS - found.integrated, 1.0
    step, room = gain, _ROOM
    for _try in range(_TRIES):
        _encode(source, target, _filter(gain, room), tags)
        found = loudness_of(target)
        off = LOUDNESS - found.integrated
        too_high = found.true_peak - PEAK
        if abs(off) <= CLOSE and too_high <= 0:
            break
        if too_high > 0:
            room += too_high + _SPARE
        if abs(off) <= CLOSE:
            continue
        # The harder the limiter works, the less a decibel of gain yields.
        if abs(step) > CLOSE:
            yielded = min(1.0, max(0.25, (found.integrated - before) / step))
        before, step = found.integrated, off / yielded
        gain += step
    return found


def _encode(source: Path, target: Path, level: str, tags: Tags) -> None:
    run_ffmpeg(
        ["-y", *_FILE_ONLY, "-i", source, "-vn", "-af", level, "-ac", "1", "-ar", str(SAMPLE_RATE),
         "-c:a", "libmp3lame", "-b:a", BITRATE, "-abr", "0", "-write_xing", "0", *_STEADY,
         *_metadata(tags.as_pairs()), "-id3v2_version", "3", "-f", "mp3", target],
        timeout=_TIMEOUT,
    )  # fmt: skip
    _comment_as_players_show_it(target, tags.language)


def _filter(gain: float, room: float) -> str:
    # Peaks between samples are seen at four times the rate; MP3 adds to them, so the ceiling is `room` dB below PEAK.
    ceiling = 10 ** ((PEAK - room) / 20)
    return (
        f"volume={gain:.2f}dB,aresample={4 * SAMPLE_RATE},"
        f"alimiter=level=false:limit={ceiling:.4f}:attack=2:release=60,aresample={SAMPLE_RATE}"
    )


def _metadata(pairs: Mapping[str, str]) -> list[str]:
    found: list[str] = []
    for name, value in pairs.items():
        found += ["-metadata", f"{name}={' '.join(value.split())}"]
    return found


# ffmpeg keeps a comment in a frame of its own making, which players do not show; theirs is COMM (ID3v2.3 §4.11).
_FREE_COMMENT: Final = b"\x01" + "\ufeffcomment\0".encode("utf-16-le")


def _comment_as_players_show_it(path: Path, language: str) -> None:
    content = path.read_bytes()
    end = 10 + sum((content[6 + place] & 0x7F) << (7 * (3 - place)) for place in range(4))
    at, frames = 10, b""
    while content[at : at + 4].isalnum():
        length = int.from_bytes(content[at + 4 : at + 8], "big")
        head, body = content[at : at + 10], content[at + 10 : at + 10 + length]
        if body.startswith(_FREE_COMMENT):
            body = (
                b"\x01"
                + language.encode("ascii")
                + "\ufeff\0".encode("utf-16-le")
                + body[len(_FREE_COMMENT) :]
            )
            head = b"COMM" + len(body).to_bytes(4, "big") + head[8:]
        frames += head + body
        at += 10 + length
    size = bytes(len(frames) >> 7 * place & 0x7F for place in (3, 2, 1, 0))
    path.write_bytes(content[:6] + size + frames + content[end:])
