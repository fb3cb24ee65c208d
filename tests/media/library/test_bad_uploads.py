"""Uploads that are not what they say, are cut off, too large, or would harm: each gives its own sentence."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

import pytest
from PIL import Image
from PIL.ExifTags import GPS, IFD, Base

from cms.core import upload_checks
from cms.core.errors import UploadRefused
from cms.core.upload_checks import CLIPS, DOCUMENTS, PICTURES, SOUNDS, check_upload, recognise, shown_name
from media.library.pictures import clean_picture
from media.library.services import check_file
from tests.factories.media import picture_bytes


def refused(kind: str, content: bytes, name: str) -> str:
    with pytest.raises(UploadRefused) as refusal:
        check_file(kind, io.BytesIO(content), name)
    assert refusal.value.field == "upload"
    return refusal.value.sentence


def docx(**more: bytes) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as parts:
        parts.writestr("[Content_Types].xml", "<Types/>")
        parts.writestr("word/document.xml", "<w:document/>")
        for name, content in more.items():
            parts.writestr(name.replace("__", "/"), content)
    return target.getvalue()


def png_header_only(width: int, height: int) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b"0"))
        + chunk(b"IEND", b"")
    )


# ------------------------------------------------------------------------------------------------ pictures
@pytest.mark.parametrize(
    "content",
    [
        b"Day la mot tep chu duoc doi ten.",
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        b"<!doctype html><title>x</title>",
        b"GIF89a" + bytes(40),
        b"%PDF-1.7 ...",
        b"MZ" + bytes(100),
        b"#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n",
    ],
)
def test_another_file_renamed_png_is_named_for_what_it_is_not(content):
    assert refused("do-hoa", content, "anh.png") == (
        "Tệp “anh.png” không phải là tệp JPG, PNG hoặc WebP, dù tên tệp có thể ghi như vậy. Vui lòng chọn tệp khác."
    )


def test_empty_file_is_said_to_be_empty():
    assert refused("do-hoa", b"", "anh.png") == "Tệp “anh.png” trống, không có nội dung."


@pytest.mark.parametrize("form", ["PNG", "JPEG", "WEBP"])
def test_picture_cut_in_half_is_refused(form):
    noise = Image.effect_noise((300, 300), 80).convert("RGB")
    target = io.BytesIO()
    noise.save(target, form)
    whole = target.getvalue()
    assert "bị thiếu phần cuối" in refused("do-hoa", whole[: len(whole) // 2], "anh")


def test_header_that_claims_a_giant_picture_is_refused_before_it_is_decoded():
    assert "kích thước quá lớn" in refused("do-hoa", png_header_only(50_000, 50_000), "to.png")
    assert "9000 × 9000 điểm ảnh, quá lớn" in refused("do-hoa", png_header_only(9_000, 9_000), "to.png")


def test_picture_nobody_can_see_is_refused():
    assert "quá nhỏ" in refused("do-hoa", picture_bytes(10, 10), "nho.png")


def test_file_over_the_limit_is_refused_with_both_numbers(monkeypatch):
    monkeypatch.setitem(upload_checks.LIMITS, PICTURES, 1024 * 1024)
    heavy = b"\xff\xd8\xff" + bytes(2 * 1024 * 1024)
    assert refused("do-hoa", heavy, "a.jpg") == (
        "Tệp “a.jpg” nặng 3 MB, vượt mức cho phép là 1 MB. Vui lòng chọn tệp nhẹ hơn."
    )


def test_place_and_camera_are_gone_and_the_turn_is_carried_out():
    picture = Image.new("RGB", (200, 100), "red")
    exif = Image.Exif()
    exif[Base.Orientation] = 6
    exif[Base.Make] = "Hãng máy ảnh"
    exif.get_ifd(IFD.GPSInfo)[GPS.GPSLatitude] = (21.0, 1.0, 42.0)
    source = io.BytesIO()
    picture.save(source, "JPEG", exif=exif, comment=b"ghi chu rieng")
    content, kind, size = clean_picture(io.BytesIO(source.getvalue() + b"<script>alert(1)</script>"))
    kept = content.getvalue()
    assert kind is upload_checks.JPEG
    assert size == (100, 200)
    assert not Image.open(io.BytesIO(kept)).getexif()
    assert b"Exif" not in kept
    assert b"ghi chu" not in kept
    assert b"<script>" not in kept


@pytest.mark.parametrize("mode", ["P", "LA", "RGBA", "CMYK", "I;16", "1"])
def test_every_way_of_storing_colour_becomes_a_picture(mode):
    form = "JPEG" if mode == "CMYK" else "PNG"
    source = io.BytesIO()
    Image.new(mode, (64, 64)).save(source, form)
    content, _kind, size = clean_picture(source)
    assert size == (64, 64)
    Image.open(content).load()


def test_a_colour_profile_that_unpacks_without_end_is_refused_and_one_that_hides_a_page_is_not_kept():
    bomb = io.BytesIO()
    Image.new("RGB", (64, 64), "teal").save(bomb, "PNG", icc_profile=bytes(90_000_000))
    assert len(bomb.getvalue()) < 300_000
    assert "bị hỏng" in refused("do-hoa", bomb.getvalue(), "a.png")
    hiding = io.BytesIO()
    page = b"<html><script>alert(1)</script></html>" * 2000
    Image.new("RGB", (64, 64), "teal").save(hiding, "JPEG", icc_profile=page)
    clean, _kind, size = clean_picture(hiding, "upload", "a.jpg")
    assert size == (64, 64)
    assert b"<script>" not in clean.getvalue()
    with Image.open(clean) as picture:
        assert "icc_profile" not in picture.info


# ------------------------------------------------------------------------------------------------ clips, sounds
@pytest.mark.parametrize("part", [0.3, 0.6, 0.95])
def test_truncated_clip_is_refused(clip_bytes, part):
    assert "bị thiếu phần cuối" in refused("video", clip_bytes[: int(len(clip_bytes) * part)], "v.mp4")


def test_clip_whose_end_was_overwritten_is_refused(clip_bytes):
    cut = int(len(clip_bytes) * 0.5)
    sentence = refused("video", clip_bytes[:cut] + bytes(len(clip_bytes) - cut), "v.mp4")
    assert "không phát được" in sentence


def test_playlist_named_mp4_is_no_clip():
    assert "không phải là tệp MP4 hoặc WebM" in refused("video", b"#EXTM3U\nfile:///etc/passwd\n", "v.mp4")


def test_sound_is_no_clip_and_a_clip_is_no_sound(clip_bytes, sound_bytes):
    assert "không phải là tệp MP4" in refused("video", sound_bytes, "v.mp4")
    assert "không phải là tệp MP3" in refused("am-thanh", clip_bytes, "a.mp3")


def test_clip_that_claims_a_box_longer_than_itself_is_refused():
    hostile = struct.pack(">I", 16) + b"ftypisom0000" + struct.pack(">I", 0xFFFFFFF0) + b"moov" + bytes(32)
    assert "bị thiếu phần cuối hoặc bị hỏng" in refused("video", hostile, "v.mp4")
    endless = struct.pack(">I", 16) + b"ftypisom0000" + struct.pack(">I", 4) + b"free"
    assert "bị hỏng" in refused("video", endless, "v.mp4")


def test_a_clip_that_claims_ten_hours_is_measured_by_what_it_holds(clip_bytes, monkeypatch):
    claim = bytearray(clip_bytes)
    for box, duration_at in ((b"mvhd", 20), (b"mdhd", 20), (b"tkhd", 24)):
        at = claim.find(box)
        while at != -1:
            claim[at + duration_at : at + duration_at + 4] = struct.pack(">I", 0x7FFFFFF0)
            at = claim.find(box, at + 4)
    checked = check_file("video", io.BytesIO(bytes(claim)), "v.mp4")
    assert checked.found.seconds < 5
    monkeypatch.setattr("media.library.recordings.LONGEST_SECONDS", 2)
    assert "dài quá 4 giờ" in refused("video", clip_bytes, "v.mp4")


# ------------------------------------------------------------------------------------------------ documents
def test_pdf_that_acts_is_refused():
    acting = b"%PDF-1.7\n1 0 obj<</OpenAction<</S/JavaScript/JS(app.alert(1))>>>>endobj\n%%EOF"
    assert "mã lệnh" in refused("van-ban", acting, "a.pdf")
    assert "thiếu phần cuối" in refused("van-ban", b"%PDF-1.7\n1 0 obj", "a.pdf")


def test_word_file_with_a_macro_an_embedded_file_or_too_much_inside_is_refused():
    assert "macro" in refused("van-ban", docx(word__vbaProject=b"x"), "a.docx")
    assert "tệp nhúng" in refused("van-ban", docx(word__embeddings__1=b"x"), "a.docx")
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("[Content_Types].xml", "<Types/>")
        parts.writestr("word/document.xml", bytes(30 * 1024 * 1024))
    assert "giải nén ra quá lớn" in refused("van-ban", target.getvalue(), "a.docx")
    whole = docx()
    assert "bị hỏng" in refused("van-ban", whole[: len(whole) // 2], "a.docx")
    zipped = io.BytesIO()
    with zipfile.ZipFile(zipped, "w") as parts:
        parts.writestr("khac.txt", "x")
    assert "không phải là tệp Word" in refused("van-ban", zipped.getvalue(), "a.docx")


def test_text_that_is_not_unicode_is_refused_with_advice():
    assert "UTF-8" in refused("van-ban", "chữ ".encode() * 2000 + b"\xff\xfe", "a.txt")


def test_good_files_of_every_kind_are_recognised(clip_bytes, sound_bytes):
    assert check_upload(io.BytesIO(picture_bytes(kind="WEBP")), PICTURES) is upload_checks.WEBP
    assert check_upload(io.BytesIO(clip_bytes), CLIPS) is upload_checks.MP4
    assert check_upload(io.BytesIO(sound_bytes), SOUNDS) is upload_checks.MP3
    assert check_upload(io.BytesIO(docx()), DOCUMENTS) is upload_checks.DOCX
    assert check_upload(io.BytesIO(b"%PDF-1.4\n%%EOF\n"), DOCUMENTS) is upload_checks.PDF
    assert check_upload(io.BytesIO("\ufeffChữ Việt".encode()), DOCUMENTS) is upload_checks.TEXT
    assert recognise(io.BytesIO(bytes(20))) is None


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../etc/passwd", "“passwd”"),
        ("C:\\tep\\anh\x00.png", "“anh.png”"),
        ("a\u202egnp.exe\n", "“agnp.exe”"),
        ("", "vừa chọn"),
        ("x" * 200, "“" + "x" * 80 + "”"),
    ],
)
def test_names_are_shown_without_folders_and_control_characters(name, shown):
    assert shown_name(name) == shown
