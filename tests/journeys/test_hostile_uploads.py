"""Files made to harm, sent through the form that editors use: a sentence or a harmless result, nothing left behind."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from PIL.ExifTags import GPS, IFD, Base

from cms.accounts.models import Role
from media.library.models import Asset, Blob
from media.library.versions import files_of
from tests.factories.cms import MembershipFactory
from tests.factories.media import picture_bytes

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("training", "kept_folder")]

ADD = "/admin/kho-tai-lieu/add/"
MARKUP = b"<html><script>alert(document.cookie)</script></html>"


def png(width: int, height: int, *more: tuple[bytes, bytes]) -> bytes:
    """A PNG of one black line with these extra chunks; its header may lie about the size."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    lines = zlib.compress((b"\0" + bytes(width)) * min(height, 64))
    extra = b"".join(chunk(kind, data) for kind, data in more)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + extra + chunk(b"IDAT", lines) + chunk(b"IEND", b"")


def jpeg_from_a_phone() -> bytes:
    exif = Image.Exif()
    exif[Base.Make] = "Hãng máy ảnh"
    exif.get_ifd(IFD.GPSInfo)[GPS.GPSLatitude] = (21.0, 1.0, 42.0)
    target = io.BytesIO()
    Image.new("RGB", (320, 240), "teal").save(target, "JPEG", exif=exif, comment=MARKUP)
    return target.getvalue() + MARKUP


