"""A shorter version in every form: sheet, PDF, SSML, page for a village and package say what the page says."""

from __future__ import annotations

import io
import json
import zipfile

import pytest
from docx import Document

pytestmark = pytest.mark.django_db
LONG = "\n".join(
    ["Bà con nộp hồ sơ tại nhà."]
    + [
        f"Việc thứ {number}, bà con mở ứng dụng, chọn thủ tục rồi gửi hồ sơ, không phải đi lại."
        for number in "123456789"
    ]
)


@pytest.fixture
def script(morning, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    settings.TRIAL_VOICE = False
    return morning.issue(text=LONG, title="Nộp hồ sơ tại nhà")


def names(content: bytes) -> list[str]:
    return zipfile.ZipFile(io.BytesIO(content)).namelist()


def words(content: bytes) -> str:
    return " ".join(row.text for row in Document(io.BytesIO(content)).paragraphs)


def test_files_of_a_shorter_version_hold_it_and_say_so(client, script):
    address = script.get_absolute_url()
    page = client.get(f"{address}?phut=1").content.decode()
    for ending in ("docx", "pdf", "truong_thon.pdf", "ssml.xml", "zip", "txt"):
        assert f"{address[:-1]}.{ending}?phut=1" in page
        answer = client.get(f"{address[:-1]}.{ending}?phut=1")
        assert answer.status_code == 200
        assert answer.headers["Content-Disposition"].endswith(f'.1p.{ending}"')
        assert "X-Script-SHA256" not in answer.headers
        assert "X-Script-SHA256" in client.get(f"{address[:-1]}.{ending}").headers
    whole, short = (words(client.get(f"{address[:-1]}.docx{query}").content) for query in ("", "?phut=1"))
    assert "rút gọn 1 phút" in short
    assert "Việc thứ chín" not in short.replace("\u00a0", " ")
    assert "Việc thứ chín" in whole.replace("\u00a0", " ")
    content = client.get(f"{address[:-1]}.zip?phut=1").content
    assert all(
        ".1p." in name for name in names(content) if name.endswith(("txt", "docx", "pdf")) and name[0] == "2"
    )
    record = json.loads(zipfile.ZipFile(io.BytesIO(content)).read("bantin.json"))
    assert record["TieuDe"] == "Nộp hồ sơ tại nhà (bản 1 phút)"
    assert record["ThoiLuong"] <= 60 < script.seconds


def test_length_nobody_offers_is_the_whole(client, script):
    address = script.get_absolute_url()[:-1]
    for asked in ("2", "", "một", "0"):
        assert client.get(f"{address}.txt?phut={asked}").content == client.get(f"{address}.txt").content


def test_script_at_a_wrong_hour_says_so_on_its_page(client, morning):
    morning.script.on_air_at = morning.script.on_air_at.replace(hour=21)
    morning.script.save()
    page = client.get(morning.script.get_absolute_url()).content.decode()
    assert "Giờ phát 04:30 sớm hơn 05:30" in page
