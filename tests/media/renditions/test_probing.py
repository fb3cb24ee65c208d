import pytest

from media.renditions.encoder import run_ffmpeg
from media.renditions.errors import UnreadableClip
from media.renditions.probing import probe


@pytest.fixture(scope="module")
def video(tmp_path_factory):
    path = tmp_path_factory.mktemp("video") / "a.mp4"
    source = ["-f", "lavfi", "-i", "testsrc2=s=320x180:r=10:d=2", "-f", "lavfi", "-i", "sine=d=2"]
    run_ffmpeg(
        [
            "-y",
            *source,
            "-c:v",
            "libx264",
            "-pix_fmt",
            "yuv420p",
            "-c:a",
            "aac",
            "-movflags",
            "+faststart",
            path,
        ],
        timeout=30,
    )
    return path


def test_facts_of_a_video_are_read(video):
    facts = probe(video)
    assert facts.duration == pytest.approx(2.0, abs=0.1)
    assert (facts.width, facts.height, facts.fps) == (320, 180, 10.0)
    assert facts.codecs == ("h264", "aac")
    assert facts.size_bytes == video.stat().st_size


def test_webm_without_sound_is_read(tmp_path):
    path = tmp_path / "a.webm"
    run_ffmpeg(["-y", "-f", "lavfi", "-i", "testsrc2=s=64x64:r=10:d=1", "-c:v", "libvpx", path], timeout=30)
    facts = probe(path)
    assert facts.codecs == ("vp8",)
    assert (facts.width, facts.height) == (64, 64)


@pytest.mark.parametrize("share", [0.02, 0.3, 0.9, 0.999])
def test_video_cut_off_anywhere_is_refused(video, tmp_path, share):
    path = tmp_path / "cut.mp4"
    data = video.read_bytes()
    path.write_bytes(data[: int(len(data) * share)])
    with pytest.raises(UnreadableClip, match="hỏng hoặc chưa tải lên đủ"):
        probe(path)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "Tệp rỗng"),
        ("đây là chữ, không phải video".encode(), "Tệp này không phải là video."),
        (b"#EXTM3U\n#EXTINF:1,\n/etc/passwd\n", "Danh sách phát không phải là video."),
        (b"ffconcat version 1.0\nfile /etc/passwd\n", "Danh sách phát không phải là video."),
        (b"\x00\x00\x00\x18ftypmp42" + b"\0" * 12, "Video bị hỏng hoặc chưa tải lên đủ."),
        (b"\x1a\x45\xdf\xa3" + b"\0" * 50, "Video bị hỏng hoặc chưa tải lên đủ."),
    ],
)
def test_what_is_no_video_is_refused_with_the_reason(tmp_path, content, sentence):
    path = tmp_path / "a.mp4"
    path.write_bytes(content)
    with pytest.raises(UnreadableClip) as caught:
        probe(path)
    assert str(caught.value).startswith(sentence)


def test_sound_without_picture_is_refused(tmp_path):
    path = tmp_path / "a.mp4"
    run_ffmpeg(["-y", "-f", "lavfi", "-i", "sine=d=1", "-c:a", "aac", path], timeout=30)
    with pytest.raises(UnreadableClip, match="Tệp này không có hình"):
        probe(path)


def test_damaged_end_is_noticed(video, tmp_path):
    data = bytearray(video.read_bytes())
    start = data.index(b"mdat") + 4
    data[start + (len(data) - start) // 4 :] = b"\xff" * (len(data) - start - (len(data) - start) // 4)
    path = tmp_path / "a.mp4"
    path.write_bytes(data)
    with pytest.raises(UnreadableClip, match="hỏng hoặc chưa tải lên đủ"):
        probe(path)
