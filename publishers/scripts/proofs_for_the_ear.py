"""What an editor is told of a text beyond its reading: whether listeners can follow it, and what in it is out of date.
Plugged into the sockets of campaigns/posts from this room's ready()."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from django.utils.translation import gettext as _

from campaigns.posts.content_rules import Finding, Severity
from campaigns.posts.sockets import Draft
from cms.channels.kinds import ChannelKind
from cms.core import clock
from cms.facts.placeholders import LABELS, fill
from cms.facts.staleness import find_stale
from publishers.scripts.ear import Heard, Hearing, hotlines_said_once, listen
from publishers.scripts.local_wording import paragraphs_of
from publishers.scripts.spoken import assess, speak, syllables
from publishers.scripts.timing import reading_seconds

#: More remarks than these help nobody on one form; the score counts them all.
REMARKS_SHOWN = 6


@lru_cache(maxsize=64)
def hearing_of(text: str) -> Hearing | None:
    """Return what is hard to hear in a written text, facts shown by their names; None for one that cannot be read."""
    plain = fill(text, dict(LABELS))
    if not plain.strip() or not assess(plain).readable:
        return None
    paragraphs = paragraphs_of(plain)
    heard = [
        Heard(sentence, syllables(speak(sentence).text)) for sentences in paragraphs for sentence in sentences
    ]
    seconds = reading_seconds(sum(each.syllables for each in heard), len(heard), len(paragraphs))
    return listen(heard, seconds)


def said_once(pieces: Iterable[str]) -> tuple[str, ...]:
    """Return what is told of telephone numbers that a whole bulletin, reminder included, says only once."""
    return tuple(
        _("Số %(number)s chỉ được đọc một lần; hãy nhắc lại để người nghe kịp ghi.") % {"number": number}
        for number in hotlines_said_once(pieces)
    )


def verdict_in_words(draft: Draft) -> str:
    """Return the score of a loudspeaker text: "82 điểm, nghe được, nên sửa"."""
    hearing = hearing_of(draft.text)
    return _("%(score)s điểm, %(word)s") % {"score": hearing.score, "word": hearing.word} if hearing else ""


def hearing_findings(draft: Draft) -> Iterable[Finding]:
    """Return what listeners would not follow, as notes: the editor decides."""
    if draft.kind != ChannelKind.LOUDSPEAKER or not draft.text.strip():
        return []
    hearing = hearing_of(draft.text)
    if hearing is None:
        return []
    return [
        Finding(Severity.NOTE, remark.told, "text", str(ChannelKind.LOUDSPEAKER))
        for remark in hearing.remarks[:REMARKS_SHOWN]
    ]


def stale_findings(draft: Draft) -> Iterable[Finding]:
    """Return what a text of any channel says that is no longer so, as warnings; what only may be so, as notes."""
    today = clock.today()
    return [
        Finding(Severity.NOTE if hint else Severity.WARNING, sentence, field, draft.kind)
        for field in ("title", "summary", "text")
        for sentence, hint in dict.fromkeys(
            (stale.sentence, stale.is_hint) for stale in find_stale(getattr(draft, field), today)
        )
    ]
