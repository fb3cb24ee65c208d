"""The spoken text alone, SSML, names of files, ZIP files and the record for provinces' systems."""

from __future__ import annotations

import io
import json
import os
import subprocess
import unicodedata
import zipfile
from datetime import datetime, time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from cms.core.clock import VIETNAM
from publishers.scripts.blocks import Block, BlockKind, Part, Voice
from publishers.scripts.renderers.bulletin_package import BulletinPackage
from publishers.scripts.renderers.bulletin_record import BulletinCodes, BulletinItem, bulletin_record
from publishers.scripts.renderers.file_names import file_name
from publishers.scripts.renderers.ssml import NAMESPACE, About, ssml
from publishers.scripts.renderers.voice_text import voice_text
from tests.publishers.scripts.renderers.golden import same_as_golden
from tests.publishers.scripts.renderers.sample import BLOCKS

HERE = Path(__file__).parent
ON_AIR = datetime(2026, 11, 23, 5, 30, tzinfo=VIETNAM)
ITEM = BulletinItem(
    code="7KXMPQRTWA", number=2, title="Nộp hồ sơ tại nhà", summary="Từ nay bà con làm ngay tại nhà.",
    spoken=voice_text(BLOCKS), priority="khan-cap", seconds=69.6, on_air=ON_AIR,
    issued_at=datetime(2026, 11, 23, 5, 12, tzinfo=VIETNAM), issuer="Sở Mẫu", issuer_id="so-mau", origin_place="52",
    origin_place_name="Tỉnh Gia Lai", station="xa-ia-grai", station_name="Đài truyền thanh xã Ia Grai",
    place="23782", place_name="Xã Ia Grai", windows=[(time(5, 30), time(6, 0))],
    verify_address="https://lantoa.example/xac-minh/7KXMPQRTWA", sha256="ab" * 32,
)  # fmt: skip


def saying(*parts: Part) -> tuple[Block, ...]:
    return (Block(BlockKind.CONTENT, Voice.FEMALE, ((parts,),)),)


# ------------------------------------------------------------------------------------------- spoken text
def test_spoken_text_is_what_a_machine_says_and_nothing_else():
    text = voice_text(BLOCKS)
    same_as_golden("loi-doc.txt", text)
    assert text.startswith("Đây là Đài truyền thanh xã Ia Grai")
    for unsaid in ("PTV", "Nhạc", "(", "[", "18001096", "7h30"):
        assert unsaid not in text
    assert text.count("một tám không không, một không chín sáu") == 2


def test_spoken_text_is_composed_and_free_of_signs_nobody_says():
    decomposed = unicodedata.normalize("NFD", "\ufeffKính\u00a0chào \u200ebà\x07 con")
    assert voice_text(saying(Part(decomposed))) == "Kính chào bà con.\n"
    assert voice_text(()) == ""


# -------------------------------------------------------------------------------------------------- ssml
def assert_valid(root: etree._Element) -> None:
    """Hold a document against our part of SSML 1.1, and against the W3C's own file where one is named."""
    for path in filter(None, (HERE / "ssml-core-part.xsd", os.environ.get("LANTOA_SSML_SCHEMA"))):
        etree.XMLSchema(etree.parse(path)).assertValid(root)


def test_ssml_is_valid_and_says_the_same_words():
    about = About(
        "Nộp hồ sơ “tại nhà” & hơn thế",
        "Sở Mẫu",
        "2026-11-23T05:12:00+07:00",
        "https://lantoa.example/xac-minh/7KXMPQRTWA",
    )
    made = ssml(BLOCKS, about)
    same_as_golden("loi-doc.ssml.xml", made)
    root = etree.fromstring(made.encode())
    assert_valid(root)
    # Body, day and verify address are told and never said.
    assert [(meta.get("name"), meta.get("content")) for meta in root.findall(f"{{{NAMESPACE}}}meta")][1:] == [
        ("publisher", "Sở Mẫu"),
        ("date", "2026-11-23T05:12:00+07:00"),
        ("seeAlso", "https://lantoa.example/xac-minh/7KXMPQRTWA"),
    ]
    subs = root.findall(f".//{{{NAMESPACE}}}sub")
    assert [(sub.text, sub.get("alias")) for sub in subs][-1] == (
        "18001096", "một tám không không, một không chín sáu",
    )  # fmt: skip
    assert [voice.get("gender") for voice in root.findall(f"{{{NAMESPACE}}}voice")] == [
        "female", "male", "female", "male", "female",
    ]  # fmt: skip
    for sub in subs:
        sub.text = sub.get("alias")
    paragraphs = [" ".join("".join(row.itertext()).split()) for row in root.iter(f"{{{NAMESPACE}}}p")]
    assert "\n\n".join(paragraphs) + "\n" == voice_text(BLOCKS)


