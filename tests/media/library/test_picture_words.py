"""The printed number of an identity card: the rule over words, and the door to the program that reads them."""

from __future__ import annotations

import io
import time

import pytest
from PIL import Image

from cms.core.errors import InputRefused
from media.library import picture_words
from media.library.identity_cards import reads_as_card
from media.library.models import AssetKind, Sharing
from media.library.services import share
from media.library.similar import warnings_about
from tests.factories.media import make_asset, picture_bytes

CARD = "CĂN CƯỚC CÔNG DÂN\nCitizen Identity Card\n\nSố / No.: 038099001234\nHọ và tên / Full name:\nNGUYỄN VĂN MẪU"


@pytest.mark.parametrize(
    "words",
    [
        CARD,
        "CAN CUOC CONG DAN 038099001234",
        "Số định danh cá nhân / Personal identification number\n038 099 001 234",
        "Số/No. 0380 9900 1234",
        "Số / No.: 038099001 234",
        "038099001234\nIDENTITY CARD",
        "CCCD: 038099001234",
        "~~ can\ncuoc ~~ | 038099001234 |",
        "IDVNM0990012345038099001234<<4\n9901015M3901012VNM<<<<<<<<<<<6",
    ],
)
def test_twelve_digits_beside_the_words_of_a_card_are_a_card(words):
    assert reads_as_card(words)


@pytest.mark.parametrize(
    "words",
    [
        "",
        "Mang thẻ căn cước đến cơ quan công an nơi gần nhất để đăng ký.",
        "Số tài khoản: 038099001234",
        "Căn cước: gọi 1800 1096 hoặc 0237 3852 246",
        "Căn cước: 0237 3852 246 hoặc 0912 345 678",
        "Căn cước\nĐiện thoại 0912345678 24/7",
        "Thẻ căn cước, mã hồ sơ 123456789012",
        "Thẻ căn cước, mã vạch 8930380990012345",
        "Căn cước " + "a" * 200 + " 038099001234",
        "Quyết định số 1588/QĐ-TTg ngày 17/12/2024, thẻ căn cước",
    ],
)
def test_words_alone_or_other_numbers_are_no_card(words):
    assert not reads_as_card(words)


@pytest.fixture
def program(tmp_path, settings):
    """A program on disk that notes how it was called and prints what a picture says."""

    def write(says: str, *, languages: str = "eng\nosd\nvie", does: str = ""):
        (tmp_path / "says").write_text(says, encoding="utf-8")
        target = tmp_path / "doc-chu"
        target.write_text(
            f"""#!/bin/sh
echo "$@" >> {tmp_path}/calls
env > {tmp_path}/environment
[ "$1" = --list-langs ] && {{ printf 'List of languages (3):\\n{languages}\\n'; exit 0; }}
cat > {tmp_path}/picture
{does}
cat {tmp_path}/says
"""
        )
        target.chmod(0o755)
        settings.TESSERACT = str(target)
        picture_words._languages.cache_clear()
        return tmp_path

    yield write
    picture_words._languages.cache_clear()


@pytest.mark.django_db
def test_printed_number_is_told_on_upload_and_cannot_be_shared(program, centre, central_editor):
    program(CARD)
    asset = make_asset(
        organisation=centre, kind=AssetKind.INFOGRAPHIC, title="Ảnh trao thẻ", alt_text="Ảnh",
        file=io.BytesIO(picture_bytes()), file_name="anh.png",
    )  # fmt: skip
    assert asset.image.shows_identity_card
    assert "số ấy in cạnh chữ trên thẻ căn cước" in warnings_about(asset, central_editor)[0]
    with pytest.raises(InputRefused, match="che mã QR và số trên thẻ"):
        share(asset, Sharing.EVERYBODY, central_editor)
    assert asset.sharing == Sharing.OWN


def test_program_gets_a_smaller_grey_picture_both_languages_and_no_secrets(program, monkeypatch):
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "bi-mat")
    folder = program("Nộp hồ sơ trực tuyến")
    assert picture_words.words_in(Image.new("L", (4000, 1000), 200)).strip() == "Nộp hồ sơ trực tuyến"
    assert (folder / "calls").read_text().splitlines() == ["--list-langs", "stdin stdout -l vie+eng --psm 11"]
    with Image.open(folder / "picture") as handed:
        assert (handed.size, handed.mode) == ((2000, 500), "L")
    assert "bi-mat" not in (folder / "environment").read_text()


def test_without_vietnamese_data_it_is_read_as_english(program):
    folder = program(CARD, languages="eng")
    assert picture_words.words_in(Image.new("L", (200, 200))) == CARD
    assert (folder / "calls").read_text().splitlines()[-1] == "stdin stdout -l eng --psm 11"


def test_program_that_hangs_is_ended_and_the_picture_is_kept(program, monkeypatch):
    folder = program(CARD, does="exec sleep 30")
    monkeypatch.setattr(picture_words, "SECONDS", 1.5)
    started = time.monotonic()
    assert picture_words.words_in(Image.new("L", (200, 200))) == ""
    assert time.monotonic() - started < 8
    assert (folder / "picture").stat().st_size > 0


def test_program_that_fails_or_is_missing_reads_nothing(program, settings, tmp_path):
    program(CARD, does="exit 3")
    assert picture_words.words_in(Image.new("L", (200, 200))) == ""
    settings.TESSERACT = str(tmp_path / "khong-co")
    assert picture_words.words_in(Image.new("L", (200, 200))) == ""
    settings.TESSERACT = ""
    assert picture_words.words_in(Image.new("L", (200, 200))) == ""
