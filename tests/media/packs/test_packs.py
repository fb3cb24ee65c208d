"""Download packs: what is inside, that it is always the same, and that rights are asked at every door."""

from __future__ import annotations

import hashlib
import io
import zipfile
from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.test import Client

from cms.audit.models import AuditRow
from cms.core import clock
from cms.core.errors import InputRefused, NotAllowed
from cms.core.steady_zip import SteadyZip
from media.library.models import Asset, AssetKind, Sharing
from media.library.withdrawals import withdraw
from media.packs import making
from media.packs.light import MOST_BYTES
from media.packs.making import clear_old_packs, make_open_packs, make_pack
from media.packs.models import Pack, PackKind, PackState, SchoolAge
from media.packs.services import ask_for_pack, resume_pack, stop_pack
from media.renditions import making as rendition_making
from media.renditions import services as renditions
from media.renditions.making import make_one
from media.renditions.recipes import CUTS
from media.renditions.screens import rows_of
from tests.factories.media import make_asset
from tests.media.packs.conftest import noise

pytestmark = pytest.mark.django_db
BACKEND = "cms.access.backends.MembershipBackend"


def opened(pack: Pack) -> zipfile.ZipFile:
    pack.refresh_from_db()
    assert pack.state == PackState.DONE, pack.sentence
    with default_storage.open(pack.file, "rb") as content:
        return zipfile.ZipFile(io.BytesIO(content.read()))


def packed(user, kind, **subject) -> zipfile.ZipFile:
    pack = ask_for_pack(user, kind, **subject)
    make_pack(pack.pk)
    return opened(pack)


def words(pack: zipfile.ZipFile, name: str) -> str:
    return pack.read(name).decode().replace("\r\n", "\n")


# ------------------------------------------------------------------------------------------------- contents
def test_everything_pack_holds_originals_cuts_words_rights_and_sums(graphic, central_editor):
    pack = packed(central_editor, PackKind.EVERYTHING, asset=graphic)
    names = pack.namelist()
    folder = "01-nop-ho-so-tai-nha-sau-buoc"
    assert f"{folder}/goc/hinh-anh.png" in names
    assert f"{folder}/kenh/portal-square.jpg" in names
    assert f"{folder}/kenh/portal-avif.avif" in names
    assert {"DOC-TRUOC.txt", "QUYEN-SU-DUNG.txt", "index.html", "SHA256SUMS"} <= set(names)
    assert pack.testzip() is None
    with default_storage.open(graphic.image.blob.file.name) as original:
        assert pack.read(f"{folder}/goc/hinh-anh.png") == original.read()
    sums = dict(reversed(line.split("  ")) for line in words(pack, "SHA256SUMS").splitlines())
    assert set(sums) == set(names) - {"SHA256SUMS"}
    assert all(hashlib.sha256(pack.read(name)).hexdigest() == digest for name, digest in sums.items())
    assert "Quyền sử dụng: Cơ quan tự làm, được dùng chung" in words(pack, "QUYEN-SU-DUNG.txt")
    assert "NỘP HỒ SƠ TẠI NHÀ: SÁU BƯỚC" in words(pack, f"{folder}/noi-dung.txt")
    page = words(pack, "index.html")
    assert "<script" not in page
    assert f'href="{folder}/goc/hinh-anh.png"' in page
    assert all(name.isascii() and not name.startswith("/") and ".." not in name for name in names)


def test_clip_brings_its_captions_in_both_forms(centre, central_editor, clip_bytes):
    clip = make_asset(
        organisation=centre,
        kind=AssetKind.CLIP,
        title="Video mẫu",
        captions="1\n00:00:00,000 --> 00:00:02,000\nXin chào bà con",
        file=io.BytesIO(clip_bytes),
        file_name="mau.mp4",
    )
    pack = packed(central_editor, PackKind.EVERYTHING, asset=clip)
    assert "00:00:00,000 --> 00:00:02,000" in words(pack, "01-video-mau/phu-de.srt")
    assert words(pack, "01-video-mau/phu-de.vtt").startswith("WEBVTT")
    assert "01-video-mau/goc/video.mp4" in pack.namelist()
    assert {"01-video-mau/kenh/khung-hinh.jpg", "01-video-mau/kenh/song-am.png"} <= set(pack.namelist())


