"""The lexicon on screen: a trial reading, a reading taught, and the list that then has it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from django.urls import reverse

from publishers.scripts.models import LexiconEntry

pytestmark = pytest.mark.browser


def _picture(page, name: str) -> None:
    folder = os.environ.get("LANTOA_PICTURES")
    if folder:
        page.screenshot(path=str(Path(folder) / f"{name}.png"), full_page=True)


def test_a_text_is_read_on_trial_and_a_reading_is_taught(visit, world, width):
    window = visit(world.communicator)
    page = window.open(reverse("lexicon_trial"))
    page.fill("textarea[name=text]", "Ngày 05/5, UBND xã gọi 18001096. Thôn đạt mức 3.5.")
    page.get_by_role("button", name="Đọc thử").click()
    page.get_by_text("Ngày mùng năm tháng năm, Ủy ban nhân dân xã gọi một tám không không").first.wait_for()
    assert page.get_by_text("Chưa biết đọc").first.is_visible()
    assert window.is_clean()
    _picture(page, f"doc-thu-{width}")
    page.get_by_role("button", name="Luôn đọc “ba phẩy năm”").click()
    page.get_by_text("Thôn đạt mức ba phẩy năm.").first.wait_for()
    assert LexiconEntry.objects.filter(written="3.5", spoken="ba phẩy năm").count() == 1
    page = window.open(reverse("wagtailsnippets_scripts_lexiconentry:list"))
    assert page.get_by_text("ba phẩy năm").first.is_visible()
    _picture(page, f"tu-dien-{width}")
    assert window.is_clean()
    LexiconEntry.objects.all().delete()
