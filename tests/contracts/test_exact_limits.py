"""Every limit of every kind of channel, at editor and adapter alike: a text of exactly the limit goes, one more does not.

The numbers come from one table; both ends must count them as the platform does, whichever form the text was typed in."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from typing import Any

import pytest

from campaigns.posts import extra_rules
from campaigns.posts.content_rules import MediaFacts, Severity, findings
from cms.channels.specs import SPECS, WORD_OF_UNIT, Attachments, Limit, Unit, tags_of
from publishers.adapters.registry import adapter_for
from publishers.adapters.seam import Media, Request

PICTURE = Media(
    "1" * 64, "/a.jpg", "image/jpeg", 1000, "Đồ họa", public_url="https://media.lantoa.example/a.jpg"
)
CLIP = Media("0" * 64, "/a.mp4", "video/mp4", 1000)
FIELDS = ("title", "summary", "text")
LIMITS = [
    pytest.param(kind, field, getattr(spec, field), id=f"{kind}-{field}")
    for kind, spec in sorted(SPECS.items())
    for field in FIELDS
    if getattr(spec, field).longest is not None and (field == "text" or getattr(spec, f"uses_{field}"))
]


def exactly(limit: Limit) -> str:
    """A Vietnamese text that fills `limit` to the last unit, ending in an emoji where one fits."""
    longest = limit.longest or 0
    match limit.unit:
        case Unit.BYTES:  # ữ: three bytes, the emoji four
            letters, rest = divmod(longest - 4, 3)
            return "ữ" * letters + "a" * rest + "😀"
        case Unit.UTF16:  # the emoji is two units
            return "ữ" * (longest - 2) + "😀"
    return "ữ" * (longest - 1) + "😀"


def request_of(kind: str, **texts: str) -> Request:
    media = {
        Attachments.ONE_CLIP: (CLIP,),
        Attachments.CLIP_AND_THUMBNAIL: (CLIP,),
        Attachments.COVER: (PICTURE,),
    }.get(SPECS[kind].attachments, ())
    fields: dict[str, Any] = {
        "text": "Nội dung",
        "title": "Tiêu đề",
        "summary": "Tóm tắt",
        "author": "Cơ quan",
    }
    return replace(Request(kind, "1", "", media=media), **fields | texts)


def said_by_editor(kind: str, **texts: str) -> list[str]:
    fields = {"text": "Nội dung", "title": "Tiêu đề", "summary": "Tóm tắt"} | texts
    clip = (MediaFacts("clip", "Video", 1000, transcript="Lời"),)
    media = {
        Attachments.ONE_CLIP: clip,
        Attachments.CLIP_AND_THUMBNAIL: clip,
        Attachments.COVER: (MediaFacts("image", "Đồ họa", 1000, "Mô tả"),),
    }.get(SPECS[kind].attachments, ())
    return [
        found.sentence
        for found in findings(kind, media=media, **fields)  # type: ignore[arg-type]
        if found.severity is Severity.ERROR
    ]


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize(("kind", "field", "limit"), LIMITS)
def test_exact_limit_passes_and_one_more_is_refused_at_both_ends(
    kind: str, field: str, limit: Limit, form: str
) -> None:
    exact = unicodedata.normalize(form, exactly(limit))
    one_more = exact + "a"
    assert limit.length(exact) == limit.longest
    adapter, unit = adapter_for(kind), WORD_OF_UNIT[limit.unit]

    assert said_by_editor(kind, **{field: exact}) == []
    assert adapter.refuse(request_of(kind, **{field: exact})) == []

    [at_editor] = said_by_editor(kind, **{field: one_more})
    [at_adapter] = adapter.refuse(request_of(kind, **{field: one_more}))
    assert at_editor.endswith(f"vui lòng rút ngắn 1 {unit}.")
    assert at_adapter.endswith(f"Xin rút ngắn 1 {unit}.")
    for sentence in (at_editor, at_adapter):
        assert sentence[0].isupper()
        assert str(limit.longest) in sentence.replace(".", "")


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize(
    ("kind", "name", "exact"),
    [
        ("facebook", "first_comment", "ữ" * 7_999 + "😀"),
        # A tag with a blank costs two more, and a comma stands between two: 3 + 2 + 1 + 494.
        ("youtube", "tags", "ữ ữ," + "ữ" * 494),
        ("zalo", "author", "ữ" * 50),
    ],
)
def test_extra_of_exactly_its_limit_passes_and_one_more_is_refused(
    kind: str, name: str, exact: str, form: str
) -> None:
    limit = SPECS[kind].limit_of(name)
    exact = unicodedata.normalize(form, exact)
    assert limit.length(exact) == limit.longest
    clip = (MediaFacts("clip", "Video", 1000, transcript="Lời"),)
    assert extra_rules.findings(kind, {name: exact}, media=clip) == []
    [at_editor] = extra_rules.findings(kind, {name: exact + "a"}, media=clip)
    assert at_editor.sentence.endswith("vui lòng rút ngắn 1 ký tự.")
    if name == "author":
        return  # the adapter cuts the name of a body at a word; what a person chose is checked above

    def asked(text: str) -> list[str]:
        value: Any = tags_of(text) if name == "tags" else text
        return adapter_for(kind).refuse(replace(request_of(kind), **{name: value}))

    assert asked(exact) == []
    [at_adapter] = asked(exact + "a")
    assert str(limit.longest) in at_adapter


@pytest.mark.parametrize("kind", sorted(SPECS))
@pytest.mark.parametrize("field", FIELDS)
def test_required_text_that_is_missing_is_asked_for_at_both_ends(kind: str, field: str) -> None:
    spec = SPECS[kind]
    limit: Limit = getattr(spec, field)
    used = field == "text" or getattr(spec, f"uses_{field}")
    missing = limit.required and used
    assert len(said_by_editor(kind, **{field: " "})) == missing
    # A picture or a clip may stand alone on Facebook and YouTube: the adapter asks only for what the platform needs.
    at_adapter = adapter_for(kind).refuse(request_of(kind, **{field: ""}))
    assert len(at_adapter) == (missing and (kind, field) != ("youtube", "text"))


@pytest.mark.parametrize("sign", ["<", ">"])
def test_youtube_takes_no_angle_brackets_in_title_or_description(sign: str) -> None:
    for field in ("title", "text"):
        wrong = {field: f"Bước 1 {sign} bước 2"}
        [at_editor] = said_by_editor("youtube", **wrong)
        [at_adapter] = adapter_for("youtube").refuse(request_of("youtube", **wrong))
        assert f"“{sign}”" in at_editor
        assert "< hoặc >" in at_adapter
    assert said_by_editor("facebook", text=f"Bước 1 {sign} bước 2") == []
