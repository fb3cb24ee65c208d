import random
import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from cms.places.ordering import sort_key

IN_ORDER = [
    *("2", "10", "An", "An Biên", "Ăn", "Ân", "Ba", "Ba Vì", "Bà", "Bả", "Bã", "Bá", "Bạ", "Bang", "Băng"),
    *(
        "Cà Mau",
        "Dương",
        "Đà Nẵng",
        "Đắk Lắk",
        "Gia Lai",
        "Hà Nội",
        "Hòa",
        "Hồ",
        "Hờ",
        "Ơn",
        "Uông Bí",
        "Ưng",
    ),
]


def test_names_sort_as_in_a_vietnamese_list():
    shuffled = random.Random(34).sample(IN_ORDER, len(IN_ORDER))
    assert sorted(shuffled, key=sort_key) == IN_ORDER


def test_place_of_the_tone_mark_does_not_matter():
    assert sort_key("Khánh Hoà") == sort_key("Khánh Hòa")
    assert sort_key("Thuỷ Nguyên") == sort_key("Thủy Nguyên")


@given(st.text(alphabet="aăâdđeêioôơuưyAĐƠáàảãạặệộ '-0123456789", max_size=30))
def test_key_is_plain_ascii_and_ignores_case_and_normal_form(name):
    key = sort_key(name)
    assert key == "" or (key.isascii() and key.isalnum())
    assert key == sort_key(name.upper()) == sort_key(unicodedata.normalize("NFD", name))
