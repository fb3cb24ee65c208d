"""What would be refused is said in whole sentences before anything is sent."""

import unicodedata
from dataclasses import replace

import pytest

from publishers.adapters.registry import adapter_for
from publishers.adapters.seam import Media, Request

MB = 1024 * 1024


def picture(**more: object) -> Media:
    fields = {"sha256": "1" * 64, "path": "/a.jpg", "media_type": "image/jpeg", "size": 1000, "title": "Đồ họa",
              "public_url": "https://media.lantoa.example/a.jpg"}  # fmt: skip
    return Media(**fields | more)  # type: ignore[arg-type]


def clip(**more: object) -> Media:
    return Media(**{"sha256": "0" * 64, "path": "/a.mp4", "media_type": "video/mp4", "size": 1000} | more)  # type: ignore[arg-type]


def facebook(**more: object) -> Request:
    return replace(Request("facebook", "1", "Nội dung"), **more)  # type: ignore[arg-type]


def youtube(**more: object) -> Request:
    return replace(Request("youtube", "1", "Mô tả", title="Tiêu đề", media=(clip(),)), **more)  # type: ignore[arg-type]


def zalo(**more: object) -> Request:
    request = Request(
        "zalo", "1", "Nội dung", title="Tiêu đề", summary="Tóm tắt", author="Cơ quan", media=(picture(),)
    )
    return replace(request, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "request_", [facebook(), youtube(), zalo(), facebook(media=(picture(),) * 10), facebook(media=(clip(),))]
)
def test_request_within_the_limits_has_no_findings(request_: Request) -> None:
    assert adapter_for(request_.kind).refuse(request_) == []


@pytest.mark.parametrize(
    ("request_", "part"),
    [
        (facebook(text=""), "chưa có nội dung"),
        (facebook(media=(picture(),) * 11), "nhiều nhất 10 ảnh"),
        (facebook(media=(picture(), clip())), "ảnh hoặc một video"),
        (facebook(media=(clip(), clip())), "chỉ mang một video"),
        (facebook(link="https://www.facebook.com/x"), "facebook.com"),
        (facebook(link="javascript:alert(1)"), "https://"),
        (facebook(media=(picture(size=4 * MB + 1),)), "nặng 4,1 MB, quá giới hạn 4 MB"),
        (facebook(media=(picture(media_type="image/webp"),)), "JPG hoặc PNG"),
        (facebook(media=(clip(size=0),)), "tệp rỗng"),
        (youtube(title=""), "cần có tiêu đề"),
        (youtube(title="a<b"), "< hoặc >"),
        (youtube(media=()), "đúng một video"),
        (youtube(media=(clip(), clip())), "đúng một video"),
        (youtube(tags=("hai từ",) * 60), "Các thẻ YouTube"),
        (zalo(summary=""), "cần có tóm tắt"),
        (zalo(author=""), "tên cơ quan"),
        (zalo(media=()), "ảnh bìa"),
        (zalo(media=(picture(public_url=""),)), "PUBLIC_MEDIA_BASE"),
        (zalo(media=(picture(public_url="http://media.lantoa.example/a.jpg"),)), "PUBLIC_MEDIA_BASE"),
        (zalo(media=(picture(size=MB + 1),)), "quá giới hạn 1 MB"),
        (zalo(media=(picture(), clip(size=50 * MB + 1))), "quá giới hạn 50 MB"),
        (zalo(form="video", media=(clip(),)), "ảnh đại diện"),
    ],
)
def test_finding_says_what_is_wrong_and_what_to_do(request_: Request, part: str) -> None:
    [sentence] = adapter_for(request_.kind).refuse(request_)
    assert part in sentence
    assert sentence[0].isupper()
    assert sentence.endswith(".")


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize(
    ("request_", "field", "longest"),
    [
        (facebook(), "text", 63_206),
        (youtube(), "title", 100),
        (zalo(), "title", 140),
        (zalo(), "summary", 280),
    ],
)
def test_text_of_the_limit_passes_and_one_letter_more_does_not(
    request_: Request, field: str, longest: int, form: str
) -> None:
    adapter = adapter_for(request_.kind)
    exact = unicodedata.normalize(form, "ữ" * longest)
    assert adapter.refuse(replace(request_, **{field: exact})) == []
    [sentence] = adapter.refuse(replace(request_, **{field: exact + "a"}))
    assert f"Xin rút ngắn 1 {'ký tự'}." in sentence


def test_link_beside_pictures_counts_as_text() -> None:
    full = facebook(text="a" * 63_206, media=(picture(),))
    assert adapter_for("facebook").refuse(full) == []
    assert len(adapter_for("facebook").refuse(replace(full, link="https://vidu.gov.vn"))) == 1


def reel(**frame: object) -> Request:
    return facebook(
        form="reel",
        media=(clip(**{"title": "Nộp hồ sơ", "seconds": 30.0, "width": 1080, "height": 1920} | frame),),
    )


@pytest.mark.parametrize(
    "frame",
    [{"seconds": 3.0}, {"seconds": 90.0}, {"width": 540, "height": 960}, {"width": 1088, "height": 1920}, {"seconds": 0.0, "width": 0}],
)  # fmt: skip
def test_reel_exactly_at_its_limits_passes_and_so_does_what_was_never_measured(
    frame: dict[str, object],
) -> None:
    assert adapter_for("facebook").refuse(reel(**frame)) == []


@pytest.mark.parametrize(
    ("frame", "said"),
    [
        ({"seconds": 2.9}, "Video “Nộp hồ sơ” dài 2,9 giây; Reel nhận từ 3 đến 90 giây."),
        ({"seconds": 90.1}, "dài 90,1 giây"),
        ({"width": 539, "height": 960}, "khung 539×960 điểm ảnh; Reel cần ít nhất 540×960"),
        ({"width": 1920, "height": 1080}, "khung 1920×1080, không phải khung dọc 9:16"),
        ({"width": 1080, "height": 1350}, "khung 1080×1350, không phải khung dọc 9:16"),
    ],
)
def test_clip_that_is_no_reel_is_refused_as_a_reel_and_taken_as_a_video(
    frame: dict[str, object], said: str
) -> None:
    refused = reel(**frame)
    (sentence,) = adapter_for("facebook").refuse(refused)
    assert said in sentence
    assert adapter_for("facebook").refuse(replace(refused, form="")) == []
