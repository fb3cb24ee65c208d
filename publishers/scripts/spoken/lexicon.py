"""The lexicon: what abbreviations, names, foreign words and hotlines are called, in layers.

A layer covers the one below it: this script covers the commune, the commune the province, the province
the readings shipped with the engine. Entries travel as TSV (see `Lexicon.from_tsv`).
"""

import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from importlib.resources import files

from .spans import Confidence
from .syllable import is_syllable
from .units import MONEY, UNITS

LAYERS = ("system", "province", "commune", "script")
COLUMNS = ("written", "spoken", "kind", "when", "sure", "alternatives", "note")
ASKED = "?"
"""The condition of a reading that answers a question of the engine and covers nothing the engine is sure of."""
_WORDS_ONLY = re.compile(r"(?:[^\W\d_]|[ ,'’-])+\Z")
_RUN = re.compile(r"[^\W\d_]+")
_TWO_CAPITALS = re.compile(r"[A-ZĐ][a-zđ]*[A-ZĐ]")
_CONDITION = re.compile(r"[<>](?:#{1,3}|[A^$]|[^<>|\s][^<>|]{0,60})\Z")
KINDS = ("abbreviation", "name", "place", "foreign", "address", "hotline", "unit")
_SURE = {"": Confidence.CERTAIN, **{level.name.lower(): level for level in Confidence}}


class LexiconError(ValueError):
    """A lexicon file or entry cannot be used; the message is a Vietnamese sentence for the editor."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One written form and how it is said.

    `when` holds context conditions, of which one must be met: "<từ" a word (or words) shortly before,
    ">từ" directly after, ">#" a number follows, ">#/" a date with its year, "<#" a number stands before, ">A" a capitalised word
    follows. Several entries of one written form with different conditions are tried in order; an entry
    without a condition is the rest. With "?" (ASKED) among them the entry counts only where the engine itself asks about
    exactly this form and offers this very reading; what it is sure of it goes on reading as before ("1/2 số hộ" beside
    "hẹn 1/2"). Other conditions beside it must be met too, one of them.
    `confidence` UNCERTAIN makes the reading amber, UNKNOWN red.
    """

    written: str
    spoken: str
    kind: str = "abbreviation"
    when: tuple[str, ...] = ()
    alternatives: tuple[str, ...] = ()
    confidence: Confidence = Confidence.CERTAIN
    layer: str = "system"
    note: str = ""

    def __post_init__(self) -> None:
        for name in ("written", "spoken", "note"):
            if given := getattr(self, name):
                object.__setattr__(self, name, _tidy(given))
        for name in ("when", "alternatives"):
            if given := getattr(self, name):
                object.__setattr__(self, name, tuple(filter(None, map(_tidy, given))))
        if not self.written or not self.spoken:
            raise LexiconError("Mỗi mục từ điển phải có cả dạng viết và cách đọc.")
        if len(self.written) > 100 or len(self.spoken) > 300:
            raise LexiconError(
                f"Mục “{self.written[:40]}” quá dài: dạng viết tối đa 100, cách đọc tối đa 300 ký tự."
            )
        if not _WORDS_ONLY.match(self.spoken) or not _RUN.search(self.spoken):
            raise LexiconError(
                f"Cách đọc của “{self.written}” phải viết hoàn toàn bằng chữ, không có số và ký hiệu."
            )
        unread = _TWO_CAPITALS.search(self.spoken) and next(filter(_is_unread, _RUN.findall(self.spoken)), "")
        if unread:
            raise LexiconError(
                f"Cách đọc của “{self.written}” còn chữ viết tắt “{unread}”; hãy viết thành tiếng như người đọc sẽ đọc."
            )
        for condition in self.when:
            if not is_condition(condition):
                raise LexiconError(condition_fault(condition))

    @property
    def exact_case(self) -> bool:
        """True when the written form must match letter for letter, because its small form is a word."""
        head = self.written.split()[0] if " " in self.written else self.written
        letters = "".join(char for char in head if char.isalpha())
        return (
            (len(letters) <= 2 or is_syllable(letters.lower()))
            and self.written != self.written.lower()
            and (" " not in self.written)
            and self.written.upper() == self.written
        )


def _tidy(cell: str) -> str:
    """One line, NFC, without signs nobody sees (a mark that turns the direction, a blank of no width)."""
    text = " ".join(unicodedata.normalize("NFC", cell).split())
    if text.isprintable():
        return text
    return "".join(sign for sign in text if unicodedata.category(sign) not in ("Cc", "Cf", "Cs"))


