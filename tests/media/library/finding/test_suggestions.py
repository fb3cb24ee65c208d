"""Suggestions while typing: phrases of titles in their own spelling, titles of what the person may see and no other."""

from __future__ import annotations

import pytest
from django.test import Client

from media.library.finding.index import index_pending
from media.library.finding.suggestions import phrases
from media.library.models import Sharing
from tests.factories.media import AssetFactory

ADDRESS = "/admin/kho-tai-lieu/goi-y/"


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("nop h", ["nộp hồ sơ", "nộp hồ sơ trực tuyến", "nộp hồ sơ qua mạng", "nộp hồ sơ tại nhà"]),
        ("Nộp học", ["nộp học phí"]),
        ("HO SO", ["hồ sơ trực tuyến", "hồ sơ qua mạng", "hồ sơ tại nhà"]),
    ],
)
def test_the_commonest_ways_a_title_goes_on_come_first_and_end_with_a_whole_word(typed, offered):
    titles = [
        "Nộp hồ sơ trực tuyến", "Cách nộp hồ sơ trực tuyến", "Nộp hồ sơ qua mạng", "Nộp hồ sơ tại nhà", "Nộp học phí",
    ]  # fmt: skip
    assert phrases(typed, titles) == offered


@pytest.mark.parametrize("typed", ["", "a", "  ", "…", "'", "không có trong tên nào"])
def test_what_is_no_beginning_of_anything_offers_nothing(typed):
    assert phrases(typed, ["Nộp hồ sơ"]) == []


def test_a_phrase_does_not_reach_over_the_end_of_a_sentence():
    assert phrases("hồ sơ", ["Nộp hồ sơ: bốn bước"]) == []


@pytest.mark.django_db
def test_titles_lead_to_the_form_or_the_page_and_name_nothing_hidden(
    settings, centre, province, other_province, communicator, django_assert_max_num_queries
):
    settings.TRAINING_MODE = True
    own = AssetFactory(organisation=province, title="Nộp hồ sơ tại tỉnh A")
    shared = AssetFactory(organisation=centre, title="Nộp hồ sơ toàn quốc", sharing=Sharing.EVERYBODY)
    AssetFactory(organisation=other_province, title="Nộp hồ sơ mật của tỉnh B")
    index_pending()
    browser = Client()
    browser.force_login(communicator, backend="cms.access.backends.MembershipBackend")
    browser.get(ADDRESS)
    with django_assert_max_num_queries(16):
        answer = browser.get(ADDRESS, {"q": "nop ho s"})
    told = answer.json()
    assert {asset["title"]: asset["address"] for asset in told["assets"]} == {
        own.title: f"/admin/kho-tai-lieu/edit/{own.pk}/",
        shared.title: shared.get_absolute_url(),
    }
    assert told["phrases"] == ["nộp hồ sơ tại tỉnh A", "nộp hồ sơ toàn quốc"]
    assert "mật" not in answer.content.decode()
    assert browser.get(ADDRESS, {"q": "x" * 5000}).json() == {"phrases": [], "assets": []}
    assert Client().get(ADDRESS, {"q": "nop"}).status_code == 302
