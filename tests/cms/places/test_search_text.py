import pytest

from cms.places.search_text import MAX_WORDS, folded_query, haystack


def test_haystack_holds_full_names_and_joined_short_names():
    names = [("Xã M'Drắk", "M'Drắk"), ("Tỉnh Đắk Lắk", "Đắk Lắk")]
    assert haystack(names) == " xa m drak mdrak tinh dak lak daklak "


def test_one_syllable_name_is_not_repeated_joined():
    assert haystack([("Thành phố Huế", "Huế")]) == " thanh pho hue "


@pytest.mark.parametrize(
    ("typed", "query"),
    [
        ("TP. HCM", "thanh pho ho chi minh"),
        ("tphcm", "thanh pho ho chi minh"),
        ("TX An Nhơn", "thi xa an nhon"),
        ("TT Ái Tử", "thi tran ai tu"),
        ("  Gia   Lai ", "gia lai"),
        ("%_'\"", ""),
    ],
)
def test_short_forms_are_written_out(typed, query):
    assert folded_query(typed) == query


def test_only_the_first_words_of_a_long_text_are_asked_for():
    assert folded_query("xã " * 500) == " ".join(["xa"] * MAX_WORDS)
