"""What holds for every text."""

import re
import string
import time
import unicodedata
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from publishers.scripts.spoken import NORTHERN, SOUTHERN, Confidence, Spoken, speak, syllables
from publishers.scripts.spoken.readback import read_date, read_digits, read_number
from publishers.scripts.spoken.syllable import is_syllable
from publishers.scripts.spoken.values import Date
from publishers.scripts.spoken.voice import voice_for
from tests.publishers.scripts.spoken.test_gold import COMMUNE, PAIRS, SENTENCES

GOLD_WORDS = sorted({word for pair in (*PAIRS, *SENTENCES) for word in pair.written.split()})
SIGNS = list("/-–:.,()[]%&@#+=<>≥≤~*_“”…'") + [
    "½",
    "①",
    "²",
    "\u0301",
    "\u200b",
    "₫",
    "1️⃣",
    "٣",
    "中",
    "ក",
    "İ",
]
soup = st.lists(
    st.tuples(st.one_of(st.sampled_from(GOLD_WORDS), st.sampled_from(SIGNS), st.text(max_size=4)), st.sampled_from([" ", " ", ""])),
    max_size=9,
).map(lambda pairs: "".join(word + gap for word, gap in pairs).replace("\n", " "))  # fmt: skip
WORDS = (
    "Thưa bà con cô bác, từ nay nhiều thủ tục có thể làm ngay tại nhà, không phải đi lại nhiều lần; cán bộ ở thôn "
    "hướng dẫn tận nơi, xin lưu ý: mang theo giấy tờ; và xin mời bà Nguyễn Thị Hoa, ông Lê Lợi cùng già làng Y Moan phát biểu"
)
#: The words of every gold text that stand in small letters and can be syllables of Vietnamese: about a thousand.
SMALL = {
    word
    for pair in (*PAIRS, *SENTENCES, *COMMUNE)
    for word in re.findall(r"[^\W\d_]+", pair.written)
    if word.islower() and is_syllable(word)
}
PROSE = [*WORDS.split(" "), *sorted(SMALL)]


def outside_red(spoken: Spoken) -> str:
    kept, at = [], 0
    for span in spoken.spans:
        if span.confidence is Confidence.UNKNOWN:
            kept.append(spoken.text[at : span.spoken_start])
            at = span.spoken_end
    return " ".join((*kept, spoken.text[at:]))


@given(st.text(max_size=60))
def test_any_text_is_spoken_without_an_error(text: str) -> None:
    assert isinstance(speak(text).text, str)


@settings(max_examples=300, deadline=None)
@given(soup)
def test_no_digit_sign_or_unread_capitals_stay_outside_red_spans(text: str) -> None:
    rest = outside_red(speak(text))
    assert not re.search(r"[0-9%@]", rest)
    for run in re.findall(r"[^\W\d_]+", rest):
        capitals = re.findall(r"[A-ZĐ]", run)
        if len(capitals) >= 2 and run.isascii():
            assert is_syllable(run), run


@settings(max_examples=300, deadline=None)
@given(
    st.text("AĂÂBCDĐEÊGHIKLMNOÔƠPQRSTUƯVXYFJWZ", min_size=2, max_size=7),
    st.sampled_from(["", "Theo ", "Mang ", "gửi về ", "(", "kèm "]),
    st.sampled_from(["", ".", " của xã.", ", rồi về.", ")"]),
)
def test_capitals_of_every_letter_are_words_or_read_or_red(letters: str, before: str, after: str) -> None:
    spoken = speak(f"{before}{letters}{after}")
    rest = outside_red(spoken)
    for run in re.findall(r"[^\W\d_]+", rest):
        if len(run) >= 2 and run.isupper():
            assert is_syllable(run), f"{letters}: {spoken.text}"


@settings(max_examples=300, deadline=None)
@given(soup)
def test_speaking_a_line_twice_changes_nothing(text: str) -> None:
    text = " ".join(text.split())
    once = speak(text).text
    assert speak(once).text == once


@settings(max_examples=300, deadline=None)
@given(st.lists(soup, min_size=2, max_size=4))
def test_speaking_a_text_of_several_lines_twice_changes_nothing(lines: list[str]) -> None:
    once = speak("\n".join(lines)).text
    assert speak(once).text == once


def test_no_word_above_lends_a_context_to_a_number_below() -> None:
    assert speak("Cấp cứu khẩn cấp\n113 hộ dân").text == "Cấp cứu khẩn cấp\nmột trăm mười ba hộ dân"
    assert speak("Lịch tiếp dân\n3.5").blocked
    # A line broken where no sentence ends belongs together.
    assert (
        speak("Gọi tổng đài\n1022 để được hướng dẫn").text
        == "Gọi tổng đài một không hai hai để được hướng dẫn"
    )


@settings(max_examples=200, deadline=None)
@given(soup)
def test_composed_and_decomposed_letters_are_spoken_alike(text: str) -> None:
    assert speak(unicodedata.normalize("NFD", text)).text == speak(unicodedata.normalize("NFC", text)).text


@settings(max_examples=200, deadline=None)
@given(soup)
def test_spans_lie_in_order_and_point_at_their_words(text: str) -> None:
    spoken = speak(text)
    end = 0
    for span in spoken.spans:
        assert end <= span.start < span.end
        assert spoken.written[span.start : span.end] == span.written
        if span.kind != "mark":
            assert spoken.text[span.spoken_start : span.spoken_end] == span.spoken
        end = span.end


