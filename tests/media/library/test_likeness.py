"""Pictures that look alike, texts that read alike, and pictures that say that a machine made them."""

from __future__ import annotations

import io
import random
from importlib import import_module

import pytest
from django.apps import apps
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageDraw, ImageEnhance

from cms.core.upload_checks import JPEG, PNG, WEBP
from media.library import marking, services
from media.library.finding import index
from media.library.likeness import (
    LOOK_BANDS,
    NEAR_BITS,
    NEAR_SHARE,
    alike_pictures,
    look_bands,
    picture_hash,
    share,
    shingles,
    sketch,
)
from media.library.models import AssetKind, PictureBand, TextSketch
from media.library.pictures import clean_picture
from media.library.similar import looks_like, reads_like, warnings_about
from media.library.uploads import CheckedPicture, marked_picture
from media.library.versions import files_of
from tests.factories.media import AssetFactory, make_asset


def drawing(seed: int, size: int = 640) -> Image.Image:
    luck = random.Random(seed)
    picture = Image.new("RGB", (size, size), "white")
    pen = ImageDraw.Draw(picture)
    for _ in range(14):
        x, y = luck.randrange(500) * size // 640, luck.randrange(500) * size // 640
        side = luck.randrange(60, 240) * size // 640
        pen.rectangle((x, y, x + side, y + side), fill=tuple(luck.randrange(256) for _ in range(3)))
    return picture


def file_of(picture: Image.Image, kind: str = "PNG", **save) -> io.BytesIO:
    target = io.BytesIO()
    picture.save(target, kind, **save)
    target.seek(0)
    return target


@given(st.integers(0, 2**64 - 1), st.sets(st.integers(0, 63), max_size=NEAR_BITS))
def test_pictures_that_look_alike_share_a_number_whatever_differs(bits, flipped):
    other = bits
    for place in flipped:
        other ^= 1 << place
    assert len(set(look_bands(bits))) == LOOK_BANDS
    assert set(look_bands(bits)) & set(look_bands(other))


def test_two_pictures_seldom_meet_by_chance():
    luck = random.Random(5)
    mine = set(look_bands(luck.getrandbits(64)))
    met = sum(bool(mine & set(look_bands(luck.getrandbits(64)))) for _ in range(20_000))
    assert met < 20_000 * 0.02


def test_another_size_quality_or_brightness_is_the_same_picture_and_another_drawing_is_not():
    seen = picture_hash(drawing(1))
    small = drawing(1).resize((200, 200))
    poor = Image.open(file_of(drawing(1), "JPEG", quality=35))
    bright = ImageEnhance.Brightness(drawing(1)).enhance(1.1)
    assert all(alike_pictures(seen, picture_hash(other)) for other in (small, poor, bright))
    assert not any(alike_pictures(seen, picture_hash(drawing(seed))) for seed in range(2, 60))
    assert picture_hash(Image.new("RGB", (300, 200), "navy")) is None


def test_texts_are_as_alike_as_the_shingles_they_share():
    text = "Người dân nộp hồ sơ trên Cổng Dịch vụ công quốc gia bằng tài khoản định danh mức hai tại nhà"
    same = shingles(text.upper())
    assert share(shingles(text), same) == 1.0
    other = text.replace("tại nhà", "ở bất cứ nơi nào")
    assert NEAR_SHARE < share(shingles(text), shingles(other)) < 1
    assert set(sketch(shingles(text))) & set(sketch(shingles(other)))
    assert share(shingles(text), shingles("Chuyện khác hẳn, không có từ nào giống với bài kia đâu nhé")) == 0
    assert sketch(shingles("ngắn quá")) == []


