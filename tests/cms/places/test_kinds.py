import pytest

from cms.places import kinds


@pytest.mark.parametrize(
    ("text", "words", "parts"),
    [
        ("Thị Trấn Ái Tử", kinds.FORMER_WORDS["xã"], ("thị trấn", "Ái Tử")),
        ("Xã é Tòng", kinds.FORMER_WORDS["xã"], ("xã", "É Tòng")),
        ("Phường 1", kinds.FORMER_WORDS["xã"], ("phường", "1")),
        ("Thành phố Thủ Đức", kinds.FORMER_WORDS["huyện"], ("thành phố", "Thủ Đức")),
    ],
)
def test_full_name_splits_into_word_and_name(text, words, parts):
    assert kinds.split_full_name(text, words) == parts


@pytest.mark.parametrize("text", ["Gia Lai", "Xã", "Xã  ", "Xãm Lông", ""])
def test_text_without_a_known_word_and_a_name_is_refused(text):
    with pytest.raises(ValueError, match="Không nhận ra loại đơn vị hành chính"):
        kinds.split_full_name(text, kinds.FORMER_WORDS["xã"])


def test_full_name_begins_with_a_capital():
    assert kinds.full_name("đặc khu", "Phú Quốc") == "Đặc khu Phú Quốc"
