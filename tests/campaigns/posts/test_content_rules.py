"""What a channel would refuse, in whole sentences, exactly at its limits."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaigns.posts.content_rules import Finding, MediaFacts, Severity, findings
from cms.channels.specs import SPECS

IMAGE = MediaFacts(kind="image", title="Năm bước", alt_text="Năm bước nộp hồ sơ.", size=200_000)
CLIP = MediaFacts(kind="clip", title="Hướng dẫn", transcript="Lời thoại.", size=2_000_000)


def errors(kind: str, **content) -> list[str]:
    return [finding.sentence for finding in findings(kind, **content) if finding.forbids]


def test_ordinary_post_for_facebook_has_no_finding():
    assert (
        findings("facebook", text="Nộp hồ sơ tại nhà.", link="https://dichvucong.gov.vn/", media=[IMAGE])
        == []
    )


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_zalo_title_is_counted_in_nfc_and_refused_one_over(form):
    whole = {"summary": "Tóm tắt.", "text": "Nội dung.", "media": [IMAGE]}
    assert errors("zalo", title=unicodedata.normalize(form, "ệ" * 140), **whole) == []
    assert errors("zalo", title=unicodedata.normalize(form, "ệ" * 141), **whole) == [
        "Tiêu đề của bài viết trên Zalo OA dài 141 ký tự, tối đa 140 ký tự: vui lòng rút ngắn 1 ký tự."
    ]


def test_youtube_description_is_counted_in_bytes():
    whole = {"title": "T", "media": [CLIP]}
    assert errors("youtube", text="ệ" * 1666 + "ab", **whole) == []
    assert errors("youtube", text="ệ" * 1667, **whole) == [
        "Nội dung của video trên Kênh YouTube dài 5.001 byte, tối đa 5.000 byte: vui lòng rút ngắn 1 byte."
    ]


def test_facebook_text_limit_is_63206_characters():
    assert errors("facebook", text="a" * 63_206) == []
    assert len(errors("facebook", text="a" * 63_207)) == 1


def test_empty_title_is_said_at_the_title():
    (finding,) = findings("youtube", title=" ", text="Mô tả.", media=[CLIP])
    assert finding == Finding(
        Severity.ERROR,
        "Tiêu đề của video trên Kênh YouTube đang để trống, vui lòng nhập.",
        "title",
        "youtube",
    )


def test_angle_brackets_are_refused_in_a_youtube_title():
    assert errors("youtube", title="Cách <nộp>", text="Mô tả.", media=[CLIP]) == [
        "Tiêu đề của video trên Kênh YouTube không được chứa dấu “<” và “>”."
    ]


@pytest.mark.parametrize("count", [0, 2])
def test_youtube_needs_exactly_one_clip(count):
    assert errors("youtube", title="T", text="Mô tả.", media=[CLIP] * count) == [
        f"Cần chọn đúng một video cho video trên Kênh YouTube, hiện có {count}."
    ]


def test_zalo_article_needs_a_cover():
    assert errors("zalo", title="T", summary="S", text="N") == [
        "Cần chọn ít nhất một hình ảnh làm ảnh bìa, hoặc một video, cho bài viết trên Zalo OA."
    ]


def test_facebook_takes_ten_pictures_or_one_clip_but_not_both():
    assert errors("facebook", text="N", media=[IMAGE] * 10) == []
    assert len(errors("facebook", text="N", media=[IMAGE] * 11)) == 1
    assert "không mang cả hai" in errors("facebook", text="N", media=[IMAGE, CLIP])[0]


def test_heavy_picture_is_refused_with_its_weight():
    heavy = MediaFacts(kind="image", title="Áp phích", alt_text="Áp phích.", size=1024 * 1024 + 1)
    assert errors("zalo", title="T", summary="S", text="N", media=[heavy]) == [
        "Hình “Áp phích” nặng 1,1 MB, kênh này nhận tối đa 1 MB."
    ]


def test_picture_without_words_for_the_blind_is_a_warning_only():
    (finding,) = findings("facebook", text="N", media=[MediaFacts(kind="image", title="Năm bước")])
    assert (finding.severity, finding.field) == (Severity.WARNING, "media")


def test_refusal_of_the_library_forbids():
    draft = MediaFacts(kind="image", title="Năm bước", alt_text="…", refusal="Văn bản nguồn còn là dự thảo.")
    assert errors("facebook", text="N", media=[draft]) == ["Văn bản nguồn còn là dự thảo."]


def test_placeholder_is_for_loudspeakers_only():
    assert errors("loudspeaker", title="T", text="{{ten_dai}} xin thông báo.") == []
    assert "chỉ dùng cho bản tin phát thanh" in errors("facebook", text="{{ten_dai}} xin thông báo.")[0]


def test_unknown_placeholder_is_named_with_those_that_exist():
    (sentence,) = errors("loudspeaker", title="T", text="Gọi {{so_dien_thoai}}.")
    assert sentence.startswith(
        "Không có chỗ điền tự động nào tên “{{so_dien_thoai}}”. Các tên dùng được: {{ten_dai}}"
    )


@pytest.mark.parametrize("text", ["Gọi {{duong_day_nong.", "Gọi duong_day_nong}}.", "{{{tong_dai}}}}"])
def test_loose_braces_are_refused(text):
    assert any("đứng lẻ" in sentence for sentence in errors("loudspeaker", title="T", text=text))


@pytest.mark.parametrize(
    "link", ["https://www.facebook.com/trang", "https://FB.com/x", "http://m.facebook.com/"]
)
def test_facebook_refuses_links_to_itself(link):
    assert len(errors("facebook", text="N", link=link)) == 1


def test_host_that_only_ends_alike_is_no_facebook():
    assert errors("facebook", text="N", link="https://notfacebook.com/") == []


def test_invisible_control_sign_is_refused():
    assert errors("facebook", text="Nộp\x00hồ sơ") == [
        "Nội dung có ký tự điều khiển không nhìn thấy, vui lòng xóa và gõ lại đoạn đó."
    ]


def test_unknown_kind_is_an_error_of_the_caller():
    with pytest.raises(KeyError):
        findings("fax", text="N")


@given(
    st.sampled_from(sorted(SPECS)),
    st.text(max_size=300),
    st.text(max_size=300),
    st.lists(st.sampled_from([IMAGE, CLIP, MediaFacts(kind="audio"), MediaFacts(kind="other")]), max_size=4),
)
def test_every_finding_is_a_whole_sentence_and_the_gravest_comes_first(kind, title, text, media):
    found = findings(kind, title=title, text=text, media=media)
    assert [finding.severity for finding in found] == sorted((f.severity for f in found), reverse=True)
    for finding in found:
        assert finding.kind == kind
        assert finding.sentence[-1] in ".:"


@given(st.text(max_size=200), st.text(max_size=200))
def test_nfc_and_nfd_are_judged_alike(title, text):
    composed = findings(
        "zalo", title=unicodedata.normalize("NFC", title), text=unicodedata.normalize("NFC", text)
    )
    decomposed = findings(
        "zalo", title=unicodedata.normalize("NFD", title), text=unicodedata.normalize("NFD", text)
    )
    assert composed == decomposed
