"""Clips and sounds that a machine made say so in their own file."""

from __future__ import annotations

import io

import pytest

from cms.core.upload_checks import MP4
from media.library import blobs, recording_marks
from media.library.models import AssetKind
from media.library.services import mark_recording
from tests.factories.media import make_asset

pytestmark = pytest.mark.django_db


def content_of(asset) -> bytes:
    with asset.clip.blob.file.open("rb") as kept:
        return kept.read()


def test_machine_made_clip_and_sound_carry_the_mark_and_still_play(centre, clip_bytes, sound_bytes):
    clip = make_asset(
        organisation=centre, kind=AssetKind.CLIP, title="Video", transcript="Lời", machine_made=True,
        file=io.BytesIO(clip_bytes), file_name="a.mp4",
    )  # fmt: skip
    sound = make_asset(
        organisation=centre, kind=AssetKind.AUDIO, title="Âm thanh", transcript="Lời", machine_made=True,
        file=io.BytesIO(sound_bytes), file_name="a.mp3",
    )  # fmt: skip
    assert b"trainedAlgorithmicMedia" in content_of(clip)
    assert recording_marks.marked(io.BytesIO(content_of(clip)), MP4) is None
    assert b"trainedAlgorithmicMedia" in content_of(sound).replace(b"\x00", b"")
    assert clip.clip.poster is not None
    assert 2.9 < clip.clip.duration < 3.2


def test_clip_is_marked_when_somebody_says_so_later_and_only_once(centre, clip_bytes):
    clip = make_asset(
        organisation=centre, kind=AssetKind.CLIP, title="Video", transcript="Lời", file=io.BytesIO(clip_bytes),
        file_name="a.mp4",
    )  # fmt: skip
    before = clip.clip
    with blobs.storing():
        mark_recording(clip)
    assert clip.clip.pk != before.pk
    assert clip.clip.poster_id == before.poster_id
    once = clip.clip.pk
    with blobs.storing():
        mark_recording(clip)
    assert clip.clip.pk == once
