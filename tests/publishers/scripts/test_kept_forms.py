"""Kept forms of what cannot be kept byte for byte: a package (names in order, sums of its plain parts) and a sound (length,
loudness, tags). Packed and encoded bytes are those of a library's version and would break with it."""

from __future__ import annotations

import hashlib
import io
import json
import re
import uuid
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest

from cms.core.clock import vietnam_time
from media.renditions.sound import Loudness, loudness_of
from publishers.scripts.blocks import to_json
from publishers.scripts.downloads import with_what_files_need
from publishers.scripts.models import ScriptVersion
from publishers.scripts.renderers import audio
from publishers.scripts.renderers.audio import Tags, keep_turn, level_and_encode
from publishers.scripts.station_package import station_package
from tests.factories.campaigns import PostFactory, SlotFactory, VariantFactory
from tests.factories.cms import OrganisationFactory, PlaceFactory
from tests.factories.publishers import ScriptVersionFactory, StationFactory
from tests.publishers.scripts.renderers.golden import same_as_golden
from tests.publishers.scripts.renderers.sample import BLOCKS
from tests.publishers.voice_service import tone

#: Endings of files whose bytes are their own words; the others are packed by a library.
PLAIN = (".txt", ".xml")


@pytest.fixture
def version(db, settings, tmp_path) -> ScriptVersion:
    """The sample bulletin at a station whose every name and number is given."""
    settings.MEDIA_ROOT, settings.TRIAL_VOICE = tmp_path, False
    settings.PUBLIC_BASE_URL = "https://lantoa.example"
    settings.BULLETIN_CODES = {}
    province = PlaceFactory(province=True, code="52", name="Gia Lai")
    body = OrganisationFactory(
        name="Sở Mẫu", place=province, leads=True, public_id=uuid.UUID("11111111-1111-4111-8111-111111111111")
    )
    slot = SlotFactory(
        variant=VariantFactory(loudspeaker=True, post=PostFactory(organisation=body)), channel=None,
        stations_of=province, at=vietnam_time(2026, 11, 23, 5, 30),
    )  # fmt: skip
    place = PlaceFactory(commune=True, code="23782", name="Ia Grai", parent=province)
    station = StationFactory(
        place=place, slug="xa-ia-grai", name="Đài truyền thanh xã Ia Grai",
        organisation=OrganisationFactory(name="Ủy ban nhân dân xã Ia Grai", place=place),
    )  # fmt: skip
    made = ScriptVersionFactory(
        slot=slot, station=station, code="7KXMPQRTWA", blocks=to_json(BLOCKS), seconds=70, body_sha256="ab" * 32,
        issued_at=datetime(2026, 11, 22, 22, 12, tzinfo=UTC),
    )  # fmt: skip
    return with_what_files_need(ScriptVersion.objects.all()).get(pk=made.pk)


def test_package_of_a_station_is_as_kept(version):
    lines = []
    with zipfile.ZipFile(io.BytesIO(station_package(version))) as files:
        for name in files.namelist():
            content = files.read(name)
            if name == "bantin.json":
                record = json.loads(content)
                # Sums of packed files are the library's; their names are ours.
                record["LanToa"]["Tep"] = sorted(record["LanToa"]["Tep"])
                content = json.dumps(record, ensure_ascii=False, sort_keys=True).encode()
            told = name == "bantin.json" or name.endswith(PLAIN)
            lines.append(f"{hashlib.sha256(content).hexdigest() if told else '-':64}  {name}\n")
    same_as_golden("goi-ban-tin.txt", "".join(lines))


def test_sound_has_the_length_loudness_and_tags_that_were_kept(tmp_path):
    given, plain, made = tmp_path / "given.wav", tmp_path / "plain.flac", tmp_path / "made.mp3"
    given.write_bytes(tone(3.0))
    keep_turn(given, plain)
    tags = Tags(
        "[Giọng máy] Nộp hồ sơ tại nhà", "Sở Mẫu", "Đài truyền thanh xã Ia Grai", "2026-11-23",
        "https://lantoa.example/xac-minh/7KXMPQRTWA", "Giọng máy",
    )  # fmt: skip
    level_and_encode(plain, made, tags)
    kept = {
        # In tenths of a second and whole LUFS: what a listener could tell apart.
        "seconds": round(made.stat().st_size * 8 / 64_000, 1),
        "loudness": round(loudness_of(made).integrated),
        "tags": tags_of_file(made),
    }
    same_as_golden("am-thanh.json", json.dumps(kept, ensure_ascii=False, indent=1, sort_keys=True) + "\n")


def test_sound_is_made_again_with_more_room_until_no_peak_is_too_high(tmp_path, monkeypatch):
    """MP3 puts peaks on that no limiter before it has seen."""
    asked = []
    peaks = iter([-0.3, -0.9, -1.1])
    monkeypatch.setattr(audio, "_encode", lambda source, target, level, tags: asked.append(level))

    def heard(path):
        return Loudness(-16.0, next(peaks) if path.name == "made.mp3" else -3.0, 3.0, -26.0)

    monkeypatch.setattr(audio, "loudness_of", heard)
    found = level_and_encode(
        tmp_path / "given.flac", tmp_path / "made.mp3", Tags("T", "Sở Mẫu", "Đài", "2026-11-23", "", "")
    )
    assert found.true_peak == -1.1
    ceilings = [float(re.search(r"limit=([0-9.]+)", level)[1]) for level in asked]
    assert len(ceilings) == 3
    assert ceilings[0] > ceilings[1] > ceilings[2]


def tags_of_file(path: Path) -> dict[str, str]:
    """The text frames of an ID3v2.3 tag, as a player reads them."""
    content = path.read_bytes()
    assert content[:4] == b"ID3\x03"
    size = sum((content[6 + place] & 0x7F) << (7 * (3 - place)) for place in range(4)) + 10
    at, found = 10, {}
    while at + 10 <= size and content[at : at + 4].strip(b"\0"):
        name, length = content[at : at + 4].decode("ascii"), int.from_bytes(content[at + 4 : at + 8], "big")
        body = content[at + 10 : at + 10 + length]
        # A comment begins with its language, a free frame with its name.
        text = body[4:] if name == "COMM" else body[1:]
        words = text.decode("utf-16" if body[0] == 1 else "latin-1").split("\0")
        words = [word.strip("\ufeff") for word in words if word.strip("\ufeff")]
        name = f"COMM:{body[1:4].decode()}" if name == "COMM" else name
        found[f"{name}:{words[0]}" if name == "TXXX" else name] = words[-1]
        at += 10 + length
    return found