def test_schema_would_notice():
    broken = ssml(BLOCKS, About("x")).replace("<p>", "<p><voice>", 1).replace("</p>", "</voice></p>", 1)
    with pytest.raises(etree.DocumentInvalid):
        assert_valid(etree.fromstring(broken.encode()))


words = st.text(max_size=40)


@settings(max_examples=40, deadline=None)
@given(words, words, words)
def test_any_text_is_valid_ssml(spoken, written, title):
    tree = etree.fromstring(
        ssml(saying(Part(spoken, written), Part("xong")), About(title, spoken, "", written)).encode()
    )
    assert_valid(tree)


# ------------------------------------------------------------------------------------------------- names
@pytest.mark.parametrize(
    ("subject", "options", "name"),
    [
        ("DVCTT: CCCD", {}, "20261123_0530_dvctt_cccd_03m20.mp3"),
        (
            "Đăng ký kết hôn trực tuyến ở cơ sở miền núi",
            {},
            "20261123_0530_dang_ky_ket_hon_truc_tuyen_o_co_03m20.mp3",
        ),
        ("DVCTT: CCCD", {"number": 2, "place": 7}, "07_20261123_0530_dvctt_cccd_03m20_b2.mp3"),
        ("ខ្មែរ 🎵", {}, "20261123_0530_ban_tin_03m20.mp3"),
    ],
)
def test_file_names_are_ascii_and_tell_day_hour_subject_and_length(subject, options, name):
    made = file_name(ON_AIR, subject, 200, "mp3", **options)
    assert made == name
    assert made.isascii()


# --------------------------------------------------------------------------------------------------- zip
def test_package_is_the_same_bytes_and_its_sums_hold(tmp_path):
    def made() -> bytes:
        target = io.BytesIO()
        package = BulletinPackage(target)
        package.add("a/loi-doc.txt", "Kính chào bà con.\n".encode() * 50)
        package.add("a/phieu.docx", b"PK\x03\x04")
        package.close()
        return target.getvalue()

    content = made()
    assert content == made()
    with zipfile.ZipFile(io.BytesIO(content)) as files:
        assert files.testzip() is None
        assert files.namelist() == ["a/loi-doc.txt", "a/phieu.docx", "SHA256SUMS"]
        assert files.getinfo("a/loi-doc.txt").compress_size < 200
        files.extractall(tmp_path)
    checked = subprocess.run(["sha256sum", "-c", "SHA256SUMS"], cwd=tmp_path, capture_output=True, text=True)
    assert (checked.returncode, checked.stdout) == (0, "a/loi-doc.txt: OK\na/phieu.docx: OK\n")


def test_package_refuses_names_that_players_cannot_show_and_names_twice():
    package = BulletinPackage(io.BytesIO())
    package.add("a.txt", b"1")
    for name in ("bản-tin.txt", "a.txt"):
        with pytest.raises(ValueError, match=name):
            package.add(name, b"2")


# ------------------------------------------------------------------------------------------------ record
def test_record_has_the_field_names_of_source_systems():
    made = bulletin_record(ITEM, BulletinCodes(), {"b.txt": "2" * 64, "a.docx": "1" * 64})
    same_as_golden("bantin.json", made)
    record = json.loads(made)
    assert {
        "NguonID", "TenNguon", "DichID", "TenDich", "VungPhat", "BanTinCongCongID", "LoaiBanTin", "MucDoUuTien",
        "TieuDe", "LoaiLinhVuc", "NoiDungTomTat", "NoiDung", "ThoiGianSanXuat", "DiaBanTao", "TenDiaBanTao",
        "NguonTin", "ThoiLuong", "PhanVungManHinh", "TacGia",
    } <= set(record)  # fmt: skip
    assert record["ThoiGianSanXuat"] == 1795385520
    assert record["ThoiLuong"] == 70
    assert record["LichPhat"]["2026-11-23"]["Start"] == 19800
    assert record["LanToa"]["GiongMay"] is False
    assert record["TacGia"]["Email"] == ""


def test_a_province_has_its_own_code_values():
    codes = BulletinCodes({"MucDoUuTien": {"khan-cap": 1}, "LoaiBanTin": {"phat-thanh": "PT"}})
    record = json.loads(bulletin_record(ITEM, codes, {}))
    assert (record["MucDoUuTien"], record["LoaiBanTin"]) == (1, "PT")
    assert record["LoaiLinhVuc"] == "dich-vu-cong-truc-tuyen"