def test_same_contents_give_the_same_bytes_and_are_not_made_twice(
    graphic, central_editor, communicator, monkeypatch
):
    first = ask_for_pack(central_editor, PackKind.EVERYTHING, asset=graphic)
    make_pack(first.pk)
    first.refresh_from_db()
    with default_storage.open(first.file) as kept:
        before = kept.read()
    default_storage.delete(first.file)
    again = ask_for_pack(central_editor, PackKind.EVERYTHING, asset=graphic)
    make_pack(again.pk)
    again.refresh_from_db()
    with default_storage.open(again.file) as kept:
        assert kept.read() == before
    monkeypatch.setattr(making, "parts_of", lambda *_: pytest.fail("made twice"))
    third = ask_for_pack(central_editor, PackKind.EVERYTHING, asset=graphic)
    assert make_pack(third.pk)
    third.refresh_from_db()
    assert (third.sha256, third.file) == (again.sha256, again.file)


def test_a_pack_takes_what_was_cut_before_and_leaves_what_it_made_for_everybody(
    graphic, central_editor, communicator, monkeypatch
):
    alone = renditions.ask(central_editor, graphic, "hinh-anh:portal_square")
    make_one(alone.pk)
    alone.refresh_from_db()
    orders = []
    real = rendition_making.carry_out_together

    def listening(wanted, source):
        orders.append([order.offer.key for order, _target in wanted])
        return real(wanted, source)

    monkeypatch.setattr(rendition_making, "carry_out_together", listening)
    pack = packed(central_editor, PackKind.EVERYTHING, asset=graphic)
    assert (
        hashlib.sha256(pack.read("01-nop-ho-so-tai-nha-sau-buoc/kenh/portal-square.jpg")).hexdigest()
        == alone.sha256
    )
    assert orders == [[key for key in CUTS if key != "portal_square"]], "one run, without what was there"
    assert renditions.ask(communicator, graphic, "hinh-anh:portal_avif").state == "done"
    packed(communicator, PackKind.PRESS, asset=graphic)
    packed(communicator, PackKind.CARDS, asset=graphic)
    assert orders[1:] == [["card"], ["phone"]]
    page = [row.rendition.offer for row in rows_of(graphic, communicator.memberships.first().organisation)]
    assert sorted(page) == sorted(f"hinh-anh:{key}" for key in CUTS), "cards are not offered there"


def test_light_pack_never_weighs_more_than_five_megabytes_and_says_what_it_left_out(
    centre, topic, central_editor, sound_bytes
):
    for number in range(20):
        make_asset(
            organisation=centre,
            kind=AssetKind.INFOGRAPHIC,
            title=f"Hình nặng số {number}",
            alt_text="Hình.",
            file=io.BytesIO(noise(1900, 1900, number)),
            file_name="nang.jpg",
            topics=[topic],
        )
    # A document cannot be made smaller: it is the first to be left out.
    document = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>endobj\n"
    document += (
        b"%"
        + noise(900, 900).hex().encode()[:6_000_000].replace(b"\n", b"")
        + b"\ntrailer<</Root 1 0 R>>\n%%EOF\n"
    )
    make_asset(
        organisation=centre,
        kind=AssetKind.DOCUMENT,
        title="Văn bản nặng",
        file=io.BytesIO(document),
        file_name="nang.pdf",
        topics=[topic],
    )
    make_asset(
        organisation=centre,
        kind=AssetKind.AUDIO,
        title="Lời đọc",
        transcript="Xin chào.",
        file=io.BytesIO(sound_bytes),
        file_name="a.mp3",
        topics=[topic],
    )
    ask = ask_for_pack(central_editor, PackKind.LIGHT, topic=topic)
    make_pack(ask.pk)
    pack = opened(ask)
    assert ask.size <= MOST_BYTES
    assert "hinh-anh.jpg" in " ".join(pack.namelist())
    assert any(name.endswith("am-thanh.mp3") for name in pack.namelist())
    readme = words(pack, "DOC-TRUOC.txt")
    if not any(name.endswith(".pdf") for name in pack.namelist()):
        assert "Không kèm tệp văn bản của “Văn bản nặng”" in readme
    assert sum(name.endswith("noi-dung.txt") for name in pack.namelist()) == 22


