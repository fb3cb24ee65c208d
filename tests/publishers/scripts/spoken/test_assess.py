"""Texts that cannot be read are refused in a clear sentence."""

import pytest

from publishers.scripts.spoken import assess, speak

OCR = (
    "S6: 1239 /UBND-KSTT Binh Dinh, ngay 20 thding 02 ndam 2025\n"
    "Quyét dinh s 1588/QD-TTg ngay 17 thang 12 nam 2024 cua Thu tudng Chinh phu\n"
    "Theo d& nghi cia Bo Thong tin va Truyen thong tai Cong van so vé viéc trién khai\n"
    "dich vu cong truc tuyén dén nam 2025, dinh huong dén nam 2030; Uy ban nhan dan tinh bao céo"
)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "empty"),
        ("  \n\t ", "empty"),
        ("\u200b\ufeff", "empty"),
        ("👍👍🎉 !!!", "no-words"),
        (OCR, "damaged"),
        ("Kinh moi ba con den nha van hoa thon hop luc sang mai", "no-marks"),
        ("Céng hßa x· héi chñ nghÜa ViÖt Nam, ®éc lËp tù do h¹nh phóc", "legacy-encoding"),
        ("Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam ñoäc laäp töï do haïnh phuùc", "legacy-encoding"),
        ("Cá»™ng hÃ²a xÃ£ há»™i chá»§ nghÄ©a Viá»‡t Nam", "mojibake"),
        ("Thông \x01\x02\x03\x04 báo", "control"),
        ("a " * 600_000, "too-long"),
        ("សូមស្វាគមន៍ ការប្រកាស", "other-script"),
    ],
)
def test_unreadable_texts_are_refused_with_one_sentence(text: str, code: str) -> None:
    assessment = assess(text)
    assert not assessment.readable
    assert [problem.code for problem in assessment.problems] == [code]
    assert assessment.problems[0].message.endswith(".")


@pytest.mark.parametrize(
    "text",
    [
        "Từ ngày 01/7/2025, bà con nộp hồ sơ tại dichvucong.gov.vn.",
        "Xã Ea Kar, tỉnh Đắk Lắk có người Ê Đê, M'nông, H'Mông.",
        "Gọi 18001096",
        "VNeID",
        "Cho ba con lên hai",
        "KHẨN CẤP",
    ],
)
def test_ordinary_texts_are_readable(text: str) -> None:
    assert assess(text).readable


def test_direction_marks_are_dropped_and_told() -> None:
    assessment = assess("Thông báo \u202e123 hộ")
    assert assessment.readable
    assert [problem.code for problem in assessment.problems] == ["direction"]
    assert speak("Thông báo \u202e123 hộ").text == "Thông báo một trăm hai mươi ba hộ"


def test_every_line_of_a_scanned_text_is_red() -> None:
    for line in OCR.splitlines():
        assert speak(line).blocked, line


def test_a_damaged_line_does_not_hide_a_sound_one() -> None:
    spoken = speak("Cuộc họp lúc 8h00.\nTheo d& nghi cia Bo Thong tin vé viéc trién khai")
    assert spoken.text.splitlines()[0] == "Cuộc họp lúc tám giờ."
    assert spoken.blocked