def _is_unread(run: str) -> bool:
    """True for a cluster of capitals that is no word ("XYZT", "VNeID"): to whoever reads it, an abbreviation."""
    plain = run.replace("Đ", "D")
    return sum(map(str.isupper, run)) >= 2 and plain.isascii() and not is_syllable(run)


def condition_fault(condition: str) -> str:
    """The sentence for a condition that can never be met as it is written."""
    return (
        f"Điều kiện “{condition}” chưa đúng: dùng “<từ” (từ đứng trước), “>từ” (từ đứng sau), “>#” (sau là số), "
        "“?” (chỉ khi máy hỏi)."
    )


def is_condition(text: str) -> bool:
    """Whether `text` is a condition an entry may carry."""
    return text == ASKED or _CONDITION.match(text) is not None


class Lexicon:
    """Entries of one layer over those of the layers below. Immutable once made; look-ups are dictionary hits."""

    def __init__(
        self, entries: Iterable[Entry] = (), *, base: "Lexicon | None" = None, layer: str = "script"
    ) -> None:
        if layer not in LAYERS:
            raise LexiconError(f"Không có lớp từ điển tên là “{layer}”.")
        self.layer = layer
        self.base = base
        self.entries = tuple(
            entry if entry.layer == layer else replace(entry, layer=layer) for entry in entries
        )
        self._by_written: dict[str, tuple[Entry, ...]] = dict(base._by_written) if base else {}
        self._answers: dict[str, tuple[Entry, ...]] = dict(base._answers) if base else {}
        fresh: dict[str, list[Entry]] = {}
        for entry in self.entries:
            if ASKED in entry.when:
                self._answers[entry.written] = (entry, *self._answers.get(entry.written, ()))
                continue
            fresh.setdefault(entry.written if entry.exact_case else entry.written.lower(), []).append(entry)
        for written, group in fresh.items():
            # A layer's readings come first; what it leaves open by context falls through to the layer below.
            below = self._by_written.get(written, ()) if all(entry.when for entry in group) else ()
            self._by_written[written] = (*sorted(group, key=lambda entry: not entry.when), *below)
        self._heads: dict[str, tuple[str, ...]] = {}
        heads: dict[str, list[str]] = {}
        for written in self._by_written:
            heads.setdefault(head_of(written), []).append(written)
        for head, forms in heads.items():
            self._heads[head] = tuple(sorted(forms, key=len, reverse=True))
        self.known_words = self._words_said()
        self.judged: dict[str, int] = {}
        """What the scan has found out about words; part of the lexicon, because it depends on nothing else."""
        self.has_numerals = any(head[:1].isdigit() for head in heads)

    def _words_said(self) -> frozenset[str]:
        words: set[str] = (
            set(self.base.known_words) if self.base else _words_of((*UNITS.values(), *MONEY.values()))
        )
        for entry in self.entries:
            for said in (entry.spoken, *entry.alternatives):
                words |= _words_of((said,))
        return frozenset(words)

    def __len__(self) -> int:
        return len(self._by_written)

    def __iter__(self) -> Iterator[Entry]:
        for group in self._by_written.values():
            yield from group

    def has_head(self, word: str) -> bool:
        """True when some written form begins with this run of letters, in this or in small letters."""
        return word in self._heads or word.lower() in self._heads

    def forms_at(
        self, text: str, folded: str, start: int, word: str
    ) -> Iterator[tuple[int, tuple[Entry, ...]]]:
        """The written forms standing at `start`, longest first, as (end, entries).

        `folded` is `text` in small letters with the same offsets; `word` is the letter run at `start`.
        """
        low = word.lower()
        exact = self._heads.get(word, ())
        small = self._heads.get(low, ()) if low != word else ()
        matches = [form for form in exact if text.startswith(form, start) or folded.startswith(form, start)]
        matches += [form for form in small if folded.startswith(form, start)]
        if len(matches) > 1:
            matches.sort(key=len, reverse=True)
        for form in matches:
            end = start + len(form)
            if end == len(text) or not (text[end].isalnum() and form[-1].isalnum()):
                yield end, self._by_written[form]

    def find(self, written: str) -> tuple[Entry, ...]:
        """The entries of exactly this written form, in the order they are tried."""
        form = unicodedata.normalize("NFC", written)
        return self._by_written.get(form) or self._by_written.get(form.lower(), ())

    def answers_to(self, written: str) -> tuple[Entry, ...]:
        """The readings somebody has chosen where the engine asks about this form, the nearest layer first."""
        return self._answers.get(written, ())

    def over(self, entries: Iterable[Entry], layer: str) -> "Lexicon":
        """A new lexicon whose `entries` cover this one's."""
        return Lexicon(entries, base=self, layer=layer)

    @classmethod
    def from_tsv(cls, text: str, *, base: "Lexicon | None" = None, layer: str = "script") -> "Lexicon":
        """A layer from TSV with a header line naming at least "written" and "spoken".

        Remarks (lines that begin with # and hold no Tab) and empty lines are left out; several alternatives and
        conditions are parted by " | ". Raises LexiconError naming the line; nothing is taken from a file with an error.
        """
        return cls(entries_from_tsv(text, layer=layer), base=base, layer=layer)

    def to_tsv(self) -> str:
        """This layer (not those below) as TSV that `from_tsv` reads back to equal entries."""
        out = io.StringIO()
        rows = csv.writer(
            out, delimiter="\t", lineterminator="\n", quoting=csv.QUOTE_NONE, escapechar=None, quotechar=None
        )
        rows.writerow(COLUMNS)
        for entry in self.entries:
            sure = "" if entry.confidence is Confidence.CERTAIN else entry.confidence.name.lower()
            when, other = " | ".join(entry.when), " | ".join(entry.alternatives)
            rows.writerow((entry.written, entry.spoken, entry.kind, when, sure, other, entry.note))
        return out.getvalue()


