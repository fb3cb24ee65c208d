import unicodedata
from dataclasses import replace

import pytest

from media.renditions.content import CardContent, Step
from media.renditions.errors import IncompleteContent


def test_decomposed_words_are_composed_when_the_content_is_made(guide):
    title = unicodedata.normalize("NFD", guide.title)
    assert replace(guide, title=title) == guide


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"title": "  "}, "Đồ họa cần có tiêu đề. Vui lòng điền tiêu đề."),
        ({"issuer": ""}, "Đồ họa cần ghi rõ cơ quan ban hành."),
        ({"steps": (Step("Một"), Step("Hai"))}, "Đồ họa cần từ 3 đến 6 bước hoặc ý chính, hiện có 2."),
    ],
)
def test_missing_parts_are_named(guide, change, sentence):
    with pytest.raises(IncompleteContent) as caught:
        replace(guide, **change)
    assert str(caught.value) == sentence


def test_unknown_icon_lists_the_known_ones():
    with pytest.raises(IncompleteContent, match="Không có biểu tượng “unicorn”.*globe"):
        Step("Mở trang", icon="unicorn")


def test_words_for_readers_who_cannot_see_hold_every_text(guide):
    words = guide.in_words()
    for text in (
        guide.title,
        *(s.heading for s in guide.steps),
        *(c.value for c in guide.callouts),
        guide.issuer,
    ):
        assert text in words
    assert "Ban hành ngày 21/11/2026." in words
    assert "Bước 6: Theo dõi và nhận kết quả." in words


def test_verify_address_is_shown_without_its_scheme(guide):
    assert guide.verify_text == "lantoa.vidu.gov.vn/xac-minh/7KQ2MX"


def test_card_without_title_is_refused():
    with pytest.raises(IncompleteContent, match="Tấm tiêu đề cần có tiêu đề"):
        CardContent(title=" ")