def test_clip_in_a_light_pack_is_made_smaller(centre, central_editor, tmp_path):
    from media.renditions.encoder import run_ffmpeg

    source = tmp_path / "to.mp4"
    run_ffmpeg(
        [
            "-y", "-f", "lavfi", "-i", "testsrc2=size=1280x720:rate=25:duration=4", "-c:v", "libx264", "-preset",
            "ultrafast", "-crf", "1", "-pix_fmt", "yuv420p", "-movflags", "+faststart", source,
        ],
        timeout=60,
    )  # fmt: skip
    clip = make_asset(
        organisation=centre,
        kind=AssetKind.CLIP,
        title="Video to",
        transcript="Lời.",
        file=io.BytesIO(source.read_bytes()),
        file_name="to.mp4",
    )
    pack = packed(central_editor, PackKind.LIGHT, asset=clip)
    assert pack.getinfo("01-video-to/video.mp4").file_size < source.stat().st_size / 4


def test_lesson_kit_of_a_topic_takes_what_is_for_pupils_and_fits_the_age(
    graphic, article, topic, central_editor
):
    pack = packed(central_editor, PackKind.LESSON, topic=topic, age=SchoolAge.PRIMARY)
    assert "giao-an.pdf" in pack.namelist()
    assert pack.read("giao-an.pdf").startswith(b"%PDF")
    assert "Đăng ký thường trú qua mạng" not in words(pack, "DOC-TRUOC.txt")
    assert "TIỂU HỌC (6–10 TUỔI)" in words(pack, "DOC-TRUOC.txt")
    with pytest.raises(InputRefused, match="chọn cấp học"):
        ask_for_pack(central_editor, PackKind.LESSON, topic=topic)


def test_minutes_of_a_lesson_add_up_to_the_school_hour():
    from media.packs.lessons import PLANS

    assert {age: sum(minutes for minutes, _ in plan.course) for age, plan in PLANS.items()} == {
        "tieu-hoc": 35,
        "thcs": 45,
        "thpt": 45,
    }
    assert [plan.minutes for plan in PLANS.values()] == [35, 45, 45]


def test_press_pack_holds_public_material_only_and_names_whom_to_call(
    graphic, article, topic, centre, central_editor
):
    centre.hotline = "1800 1096"
    centre.save()
    pack = packed(central_editor, PackKind.PRESS, topic=topic)
    assert "Đường dây nóng: 1800 1096" in words(pack, "lien-he.txt")
    assert "Ảnh, tư liệu: Cơ quan mẫu" in words(pack, "chu-thich-anh.txt")
    assert not any("thuong-tru" in name for name in pack.namelist())
    with pytest.raises(InputRefused, match="chưa được công khai"):
        ask_for_pack(central_editor, PackKind.PRESS, asset=article)


def test_hand_cards_have_a_page_each_a_phone_picture_and_the_bodys_own_hotline(
    graphic, article, topic, province, communicator
):
    from pypdf import PdfReader

    province.hotline = "0237 1022"
    province.save()
    pack = packed(communicator, PackKind.CARDS, topic=topic)
    pages = PdfReader(io.BytesIO(pack.read("the-a5.pdf"))).pages
    assert len(pages) == 2
    assert [round(float(side) / 72 * 25.4) for side in pages[0].mediabox[2:]] == [148, 210]
    assert "0237 1022" in pages[0].extract_text()
    assert {
        "01-nop-ho-so-tai-nha-sau-buoc/dien-thoai.jpg",
        "02-dang-ky-thuong-tru-qua-mang/dien-thoai.jpg",
    } <= set(pack.namelist())
    assert (
        "http" not in words(pack, "index.html").replace("http://127.0.0.1:8000/tep", "").split("<style>")[0]
    )


# ------------------------------------------------------------------------------------------------- rights
def test_nobody_packs_what_is_not_theirs_to_read(centre, communicator, central_editor):
    own = make_asset(
        organisation=centre,
        kind=AssetKind.ARTICLE,
        title="Nội bộ",
        body=[("paragraph", "<p>x</p>")],
        sharing=Sharing.OWN,
    )
    with pytest.raises(NotAllowed):
        ask_for_pack(communicator, PackKind.EVERYTHING, asset=own)
    assert ask_for_pack(central_editor, PackKind.EVERYTHING, asset=own).pk


