import pytest
from hypothesis import given
from hypothesis import strategies as st

from media.library.captions import as_webvtt, words_of

SRT = "1\r\n00:00:01,000 --> 00:00:02,500\r\n<i>Xin chào</i>\r\nbà con\r\n\r\n2\r\n00:00:03,000 --> 00:01:04,000\r\nHết\r\n"


def test_srt_becomes_webvtt_without_styles():
    assert as_webvtt(SRT) == (
        "WEBVTT\n\n00:00:01.000 --> 00:00:02.500\nXin chào\nbà con\n\n00:00:03.000 --> 00:01:04.000\nHết\n"
    )


def test_webvtt_with_settings_and_short_times_is_read():
    text = "\ufeffWEBVTT\n\nNOTE ghi chú\n\nSTYLE\n::cue { color: red }\n\n00:01.000 --> 00:02.000 align:start\nA\n"
    assert as_webvtt(text) == "WEBVTT\n\n00:00:01.000 --> 00:00:02.000\nA\n"


def test_reading_again_changes_nothing():
    assert as_webvtt(as_webvtt(SRT)) == as_webvtt(SRT)


def test_words_are_what_is_said():
    assert words_of(as_webvtt(SRT)) == "Xin chào\nbà con\nHết"


@pytest.mark.parametrize("text", ["", "chỉ là chữ", "00:00:05,000 --> 00:00:01,000\nNgược\n"])
def test_what_is_no_caption_is_refused_in_a_sentence(text):
    with pytest.raises(ValueError, match="hụ đề"):
        as_webvtt(text)


@given(st.text(max_size=200))
def test_any_text_is_captions_or_a_sentence(text):
    try:
        read = as_webvtt(text)
    except ValueError as refused:
        read = f"WEBVTT\n\n{refused}"
    assert read.startswith("WEBVTT\n\n")
    assert len(read) > len("WEBVTT\n\n")
