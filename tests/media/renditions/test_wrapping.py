from hypothesis import given
from hypothesis import strategies as st

from media.renditions.typefaces import Weight, measure
from media.renditions.wrapping import block_height, break_lines, tears, uneven, wrapped

_WORDS = st.lists(st.text("abcđêộ", min_size=1, max_size=8), min_size=1, max_size=25)


@given(_WORDS, st.integers(8, 60))
def test_no_word_is_lost_and_no_line_is_too_long(words, width):
    lines = break_lines(" ".join(words), width, len)
    assert lines is not None
    assert " ".join(lines).split() == words
    assert max(map(len, lines)) <= width


@given(_WORDS, st.integers(8, 60))
def test_never_more_lines_than_filling_greedily_needs(words, width):
    greedy, length = 1, -1
    for word in words:
        if length + 1 + len(word) > width:
            greedy, length = greedy + 1, len(word)
        else:
            length += 1 + len(word)
    lines = break_lines(" ".join(words), width, len)
    assert lines is not None
    assert len(lines) == greedy


def test_word_wider_than_the_line_gives_nothing():
    assert break_lines("dichvucong.gov.vn", 10, len) is None


def test_empty_text_has_no_lines():
    assert break_lines("  ", 10, len) == ()


def test_syllables_of_one_word_stay_on_one_line():
    assert break_lines("Nộp hồ sơ trực tuyến trên điện thoại", 22, len) == (
        "Nộp hồ sơ trực tuyến",
        "trên điện thoại",
    )
    assert break_lines("Gõ tên việc ví dụ khai sinh", 16, len) == ("Gõ tên việc", "ví dụ khai sinh")


def test_number_stays_with_the_word_that_names_it():
    assert break_lines("Tài khoản định danh mức 2", 23, len) == ("Tài khoản", "định danh mức 2")


def test_comma_between_syllables_ends_the_word():
    assert not tears(("Điện,", "tử"))
    assert tears(("Bản điện", "tử"))


def test_lost_single_word_is_noticed():
    assert uneven(("Mở", "dichvucong.gov.vn"))
    assert not uneven(("Điền tờ khai",))


def test_wrapped_lines_are_measured_in_the_typeface():
    lines = wrapped("Trung tâm Phục vụ hành chính công", Weight.BOLD, 40, 400)
    assert lines is not None
    assert all(measure(line, Weight.BOLD, 40) <= 400 for line in lines)


def test_block_height_grows_by_the_pitch():
    assert block_height(0, 100) == 0
    assert block_height(2, 100) - block_height(1, 100) == 132