@pytest.mark.parametrize(
    ("limit", "sentence"),
    [
        ({"usable_from": timedelta(days=1)}, "chưa được dùng trước"),
        ({"usable_until": timedelta(days=-2)}, "chỉ được dùng đến hết ngày"),
        ({"retired_at": timedelta(hours=-1)}, "đã ngừng dùng"),
    ],
)
def test_embargo_expiry_and_retirement_hold_before_and_after_packing(
    graphic, central_editor, limit, sentence
):
    pack = ask_for_pack(central_editor, PackKind.EVERYTHING, asset=graphic)
    make_pack(pack.pk)
    ((name, distance),) = limit.items()
    value = clock.now() + distance
    Asset.objects.filter(pk=graphic.pk).update(**{name: value.date() if name == "usable_until" else value})
    graphic.refresh_from_db()
    with pytest.raises(InputRefused, match=sentence):
        ask_for_pack(central_editor, PackKind.LIGHT, asset=graphic)
    browser = Client()
    browser.force_login(central_editor, backend=BACKEND)
    answer = browser.get(f"/admin/goi-tai-ve/{pack.public_id}/tep/")
    assert answer.status_code == 302
    assert sentence in browser.get(f"/admin/goi-tai-ve/{pack.public_id}/").content.decode()
    assert not AuditRow.objects.filter(verb="packs.fetch").exists()


def test_withdrawn_asset_is_not_packed(graphic, central_editor):
    withdraw(graphic, central_editor, "Sai số điện thoại")
    with pytest.raises(InputRefused, match="đang bị thu hồi"):
        ask_for_pack(central_editor, PackKind.EVERYTHING, asset=graphic)


# ------------------------------------------------------------------------------------------------- the work
def test_stopped_in_the_middle_it_writes_nothing_and_goes_on_when_asked(graphic, central_editor, monkeypatch):
    pack = ask_for_pack(central_editor, PackKind.EVERYTHING, asset=graphic)
    real = making.parts_of

    def interrupted(*given):
        stop_pack(pack, central_editor)
        return real(*given)

    monkeypatch.setattr(making, "parts_of", interrupted)
    assert not make_pack(pack.pk)
    pack.refresh_from_db()
    assert (pack.state, pack.file) == (PackState.STOPPED, "")
    monkeypatch.setattr(making, "parts_of", real)
    resume_pack(pack, central_editor)
    assert make_open_packs() == 1
    assert opened(pack).testzip() is None
    assert list(
        AuditRow.objects.filter(target_type="packs.pack").order_by("pk").values_list("verb", flat=True)
    ) == [
        "packs.ask",
        "packs.stop",
        "packs.resume",
    ]


def test_old_packs_are_thrown_away_with_their_files(graphic, central_editor):
    pack = ask_for_pack(central_editor, PackKind.LIGHT, asset=graphic)
    make_pack(pack.pk)
    pack.refresh_from_db()
    Pack.objects.filter(pk=pack.pk).update(finished_at=clock.now() - timedelta(days=8))
    assert clear_old_packs() == 1
    assert not default_storage.exists(pack.file)
    assert not Pack.objects.exists()


@pytest.mark.parametrize("name", ["../ngoai.txt", "/etc/passwd", "a/../../b", "a\\..\\b", "tên.txt"])
def test_no_name_leads_out_of_the_folder_it_is_unpacked_in(name):
    with pytest.raises(ValueError, match="file"):
        SteadyZip(io.BytesIO()).add(name, b"x")


# ------------------------------------------------------------------------------------------------- screens
def test_person_asks_waits_and_downloads_with_one_audit_row_each_time(
    graphic, central_editor, neighbour, django_capture_on_commit_callbacks, monkeypatch
):
    rung: list[int] = []
    monkeypatch.setattr("media.packs.screens.make_packs.delay", lambda: rung.append(1))
    browser = Client()
    browser.force_login(central_editor, backend=BACKEND)
    choose = f"/admin/goi-tai-ve/tai-lieu/{graphic.public_id}/"
    assert "Gói bài học" in browser.get(choose).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        answer = browser.post(choose, {"kind": "nhe"})
    pack = Pack.objects.get()
    assert answer.url == f"/admin/goi-tai-ve/{pack.public_id}/"
    assert rung == [1]
    assert 'data-refresh="2000"' in browser.get(answer.url).content.decode()
    make_open_packs()
    assert "Tải ZIP" in browser.get(answer.url).content.decode()
    for number in (1, 2):
        file = browser.get(answer.url + "tep/")
        assert file.headers["Content-Disposition"].startswith(
            'attachment; filename="goi-nhe-nop-ho-so-tai-nha-sau-buoc-'
        )
        assert zipfile.ZipFile(io.BytesIO(b"".join(file.streaming_content))).testzip() is None
        assert AuditRow.objects.filter(verb="packs.fetch", actor=central_editor).count() == number
    stranger = Client()
    stranger.force_login(neighbour, backend=BACKEND)
    assert stranger.get(answer.url).status_code == 404
    assert stranger.get(answer.url + "tep/").status_code == 404
