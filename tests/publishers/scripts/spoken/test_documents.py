"""Four official documents spoken from end to end, line by line as they stand in the golden file, and one that was
ruined by a scanner. After a change of rules on purpose: read the differences, then write the file anew."""

import csv
from pathlib import Path

from publishers.scripts.spoken import assess, speak

HERE = Path(__file__).parent
SENTENCES = HERE.parents[3] / "benchmarks" / "data" / "spoken_sentences.txt"
SCANNED = (
    "S6: 1239 /UBND-KSTT Binh Dinh, ngay 20 thding 02 ndam 2025\n"
    "V/v tinh hinh t6 chue trién khai thuc hién\n"
    "Quyét dinh s 1588/QD-TTg ngay 17\n"
    "thang 12 nam 2024 cua Thu tudng\n"
    "Chinh phu trén dia ban tinh Binh Dinh\n"
    "Kinh giri: Bo Thong tin va Truyén thong\n"
    "Theo d& nghi cia Bo Thong tin va Truyen thong tai Cong van so vé viéc trién khai\n"
    "thong tong hop theo quy dinh./."
)


def rows(name: str) -> list[dict[str, str]]:
    with (HERE / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


def test_every_line_is_spoken_as_the_golden_file_has_it() -> None:
    golden = rows("documents.tsv")
    assert [row["written"] for row in golden] == SENTENCES.read_text(encoding="utf-8").splitlines()
    for row in golden:
        spoken = speak(row["written"])
        assert (spoken.text, spoken.colour) == (row["spoken"], row["colour"]), row["written"]


def test_every_flag_of_the_documents_is_explained_and_few_lines_carry_one() -> None:
    explained = {(row["written"], row["rule"]) for row in rows("documents_flags.tsv")}
    lines = [speak(row["written"]) for row in rows("documents.tsv")]
    flags = {(span.written, span.rule) for spoken in lines for span in spoken.flags}
    assert flags == explained
    assert all(span.reason for spoken in lines for span in spoken.flags)
    # One line in three may carry a flag; here it is about one in thirty.
    assert sum(spoken.needs_editor for spoken in lines) * 25 <= len(lines)


def test_a_scanned_document_is_refused_and_every_line_of_it_is_red() -> None:
    assert [problem.code for problem in assess(SCANNED).problems] == ["damaged"]
    spoken = speak(SCANNED)
    assert spoken.text == SCANNED
    assert len(spoken.flags) == len(SCANNED.splitlines())
    assert all(span.confidence == 0 for span in spoken.flags)


def test_a_number_broken_over_two_lines_is_one_number() -> None:
    assert speak("theo Quyết định số 1588/QĐ-\nTTg.").text == (
        "theo Quyết định số một nghìn năm trăm tám mươi tám của Thủ tướng Chính phủ."
    )
    # The print of a page puts an empty line between two lines.
    assert speak("theo Quyết định số 1588/QĐ-\n\nTTg.") == speak("theo Quyết định số 1588/QĐ- TTg.")