@pytest.mark.parametrize("kind", [JPEG, PNG, WEBP])
def test_the_mark_is_in_the_file_and_not_in_the_picture(kind):
    content, found, size = clean_picture(file_of(drawing(3), kind.spoken.upper().replace("JPG", "JPEG")))
    plain = content.getvalue()
    checked = marked_picture(CheckedPicture(io.BytesIO(plain), found, size))
    marked = checked.content.getvalue()
    assert marking.is_marked(marked)
    assert not marking.is_marked(plain)
    with Image.open(io.BytesIO(marked)) as after, Image.open(io.BytesIO(plain)) as before:
        after.load()
        assert b"trainedAlgorithmicMedia" in (after.info.get("xmp") or str(after.info).encode())
        if kind != WEBP:
            assert after.convert("RGB").tobytes() == before.convert("RGB").tobytes()
    if kind != WEBP:
        assert marking.marked(marked) == marked


@pytest.mark.django_db
def test_a_machine_made_picture_is_kept_marked_and_the_page_says_so(client, province):
    asset = make_asset(
        organisation=province, kind=AssetKind.INFOGRAPHIC, title="Hình máy", alt_text="Mô tả", machine_made=True,
        file=file_of(drawing(4)), file_name="a.png", sharing="cong-khai",
    )  # fmt: skip
    with asset.image.file.open("rb") as kept:
        assert marking.is_marked(kept.read())
    assert "Hình hoặc giọng do máy tạo" in client.get(asset.get_absolute_url()).content.decode()
    by_hand = make_asset(
        organisation=province, kind=AssetKind.INFOGRAPHIC, title="Hình tay", alt_text="Mô tả",
        file=file_of(drawing(5)), file_name="b.png",
    )  # fmt: skip
    before = files_of(by_hand)[0].blob
    from media.library.blobs import storing

    with storing():
        services.mark_picture(by_hand)
        by_hand.save()
    after = files_of(by_hand)[0].blob
    assert after.sha256 != before.sha256
    assert before.references == 1


@pytest.mark.django_db
def test_what_is_there_already_is_said_to_those_who_may_see_it(
    province, other_province, communicator, neighbour
):
    def keep(title, seed, body, **more):
        return make_asset(
            organisation=body, kind=AssetKind.INFOGRAPHIC, title=title, alt_text="Mô tả",
            file=file_of(drawing(seed), **more), file_name="a.png",
        )  # fmt: skip

    text = " ".join(f"câu thứ {number} nói về hồ sơ nộp tại nhà" for number in range(12))
    keep("Hình đầu", 7, province)
    article = AssetFactory(organisation=province, title="Bài đầu", summary=text)
    AssetFactory(organisation=province, title="Bài khác", summary="một chuyện khác hẳn " * 12)
    while index.index_pending():
        pass
    assert TextSketch.objects.filter(asset_id=article.pk).exists()
    again = keep("Hình sau", 7, province)
    unlike = keep("Hình khác", 8, province)
    assert [row.title for row in looks_like(again, communicator)] == ["Hình đầu"]
    assert looks_like(unlike, communicator) == []
    copy = AssetFactory(organisation=province, title="Bài chép", summary=text + " thêm một câu")
    assert [row.title for row in reads_like(copy, communicator)] == ["Bài đầu"]
    assert "“Hình đầu”" in warnings_about(again, communicator)[0]
    theirs = keep("Hình của tỉnh bên", 7, other_province)
    assert warnings_about(theirs, neighbour) == []
    article.delete()
    index.index_pending()
    assert not TextSketch.objects.filter(asset_id=article.pk).exists()


@pytest.mark.django_db
def test_pictures_from_before_the_table_meet_those_like_them_after_the_update(province, communicator):
    rows = [
        make_asset(
            organisation=province, kind=AssetKind.INFOGRAPHIC, title=title, alt_text="Mô tả",
            file=file_of(drawing(7)), file_name="a.png",
        )
        for title in ("Hình đầu", "Hình sau")
    ]  # fmt: skip
    PictureBand.objects.all().delete()
    assert looks_like(rows[1], communicator) == []
    import_module("media.library.migrations.0004_like_pictures_meet").note_looks(apps, None)
    assert [row.title for row in looks_like(rows[1], communicator)] == ["Hình đầu"]
