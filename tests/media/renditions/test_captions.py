import pytest
from hypothesis import given
from hypothesis import strategies as st

from media.renditions.captions import (
    LINE_LENGTH,
    MOST_LINES,
    Cue,
    cues_for,
    read_srt,
    srt,
    vtt,
    write_captions,
)

CUES = (
    Cue(0.3, 2.5, ("Nộp hồ sơ trực tuyến",)),
    Cue(2.5, 3661.042, ("Bước 1: Mở trang", "dichvucong.gov.vn")),
)


def test_subrip_text_is_exact():
    assert srt(CUES) == (
        "1\n00:00:00,300 --> 00:00:02,500\nNộp hồ sơ trực tuyến\n\n"
        "2\n00:00:02,500 --> 01:01:01,042\nBước 1: Mở trang\ndichvucong.gov.vn\n"
    )


def test_webvtt_text_is_exact_and_markup_is_written_out():
    assert (
        vtt([Cue(1, 2, ("A & B <b>",))]) == "WEBVTT\n\n00:00:01.000 --> 00:00:02.000\nA &amp; B &lt;b&gt;\n"
    )


def test_what_is_written_is_read_back():
    assert read_srt(srt(CUES)) == CUES
    assert read_srt("\ufeff" + srt(CUES).replace("\n", "\r\n")) == CUES


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("1\nkhông có thời gian\n", "Đoạn phụ đề thứ 1 thiếu dòng thời gian"),
        ("1\n00:00:05,000 --> 00:00:04,000\nA\n", "Đoạn phụ đề thứ 1 kết thúc trước khi bắt đầu."),
    ],
)
def test_faulty_subrip_is_refused_with_the_place(text, sentence):
    with pytest.raises(ValueError, match=sentence):
        read_srt(text)


def test_empty_subrip_has_no_cues():
    assert read_srt("\n") == ()


def test_sentences_become_cues_that_share_the_time():
    cues = cues_for("Bước 1: Mở trang. Gõ đúng địa chỉ, không bấm đường dẫn lạ.", 10, 14)
    assert [cue.lines for cue in cues] == [
        ("Bước 1: Mở trang.",),
        ("Gõ đúng địa chỉ, không bấm đường dẫn lạ.",),
    ]
    assert cues[0].start == 10
    assert cues[0].end == cues[1].start
    assert cues[1].end == 14
    assert cues[1].end - cues[1].start > cues[0].end - cues[0].start


_SENTENCES = st.lists(st.text("abcđêộ ,.", min_size=1, max_size=40), min_size=1, max_size=6).map(" ".join)


@given(_SENTENCES)
def test_captions_keep_every_word_in_order_and_short_lines(text):
    cues = cues_for(text, 0.0, 20.0)
    assert " ".join(cue.text for cue in cues).split() == text.split()
    for cue in cues:
        assert len(cue.lines) <= MOST_LINES
        assert all(len(line) <= LINE_LENGTH or " " not in line for line in cue.lines)
        assert cue.start < cue.end
    assert all(one.end == two.start for one, two in zip(cues, cues[1:], strict=False))


def test_both_files_are_written_beside_each_other(tmp_path):
    paths = write_captions(CUES, tmp_path / "clip.mp4")
    assert [path.name for path in paths] == ["clip.srt", "clip.vtt"]
    assert read_srt(paths[0].read_text(encoding="utf-8")) == CUES
    assert paths[1].read_bytes().startswith(b"WEBVTT\n\n00:00:00.300 --> ")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["clip.srt", "clip.vtt"]
