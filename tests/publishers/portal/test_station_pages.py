"""What an operator opens at 05:12: today's programme and one script, without signing in, small, and never the wrong one."""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import re
import zipfile
from datetime import time, timedelta
from pathlib import Path

import pytest
from docx import Document
from fontTools.ttLib import TTFont

from cms.core import paper
from publishers import portal
from publishers.portal.font_files import NAMES
from publishers.scripts.blocks import Block, BlockKind, Part, Voice, to_json
from publishers.scripts.models import ScriptVersion
from publishers.scripts.renderers.sheet_layout import NO_BREAK_SPACE
from publishers.scripts.services import withdraw_scripts
from publishers.stations.models import BroadcastWindow
from tests.factories.campaigns import SlotFactory
from tests.factories.publishers import ScriptVersionFactory, StationFactory
from tests.publishers.portal.conftest import AT, MORNING, TEXT
from tests.publishers.scripts.renderers.languages import SAMPLES

SMALL = 100 * 1024
STATIC = Path(portal.__file__).parent / "static" / "portal"


def page(client, address: str, **headers):
    return client.get(address, headers={"accept-language": "en-US,en", **headers})


def test_station_page_says_today_and_how_long(client, morning):
    text = page(client, "/dai/xa-ia-grai/").content.decode()
    assert f"Hôm nay, thứ hai 23/11 – 1 bản tin, {morning.script.seconds} giây" in text
    for button in ("Xem bản đọc", "Tải TXT", "Tải DOCX", "In"):
        assert f">{button}</a>" in text


def test_two_scripts_are_added_up_in_minutes_and_urgent_stands_first(client, morning):
    other = SlotFactory(
        variant=morning.slot.variant,
        channel=None,
        stations_of=morning.slot.stations_of,
        at=AT + timedelta(hours=12),
    )
    morning.slot = other
    urgent = morning.issue(priority="khan-cap", title="Bão số 9", text=TEXT * 8)
    total = urgent.seconds + morning.script.seconds
    text = page(client, "/dai/xa-ia-grai/").content.decode()
    assert f"2 bản tin, {total // 60} phút" in text
    assert text.index("KHẨN CẤP") < text.index("Bão số 9") < text.index("Nộp hồ sơ tại nhà")


def test_station_without_scripts_says_so(client, morning):
    StationFactory(slug="dai-vang")
    text = page(client, "/dai/dai-vang/").content.decode()
    assert "Hôm nay, thứ hai 23/11 – chưa có bản tin" in text


@pytest.mark.parametrize(
    "address", ["/", "/dai/", "/dai/?q=ia+grai", "/dai/xa-ia-grai/", "script", "/xac-minh/"]
)
def test_public_pages_are_small_need_no_sign_in_and_leave_no_cookie(client, morning, address):
    if address == "script":
        address = morning.script.get_absolute_url()
    response = page(client, address)
    assert response.status_code == 200
    assert len(response.content) < SMALL
    assert "Set-Cookie" not in response.headers
    assert not response.cookies
    assert "cookie" not in response.headers.get("Vary", "").lower()
    assert response.headers["Content-Language"] == "vi"
    policy = response.headers["Content-Security-Policy"]
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy
    text = response.content.decode()
    assert not re.search(r"<script(?![^>]*src=)|<style|\son[a-z]+=|style=", text)


def test_page_with_everything_it_needs_stays_below_a_hundred_kilobytes(client, morning):
    text = page(client, morning.script.get_absolute_url()).content
    files = [(STATIC / name).read_bytes() for name in ("portal.css", "portal.js", "icon.svg")]
    assert len(text) + sum(map(len, files)) < SMALL
    assert len(gzip.compress(text)) < 8 * 1024


def test_reading_page_shows_breaths_voices_and_written_forms(client, morning):
    text = page(client, morning.script.get_absolute_url()).content.decode()
    assert (
        '<span class="breath">bà con gọi tổng đài một tám không không, một không chín sáu <small>(18001096)</small>'
        in text
    )
    assert re.findall(r'<section class="turn (nu|nam)">', text) == ["nu", "nam"] * 3
    assert "[Nhạc hiệu, 10 giây]" in text
    assert "PTV nữ" in text
    assert "PTV nam" in text


