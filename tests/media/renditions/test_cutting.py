from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageCms

from media.renditions.cutting import crop_box, reencode_still
from media.renditions.cutting_together import cut_together
from media.renditions.errors import StillTooHeavy, UnreadableStill
from media.renditions.inspection import inspect_still
from media.renditions.recipes import (
    CUTS,
    FACEBOOK_PHOTO,
    PORTAL_AVIF,
    YOUTUBE_THUMBNAIL,
    ZALO_PICTURE,
    CutRecipe,
    StillFormat,
)


@pytest.fixture
def noisy(tmp_path):
    """A picture that no encoder can make small."""
    path = tmp_path / "noise.png"
    Image.effect_noise((1600, 1200), 120).convert("RGB").save(path)
    return path


@pytest.mark.parametrize("recipe", CUTS.values(), ids=CUTS)
def test_every_channel_gets_its_size_its_format_and_its_weight(tmp_path, noisy, recipe):
    cut = reencode_still(noisy, recipe, tmp_path / "out")
    facts = inspect_still(cut.path)
    assert facts.file_format is cut.file_format
    assert cut.file_format in recipe.formats
    assert (facts.width, facts.height) == (cut.width, cut.height)
    assert facts.size_bytes == cut.size_bytes <= recipe.max_bytes
    if recipe.crop:
        assert (cut.width, cut.height) == (recipe.width, recipe.height)
    else:
        assert cut.width <= recipe.width
        assert cut.width / cut.height == pytest.approx(4 / 3, abs=0.01)
    assert not facts.has_metadata


def test_drawing_stays_png_for_facebook_and_photo_stays_jpeg(tmp_path):
    Image.new("RGB", (300, 200), (11, 79, 138)).save(tmp_path / "a.png")
    Image.new("RGB", (300, 200), (11, 79, 138)).save(tmp_path / "a.jpg")
    assert reencode_still(tmp_path / "a.png", FACEBOOK_PHOTO, tmp_path / "1").file_format is StillFormat.PNG
    assert reencode_still(tmp_path / "a.jpg", FACEBOOK_PHOTO, tmp_path / "2").file_format is StillFormat.JPEG


def test_heavy_png_becomes_jpeg_below_four_megabytes(tmp_path, noisy):
    assert noisy.stat().st_size > 1_000_000
    narrow = CutRecipe("x", "ảnh thử", 2048, 2048, FACEBOOK_PHOTO.formats, 900_000)
    cut = reencode_still(noisy, narrow, tmp_path / "out")
    assert cut.file_format is StillFormat.JPEG
    assert cut.size_bytes <= 900_000


def test_place_camera_and_comment_do_not_travel(tmp_path):
    exif = Image.Exif()
    exif[0x010F] = "Máy ảnh thử"
    exif.get_ifd(0x8825)[1] = "N"
    Image.new("RGB", (400, 300), "red").save(tmp_path / "a.jpg", exif=exif, comment=b"ghi chu rieng")
    cut = reencode_still(tmp_path / "a.jpg", ZALO_PICTURE, tmp_path / "b.jpg")
    data = cut.path.read_bytes()
    assert b"Exif" not in data
    assert b"ghi chu rieng" not in data
    assert not inspect_still(cut.path).located


def test_turned_phone_picture_stands_upright(tmp_path):
    picture = Image.new("RGB", (400, 200), "white")
    picture.paste((255, 0, 0), (0, 0, 200, 200))
    exif = Image.Exif()
    exif[0x0112] = 6  # the camera was turned: what is left in the file is the top as seen
    picture.save(tmp_path / "a.jpg", exif=exif, quality=95)
    cut = reencode_still(tmp_path / "a.jpg", ZALO_PICTURE, tmp_path / "b.jpg")
    with Image.open(cut.path) as seen:
        assert seen.size == (200, 400)
        assert seen.getpixel((100, 40))[1] < 60
        assert seen.getpixel((100, 360))[1] > 200


def test_focal_point_stays_in_the_crop(tmp_path):
    picture = Image.new("RGB", (2000, 1000), "white")
    picture.paste((255, 0, 0), (1900, 0, 2000, 1000))
    picture.save(tmp_path / "a.png")
    square = CutRecipe("x", "ảnh thử", 200, 200, (StillFormat.PNG,), 1_000_000, crop=True)
    right = reencode_still(tmp_path / "a.png", square, tmp_path / "r.png", focal=(1.0, 0.5))
    middle = reencode_still(tmp_path / "a.png", square, tmp_path / "m.png")
    with Image.open(right.path) as one, Image.open(middle.path) as other:
        assert one.getpixel((195, 100)) == (255, 0, 0)
        assert other.getpixel((195, 100)) == (255, 255, 255)


