import struct
import zlib

import pytest
from PIL import Image

from media.renditions.errors import UnreadableStill
from media.renditions.inspection import inspect_still
from media.renditions.recipes import StillFormat


def _photo(width=64, height=48):
    return Image.linear_gradient("L").resize((width, height)).convert("RGB")


def _png_header(width, height):
    def chunk(name, body):
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(b"\0" * 64)) + chunk(b"IEND", b"")


@pytest.mark.parametrize("file_format", list(StillFormat))
def test_format_is_told_by_the_bytes_not_by_the_name(tmp_path, file_format):
    path = tmp_path / "ảnh.txt"
    _photo().save(path, file_format.value)
    facts = inspect_still(path)
    assert (facts.file_format, facts.width, facts.height) == (file_format, 64, 48)
    assert facts.size_bytes == path.stat().st_size
    assert not facts.located


def test_place_and_turn_of_a_phone_picture_are_found(tmp_path):
    exif = Image.Exif()
    exif[0x0112] = 6
    exif.get_ifd(0x8825)[1] = "N"
    _photo().save(tmp_path / "a.jpg", exif=exif)
    facts = inspect_still(tmp_path / "a.jpg")
    assert facts.located
    assert facts.turned
    assert facts.has_metadata
    assert (facts.width, facts.height) == (48, 64)


def test_transparency_is_noticed(tmp_path):
    Image.new("RGBA", (10, 10), (1, 2, 3, 4)).save(tmp_path / "a.png")
    assert inspect_still(tmp_path / "a.png").has_alpha


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "Tệp rỗng, không có nội dung."),
        ("Thông báo của xã".encode(), "Tệp này không phải là ảnh."),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", "Tệp SVG có thể chứa mã lệnh"),
        (b"%PDF-1.7\n", "Đây là tệp PDF, không phải ảnh."),
        (b"GIF89a" + b"\0" * 20, "Định dạng ảnh này chưa được nhận."),
    ],
)
def test_what_is_no_accepted_picture_is_refused_with_the_reason(tmp_path, content, sentence):
    path = tmp_path / "anh.png"
    path.write_bytes(content)
    with pytest.raises(UnreadableStill) as caught:
        inspect_still(path)
    assert str(caught.value).startswith(sentence)


@pytest.mark.parametrize("file_format", list(StillFormat))
def test_truncated_picture_is_refused(tmp_path, file_format):
    path = tmp_path / "a"
    Image.effect_noise((200, 200), 80).convert("RGB").save(path, file_format.value)
    path.write_bytes(path.read_bytes()[: path.stat().st_size * 2 // 3])
    with pytest.raises(UnreadableStill, match="hỏng hoặc chưa tải lên đủ"):
        inspect_still(path)


@pytest.mark.parametrize(("width", "height"), [(50_000, 50_000), (9_000, 9_000), (20_001, 10)])
def test_header_that_claims_too_many_pixels_is_refused_before_decoding(tmp_path, width, height):
    path = tmp_path / "bom.png"
    path.write_bytes(_png_header(width, height))
    with pytest.raises(UnreadableStill, match="quá lớn, hệ thống nhận tối đa 60 triệu điểm ảnh"):
        inspect_still(path)


@pytest.mark.parametrize("code", [b"<script>alert(1)</script>", b"<html><body>", b"<?php echo 1;"])
def test_picture_with_code_behind_it_is_refused(tmp_path, code):
    path = tmp_path / "a.jpg"
    _photo().save(path)
    path.write_bytes(path.read_bytes() + code)
    with pytest.raises(UnreadableStill, match="lẫn mã lệnh"):
        inspect_still(path)