def _words_of(readings: Iterable[str]) -> set[str]:
    """The words of spoken forms, which a second reading must leave alone."""
    words: set[str] = set()
    for said in readings:
        words.update(said.lower().replace("-", " ").replace(",", " ").split())
    return words


def entries_from_tsv(text: str, *, layer: str = "script") -> tuple[Entry, ...]:
    """The entries of a TSV text; see `Lexicon.from_tsv`."""
    entries, faults = read_tsv(text, layer=layer)
    if faults:
        raise LexiconError(faults[0])
    return entries


def read_tsv(text: str, *, layer: str = "script") -> tuple[tuple[Entry, ...], list[str]]:
    """The usable entries of a TSV text, and one Vietnamese sentence for every line that cannot be used."""
    # Only line ends that spreadsheets and editors write: other separators are part of a cell.
    lines = re.split("\r\n?|\n", unicodedata.normalize("NFC", text.removeprefix("\ufeff")))
    numbered = [(i, line) for i, line in enumerate(lines, 1) if line.strip() and not _is_remark(line)]
    if not numbered:
        return (), ["Tệp từ điển trống."]
    header = [name.strip() for name in numbered[0][1].split("\t")]
    if "written" not in header or "spoken" not in header:
        return (), ["Dòng đầu của tệp từ điển phải có hai cột “written” và “spoken”, cách nhau bằng dấu Tab."]
    entries: list[Entry] = []
    faults: list[str] = []
    for number, line in numbered[1:]:
        row = dict(zip(header, (cell.strip() for cell in line.split("\t")), strict=False))
        sure = row.get("sure", "")
        if sure not in _SURE:
            faults.append(f"Dòng {number}: cột “sure” chỉ nhận certain, likely, uncertain hoặc unknown.")
            continue
        kind = row.get("kind") or KINDS[0]
        if kind not in KINDS:
            faults.append(f"Dòng {number}: cột “kind” chỉ nhận {', '.join(KINDS)}.")
            continue
        try:
            entries.append(
                Entry(
                    row.get("written", ""),
                    row.get("spoken", ""),
                    kind,
                    _parts(row.get("when", "")),
                    _parts(row.get("alternatives", "")),
                    _SURE[sure],
                    layer,
                    row.get("note", ""),
                )
            )
        except LexiconError as error:
            faults.append(f"Dòng {number}: {error}")
    return tuple(entries), faults


def _is_remark(line: str) -> bool:
    # A hashtag may be taught too; a row of the table has at least one Tab.
    return line.startswith("#") and "\t" not in line


def bare(reading: str) -> str:
    """A reading without the commas and blanks that set it off from its neighbours."""
    return reading.strip(" ,")


def _parts(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split("|") if part.strip()) if cell else ()


def head_of(written: str) -> str:
    """The run of letters (or of digits) a written form begins with, by which it is found."""
    end = 0
    kind = str.isdigit if written[:1].isdigit() else str.isalpha
    while end < len(written) and kind(written[end]):
        end += 1
    return written[:end]


def _load_system() -> Lexicon:
    folder = files(__package__).joinpath("data")
    entries: list[Entry] = []
    for name in ("administrative.tsv", "foreign.tsv", "places.tsv"):
        entries.extend(entries_from_tsv(folder.joinpath(name).read_text(encoding="utf-8"), layer="system"))
    return Lexicon(entries, layer="system")


SYSTEM = _load_system()
"""The readings shipped with the engine; a maintainer edits them in `data/`."""