def test_transparency_becomes_white_in_jpeg(tmp_path):
    Image.new("RGBA", (50, 50), (0, 0, 0, 0)).save(tmp_path / "a.png")
    cut = reencode_still(tmp_path / "a.png", ZALO_PICTURE, tmp_path / "a.jpg")
    with Image.open(cut.path) as seen:
        assert min(seen.getpixel((25, 25))) > 250


def test_colour_profile_is_applied_and_removed(tmp_path):
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    Image.new("RGB", (80, 80), (200, 40, 40)).save(tmp_path / "a.png", icc_profile=lab)
    cut = reencode_still(tmp_path / "a.png", FACEBOOK_PHOTO, tmp_path / "b.png")
    with Image.open(cut.path) as seen:
        assert "icc_profile" not in seen.info
        assert seen.getpixel((4, 4)) == pytest.approx((200, 40, 40), abs=3)


def test_broken_profile_is_dropped(tmp_path):
    Image.new("RGB", (80, 80), (200, 40, 40)).save(tmp_path / "a.png", icc_profile=b"not a profile")
    cut = reencode_still(tmp_path / "a.png", FACEBOOK_PHOTO, tmp_path / "b.png")
    with Image.open(cut.path) as seen:
        assert seen.getpixel((4, 4)) == (200, 40, 40)


def test_same_picture_and_recipe_give_the_same_bytes(tmp_path, noisy):
    for recipe in (YOUTUBE_THUMBNAIL, PORTAL_AVIF):
        one, two = (reencode_still(noisy, recipe, tmp_path / name) for name in ("one", "two"))
        assert one.sha256 == two.sha256


@pytest.mark.parametrize("ending", ["jpg", "png"])
def test_cuts_made_together_have_the_bytes_of_cuts_made_alone(tmp_path, ending):
    photo = tmp_path / f"photo.{ending}"
    exif = Image.Exif()
    exif[0x0112] = 6
    Image.effect_noise((60, 40), 90).resize((3000, 2000)).convert("RGB").save(photo, exif=exif)
    wanted = [(recipe, tmp_path / key) for key, recipe in CUTS.items()]
    together = cut_together(photo, wanted, focal=(0.2, 0.7))
    for (recipe, target), made in zip(wanted, together, strict=True):
        alone = reencode_still(photo, recipe, tmp_path / "alone", focal=(0.2, 0.7))
        assert made == replace(alone, path=target)
        assert target.read_bytes() == alone.path.read_bytes()


def test_of_cuts_made_together_only_the_impossible_one_is_missing(tmp_path, noisy):
    strict = CutRecipe("x", "ảnh thử", 1280, 720, (StillFormat.JPEG,), 5_000, crop=True)
    refused, made = cut_together(noisy, [(strict, tmp_path / "a"), (YOUTUBE_THUMBNAIL, tmp_path / "b")])
    assert isinstance(refused, StillTooHeavy)
    assert (made.width, made.height) == (1280, 720)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["b", "noise.png"]


def test_a_picture_cut_short_is_refused_for_all_cuts(tmp_path, noisy):
    noisy.write_bytes(noisy.read_bytes()[:90_000])
    with pytest.raises(UnreadableStill):
        cut_together(noisy, [(recipe, tmp_path / key) for key, recipe in CUTS.items()])


def test_impossible_limit_is_refused_and_leaves_no_file(tmp_path, noisy):
    strict = CutRecipe("x", "ảnh thử", 1280, 720, (StillFormat.JPEG,), 5_000, crop=True)
    with pytest.raises(StillTooHeavy, match=r"dưới 0.005 MB cho ảnh thử"):
        reencode_still(noisy, strict, tmp_path / "out.jpg")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["noise.png"]


def test_text_file_called_png_is_refused(tmp_path):
    path = tmp_path / "a.png"
    path.write_text("đây là chữ", encoding="utf-8")
    with pytest.raises(UnreadableStill, match="không phải là ảnh"):
        reencode_still(path, ZALO_PICTURE, tmp_path / "out.jpg")


_SHARES = st.floats(0, 1)


@given(st.integers(1, 5000), st.integers(1, 5000), st.floats(0.2, 5), _SHARES, _SHARES)
def test_crop_lies_inside_has_the_ratio_and_touches_two_sides(width, height, ratio, x, y):
    left, top, right, bottom = crop_box(width, height, ratio, (x, y))
    assert left >= 0
    assert top >= 0
    assert right <= width + 1e-6
    assert bottom <= height + 1e-6
    assert (right - left) / (bottom - top) == pytest.approx(ratio)
    assert right - left == pytest.approx(width) or bottom - top == pytest.approx(height)