def word_file(parts: dict[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as package:
        for name, content in {
            "[Content_Types].xml": b"<Types/>",
            "word/document.xml": b"<w:document/>",
            **parts,
        }.items():
            package.writestr(name, content)
    return target.getvalue()


def word_file_relating(kind: str, target: str, mode: str = "External") -> bytes:
    """A Word file one part of which names `target` as its `kind`."""
    base = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    relation = f'<Relationship Id="r1" Type="{base}/{kind}" Target="{target}" TargetMode="{mode}"/>'
    return word_file({"word/_rels/settings.xml.rels": f"<Relationships>{relation}</Relationships>".encode()})


def pdf(body: bytes) -> bytes:
    return b"%PDF-1.7\n" + body + b"\n%%EOF\n"


def packed_pdf(body: bytes, padding: int = 0) -> bytes:
    packed = zlib.compress(body)
    entries = b"/Type/ObjStm/N 1/First 4/Filter/FlateDecode/Length %d/X(%s)" % (len(packed), b"x" * padding)
    return pdf(b"1 0 obj<<" + entries + b">>stream\n" + packed + b"\nendstream endobj")


@pytest.fixture
def send(client) -> Callable[..., str]:
    """Return a function that sends a file as an editor would and returns the answered page."""
    client.force_login(MembershipFactory(role=Role.CENTRAL_EDITOR).user)

    def send(kind: str, content: bytes, name: str, media_type: str = "image/png") -> str:
        fields = {
            "title": "Tài liệu thử", "sharing": "cong-khai", "alt_text": "Mô tả", "transcript": "Lời thoại",
            "summary": "Tóm tắt", "source_note": "Nguồn", "rights_holder": "Cơ quan mẫu", "licence": "tu-lam",
            "consent": "khong-co-ai", "review_by": "2030-01-01", "language": "vi",
            "body-count": "0", "document_status": "con-hieu-luc", "action-publish": "1",
            "upload": SimpleUploadedFile(name, content, media_type),
        }  # fmt: skip
        return client.post(f"{ADD}?loai={kind}", fields, follow=True).content.decode()

    return send


def leftovers(folder: Path) -> list[str]:
    return [str(path) for path in folder.rglob("*") if path.is_file()] if folder.exists() else []


ACTION = b"1 0 obj<</OpenAction<</S/JavaScript/JS(app.alert\\(1\\))>>>>endobj"
REFUSED = {
    "svg-named-png": ("do-hoa", b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "a.png", "không phải là tệp JPG, PNG hoặc WebP"),
    "gif-with-markup": ("do-hoa", b"GIF89a/*" + MARKUP, "a.jpg", "không phải là tệp JPG"),
    "page-named-jpg": ("do-hoa", MARKUP, "a.jpg", "không phải là tệp JPG"),
    "giant-header": ("do-hoa", png(50_000, 50_000), "to.png", "quá lớn để xử lý"),
    "packed-notes": ("do-hoa", png(64, 64, *[(b"zTXt", b"ghi\0\0" + zlib.compress(bytes(9_000_000)))] * 8), "a.png", "bị hỏng"),
    "endless-profile": ("do-hoa", png(64, 64, (b"iTXt", b"XML\0\1\0\0\0" + zlib.compress(bytes(90_000_000)))), "a.png", "bị hỏng"),
    "empty": ("do-hoa", b"", "a.png", "trống, không có nội dung"),
    "hls": ("video", b"#EXTM3U\n#EXT-X-MEDIA-SEQUENCE:0\n#EXTINF:1.0,\nfile:///etc/passwd\n#EXT-X-ENDLIST\n", "v.mp4", "không phải là tệp MP4 hoặc WebM"),
    "concat": ("video", b"ffconcat version 1.0\nfile /etc/passwd\n", "v.mp4", "không phải là tệp MP4 hoặc WebM"),
    "hls-behind-a-box": ("video", b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom\n#EXTM3U\nfile:///etc/passwd\n", "v.mp4", "bị thiếu phần cuối hoặc bị hỏng"),
    "pdf-script": ("van-ban", pdf(ACTION), "a.pdf", "mã lệnh"),
    "pdf-script-spelled-oddly": ("van-ban", pdf(ACTION.replace(b"/JavaScript/JS", b"/J#61vaScript/#4a#53")), "a.pdf", "mã lệnh"),
    "pdf-script-packed": ("van-ban", packed_pdf(b"1 0 " + ACTION), "a.pdf", "mã lệnh"),
    "pdf-script-packed-out-of-sight": ("van-ban", packed_pdf(b"1 0 " + ACTION, 5000), "a.pdf", "Không kiểm tra được"),
    "pdf-packed-bomb": ("van-ban", packed_pdf(bytes(70_000_000)), "a.pdf", "Không kiểm tra được"),
    "word-macro": ("van-ban", word_file({"word/vbaProject.bin": b"x"}), "a.docx", "macro"),
    "word-active-control": ("van-ban", word_file({"word/activeX/activeX1.bin": b"x"}), "a.docx", "macro"),
    "word-template-from-elsewhere": ("van-ban", word_file_relating("attachedTemplate", "https://ke-gian.example/m.dotm"), "a.docx", "từ nơi khác"),
    "word-template-from-a-share": ("van-ban", word_file_relating("attachedTemplate", "file://ke-gian/m.dotm"), "a.docx", "từ nơi khác"),
    "word-macro-under-another-name": ("van-ban", word_file_relating("vbaProject", "anh.png", "Internal"), "a.docx", "macro"),
    "word-relations-with-entities": ("van-ban", word_file({"word/_rels/x.rels": b"<!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;</x>"}), "a.docx", "bị hỏng"),
    "program-named-txt": ("van-ban", b"MZ\x90\0" + bytes(200), "a.txt", "không phải là tệp PDF"),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_a_harmful_file_is_refused_with_a_sentence_and_nothing_is_kept(send, kept_folder, case):
    kind, content, name, sentence = REFUSED[case]
    page = send(kind, content, name)
    assert sentence in page
    assert (Asset.objects.count(), Blob.objects.count(), leftovers(kept_folder)) == (0, 0, [])


@pytest.mark.parametrize("part", [0.5, 0.9])
def test_a_clip_cut_off_is_refused_and_nothing_is_kept(send, kept_folder, clip, part):
    page = send("video", clip[: int(len(clip) * part)], "v.mp4", "video/mp4")
    assert "bị thiếu phần cuối" in page
    assert (Asset.objects.count(), Blob.objects.count(), leftovers(kept_folder)) == (0, 0, [])


def test_an_honest_packed_pdf_and_word_file_are_taken(send):
    send(
        "van-ban", packed_pdf(b"1 0 <</Type/Catalog/Pages 2 0 R>>" + bytes(1000)), "a.pdf", "application/pdf"
    )
    send("van-ban", word_file_relating("hyperlink", "https://dichvucong.gov.vn"), "a.docx")
    send("van-ban", word_file_relating("attachedTemplate", "file:///C:\\Mau\\cong-van.dotx"), "b.docx")
    assert Asset.objects.filter(document__isnull=False).count() == 3


def served_file(client) -> tuple[bytes, dict[str, str]]:
    """What a citizen gets who asks for the one public asset's file."""
    client.logout()
    asset = Asset.objects.get()
    response = client.get(f"/tep/{asset.public_id}/{files_of(asset)[0].name}")
    assert response.status_code == 200
    return b"".join(response.streaming_content), dict(response.headers)


def test_a_picture_that_is_also_a_page_is_served_as_a_picture_only(send, client):
    send("do-hoa", jpeg_from_a_phone(), "anh.html", "text/html")
    body, headers = served_file(client)
    assert headers["Content-Type"] == "image/jpeg"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "script-src 'self'" in headers["Content-Security-Policy"]
    assert b"<script>" not in body
    assert b"Exif" not in body
    assert not Image.open(io.BytesIO(body)).getexif()


def test_a_clip_is_served_without_the_place_it_was_taken_at(send, client, clip_with_a_place):
    assert b"+21.0285" in clip_with_a_place
    send("video", clip_with_a_place, "v.mp4", "video/mp4")
    body, headers = served_file(client)
    assert headers["Content-Type"] == "video/mp4"
    assert b"+21.0285" not in body
    assert b"ghi-chu-rieng" not in body
    assert len(body) == len(clip_with_a_place)


@pytest.mark.parametrize(
    "name",
    [
        "../../../../etc/cron.d/x.png", "..\\..\\x.png", "/etc/passwd", "C:\\Windows\\x.png", "x.png\r\nSet-Cookie: a=b.png",
        "a" * 4000 + ".png", "$(reboot).png", "'; DROP TABLE library_asset;--.png", "<img src=x onerror=alert(1)>.png",
        "\u202egnp.exe", "con.png", "--help.png", "%2e%2e%2fx.png",
    ],
)  # fmt: skip
def test_a_file_name_decides_nothing(send, client, kept_folder, name):
    page = send("do-hoa", picture_bytes(), name)
    assert "<img src=x" not in page
    (kept,) = [path for path in leftovers(kept_folder) if "blobs" in path]
    assert Path(kept).is_relative_to(kept_folder)
    assert Path(kept).stem == Blob.objects.get().sha256
    _body, headers = served_file(client)
    assert "Set-Cookie" not in headers
    assert headers["Content-Type"] == "image/png"


def test_a_nul_in_a_file_name_is_harmless(send, kept_folder):
    send("do-hoa", picture_bytes(), "anh.php\0.png")
    assert all(Path(path).suffix in (".png", ".jpg") for path in leftovers(kept_folder))
    assert Blob.objects.count() <= 1
