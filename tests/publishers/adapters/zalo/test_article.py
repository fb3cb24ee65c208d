"""What a request becomes on an OA."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from publishers.adapters.seam import Media, Request
from publishers.adapters.wording import same_text
from publishers.adapters.zalo import article

OURS = frozenset({"lantoa.example"})
COVER = Media("1" * 64, "/a.jpg", "image/jpeg", 1, public_url="https://media.lantoa.example/đồ họa.jpg")
SECOND = Media(
    "2" * 64, "/b.jpg", "image/jpeg", 1, alt_text="Bước hai", public_url="https://media.lantoa.example/b.jpg"
)
CLIP = Media("0" * 64, "/a.mp4", "video/mp4", 1)
POST = Request(
    "zalo", "1", "Đoạn một\ndòng hai\n\nĐoạn <hai> & ba", title=" Tiêu đề ", summary="Tóm tắt", author="Sở Tư pháp",
    link="https://lantoa.example/a", marker="luot-1", media=(COVER, SECOND),
)  # fmt: skip


def test_article_is_complete_and_hidden_at_first() -> None:
    made = article.payload(POST, article.HIDE, OURS)
    assert (made["type"], made["status"], made["comment"], made["title"]) == (
        "normal",
        "hide",
        "show",
        "Tiêu đề",
    )
    assert made["cover"] == {
        "cover_type": "photo", "photo_url": "https://media.lantoa.example/%C4%91%E1%BB%93%20h%E1%BB%8Da.jpg", "status": "show"
    }  # fmt: skip
    assert made["body"][0]["content"] == (
        "<p>Đoạn một<br>dòng hai</p><p>Đoạn &lt;hai&gt; &amp; ba</p>"
        '<p><a href="https://lantoa.example/a?utm_content=luot-1">https://lantoa.example/a?utm_content=luot-1</a></p>'
    )
    assert made["body"][1] == {
        "type": "image",
        "url": "https://media.lantoa.example/b.jpg",
        "caption": "Bước hai",
    }
    assert "id" not in made


def test_update_is_the_whole_article_with_its_id() -> None:
    hidden, shown = (
        article.payload(POST, article.HIDE, OURS),
        article.payload(POST, article.SHOW, OURS, article_id="abc"),
    )
    assert shown == {**hidden, "status": "show", "id": "abc"}


def test_clip_stands_in_the_body_below_a_cover_or_becomes_the_cover() -> None:
    beside = article.payload(replace(POST, media=(COVER, CLIP)), article.HIDE, OURS, video_id="v1")
    assert beside["body"][1]["type"] == "video"
    assert beside["cover"]["cover_type"] == "photo"
    alone = article.payload(replace(POST, media=(CLIP,)), article.HIDE, OURS, video_id="v1")
    assert alone["cover"] == {
        "cover_type": "video",
        "cover_view": "horizontal",
        "video_id": "v1",
        "status": "show",
    }
    assert [part["type"] for part in alone["body"]] == ["text"]


def test_video_article_is_made_only_when_asked_for() -> None:
    request = replace(POST, media=(COVER, CLIP))
    assert article.type_of(request) == "normal"
    made = article.payload(replace(request, form="video"), article.HIDE, OURS, video_id="v1")
    assert set(made) == {"type", "title", "description", "video_id", "avatar", "status", "comment"}


def test_long_name_of_a_body_is_cut_at_a_word() -> None:
    long = "Trung tâm Phục vụ hành chính công tỉnh Gia Lai, cơ sở hai"
    cut = article.author_of(replace(POST, author=long))
    assert cut == "Trung tâm Phục vụ hành chính công tỉnh Gia Lai…"
    assert len(cut) <= 50
    assert article.author_of(replace(POST, author="a" * 50)) == "a" * 50


@given(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"])))
def test_words_survive_the_way_into_html_and_back(text: str) -> None:
    request = replace(POST, text=text, link="")
    markup = article.body_text(request, OURS)
    assert same_text(article.plain(markup), text)
    assert "<" not in markup.replace("<p>", "").replace("</p>", "").replace("<br>", "")
