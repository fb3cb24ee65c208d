"""A bulletin is read into the browser and then plays on the station's page; packages are asked for and fetched."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from django.urls import reverse

from cms.core import clock
from publishers.scripts.blocks import Block, BlockKind, Part, Voice, to_json
from publishers.scripts.models import PackageJob, RecordedReading, ScriptVersion
from publishers.scripts.province_packages import run_open_jobs
from tests.publishers.scripts.renderers.languages import SAMPLES

pytestmark = pytest.mark.browser


#: Plays the page's sound (muted: nobody has touched the page) and returns how far it came.
PLAY = """() => new Promise((done, failed) => {
  const sound = document.querySelector(".sound audio");
  sound.muted = true;
  sound.addEventListener("timeupdate", () => { if (sound.currentTime > 0.3) done(sound.currentTime); });
  setTimeout(() => failed(new Error("not playing")), 20000);
  sound.play().catch(failed);
})"""


@pytest.fixture(autouse=True)
def _files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def _picture(page, name: str) -> None:
    folder = os.environ.get("LANTOA_PICTURES")
    if folder:
        page.screenshot(path=str(Path(folder) / f"{name}.png"), full_page=True)


def test_a_reading_is_recorded_heard_and_played(visit, world, width):
    ScriptVersion.objects.filter(pk=world.script.pk).update(seconds=4)
    window = visit(world.communicator)
    page = window.open(reverse("script_reading", args=[world.script.code]))
    page.get_by_role("button", name="Bắt đầu ghi âm").click()
    page.wait_for_timeout(3500)
    page.get_by_role("button", name="Dừng ghi").click()
    page.locator(".reading-recorder audio").wait_for()
    _picture(page, f"thu-ban-doc-{width}")
    page.get_by_label("Tôi đã nghe lại").check()
    page.get_by_role("button", name="Gửi bản đọc").click()
    page.get_by_text("Đã nhận bản đọc").first.wait_for(timeout=60_000)
    assert window.is_clean()
    reading = RecordedReading.objects.get(replaced_at__isnull=True)
    assert (reading.source, reading.read_by) == ("ghi-am", world.communicator)
    assert page.get_by_text("Bản đọc chờ duyệt").is_visible()
    # Another person has heard it.
    RecordedReading.objects.update(approved_at=clock.now())
    outside = visit()
    page = outside.open(world.script.get_absolute_url())
    assert page.get_by_text("Người đọc").is_visible()
    assert page.evaluate(PLAY) > 0.3
    _picture(page, f"ban-tin-{width}")
    assert outside.is_clean()
    window.open(reverse("script_readings"))
    _picture(window.page, f"cac-ban-doc-{width}")
    assert window.is_clean()
    RecordedReading.objects.all().delete()


def test_packages_are_asked_for_and_fetched(visit, world, width, monkeypatch):
    monkeypatch.setattr("publishers.scripts.package_screens.pack_provinces.delay", lambda: None)
    window = visit(world.communicator)
    page = window.open(reverse("script_packages"))
    _picture(page, f"goi-ban-tin-{width}")
    page.get_by_role("button", name="Dựng gói").first.click()
    page.get_by_text("Chờ đến lượt").wait_for()
    assert run_open_jobs() == 1
    # The page brings itself up to date.
    page.get_by_role("link", name="Tải ZIP").wait_for()
    _picture(page, f"goi-ban-tin-xong-{width}")
    with page.expect_download() as download:
        page.get_by_role("link", name="Tải ZIP").click()
    assert "_goi_ban_tin_" in download.value.suggested_filename
    assert window.is_clean()
    PackageJob.objects.all().delete()


def test_every_script_of_the_country_is_drawn_on_the_page(visit, world, width):
    kept = world.script.blocks
    blocks = [Block(BlockKind.CONTENT, Voice.FEMALE, (((Part(words),),),)) for _, words, _ in SAMPLES]
    ScriptVersion.objects.filter(pk=world.script.pk).update(blocks=to_json(blocks))
    try:
        window = visit()
        page = window.open(world.script.get_absolute_url())
        _picture(page, f"tieng-dan-toc-{width}")
        assert window.is_clean()
        # The document's own list of fonts tells which were fetched for these letters.
        page.evaluate("document.fonts.ready")
        loaded = page.evaluate("[...document.fonts].filter((font) => font.status === 'loaded').length")
        assert loaded == sum(1 for _, _, family in SAMPLES if family)
    finally:
        ScriptVersion.objects.filter(pk=world.script.pk).update(blocks=kept)
