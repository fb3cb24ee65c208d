"""Files for channels, from the wish to the download: made once, kept in step with the asset, closed to strangers."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
import zxingcpp
from django.core.files.storage import default_storage
from django.test import Client
from PIL import Image

from cms.audit.models import AuditRow
from cms.core import clock
from cms.core.errors import InputRefused, NotAllowed
from media.library.captions import as_webvtt
from media.library.models import Asset, AssetKind, Sharing
from media.library.withdrawals import withdraw
from media.renditions import making, services
from media.renditions.focal import focal_shares, set_focal
from media.renditions.making import clear_away, make_one, make_waiting
from media.renditions.models import Rendition, RenditionState
from media.renditions.orders import order_of
from media.renditions.wishes import CaptionPlace, Wishes
from tests.factories.media import make_asset, picture_bytes

pytestmark = pytest.mark.django_db
BACKEND = "cms.access.backends.MembershipBackend"
LONG_ADDRESS = "dichvucong.gialai.gov.vn/huong-dan-nop-ho-so-truc-tuyen-toan-trinh-cho-ba-con"
SQUARE = "hinh-anh:portal_square"


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.TRAINING_MODE = True
    settings.VAR_DIR, settings.MEDIA_ROOT = tmp_path / "var", tmp_path / "media"


def picture(**more) -> io.BytesIO:
    """A wide picture, black, with a white right end."""
    target = io.BytesIO()
    drawn = Image.new("RGB", (1600, 800), "black")
    drawn.paste("white", (1300, 0, 1600, 800))
    drawn.save(target, "PNG")
    target.seek(0)
    return target


@pytest.fixture
def graphic(centre):
    return make_asset(
        organisation=centre, kind=AssetKind.INFOGRAPHIC, title="Sáu bước nộp hồ sơ", alt_text="Sáu bước.",
        file=picture(), file_name="hinh.png", sharing=Sharing.PUBLIC,
    )  # fmt: skip


@pytest.fixture
def clip(centre, clip_bytes):
    return make_asset(
        organisation=centre, kind=AssetKind.CLIP, title="Hướng dẫn qua video", transcript="Mời bà con xem.",
        captions=as_webvtt("1\n00:00:00,500 --> 00:00:02,000\nMời bà con xem\n"),
        file=io.BytesIO(clip_bytes), file_name="phim.mp4", sharing=Sharing.EVERYBODY,
    )  # fmt: skip


def content(rendition: Rendition) -> bytes:
    rendition.refresh_from_db()
    assert rendition.state == RenditionState.DONE, rendition.sentence
    with default_storage.open(rendition.file, "rb") as file:
        return file.read()


def made(user, asset, offer, wishes=None) -> bytes:
    rendition = services.ask(user, asset, offer, wishes)
    make_one(rendition.pk)
    return content(rendition)


def opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data))


def test_a_cut_keeps_the_focal_point_and_is_made_anew_when_that_moves(graphic, central_editor):
    rendition = services.ask(central_editor, graphic, SQUARE)
    make_one(rendition.pk)
    first = opened(content(rendition))
    assert (first.format, first.size) == ("JPEG", (1080, 1080))
    assert max(first.convert("L").getpixel((x, 500)) for x in (5, 540, 1075)) < 20
    set_focal(graphic, central_editor, 0.9, 0.5)
    graphic = Asset.objects.get(pk=graphic.pk)
    assert focal_shares(graphic) == pytest.approx((0.9, 0.5), abs=0.01)
    again = services.ask(central_editor, graphic, SQUARE)
    assert (again.pk, again.state) == (rendition.pk, RenditionState.WAITING)
    make_one(again.pk)
    assert opened(content(again)).convert("L").getpixel((1000, 500)) > 235


def test_the_same_input_and_recipe_are_not_made_twice(graphic, centre, central_editor, monkeypatch):
    first = made(central_editor, graphic, SQUARE)
    done = services.ask(central_editor, graphic, SQUARE)
    assert done.state == RenditionState.DONE
    twin = make_asset(
        organisation=centre, kind=AssetKind.INFOGRAPHIC, title="Bản khác", alt_text="Sáu bước.", file=picture(),
        file_name="khac.png", sharing=Sharing.PUBLIC,
    )  # fmt: skip
    runs: list[object] = []
    monkeypatch.setattr(making, "carry_out", lambda *given: runs.append(given))
    assert made(central_editor, twin, SQUARE) == first
    assert runs == []
    assert Rendition.objects.values("file").distinct().count() == 1


def test_the_print_sheet_is_a4_at_300_dpi_and_its_code_leads_to_the_public_page(
    graphic, central_editor, settings
):
    settings.PUBLIC_BASE_URL = "https://lantoa.vidu.gov.vn"
    sheet = opened(made(central_editor, graphic, "hinh-anh:a4_print"))
    assert (sheet.size, sheet.info["dpi"]) == ((2480, 3508), (300, 300))
    codes = zxingcpp.read_barcodes(sheet.convert("L"))
    assert [code.text for code in codes] == [f"https://lantoa.vidu.gov.vn{graphic.get_absolute_url()}"]


@pytest.mark.parametrize("offer", ["portal_square", "portal_webp", "portal_avif", "a4_print"])
def test_a_machine_made_picture_says_so_in_every_file_cut_from_it(centre, central_editor, offer):
    asset = make_asset(
        organisation=centre, kind=AssetKind.INFOGRAPHIC, title="Hình máy vẽ", alt_text="Hình.", file=picture(),
        file_name="may.png", sharing=Sharing.PUBLIC, machine_made=True,
    )  # fmt: skip
    assert b"trainedAlgorithmicMedia" in made(central_editor, asset, f"hinh-anh:{offer}")


def test_the_end_card_says_the_assets_own_invitation_over_the_contact_of_the_body_that_asks(
    clip, central_editor, communicator
):
    clip.end_card = "Mời bà con làm thử tại nhà"
    clip.save()
    asked = services.ask(communicator, clip, "video:clip_wide")
    end = order_of(asked).end
    assert (end.title, end.issuer) == ("Mời bà con làm thử tại nhà", asked.organisation.name)
    Rendition.objects.filter(pk=asked.pk).update(state=RenditionState.DONE, key=order_of(asked).key)
    clip.end_card = "Mời bà con gọi để được giúp"
    clip.save()
    assert services.ask(communicator, clip, "video:clip_wide").state == RenditionState.WAITING


def test_an_invitation_without_room_beside_the_bodys_name_is_refused_before_anything_is_cut(
    clip, communicator, province
):
    clip.end_card = f"Xem {LONG_ADDRESS}"
    clip.save()
    with pytest.raises(InputRefused, match="quá dài, không đặt vừa khung"):
        services.ask(communicator, clip, "video:clip_wide")
    assert not Rendition.objects.exists()
    without = services.ask(communicator, clip, "video:clip_wide", Wishes(end=False))
    assert without.state == RenditionState.WAITING


def test_a_picture_that_takes_too_much_memory_is_refused_in_a_sentence(centre, central_editor, monkeypatch):
    large = make_asset(
        organisation=centre, kind=AssetKind.INFOGRAPHIC, title="Hình lớn", alt_text="Hình.",
        file=io.BytesIO(picture_bytes(4000, 3000)), file_name="lon.png", sharing=Sharing.PUBLIC,
    )  # fmt: skip
    monkeypatch.setattr("media.renditions.offers._MEGABYTE", 50_000)
    rendition = services.ask(central_editor, large, SQUARE)
    assert not make_one(rendition.pk)
    rendition.refresh_from_db()
    assert rendition.state == RenditionState.FAILED
    assert "bộ nhớ" in rendition.sentence
    assert not default_storage.exists(making.FOLDER)


def test_captions_beside_a_clip_are_moved_by_its_opening_card(clip, central_editor):
    wishes = Wishes(captions=CaptionPlace.BESIDE, logo=False, end=False)
    rendition = services.ask(central_editor, clip, "video:clip_wide", wishes)
    assert make_waiting() == 1
    rendition.refresh_from_db()
    assert (rendition.state, rendition.media_type) == (RenditionState.DONE, "video/mp4")
    assert "00:00:03.100 --> 00:00:04.600\nMời bà con xem" in rendition.captions
    browser = Client()
    browser.force_login(central_editor, backend=BACKEND)
    address = f"/admin/tep-theo-kenh/{clip.public_id}/{rendition.public_id}/"
    srt = browser.get(address + "phu-de.srt")
    assert "00:00:03,100 --> 00:00:04,600" in srt.content.decode()
    part = browser.get(address, HTTP_RANGE="bytes=0-99")
    assert (part.status_code, len(b"".join(part.streaming_content))) == (206, 100)


def test_stopped_in_the_middle_it_keeps_its_pieces_and_goes_on(clip, central_editor, monkeypatch):
    rendition = services.ask(central_editor, clip, "video:clip_wide", Wishes())
    monkeypatch.setattr(making, "_SAID_EVERY", 0.0)
    real, heard = making._Alive.__call__, []

    def listening(self, share):
        heard.append(share)
        if share > 0.5:
            services.stop(rendition, central_editor)
        real(self, share)

    monkeypatch.setattr(making._Alive, "__call__", listening)
    assert not make_one(rendition.pk)
    rendition.refresh_from_db()
    assert (rendition.state, rendition.file) == (RenditionState.STOPPED, "")
    assert 0 < rendition.percent < 100
    kept = list((making._work_folder()).glob("*/0*.mp4"))
    assert kept
    monkeypatch.setattr(making._Alive, "__call__", real)
    assert services.go_on(rendition, central_editor)
    assert make_waiting() == 1
    assert content(rendition)[4:8] == b"ftyp"
    assert not list(making._work_folder().glob("*"))


def test_a_killed_worker_s_rendition_is_taken_over_when_its_lease_ends_and_given_up_after_three_tries(
    graphic, central_editor
):
    rendition = services.ask(central_editor, graphic, SQUARE)
    taken = making._take(rendition.pk)
    assert not make_one(rendition.pk)
    Rendition.objects.update(lease_until=clock.now() - timedelta(seconds=1), tries=3)
    assert not make_one(rendition.pk)
    rendition.refresh_from_db()
    assert rendition.state == RenditionState.FAILED
    assert "nhiều lần" in rendition.sentence
    with pytest.raises(making.LeaseLost):
        making._Alive(taken)(0.5)


def test_while_one_is_being_cut_others_wait_so_that_the_lane_stays_free(graphic, central_editor, settings):
    first = services.ask(central_editor, graphic, SQUARE)
    services.ask(central_editor, graphic, "hinh-anh:portal_small")
    making._take(first.pk)
    assert make_waiting() == 0
    settings.RENDITIONS_AT_ONCE = 2
    assert make_waiting() == 1


def test_nothing_is_cut_or_fetched_from_what_is_withdrawn_or_out_of_reach(
    graphic, centre, central_editor, communicator, neighbour
):
    rendition = services.ask(central_editor, graphic, SQUARE)
    make_one(rendition.pk)
    own = make_asset(
        organisation=centre, kind=AssetKind.INFOGRAPHIC, title="Riêng", alt_text="Riêng.", file=picture(),
        file_name="r.png", sharing=Sharing.OWN,
    )  # fmt: skip
    with pytest.raises(NotAllowed):
        services.ask(communicator, own, SQUARE)
    withdraw(graphic, central_editor, "Sai số điện thoại")
    with pytest.raises(InputRefused, match="đang bị thu hồi"):
        services.ask(central_editor, graphic, "hinh-anh:portal_small")
    browser = Client()
    browser.force_login(central_editor, backend=BACKEND)
    page = f"/admin/tep-theo-kenh/{graphic.public_id}/"
    assert browser.get(f"{page}{rendition.public_id}/").status_code == 302
    assert "đang bị thu hồi" in browser.get(page).content.decode()
    assert not AuditRow.objects.filter(verb="renditions.fetch").exists()
    browser.force_login(neighbour, backend=BACKEND)
    assert browser.get(f"/admin/tep-theo-kenh/{own.public_id}/").status_code == 404


def test_a_file_with_another_body_s_name_is_not_handed_out(clip, central_editor, communicator):
    rendition = services.ask(central_editor, clip, "video:clip_wide", Wishes())
    Rendition.objects.filter(pk=rendition.pk).update(state=RenditionState.DONE, file="x")
    browser = Client()
    browser.force_login(communicator, backend=BACKEND)
    assert "Chưa cắt tệp nào" in browser.get(f"/admin/tep-theo-kenh/{clip.public_id}/").content.decode()
    address = f"/admin/tep-theo-kenh/{clip.public_id}/{rendition.public_id}/"
    assert browser.get(address).status_code == 404
    browser.post(f"/admin/tep-theo-kenh/{clip.public_id}/", {"viec": "dung", "tep": str(rendition.public_id)})
    assert Rendition.objects.get().state == RenditionState.DONE


def test_only_the_owner_moves_the_focal_point_and_only_inside(graphic, central_editor, communicator):
    with pytest.raises(NotAllowed):
        set_focal(graphic, communicator, 0.2, 0.2)
    browser = Client()
    browser.force_login(central_editor, backend=BACKEND)
    page = f"/admin/tep-theo-kenh/{graphic.public_id}/"
    for wrong in ("140", "x", ""):
        answer = browser.post(page, {"viec": "diem-chinh", "ngang": wrong, "doc": "10"}, follow=True)
        assert "Điểm chính phải nằm trong hình." in answer.content.decode()
    browser.post(page, {"viec": "diem-chinh", "ngang": "25", "doc": "50"})
    assert focal_shares(Asset.objects.get(pk=graphic.pk)) == pytest.approx((0.25, 0.5), abs=0.01)
    browser.force_login(communicator, backend=BACKEND)
    assert "Lưu điểm chính" not in browser.get(page).content.decode()


def test_the_page_asks_as_much_for_many_files_as_for_one(
    graphic, central_editor, django_assert_max_num_queries
):
    browser = Client()
    browser.force_login(central_editor, backend=BACKEND)
    for offer in ("portal_square", "portal_small", "portal_link", "portal_webp", "a4_print", "zalo_picture"):
        rendition = services.ask(central_editor, graphic, f"hinh-anh:{offer}")
        Rendition.objects.filter(pk=rendition.pk).update(state=RenditionState.DONE, key="x", file="x")
    page = f"/admin/tep-theo-kenh/{graphic.public_id}/"
    browser.get(page)
    with django_assert_max_num_queries(40):
        answer = browser.get(page).content.decode()
    assert answer.count("đã đổi từ khi cắt tệp này") == 6


def test_what_nobody_fetches_is_thrown_away(graphic, central_editor):
    rendition = services.ask(central_editor, graphic, SQUARE)
    make_one(rendition.pk)
    services.fetch(Rendition.objects.get(), central_editor)
    file = Rendition.objects.get().file
    Rendition.objects.update(finished_at=clock.now() - timedelta(days=31))
    assert clear_away() == 0
    Rendition.objects.update(fetched_at=clock.now() - timedelta(days=31))
    assert clear_away() == 1
    assert not default_storage.exists(file)
