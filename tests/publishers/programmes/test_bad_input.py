"""What people paste by mistake, at the form where they paste it: a clear Vietnamese sentence each, and nothing lost."""

from __future__ import annotations

import pytest
from django.urls import reverse

from publishers.programmes.models import LocalNotice
from publishers.scripts.spoken import assess

pytestmark = pytest.mark.django_db
SOUND = "Bà con nộp hồ sơ tại nhà. "


@pytest.fixture
def officer(commune, client, settings):
    settings.TRAINING_MODE = True
    client.force_login(commune.officer, backend="cms.access.backends.MembershipBackend")
    return client


def pasted(commune, officer, text: str):
    """The page that answers when `text` is saved as a notice."""
    form = {
        "title": "Thông báo", "text": text, "priority": "thong-thuong",
        "first_day": "2026-11-23", "last_day": "2026-11-24",
    }  # fmt: skip
    return officer.post(reverse("programme_notices", args=[commune.station.pk]), form, follow=True)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("KÝnh th­a bµ con, tõ ngµy mai c¸c thñ tôc hµnh chÝnh ®­îc nép t¹i nhµ.", "bảng mã cũ TCVN3 (ABC)"),
        (
            "Kính thöa baø con, töø ngaøy mai caùc thuû tuïc haønh chính ñöôïc noäp taïi nhaø.",
            "bảng mã cũ VNI",
        ),
        ("BÃ  con ná»™p há»“ sÆ¡ táº¡i nhÃ .", "sai bảng mã nên chữ đã hỏng"),
        ("\x07Bà\x08 con\x0b nộp\x0c hồ\x1f sơ\x7f tại\x01 nhà.", "nhiều ký tự điều khiển"),
        ("Bà con\x07 nộp hồ sơ tại nhà, không phải đi lại, không phải chờ đợi lâu.", ""),
        ("🎉🎉👍 🔥", "chỉ có biểu tượng hoặc dấu câu"),
        ("សូមស្វាគមន៍ ប្រជាពលរដ្ឋ", "không viết bằng chữ tiếng Việt"),
        ("Kinh moi ba con den nha van hoa thon hop luc sang mai", "không có dấu nên không thể đọc đúng"),
    ],
    ids=[
        "TCVN3",
        "VNI",
        "mojibake",
        "control characters",
        "one of them",
        "emoji only",
        "another script",
        "no marks",
    ],
)
def test_text_that_cannot_be_read_is_kept_and_the_page_says_what_is_wrong(commune, officer, text, sentence):
    page = pasted(commune, officer, text)
    assert sentence in page.content.decode()
    notice = LocalNotice.objects.get()
    if sentence:
        assert notice.text == text.strip()
        # It can be mended here; it cannot be sent to the approver.
        page = officer.post(
            reverse("programme_notice", args=[notice.pk]),
            {
                "action": "submit", "title": "Thông báo", "text": text, "priority": "thong-thuong",
                "first_day": "2026-11-23", "last_day": "2026-11-24",
            },
        )  # fmt: skip
        assert page.status_code == 422
        assert LocalNotice.objects.get().state == "draft"
    else:
        # Signs nobody sees are gone, the words are there.
        assert notice.text == "Bà con nộp hồ sơ tại nhà, không phải đi lại, không phải chờ đợi lâu."


@pytest.mark.parametrize("nothing", ["", "  \n ", "\u200b\u2060"], ids=["nothing", "blanks", "unseen signs"])
def test_nothing_is_told_at_its_field(commune, officer, nothing):
    page = pasted(commune, officer, nothing)
    assert page.status_code == 422
    said = str(page.context["form"].errors["text"])
    assert "Chưa có nội dung, vui lòng nhập." in said or "Nội dung đang để trống, vui lòng nhập." in said
    assert not LocalNotice.objects.exists()


def test_marks_that_turn_the_direction_never_reach_a_public_page(commune, officer):
    pasted(commune, officer, "Bà con \u202enộp hồ sơ\u202c tại nhà \u2067mới\u2069.")
    assert LocalNotice.objects.get().text == "Bà con nộp hồ sơ tại nhà mới."


def test_text_that_is_too_long_comes_back_whole_with_its_length(commune, officer):
    text = (SOUND * 120).strip()
    page = pasted(commune, officer, text)
    assert page.status_code == 422
    assert f"Nội dung dài {len(text)} ký tự, quá giới hạn 3000 ký tự." in page.content.decode()
    assert page.context["form"]["text"].value() == text
    # A browser would cut a paste at this attribute, and nobody would know.
    assert "maxlength" not in str(page.context["form"]["text"])


def test_a_damaged_sign_is_told_in_vietnamese(commune, officer):
    page = pasted(commune, officer, "Bà con\x00 nộp hồ sơ.")
    assert "Nội dung có ký tự hỏng bên trong." in page.content.decode()
    assert page.status_code == 422


def test_five_megabytes_are_refused_in_a_sentence_and_change_nothing(commune, officer):
    officer.raise_request_exception = False
    page = pasted(commune, officer, SOUND * 200_000)
    assert page.status_code == 400
    assert "Máy chủ không nhận được nội dung vừa gửi" in page.content.decode()
    assert "những gì đã nhập vẫn còn ở trang trước" in page.content.decode()
    assert not LocalNotice.objects.exists()
    (problem,) = assess(SOUND * 200_000).problems
    assert problem.message == "Văn bản quá dài để làm bản tin phát thanh; hãy chia nhỏ hoặc rút gọn."


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (
            "Bà con\x07 nộp hồ sơ tại nhà, không phải đi lại, không phải chờ đợi lâu.",
            "Văn bản có ký tự điều khiển; các ký tự này đã được bỏ.",
        ),
        ("Bà con \u202enộp hồ sơ\u202c tại nhà.", "Văn bản có dấu đổi chiều chữ; các dấu này đã được bỏ."),
    ],
    ids=["control", "right to left"],
)
def test_what_was_taken_out_of_a_text_is_told(commune, officer, text, sentence):
    assert sentence in pasted(commune, officer, text).content.decode()
    notice = LocalNotice.objects.get()
    assert notice.text.startswith("Bà con nộp hồ sơ tại nhà")
    form = {"title": "Thông báo", "text": f"{text} Gọi 1022.", "priority": "thong-thuong", "action": "save"}
    form |= {"first_day": "2026-11-23", "last_day": "2026-11-24"}
    answer = officer.post(reverse("programme_notice", args=[notice.pk]), form, follow=True)
    assert sentence in answer.content.decode()
