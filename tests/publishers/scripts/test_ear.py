"""What a listener cannot follow: each rule with a sentence that breaks it and one that keeps it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publishers.scripts.ear import Heard, Hearing, hotlines_said_once, listen
from publishers.scripts.local_wording import paragraphs_of
from publishers.scripts.proofs_for_the_ear import said_once
from publishers.scripts.spoken import speak, syllables

END = "Cần giúp đỡ, gọi tổng đài 18001096."


def hear(text: str, seconds: float = 60) -> Hearing:
    return listen(
        [Heard(line, syllables(speak(line).text)) for row in paragraphs_of(text) for line in row], seconds
    )


def rules(text: str, seconds: float = 60) -> list[str]:
    return [remark.rule for remark in hear(text, seconds).remarks]


@pytest.mark.parametrize(
    ("sentence", "rule"),
    [
        (
            "Người dân trong xã có thể làm hầu hết các thủ tục hành chính ngay tại nhà trên điện thoại hoặc máy tính "
            "mà không phải đi lại nhiều lần như trước.",
            "long",
        ),
        ("Bước ba, chọn thủ tục, điền thông tin và gửi hồ sơ.", "actions"),
        ("Mang theo giấy tờ (bản gốc).", "brackets"),
        ("Mức thu thực hiện như trên.", "pointing"),
        ("Mang theo đơn, ảnh, v.v.", "and-so-on"),
        ("Bà con hỏi chatbot để được trả lời.", "foreign"),
        ("Bà con theo dõi Fanpage của xã.", "foreign"),
        ("Blockchain giữ cho hồ sơ không bị sửa.", "foreign"),
        (
            "Nhằm nâng cao hiệu quả tuyên truyền về chuyển đổi số, ủy ban mời bà con đến nhà văn hóa.",
            "subject-first",
        ),
        (
            "Thực hiện Kế hoạch của Ủy ban nhân dân tỉnh về dịch vụ công, xã mở lớp học.",
            "subject-first",
        ),
    ],
)
def test_each_rule_names_the_sentence_that_breaks_it(sentence, rule):
    hearing = hear(f"{sentence}\n{END}")
    (remark,) = [remark for remark in hearing.remarks if remark.rule == rule]
    assert remark.sentence == sentence
    assert f"Câu: “{sentence}”" in remark.told
    assert hearing.score == 100 - sum(each.cost for each in hearing.remarks) < 100


@pytest.mark.parametrize(
    "text",
    [
        f"Bước ba, chọn thủ tục.\n{END}",
        f"Bà con đăng nhập bằng ứng dụng VNeID.\n{END}",
        f"Bà con hỏi phần mềm chatbot để được trả lời.\n{END}",
        f"Bà con vào địa chỉ dichvucong.gov.vn.\n{END}",
        f"Xã Ia Pnôn và xã Kon Gang cùng làm.\n{END}",
        f"Viettel và Krông Pa cùng làm.\n{END}",
        f"Để nộp hồ sơ tại nhà, bà con mở ứng dụng VNeID.\n{END}",
        f"Nếu bà con chưa có tài khoản định danh mức hai, công an xã làm giúp.\n{END}",
        f"Khi có bão, bà con ở trong nhà.\n{END}",
    ],
)
def test_text_that_is_easy_to_follow_scores_a_hundred(text):
    assert (hear(text).score, hear(text).word) == (100, "dễ nghe")


def test_long_sentence_is_counted_in_spoken_syllables_not_in_words():
    text = f"Theo Quyết định số 1588/QĐ-TTg ngày 17/12/2024, người dân nộp hồ sơ tại nhà.\n{END}"
    (remark,) = [remark for remark in hear(text).remarks if remark.rule == "long"]
    assert remark.advice.startswith("Câu dài ")
    assert int(remark.advice.split()[2]) > 25


def test_at_most_three_numbers_a_minute():
    four = f"Xã có 5 thôn, 12 tổ, 340 hộ.\n{END}"
    assert "numbers" in rules(four, 60)
    assert "numbers" not in rules(four, 90)


def test_a_telephone_number_is_one_number():
    assert "numbers" not in rules("Gọi 0269 382 4000 hoặc 1800 1096 giúp bà con.")


def test_listeners_are_addressed_in_one_way():
    (remark,) = [
        remark
        for remark in hear(f"Kính thưa bà con. Bà con nộp hồ sơ. Quý vị chú ý.\n{END}").remarks
        if remark.rule == "address"
    ]
    assert remark.sentence == "Quý vị chú ý."
    assert "“bà con”" in remark.advice


def test_text_must_end_with_where_to_get_help():
    assert rules("Nộp hồ sơ tại nhà. Không mất tiền.") == ["help"]
    assert rules("Nộp hồ sơ tại nhà.\nAi chưa rõ, xin hỏi Tổ công nghệ số cộng đồng.") == []


def test_hotline_that_is_said_only_once_is_named():
    assert hotlines_said_once(["Gọi 18001096.", "Xin nhắc lại, 1800 1096.", "Có cháy, gọi 114."]) == ("114",)


def test_what_is_told_of_a_number_said_once_names_it():
    assert said_once(["Gọi 18001096.", "Xin nhắc lại, 1800 1096."]) == ()
    assert said_once(["Có cháy, gọi 114."]) == (
        "Số 114 chỉ được đọc một lần; hãy nhắc lại để người nghe kịp ghi.",
    )


@given(st.text(max_size=300))
def test_any_text_is_answered_with_a_score_between_nought_and_a_hundred(text):
    hearing = hear(text)
    assert 0 <= hearing.score <= 100
    assert hearing == hear(text)
