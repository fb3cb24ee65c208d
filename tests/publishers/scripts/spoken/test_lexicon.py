"""The lexicon and its layers."""

import re

import pytest

from cms.places.mapfile import read_map
from publishers.scripts.spoken import SYSTEM, Confidence, Entry, Lexicon, LexiconError, speak
from publishers.scripts.spoken.addresses import _host_words, _unmarked


def test_a_nearer_layer_covers_the_one_below() -> None:
    province = SYSTEM.over([Entry("VNeID", "vê en e i đê")], "province")
    commune = province.over([Entry("TTVH", "Trung tâm Văn hóa xã")], "commune")
    script = commune.over([Entry("VNeID", "vi-nét")], "script")
    assert speak("VNeID", lexicon=SYSTEM).text == "vi en i ai đi"
    assert speak("VNeID", lexicon=commune).text == "vê en e i đê"
    assert speak("VNeID tại TTVH", lexicon=script).text == "vi-nét tại Trung tâm Văn hóa xã"
    assert speak("VNeID", lexicon=script).spans[0].rule == "lexicon-script"


def test_an_entry_with_context_leaves_the_rest_to_the_layer_below() -> None:
    lexicon = SYSTEM.over([Entry("CN", "Chi nhánh", when=(">số",))], "commune")
    assert speak("CN số 2", lexicon=lexicon).text == "Chi nhánh số hai"
    assert speak("thứ 7, CN", lexicon=lexicon).text == "thứ bảy, Chủ nhật"


def test_a_layer_travels_as_tsv_and_comes_back_equal() -> None:
    layer = Lexicon(
        [Entry("BĐX", "bưu điện xã", when=("<tại", ">#"), alternatives=("bưu cục",), confidence=Confidence.LIKELY, note="thử")],
        layer="commune",
    )  # fmt: skip
    again = Lexicon.from_tsv(layer.to_tsv(), layer="commune")
    assert again.entries == layer.entries


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "trống"),
        ("a\tb\nx\ty", "written"),
        ("written\tspoken\nUBND\t", "Dòng 2"),
        ("written\tspoken\nUBND\tủy ban 2", "bằng chữ"),
        ("written\tspoken\tsure\nUBND\tủy ban\tmaybe", "Dòng 2"),
        ("written\tspoken\n" + "A" * 101 + "\tủy ban", "quá dài"),
        ("written\tspoken\twhen\nTVX\ttổ\tcổng", "Dòng 2: Điều kiện “cổng” chưa đúng"),
        ("written\tspoken\tkind\nTVX\ttổ\tlạ", "Dòng 2: cột “kind”"),
    ],
)
def test_a_bad_file_is_refused_with_its_line(text: str, words: str) -> None:
    with pytest.raises(LexiconError, match=words):
        Lexicon.from_tsv(text)


def test_an_unknown_layer_is_refused() -> None:
    with pytest.raises(LexiconError, match="lớp"):
        Lexicon([], layer="huyện")


def test_three_hundred_administrative_readings_are_shipped() -> None:
    administrative = {entry.written for entry in SYSTEM if entry.kind == "abbreviation"}
    assert len(administrative) >= 300
    assert {"UBND", "DVCTT", "TTPVHCC", "CNSCĐ", "GCNQSDĐ"} <= {written.upper() for written in administrative}


def test_every_shipped_reading_is_itself_left_alone() -> None:
    for entry in SYSTEM:
        for said in (entry.spoken, *entry.alternatives):
            spoken = speak(said)
            assert spoken.text == said.rstrip(","), entry.written
            assert not spoken.needs_editor, entry.written


def test_entries_are_found_by_exact_and_small_letters() -> None:
    assert SYSTEM.find("UBND")[0].spoken == "Ủy ban nhân dân"
    assert SYSTEM.find("zalo")[0].spoken == "da lô"
    assert SYSTEM.find("không có") == ()


def test_a_lexicon_made_anew_never_reads_with_the_memory_of_one_that_is_gone() -> None:
    for number in range(40):
        word = f"Xoang{'abcdefghik'[number % 10]}{'abcd'[number // 10]}"
        lexicon = SYSTEM.over([Entry(word, "xuân hoa")], "script")
        assert speak(f"bác {word} họp", lexicon=lexicon).text == "bác xuân hoa họp"
        assert speak(f"bác {word} họp").text == f"bác {word} họp"
        del lexicon


def test_a_form_beginning_with_a_digit_can_be_taught() -> None:
    lexicon = SYSTEM.over(
        [Entry("10/10", "mười trên mười"), Entry("1022", "một không hai hai", when=("<số",))], "script"
    )
    assert speak("Đạt 10/10. Ngày 10/10/2026.", lexicon=lexicon).text == (
        "Đạt mười trên mười. Ngày mùng mười tháng mười năm hai nghìn không trăm hai mươi sáu."
    )
    assert speak("số 1022", lexicon=lexicon).text == "số một không hai hai"
    assert speak("1022 người", lexicon=lexicon).text == "một nghìn không trăm hai mươi hai người"


