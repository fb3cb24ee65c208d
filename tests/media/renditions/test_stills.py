import hashlib
from dataclasses import replace

import pytest
from PIL import Image

from media.renditions.cards import draw_card
from media.renditions.content import Callout, CardContent
from media.renditions.errors import IncompleteContent, TextDoesNotFit
from media.renditions.palette import Tone, palette_for
from media.renditions.recipes import A4_PRINT, SQUARE, STILLS, STORY, WIDE
from media.renditions.stills import draw_avatar, draw_infographic


@pytest.mark.parametrize("key", ["square", "link_card", "story", "wide", "portrait"])
def test_sheet_has_the_size_of_its_recipe_and_is_light_enough_for_every_channel(guide, tmp_path, key):
    recipe = STILLS[key]
    drawn = draw_infographic(guide, recipe, tmp_path / "a.png")
    with Image.open(drawn.path) as picture:
        assert picture.size == (recipe.width, recipe.height) == (drawn.width, drawn.height)
        assert picture.format == "PNG"
        assert picture.mode == "RGB"
    assert drawn.size_bytes == drawn.path.stat().st_size < 1_000_000
    assert drawn.smallest_text >= recipe.smallest_text
    assert drawn.sha256 == hashlib.sha256(drawn.path.read_bytes()).hexdigest()
    assert guide.title in drawn.in_words


def test_same_words_give_the_same_bytes_and_other_words_other_bytes(guide, tmp_path):
    one = draw_infographic(guide, SQUARE, tmp_path / "one.png")
    two = draw_infographic(guide, SQUARE, tmp_path / "two.png")
    other = draw_infographic(replace(guide, title="Tra cứu hồ sơ trực tuyến"), SQUARE, tmp_path / "other.png")
    assert one.path.read_bytes() == two.path.read_bytes()
    assert other.sha256 != one.sha256


def test_header_is_blue_for_a_guide_and_red_for_a_warning(guide, tmp_path):
    for tone in Tone:
        drawn = draw_infographic(replace(guide, tone=tone), SQUARE, tmp_path / f"{tone}.png")
        with Image.open(drawn.path) as picture:
            red, green, blue = picture.getpixel((8, 8))
        assert (red > blue) == (tone is Tone.WARNING)
        assert (
            max(abs(a - b) for a, b in zip((red, green, blue), palette_for(tone).primary, strict=True)) < 12
        )


def test_qr_code_has_its_three_corner_marks_and_a_quiet_zone(guide, tmp_path):
    drawn = draw_infographic(guide, SQUARE, tmp_path / "a.png")
    with Image.open(drawn.path) as picture:
        area = picture.convert("L").crop((860, 900, 1080, 1080)).point([0] * 128 + [255] * 128)
    dark = area.point([255] * 128 + [0] * 128)
    left, top, right, bottom = dark.getbbox()
    module = 4
    # The corner mark is a frame of seven modules with a core of three.
    for x, y in ((left, top), (right - 7 * module, top), (left, bottom - 7 * module)):
        row = [area.getpixel((x + i * module + 1, y + 3 * module + 1)) for i in range(7)]
        assert row == [0, 255, 0, 0, 0, 255, 0]
    assert left >= 4 * module
    assert 220 - right >= 4 * module
    assert top >= 4 * module
    assert 180 - bottom >= 4 * module


def test_without_qr_the_corner_stays_white(guide, tmp_path):
    drawn = draw_infographic(replace(guide, show_qr=False), SQUARE, tmp_path / "a.png")
    with Image.open(drawn.path) as picture:
        assert picture.crop((920, 940, 1028, 1060)).getcolors() == [(108 * 120, (255, 255, 255))]


def test_print_sheet_knows_its_resolution(guide, tmp_path):
    drawn = draw_infographic(guide, A4_PRINT, tmp_path / "a4.png")
    with Image.open(drawn.path) as picture:
        assert picture.size == (2480, 3508)
        assert [round(value) for value in picture.info["dpi"]] == [300, 300]


def test_refused_drawing_leaves_no_file(guide, tmp_path):
    with pytest.raises(TextDoesNotFit):
        draw_infographic(replace(guide, title="Hồ sơ trực tuyến " * 20), SQUARE, tmp_path / "a.png")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("recipe", [WIDE, SQUARE, STORY], ids=lambda recipe: recipe.key)
def test_card_is_drawn_in_every_shape(tmp_path, recipe):
    card = CardContent(
        title="Ở nhà vẫn nộp được hồ sơ",
        text="Cần giúp đỡ, bà con gọi tổng đài.",
        kicker="Dịch vụ công trực tuyến",
        icon="house",
        callouts=(Callout("Tổng đài", "1800 0000"), Callout("Địa chỉ", "dichvucong.gov.vn", "globe")),
        issuer="Ủy ban nhân dân xã Ví Dụ",
    )
    one = draw_card(card, recipe, tmp_path / "one.png")
    assert one.sha256 == draw_card(card, recipe, tmp_path / "two.png").sha256
    assert one.smallest_text >= 28
    assert one.in_words.endswith("Địa chỉ: dichvucong.gov.vn. Ủy ban nhân dân xã Ví Dụ.")
    with Image.open(one.path) as picture:
        assert picture.size == (recipe.width, recipe.height)
        assert palette_for(Tone.GUIDE).accent in {colour for _, colour in picture.getcolors(1 << 24)}


def test_card_with_endless_words_is_refused(tmp_path):
    with pytest.raises(TextDoesNotFit):
        draw_card(CardContent(title="Thông báo", text="Bà con chú ý. " * 60), WIDE, tmp_path / "a.png")


@pytest.mark.parametrize(("colour", "light"), [((11, 79, 138), True), ((246, 177, 60), False)])
def test_avatar_letters_stand_out_from_their_ground(tmp_path, colour, light):
    drawn = draw_avatar("ĐT", colour, tmp_path / "a.png", side=256)
    with Image.open(drawn.path) as picture:
        ink = picture.getpixel((int(256 * 0.58), int(256 * 0.36)))
        shades = {value for _, value in picture.getcolors(1 << 24)}
    assert drawn.width == drawn.height == 256
    assert ((255, 255, 255) in shades) == light
    assert ink != colour


@pytest.mark.parametrize("letters", ["", "ABCDE"])
def test_avatar_takes_one_to_four_letters(tmp_path, letters):
    with pytest.raises(IncompleteContent, match="từ một đến bốn chữ cái"):
        draw_avatar(letters, (0, 0, 0), tmp_path / "a.png")
