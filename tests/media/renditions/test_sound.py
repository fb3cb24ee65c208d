import wave

import numpy as np
import pytest

from media.renditions.errors import EncodingFailed
from media.renditions.sound import (
    RATE,
    bed,
    can_speak,
    lay_out,
    levelling,
    loudness_of,
    mix,
    read_samples,
    speak,
    write_wave,
)


def _tone(seconds, level=0.5):
    time = np.arange(round(seconds * RATE)) / RATE
    return np.repeat((level * np.sin(2 * np.pi * 440 * time)).astype(np.float32)[:, None], 2, axis=1)


def test_bed_has_its_length_starts_and_ends_in_silence_and_never_clips():
    sound = bed(3.0, (0.0, 1.5))
    assert sound.shape == (3 * RATE, 2)
    assert abs(sound[0]).max() == 0
    assert abs(sound[-1]).max() == 0
    assert 0.1 < abs(sound).max() < 1


def test_a_bell_greets_each_scene():
    plain, greeted = bed(3.0), bed(3.0, (1.5,))
    before, after = slice(RATE, round(1.5 * RATE)), slice(round(1.52 * RATE), 2 * RATE)
    assert (plain[before] == greeted[before]).all()
    assert abs(greeted[after] - plain[after]).max() > 0.05


def test_bed_gives_way_to_a_voice():
    quiet = mix(2.0, (), np.zeros((RATE, 2), np.float32))
    assert abs(quiet).max() == pytest.approx(abs(bed(2.0)).max() * 0.16, rel=0.05)
    loud = mix(2.0, (), _tone(1.0))
    assert abs(loud[:RATE]).max() > 0.45
    assert abs(loud[RATE + 100 :]).max() < 0.1


def test_written_sound_is_read_back(tmp_path):
    write_wave(_tone(0.5), tmp_path / "a.wav")
    with wave.open(str(tmp_path / "a.wav")) as sound:
        assert (sound.getframerate(), sound.getnchannels(), sound.getnframes()) == (48_000, 2, 24_000)
    assert read_samples(tmp_path / "a.wav") == pytest.approx(_tone(0.5), abs=1e-4)
    assert [path.name for path in tmp_path.iterdir()] == ["a.wav"]


def test_text_file_is_no_sound(tmp_path):
    (tmp_path / "a.mp3").write_text("không phải âm thanh", encoding="utf-8")
    with pytest.raises(EncodingFailed, match="Tệp âm thanh không đọc được"):
        read_samples(tmp_path / "a.mp3")


def test_pieces_are_laid_at_their_seconds(tmp_path):
    write_wave(_tone(0.2), tmp_path / "a.wav")
    lay_out([(0.5, tmp_path / "a.wav"), (1.9, tmp_path / "a.wav")], 2.0, tmp_path / "b.wav")
    laid = read_samples(tmp_path / "b.wav")
    assert len(laid) == 2 * RATE
    assert abs(laid[: round(0.49 * RATE)]).max() == 0
    assert abs(laid[round(0.5 * RATE) : round(0.7 * RATE)]).max() > 0.4
    assert abs(laid[round(0.71 * RATE) : round(1.89 * RATE)]).max() == 0
    assert abs(laid[round(1.92 * RATE) :]).max() > 0.4


def test_silence_is_recognised_and_left_alone(tmp_path):
    write_wave(np.zeros((RATE, 2), np.float32), tmp_path / "a.wav")
    measured = loudness_of(tmp_path / "a.wav")
    assert measured.silent
    assert levelling(measured) == "aresample=48000"


def test_loudness_of_a_tone_is_measured(tmp_path):
    write_wave(_tone(3.0, 0.1), tmp_path / "a.wav")
    measured = loudness_of(tmp_path / "a.wav")
    # A sine of −20 dBFS has −23 dB power per channel, both together −20; BS.1770 takes 0.69 off.
    assert measured.integrated == pytest.approx(-20.7, abs=0.3)
    assert measured.true_peak == pytest.approx(-20.0, abs=0.3)
    assert "measured_I=-" in levelling(measured)


@pytest.mark.skipif(not can_speak(), reason="espeak-ng is not installed")
def test_machine_voice_reads_vietnamese(tmp_path):
    short = speak("Xin chào bà con.", tmp_path / "a.wav")
    long = speak("Xin chào bà con. Hôm nay Ủy ban nhân dân xã thông báo lịch làm việc.", tmp_path / "b.wav")
    assert 0.5 < short < 4
    assert long > 2 * short
    assert abs(read_samples(tmp_path / "a.wav")).max() > 0.05


def test_without_a_voice_the_reason_is_said(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    assert not can_speak()
    with pytest.raises(EncodingFailed, match="chưa cài giọng đọc máy"):
        speak("Xin chào.", tmp_path / "a.wav")
