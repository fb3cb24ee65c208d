import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cms.core.folding import fold


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Thanh Hóa", "thanh hoa"),
        ("Thanh Hoá", "thanh hoa"),
        ("ĐẮK LẮK", "dak lak"),
        ("Đường Trường Sa", "duong truong sa"),
        ("ð Ð", "d d"),
        ("12/2026/QĐ-UBND", "12 2026 qd ubnd"),
        ("Xã Cư M'gar", "xa cu m gar"),
        ("Bà Rịa - Vũng Tàu", "ba ria vung tau"),
        ("dịch_vụ  công\n", "dich vu cong"),
        ("№ ①", "no 1"),
        ('"', ""),
        ("\x00", ""),
        ("", ""),
    ],
)
def test_folding_takes_off_accents_case_and_signs(text, folded):
    assert fold(text) == folded


@given(st.text(alphabet="aăâbcdđeêghiklmnoôơpqrstuưvxyáàảãạắằẳẵặấầẩẫậ ĐÁÀ-/'_0123456789\u0300\u0301\u0309"))
def test_folded_text_holds_only_plain_letters_figures_and_single_spaces(text):
    folded = fold(text)
    assert set(folded) <= set("abcdefghijklmnopqrstuvwxyz0123456789 ")
    assert "  " not in folded
    assert folded == folded.strip()


@given(st.text())
def test_folding_twice_is_folding_once(text):
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_composed_and_decomposed_input_fold_alike(text):
    assert fold(unicodedata.normalize("NFC", text)) == fold(unicodedata.normalize("NFD", text))