def test_hash_stands_in_header_and_meta_tag_and_survives_not_modified(client, morning):
    address = morning.script.get_absolute_url()
    first = page(client, address)
    digest = morning.script.body_sha256
    assert first.headers["X-Script-SHA256"] == digest
    assert f'<meta name="script-sha256" content="{digest}">' in first.content.decode()
    again = page(client, address, **{"if-none-match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["X-Script-SHA256"] == digest
    assert "no-cache" in first.headers["Cache-Control"]


def test_hash_is_taken_over_what_is_served_not_copied(client, morning):
    script = morning.script
    script.blocks[1]["sentences"][0][0][0][0] = "Nội dung bị sửa trong cơ sở dữ liệu"
    type(script).objects.filter(pk=script.pk).update(blocks=script.blocks)
    assert page(client, script.get_absolute_url()).headers["X-Script-SHA256"] != script.body_sha256


def test_another_stations_script_does_not_exist_under_this_station(client, morning):
    StationFactory(slug="dai-khac")
    for ending in ("/", ".txt", ".docx"):
        address = f"/dai/dai-khac/ban-tin/{morning.script.code}{ending}"
        assert page(client, address).status_code == 404
    assert page(client, "/dai/khong-co/").status_code == 404


def test_codes_may_be_typed_in_small_letters(client, morning):
    assert (
        page(
            client,
            morning.script.get_absolute_url().replace(morning.script.code, morning.script.code.lower()),
        ).status_code
        == 200
    )


def test_corrected_script_is_gone_and_leads_to_the_new_one(client, morning):
    old = morning.script
    new = morning.issue(text=TEXT + "\nMiễn phí.")
    response = page(client, old.get_absolute_url())
    assert response.status_code == 410
    assert "X-Script-SHA256" not in response.headers
    text = response.content.decode()
    assert new.get_absolute_url() in text
    assert "tổng đài" not in text
    assert page(client, old.get_absolute_url()[:-1] + ".txt").status_code == 410


def test_withdrawn_script_says_why_on_both_pages(client, morning):
    withdraw_scripts(morning.slot, "Số điện thoại trong bài chưa đúng.", MORNING)
    response = page(client, morning.script.get_absolute_url())
    assert response.status_code == 410
    assert "Số điện thoại trong bài chưa đúng." in response.content.decode()
    station = page(client, "/dai/xa-ia-grai/").content.decode()
    assert "Đã thu hồi: “Nộp hồ sơ tại nhà”. Số điện thoại trong bài chưa đúng." in station
    assert "Xem bản đọc" not in station


def file_name(response) -> str:
    """Return the name of the file; its length in minutes and seconds depends on the numbers in the places' names."""
    found = re.fullmatch(
        r'attachment; filename="(20261123_0530_nop_ho_so_tai_nha_00m5\d\.[a-z_.]+)"',
        response.headers["Content-Disposition"],
    )
    assert found, response.headers["Content-Disposition"]
    return found[1]


def test_text_for_a_vendors_voice_is_spoken_words_only(client, morning):
    response = page(client, morning.script.get_absolute_url()[:-1] + ".txt")
    assert response.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert file_name(response).endswith(".txt")
    # The text names no address, which a machine would read aloud; the answer does.
    assert "xac-minh" not in response.content.decode()
    assert response.headers["Link"].endswith(f'/xac-minh/{morning.script.code}>; rel="describedby"')
    text = response.content.decode("utf-8")
    assert text.startswith("Đây là Đài truyền thanh xã I-a Gờ-rai, phát thanh trên hệ thống loa của xã.\n\n")
    assert not re.search(r"[\d\[\]()]|PTV|Nhạc", text)
    assert text.count("một tám không không, một không chín sáu") == 3


def test_sheet_opens_and_holds_text_written_forms_and_signatures(client, morning):
    response = page(client, morning.script.get_absolute_url()[:-1] + ".docx")
    document = Document(io.BytesIO(response.content))
    text = "\n".join(paragraph.text for paragraph in document.paragraphs).replace(NO_BREAK_SPACE, " ")
    assert "bà con gọi tổng đài một tám không không, một không chín sáu (18001096)." in text
    section = document.sections[0]
    for footer in (section.first_page_footer, section.footer):
        assert f"http://127.0.0.1:8000/xac-minh/{morning.script.code}" in footer.paragraphs[0].text
    assert "Phát: 05 giờ 30, thứ hai 23/11/2026" in text
    signers = [cell.text.splitlines()[0] for cell in document.tables[-1].rows[0].cells]
    assert signers == ["Người biên tập", "Người đọc", "Người duyệt"]


def test_names_of_stations_and_titles_are_escaped(client, morning):
    evil = '<script>alert("x")</script>'
    morning.station.name = f"Đài {evil}"
    morning.station.save()
    script = morning.script
    type(script).objects.filter(pk=script.pk).update(title=f"Tin {evil}", issuer=evil)
    for address in (
        "/dai/xa-ia-grai/",
        script.get_absolute_url(),
        "/dai/?q=ia+grai",
        f"/xac-minh/{script.code}/",
    ):
        text = page(client, address).content.decode()
        assert evil not in text
        assert "&lt;script&gt;" in text


def test_query_count_does_not_grow_with_scripts(client, morning, django_assert_max_num_queries):
    for hours in range(1, 6):
        morning.slot = SlotFactory(
            variant=morning.slot.variant,
            channel=None,
            stations_of=morning.slot.stations_of,
            at=AT + timedelta(hours=hours),
        )
        morning.issue()
    with django_assert_max_num_queries(8):
        page(client, "/dai/xa-ia-grai/")
    with django_assert_max_num_queries(5):
        page(client, morning.script.get_absolute_url())


def test_writing_to_a_public_page_is_refused(client, morning):
    assert client.post("/dai/xa-ia-grai/").status_code == 405


@pytest.mark.parametrize(
    ("ending", "media_type", "begins"),
    [
        ("pdf", "application/pdf", b"%PDF-"),
        ("truong_thon.pdf", "application/pdf", b"%PDF-"),
        ("ssml.xml", "application/ssml+xml", b"<?xml"),
        ("zip", "application/zip", b"PK"),
    ],
)
def test_every_file_of_a_script_is_one_address_without_sign_in(client, morning, ending, media_type, begins):
    address = f"{morning.script.get_absolute_url()[:-1]}.{ending}"
    response = page(client, address)
    assert response.status_code == 200
    assert response.headers["Content-Type"] == media_type
    assert file_name(response).endswith(f".{ending}")
    assert response.headers["X-Script-SHA256"] == morning.script.body_sha256
    assert response.content.startswith(begins)
    assert response.content == page(client, address).content
    withdraw_scripts(morning.slot, "Số điện thoại trong bài chưa đúng.", MORNING)
    assert page(client, address).status_code == 410


def test_package_of_a_station_holds_every_form_and_its_sums(client, morning):
    response = page(client, morning.script.get_absolute_url()[:-1] + ".zip")
    name = file_name(response).removesuffix(".zip")
    with zipfile.ZipFile(io.BytesIO(response.content)) as files:
        assert files.namelist() == [
            f"{name}.txt", f"{name}.docx", f"{name}.pdf", f"{name}.truong_thon.pdf", f"{name}.ssml.xml",
            "bantin.json", "DOC-TRUOC.txt", "SHA256SUMS",
        ]  # fmt: skip
        record = json.loads(files.read("bantin.json"))
        sums = dict(reversed(line.split("  ")) for line in files.read("SHA256SUMS").decode().splitlines())
        for file in files.namelist()[:-1]:
            assert hashlib.sha256(files.read(file)).hexdigest() == sums[file]
    assert record["BanTinCongCongID"] == morning.script.code
    assert record["LanToa"]["Tep"][f"{name}.docx"] == sums[f"{name}.docx"]
    assert record["DichID"] == "xa-ia-grai"


def test_a_machine_without_the_fonts_says_so_on_the_page_and_in_the_package(client, morning, monkeypatch):
    blocks = [Block(BlockKind.CONTENT, Voice.FEMALE, (((Part("សួស្តី"),),),))]
    version = ScriptVersionFactory(station=morning.station, blocks=to_json(blocks))
    monkeypatch.setattr(paper, "families", lambda: frozenset({paper.TEXT_FONT}))
    response = page(client, version.get_absolute_url()[:-1] + ".pdf")
    assert response.status_code == 503
    assert "Máy chủ chưa có phông chữ Khmer" in response.content.decode()
    package = page(client, version.get_absolute_url()[:-1] + ".zip").content
    with zipfile.ZipFile(io.BytesIO(package)) as files:
        assert not [name for name in files.namelist() if name.endswith(".pdf")]
        assert "Máy chủ chưa có phông chữ Khmer" in files.read("DOC-TRUOC.txt").decode()


def test_fonts_for_other_scripts_are_served_and_named_by_the_stylesheet(client):
    css = (STATIC / "portal.css").read_text()
    for name, family in NAMES.items():
        assert f'url("/chu/{name}.ttf")' in css
        if family not in paper.families():
            continue
        response = client.get(f"/chu/{name}.ttf")
        letters = TTFont(io.BytesIO(response.content)).getBestCmap()
        (words,) = [words for _, words, wanted in SAMPLES if wanted == family]
        assert [letter for letter in words if ord(letter) not in letters] == []
    assert client.get("/chu/khac.ttf").status_code == 404


def test_files_of_a_day_are_numbered_in_playing_order(client, morning):
    morning.slot = SlotFactory(
        variant=morning.slot.variant,
        channel=None,
        stations_of=morning.slot.stations_of,
        at=AT + timedelta(hours=12),
    )
    morning.issue(priority="khan-cap", title="Bão số 9", text=TEXT)
    assert 'href="/dai/xa-ia-grai/ngay/2026-11-23.zip"' in page(client, "/dai/xa-ia-grai/").content.decode()
    response = page(client, "/dai/xa-ia-grai/ngay/2026-11-23.zip")
    assert response.headers["Content-Disposition"] == 'attachment; filename="20261123_xa-ia-grai.zip"'
    with zipfile.ZipFile(io.BytesIO(response.content)) as files:
        # The urgent one is played first, though it comes later in the day.
        assert [name[:25] for name in files.namelist()] == [
            "01_20261123_1730_bao_so_9", "01_20261123_1730_bao_so_9", "02_20261123_0530_nop_ho_s",
            "02_20261123_0530_nop_ho_s", "THU-TU-PHAT.txt", "SHA256SUMS",
        ]  # fmt: skip
        order = files.read("THU-TU-PHAT.txt").decode()
        assert "01  17:30  Bão số 9" in order
        # The spoken texts carry no address, so the list beside them says of each whose it is and where it is verified.
        assert order.count(f"    Cơ quan ban hành: {morning.script.issuer} · ") == 2
        assert f"/xac-minh/{morning.script.code}\n" in order
    for address in ("2026-11-24", "2026-13-40"):
        assert page(client, f"/dai/xa-ia-grai/ngay/{address}.zip").status_code == 404


def test_script_whose_hour_is_in_no_session_says_in_which_it_is_played(client, morning):
    for starts, ends in ((time(5, 30), time(6, 0)), (time(17, 0), time(17, 30))):
        BroadcastWindow.objects.create(station=morning.station, starts=starts, ends=ends)
    morning.slot = SlotFactory(
        variant=morning.slot.variant,
        channel=None,
        stations_of=morning.slot.stations_of,
        at=AT + timedelta(hours=4),
    )
    morning.issue(title="Giữa buổi", text=TEXT)
    script = ScriptVersion.objects.get(title="Giữa buổi")
    told = page(client, script.get_absolute_url()).content.decode()
    assert "Giờ phát 09:30 nằm ngoài khung giờ của đài" in told
    assert "Bản tin được xếp vào buổi chiều, 17:00–17:30." in told
    morning.issue(title="Bão số 9", text=TEXT, priority="khan-cap")
    urgent = page(client, ScriptVersion.objects.get(title="Bão số 9").get_absolute_url()).content.decode()
    # An urgent one is played at once.
    assert "nằm ngoài khung giờ" not in urgent
