"""How far a taught reading reaches: never over what the engine is sure of, never over itself.

"1/2" is a share, a date or a vote: a reading chosen for one of them and kept without a word beside it would change the
others, in silence and on air. Knows no database."""

from __future__ import annotations

import re
from typing import Final

from django.utils.translation import gettext as _

from cms.core.errors import InputRefused
from publishers.scripts.spoken import Entry, Lexicon, Span, speak
from publishers.scripts.spoken.lexicon import ASKED, bare, is_condition

#: A number of so many digits is a line or an account, whatever stands around it.
_LONG_NUMBER: Final = 7


def reach_fault(entry: Entry) -> str:
    """Return why a reading must not hold for a whole place, as a sentence; empty when it may.

    "3.5", "1/2", "1022" are dates, shares, lines and quantities: kept without a word beside them they would change
    numbers that are read right today. A telephone number is long enough to mean one thing only."""
    form = entry.written
    if any(sign.isalpha() for sign in form) or not any(sign.isdigit() for sign in form):
        return ""
    if any(condition != ASKED for condition in entry.when) or (ASKED in entry.when and form.isdecimal()):
        return ""
    if sum(sign.isdigit() for sign in form) >= _LONG_NUMBER:
        return ""
    return _(
        "“%(form)s” chỉ có số và dấu, mỗi chỗ có thể là một nghĩa khác; vui lòng ghi điều kiện, ví dụ “<tổng đài” là khi từ "
        "“tổng đài” đứng trước."
    ) % {"form": form}


def echo_fault(entry: Entry, lexicon: Lexicon) -> str:
    """Return why a reading cannot be said as it stands, as a sentence; empty when it can: what is read twice must stay
    as it is, so a reading may hold neither its own written form nor one that another reading covers."""
    told = speak(entry.spoken, lexicon=lexicon).text
    if told == entry.spoken.rstrip(" ,"):
        return ""
    return _("Cách đọc “%(spoken)s” lại bị đọc thành “%(told)s”; vui lòng viết cách khác.") % {
        "spoken": entry.spoken, "told": told,
    }  # fmt: skip


def beside(text: str, span: Span) -> str:
    """Return the condition that names the word before `span` in its sentence, else the word after it; empty when
    neither is there."""
    before = re.search(r"([^\W\d_]+)[ ,:]*\Z", text[max(0, span.start - 60) : span.start])
    if before:
        return f"<{before[1].lower()}"
    after = re.match(r"[ ,:]*([^\W\d_]+)", text[span.end : span.end + 60])
    return f">{after[1].lower()}" if after else ""


def conditions_of(written: str, spoken: str, offered: tuple[str, ...], neighbour: str) -> tuple[str, ...]:
    """Return the conditions under which a reading of one place is kept for a whole place of the map.

    Where the engine asks and offers this reading it counts only where it asks again; a number counts only beside the
    word it stood beside. Raises InputRefused for a number that stands alone."""
    asked = (ASKED,) if bare(spoken) in map(bare, offered) else ()
    if any(sign.isalpha() for sign in written) or (asked and written.isdecimal()):
        return asked
    if not neighbour and reach_fault(Entry(written, spoken, when=asked)):
        raise InputRefused(
            _("“%(form)s” đứng một mình nên không thể luôn đọc một cách; hãy đọc thử cả câu.")
            % {"form": written}
        )
    return (*asked, neighbour) if neighbour else asked


def condition_fault(when: str) -> str:
    """Return why the conditions of a reading cannot be used, as a sentence; empty when they can."""
    for part in filter(None, (piece.strip() for piece in when.split("|"))):
        if not is_condition(part):
            return _("Điều kiện “%(part)s” chưa đúng: dùng “<từ” (từ đứng trước), “>từ” (từ đứng sau), “>#” (sau là số), “?” (chỉ khi máy hỏi).") % {"part": part}  # fmt: skip
    return ""