@given(st.integers(min_value=0, max_value=10**15 - 1))
def test_a_quantity_reads_back_equal_in_both_styles(number: int) -> None:
    for style in (NORTHERN, SOUTHERN):
        spoken = speak(f"{number:,}".replace(",", ".") + " người", style=style)
        assert read_number(spoken.text.removesuffix(" người")) == number
        assert not spoken.needs_editor


@given(st.integers(min_value=0, max_value=99_999), st.text(string.digits, min_size=1, max_size=6))
def test_a_decimal_reads_back_equal(whole: int, places: str) -> None:
    said = speak(f"đạt {whole},{places}%").text.removeprefix("đạt ").removesuffix(" phần trăm")
    assert read_number(said) == Decimal(f"{whole}.{places}")


@given(st.dates())
def test_a_date_reads_back_equal(day: object) -> None:
    year, month, number = day.year, day.month, day.day  # type: ignore[attr-defined]
    if 1500 <= year < 2200:
        assert read_date(speak(f"{number:02d}/{month}/{year}").text) == (number, month, year)
        assert read_date(voice_for(SOUTHERN).date(Date(number, month, year))) == (number, month, year)


@given(st.text("0123456789", min_size=9, max_size=9))
def test_a_telephone_number_reads_back_digit_for_digit(rest: str) -> None:
    spoken = speak(f"Liên hệ 0{rest}.")
    assert read_digits(spoken.text.removeprefix("Liên hệ ").removesuffix(".")) == "0" + rest


@given(st.integers(min_value=0, max_value=10**12), st.sampled_from([" đồng", "đ", " VND"]))
def test_money_reads_back_equal(amount: int, unit: str) -> None:
    spoken = speak(f"phí {amount:,}{unit}.".replace(",", "."))
    assert read_number(spoken.text.removeprefix("phí ").removesuffix(" đồng.")) == amount
    assert not spoken.blocked


@given(
    st.integers(0, 23),
    st.integers(0, 59),
    st.sampled_from(["{}h{:02d}", "{}:{:02d}", "{}g{:02d}", "{} giờ {:02d}"]),
)
def test_a_time_of_day_reads_back_equal(hour: int, minute: int, form: str) -> None:
    spoken = speak(f"họp lúc {form.format(hour, minute)}.")
    said = spoken.text.removeprefix("họp lúc ").removesuffix(".")
    hours, _, rest = said.partition(" giờ")
    minutes = rest.strip().removesuffix(" phút")
    assert (read_number(hours), read_number(minutes) if minutes else 0) == (hour, minute)
    assert not spoken.needs_editor


@given(st.integers(1, 400), st.integers(1, 400), st.sampled_from(["thôn", "hộ", "xã", "hồ sơ"]))
def test_a_share_reads_back_equal(part: int, whole: int, counted: str) -> None:
    spoken = speak(f"Đã có {part}/{whole} {counted} làm xong.")
    said = spoken.text.removeprefix("Đã có ").removesuffix(f" {counted} làm xong.")
    if not spoken.needs_editor:
        first, _, last = said.partition(" trên ") if " trên " in said else said.partition(" phần ")
        assert (read_number(first), read_number(last)) == (part, whole)


@given(
    st.integers(1, 9999),
    st.one_of(st.none(), st.integers(1990, 2039)),
    st.sampled_from(
        [("Quyết định", "QĐ-TTg"), ("Nghị định", "NĐ-CP"), ("Kế hoạch", "KH-UBND"), ("Thông tư", "TT-BTC")]
    ),
)
def test_a_document_number_reads_back_equal(number: int, year: int | None, kind: tuple[str, str]) -> None:
    name, symbol = kind
    spoken = speak(f"{name} số {number}/{year}/{symbol}." if year else f"{name} số {number}/{symbol}.")
    said = spoken.text.removeprefix(f"{name} số ")
    first, _, rest = said.partition(", năm ") if year else said.partition(" của ")
    assert read_number(first) == number
    if year:
        assert read_number(rest.partition(",")[0]) == year
    assert not spoken.blocked


@given(st.lists(st.sampled_from(PROSE), min_size=1, max_size=25))
def test_plain_prose_and_names_are_unchanged(words: list[str]) -> None:
    text = " ".join(words)
    spoken = speak(text)
    assert spoken.text == text
    assert spoken.spans == ()


def test_capitals_that_are_words_are_unchanged() -> None:
    for text in ("KHẨN CẤP", "THÔNG BÁO KHẨN: CẮT NƯỚC", "AI CŨNG LÀM ĐƯỢC", "CHI BỘ HỌP"):
        spoken = speak(text)
        assert spoken.text == text
        assert not spoken.needs_editor


def _seconds(text: str) -> float:
    """Processor time of speaking `text`."""
    start = time.process_time()
    speak(text)
    return time.process_time() - start


def test_a_hundred_kilobytes_of_anything_take_linear_time() -> None:
    for unit in ("1", "1 ", "1.", "1/", "1-", "A1", "(", "a.", "“", "7h-", "1,2."):
        small, large = unit * (2_000 // len(unit)), unit * (16_000 // len(unit))
        # Eight times the text may take eight times the time; sixty-four times would be quadratic. A busy machine
        # slows a run by chance, a square slows all of them.
        assert any(_seconds(large) < max(1.0, 25 * _seconds(small)) for _try in range(3)), unit
    start = time.process_time()
    assert speak("1" * 100_000).needs_editor
    # It takes some hundredths of a second; the limit leaves room for a busy machine and none for a square.
    assert time.process_time() - start < 10


def test_syllables_are_counted_on_the_spoken_text() -> None:
    assert syllables("Năm ki-lô-mét.") == 4
    assert syllables(speak("1588/QĐ-TTg").text) == 15
    assert syllables("") == 0