def test_every_commune_of_today_is_said_in_a_host_by_its_name():
    names = {
        unit.name
        for unit in read_map().units
        if len(re.split(r"[\s'’-]", unit.name)) > 1 and not any(sign.isdigit() for sign in unit.name)
    }
    known = _host_words()
    # One spelling serves all that differ in marks only: what is typed is the same.
    lacking = [name for name in names if _unmarked(name) not in known]
    assert len(names) > 2500
    assert lacking == []
    assert speak("ubnd@xuanloc.gov.vn").text == (
        "u bê en đê, a còng, Xuân Lộc viết liền không dấu, chấm gốp, chấm vi en"
    )
    # A hashtag would tell which Tân An is meant, and there the engine does not guess.
    assert speak("#XuanLoc").colour == "amber"


@pytest.mark.parametrize(
    ("spoken", "words"),
    [
        (",", "bằng chữ"),
        ("-", "bằng chữ"),
        ("tổ. Xong", "bằng chữ"),
        ("tổ 🎉", "bằng chữ"),
        ("\u200b", "cách đọc"),
        ("TVX", "chữ viết tắt “TVX”"),
        ("tổ TVY", "chữ viết tắt “TVY”"),
        ("một VNeID", "chữ viết tắt “VNeID”"),
        ("tổ " * 101, "quá dài"),
    ],
)
def test_a_reading_nobody_could_say_aloud_is_refused(spoken: str, words: str) -> None:
    with pytest.raises(LexiconError, match=words):
        Entry("TVX", spoken)


def test_signs_nobody_sees_are_left_out_of_a_reading() -> None:
    entry = Entry("TV\u200bX", "tổ\u202e vệ\x01 sinh", when=("<bác\u200b",), alternatives=("tổ\txóm", " "))
    assert (entry.written, entry.spoken, entry.when, entry.alternatives) == (
        "TVX", "tổ vệ sinh", ("<bác",), ("tổ xóm",),
    )  # fmt: skip


def test_hashtags_quotes_and_odd_line_ends_travel_as_tsv() -> None:
    layer = Lexicon(
        [Entry("#TVX", "thẻ tổ"), Entry('a"b', "a bê", note='nói "a"'), Entry("TV X", "tổ")], layer="commune"
    )
    text = "# ghi chú\n" + layer.to_tsv().replace("\n", "\r\n").replace("TV X", "TV\u2028X")
    assert Lexicon.from_tsv(text, layer="commune").entries == layer.entries


@pytest.mark.parametrize(
    ("text", "written", "chosen", "spoken"),
    [
        ("Có 1/2 số hộ. Hẹn nhau 1/2 nhé.", "1/2", "ngày mùng một tháng hai", "Có một phần hai số hộ. Hẹn nhau ngày mùng một tháng hai nhé."),
        ("Xã có 1022 hộ. Báo 1022 nhé.", "1022", "một không hai hai", "Xã có một nghìn không trăm hai mươi hai hộ. Báo một không hai hai nhé."),
        ("Gặp TT xã theo TT 39/2020/TT-BTC.", "TT", "trung tâm", "Gặp trung tâm xã theo thông tư ba mươi chín, năm hai nghìn không trăm hai mươi, của Bộ Tài chính."),
        ("10/10 thôn đồng ý ngày 10/10/2026. Kết quả 10/10.", "10/10", "mười trên mười", "Mười trên mười thôn đồng ý ngày mùng mười tháng mười năm hai nghìn không trăm hai mươi sáu. Kết quả mười trên mười."),
        ("Dài 3.5 km.", "3.5 km", "ba phẩy năm ki-lô-mét", "Dài ba phẩy năm ki-lô-mét."),
    ],
)  # fmt: skip
def test_an_answer_counts_where_the_engine_asks_and_changes_nothing_it_is_sure_of(
    text: str, written: str, chosen: str, spoken: str
) -> None:
    lexicon = SYSTEM.over([Entry(written, chosen, when=("?",))], "script")
    told = speak(text, lexicon=lexicon)
    assert (told.text[:1].upper() + told.text[1:], told.colour) == (spoken, "")
    assert any(span.rule == "lexicon-script" for span in told.spans)


def test_an_answer_the_engine_does_not_offer_there_leaves_the_question() -> None:
    lexicon = SYSTEM.over([Entry("7.30", "bảy giờ ba mươi phút", when=("?",))], "script")
    assert speak("Báo 7.30.", lexicon=lexicon).text == "Báo bảy giờ ba mươi phút."
    # As an amount it cannot be a time of day: the engine goes on proposing what it may be.
    assert speak("Thu 7.30 triệu đồng.", lexicon=lexicon).text == "Thu bảy phẩy ba mươi triệu đồng."
    assert speak("Thu 7.30 triệu đồng.", lexicon=lexicon).colour == "amber"


def test_an_answer_beside_a_word_counts_beside_that_word_only() -> None:
    lexicon = SYSTEM.over([Entry("3.5", "ba phẩy năm", when=("?", "<đạt"))], "commune")
    assert speak("Thôn đạt 3.5 rồi.", lexicon=lexicon).text == "Thôn đạt ba phẩy năm rồi."
    assert speak("Hẹn nhau 3.5 nhé.", lexicon=lexicon).blocked
