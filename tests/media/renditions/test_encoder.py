import time

import pytest

from media.renditions.encoder import run_ffmpeg
from media.renditions.errors import EncodingFailed, EncodingTimedOut


def _noise(seconds):
    return ["-f", "lavfi", "-i", f"testsrc2=s=640x360:r=25:d={seconds}", "-f", "null", "-"]


def test_run_over_its_time_is_stopped_at_once():
    begun = time.monotonic()
    with pytest.raises(EncodingTimedOut, match="quá 0.5 giây nên đã dừng"):
        run_ffmpeg(["-re", *_noise(30)], timeout=0.5)
    assert time.monotonic() - begun < 5


def test_progress_rises_to_the_whole():
    heard = []
    run_ffmpeg(_noise(2), timeout=30, seconds=2, progress=heard.append)
    assert heard == sorted(heard)
    assert heard[-1] == pytest.approx(1.0, abs=0.05)


def test_exception_of_the_listener_cancels_and_travels_on():
    class Cancelled(Exception):
        pass

    def listener(share):
        raise Cancelled

    begun = time.monotonic()
    with pytest.raises(Cancelled):
        run_ffmpeg(["-re", *_noise(30)], timeout=60, seconds=30, progress=listener)
    assert time.monotonic() - begun < 10


def test_failure_speaks_vietnamese_and_keeps_the_detail_for_the_log(tmp_path):
    with pytest.raises(EncodingFailed) as caught:
        run_ffmpeg(["-i", tmp_path / "missing.mp4", "-f", "null", "-"], timeout=10)
    assert str(caught.value).startswith("Không xử lý được âm thanh, hình ảnh.")
    assert "No such file" in caught.value.detail
    assert str(tmp_path) not in str(caught.value)
