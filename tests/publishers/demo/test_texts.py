"""What the demo tells citizens uses no word of yesterday and no portal but the one that is open."""

from __future__ import annotations

import re

import pytest

from publishers.demo import articles, copies, shelf_of_places
from publishers.demo.shelf import GUIDES

STALE = re.compile(
    r"\b(cấp huyện|quận|thị trấn|Sở Thông tin và Truyền thông|Sở TT&TT|Bộ Thông tin và Truyền thông|Bộ TT&TT|CMND"
    r"|chứng minh nhân dân|sổ hộ khẩu|mức độ 3|mức độ 4)\b",
    re.IGNORECASE,
)
HOST = re.compile(r"(?<![.\w])[\w-]+(?:\.[\w-]+)*\.vn\b")


def every_text() -> list[str]:
    texts = [value for name, value in vars(articles).items() if name.isupper() and isinstance(value, str)]
    for article in articles.ARTICLES:
        texts += [article.title, article.summary]
        texts += [
            text for _kind, block in article.blocks for text in ([block] if isinstance(block, str) else block)
        ]
    for guide in GUIDES:
        texts += [guide.title, guide.summary, *guide.points]
    for item in shelf_of_places.ITEMS:
        texts += [item.title, item.summary, *item.points, item.warning]
    for graphic in shelf_of_places.GRAPHICS:
        texts += [graphic.title, graphic.kicker, graphic.lead, *graphic.points]
    texts += [copies.CORRECTED_TITLE, copies.CORRECTION]
    return texts + [text for pair in copies.ADAPTED.values() for text in pair]


def test_there_is_enough_to_read():
    assert len(every_text()) > 300


@pytest.mark.parametrize("pattern", [STALE], ids=["stale words"])
def test_no_stale_word(pattern):
    assert [text for text in every_text() if pattern.search(text)] == []


def test_the_only_portal_is_the_national_one():
    hosts = {host for text in every_text() for host in HOST.findall(text)}
    assert hosts == {"dichvucong.gov.vn"}
