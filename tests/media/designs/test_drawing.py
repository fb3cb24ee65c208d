"""The shipped designs: what fits is drawn, what does not is named with its measure before anything is kept."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from cms.facts.imprints import Imprint
from media.designs.drawing import TextTooLong, draw
from media.designs.shelf import COLOURS, DESIGNS
from media.designs.words import Words
from media.renditions.errors import IncompleteContent
from media.renditions.palette import contrast

BODY = Imprint("Sở Khoa học và Công nghệ tỉnh A", "Sở KH&CN", "Số 17, phường Hạc Thành", "0237 3851 022", "")
POINTS = ("Mở Cổng Dịch vụ công quốc gia", "Đăng nhập bằng VNeID mức 2", "Kiểm tra rồi gửi")


def words(design: str, **given) -> Words:
    shape = DESIGNS[design]
    return Words(design, **{"title": "Nộp hồ sơ tại nhà", "points": POINTS[: shape.most], **given})


@pytest.mark.parametrize("design", list(DESIGNS))
def test_every_design_is_a_picture_of_1080_by_1350_and_the_same_bytes_each_time(design):
    first = draw(words(design), BODY)
    assert first == draw(words(design), BODY)
    with Image.open(io.BytesIO(first)) as picture:
        assert (picture.size, picture.format) == ((1080, 1350), "PNG")


@pytest.mark.parametrize("colour", list(COLOURS))
def test_every_colour_can_be_read(colour):
    weak = {name: pair for name, pair in COLOURS[colour][1].text_pairs().items() if contrast(*pair) < 4.5}
    assert weak == {}


@pytest.mark.parametrize("design", list(DESIGNS))
def test_longest_usual_words_fit(design):
    shape = DESIGNS[design]
    long = words(
        design,
        title="Hướng dẫn đăng ký thường trú trực tuyến cho gia đình có trẻ nhỏ",
        kicker="Dịch vụ công trực tuyến",
        points=("Chuẩn bị giấy tờ gốc và ảnh chụp rõ nét trước khi nộp",) * shape.most,
    )
    assert draw(long, BODY)


def test_title_that_does_not_fit_is_named_with_its_length_and_what_must_go():
    title = "Đừng cho ai mượn tài khoản " * 14
    with pytest.raises(TextTooLong) as told:
        draw(words("loi-nhan", title=title), BODY)
    assert told.value.field == "tiêu đề"
    assert str(told.value) == (
        f"Phần “tiêu đề” dài {len(title.strip())} ký tự, không đặt vừa mẫu. "
        f"Vui lòng bớt khoảng {told.value.over} ký tự."
    )
    shorter = title[: len(title) - told.value.over - 20]
    assert draw(words("loi-nhan", title=shorter, points=()), BODY)


def test_point_and_address_that_do_not_fit_are_named():
    with pytest.raises(TextTooLong, match="Phần “bước 2” dài"):
        draw(words("cac-buoc", points=("a", "Một bước rất dài không ai đọc hết được " * 8, "c")), BODY)
    far = Imprint("Sở mẫu", "Sở", "Thôn rất xa, xã rất rộng, tỉnh rất dài " * 6, "1800 1096", "")
    with pytest.raises(TextTooLong, match="Phần “địa chỉ cơ quan” dài"):
        draw(words("cac-buoc"), far)


def test_wrong_number_of_points_and_missing_title_are_said():
    with pytest.raises(IncompleteContent, match="cần từ 3 đến 6 ý, hiện có 1"):
        words("cac-buoc", points=("Một",))
    with pytest.raises(IncompleteContent, match="điền tiêu đề"):
        words("cac-buoc", title=" ")


def test_body_without_hotline_address_or_logo_is_drawn_without_them():
    bare = Imprint("Sở mẫu", "Sở", "", "", "")
    assert draw(words("cac-buoc"), bare) != draw(words("cac-buoc"), BODY)
    assert draw(words("cac-buoc"), BODY, logo=Image.new("RGB", (300, 200), "#b3201b")) != draw(
        words("cac-buoc"), BODY
    )
