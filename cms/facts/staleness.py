"""Finds what a text says that is no longer so: tiers, bodies, provinces, papers, portals, legal bases. Pure: no Django.

One call for every room that lints texts:

    for stale in find_stale(text, day):
        stale.sentence      # “Sở TT&TT” không còn dùng: nay là Sở Khoa học và Công nghệ…

A former province that is named alone ("Nam Định") is told too; where a ward or commune has that name today the find
is only a hint (`is_hint`): look at it, nothing more.

What a text itself calls former ("huyện Phú Hòa cũ", "tỉnh Bình Định trước đây"), what it says is gone ("không còn
cấp huyện") and the name of a body inside the citation of a document are not found. `text` must be NFC."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Final

from cms.facts.former_places import bare_provinces
from cms.facts.staleness_rules import RULES, TWO_TIERS, Rule

#: What is told about each kind, before the advice.
_OPENINGS: Final = {
    "unit": "đã bỏ",
    "body": "đã sắp xếp lại",
    "province": "đã hợp nhất hoặc đổi tên",
    "paper": "không còn giá trị",
    "portal": "không còn dùng",
    "wording": "là cách gọi cũ",
    "law": "đã được thay thế",
}
_CALLED_FORMER = re.compile(
    r"[^.;\n]{0,40}?(?:\s\(?(?:cũ|trước đây|trước kia|trước sáp nhập)\b)", re.IGNORECASE
)
_SAID_GONE = re.compile(
    r"(?:không còn|không tổ chức|bãi bỏ|giải thể|kết thúc hoạt động|đã bỏ|bỏ|thay cho|thay thế|nguyên là|trước đây là|"
    r"không dùng|không cần|thay)\s+(?:\w+\s+){0,3}$",
    re.IGNORECASE,
)
# "Thông tư số 39/2020/TT-BTTTT ngày 24/11/2020 của " Bộ Thông tin và Truyền thông
_CITATION = re.compile(r"(?:\d/[\wĐ&-]+|\d{1,2}/\d{1,2}/\d{4})\s+(?:ngày\s+[\d/]+\s+)?của\s+$")
_BEFORE: Final = 90


@dataclass(frozen=True, slots=True)
class Stale:
    """One place in a text that is out of date: from `start` to `end` (code points), the rule's kind ("unit", "body",
    "province", "paper", "portal", "wording", "law"), what holds now, and the whole sentence for an editor."""

    kind: str
    start: int
    end: int
    found: str
    advice: str
    is_hint: bool = False

    @property
    def sentence(self) -> str:
        if self.is_hint:
            return (
                f"“{self.found}” có thể là tên tỉnh cũ: {self.advice}. Nếu là xã, phường cùng tên, vui lòng ghi rõ "
                "“xã” hoặc “phường” ở trước."
            )
        return f"“{self.found}” {_OPENINGS[self.kind]}: {self.advice}."


def find_stale(text: str, day: date) -> tuple[Stale, ...]:
    """Return what in `text` is out of date on `day`, in reading order; of overlapping finds only the longest."""
    found: list[Stale] = []
    for rule in RULES:
        if rule.since > day:
            continue
        found.extend(
            Stale(rule.kind, match.start(), match.end(), " ".join(match.group().split()), rule.advice)
            for match in rule.pattern.finditer(text)
            if not _excused(rule, text, match.start(), match.end())
        )
    if day >= TWO_TIERS:
        found.extend(
            Stale("province", bare.start, bare.end, bare.name, f"nay là {bare.heir}", not bare.is_certain)
            for bare in bare_provinces(text)
            if not _former_or_gone(text, bare.start, bare.end)
        )
    found.sort(key=lambda stale: (stale.start, -stale.end))
    kept: list[Stale] = []
    reached = -1
    for stale in found:
        if stale.start >= reached:
            kept.append(stale)
            reached = stale.end
    return tuple(kept)


def stale_sentences(text: str, day: date) -> tuple[str, ...]:
    """Return the sentences of `find_stale`, each once."""
    return tuple(dict.fromkeys(stale.sentence for stale in find_stale(text, day)))


def _excused(rule: Rule, text: str, start: int, end: int) -> bool:
    if rule.cited:
        return False
    before = text[max(0, start - _BEFORE) : start]
    if rule.kind == "portal":
        return bool(_SAID_GONE.search(before))
    return _former_or_gone(text, start, end) or bool(rule.kind == "body" and _CITATION.search(before))


def _former_or_gone(text: str, start: int, end: int) -> bool:
    """Whether the text itself calls it former, or says that it is gone."""
    before = text[max(0, start - _BEFORE) : start]
    return bool(_CALLED_FORMER.match(text, end) or _SAID_GONE.search(before))
