"""Verbs of the lexicon: keep a reading, take an alternative for one script, bring a whole file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.permissions import policy_registry

from campaigns.posts.models import Post
from cms.access.roles import roles_allowing
from cms.access.scopes import reachable_organisations
from cms.approvals.services import standing
from cms.audit.services import record
from cms.channels.kinds import ChannelKind
from cms.core.errors import ConflictingState, InputRefused, NotAllowed
from cms.core.models import nfc
from cms.facts.placeholders import LABELS, fill
from cms.organisations.models import Organisation
from publishers.scripts.lexicon_entries import EntryKind, LexiconEntry, Sureness
from publishers.scripts.lexicon_reach import beside, conditions_of, echo_fault, reach_fault
from publishers.scripts.spoken import Confidence, Entry, Lexicon, LexiconError, Span, speak
from publishers.scripts.spoken.lexicon import ASKED, bare, read_tsv
from publishers.scripts.station_voices import voice_at

#: Lines of one file; the shipped lexicon has about a thousand.
MOST_LINES = 3_000
#: Faults shown at once; more help nobody.
FAULTS_SHOWN = 30
_KINDS = set(EntryKind.values)


def bodies_open_to(user: Any) -> Any:
    """Return the bodies for which `user` may keep readings."""
    return _reached(user, "add")


def bodies_read_for(user: Any) -> Any:
    """Return the bodies in whose words `user` may have a text read on trial."""
    return _reached(user, "view")


def _reached(user: Any, action: str) -> Any:
    roles = roles_allowing("scripts.lexiconentry", frozenset({action}))
    return reachable_organisations(user, roles).select_related("place").order_by("place__path", "name")


@transaction.atomic
def keep_reading(
    organisation: Organisation, entry: Entry, by: Any, *, post: Post | None = None
) -> LexiconEntry:
    """Keep `entry` for the place of `organisation` and below it, or for the script of `post` only.

    A reading of the same form under the same conditions is replaced. Raises NotAllowed when `by` may not keep readings
    for this body or another body keeps this one, InputRefused for a reading that would itself be read otherwise, or
    that would cover numbers of every kind (`reach_fault`)."""
    bodies = bodies_open_to(by)
    if not bodies.filter(pk=organisation.pk).exists():
        raise NotAllowed(_("Bạn không có quyền ghi cách đọc cho cơ quan này."))
    voice = voice_at(organisation.place.path, post.pk if post else None)
    fault = ("" if post else reach_fault(entry)) or echo_fault(entry, voice.lexicon.over([entry], "script"))
    if fault:
        raise InputRefused(fault)
    return _keep(organisation, entry, by, post, bodies)


def _keep(organisation: Organisation, entry: Entry, by: Any, post: Post | None, bodies: Any) -> LexiconEntry:
    key: dict[str, Any] = {
        "place": organisation.place,
        "post": post,
        "written": entry.written,
        "when": " | ".join(entry.when),
    }
    standing_row = LexiconEntry.objects.filter(**key).select_related("organisation").first()
    if standing_row is not None and not bodies.filter(pk=standing_row.organisation_id).exists():
        raise NotAllowed(
            _("Cách đọc của “%(form)s” do %(body)s ghi; bạn không thay được.")
            % {"form": entry.written, "body": standing_row.organisation.name}
        )
    values = {
        "organisation": organisation,
        "spoken": entry.spoken,
        "kind": entry.kind if entry.kind in _KINDS else EntryKind.ABBREVIATION,
        "sure": Sureness.CERTAIN if entry.confidence is Confidence.LIKELY else entry.confidence.name.lower(),
        "alternatives": " | ".join(entry.alternatives)[:600],
        "note": entry.note[:250],
    }
    row, created = LexiconEntry.objects.update_or_create(**key, defaults=values)
    record("keep_reading", row, actor=by, written=row.written, spoken=row.spoken, created=created, post=post.pk if post else None)  # fmt: skip
    return row


@dataclass(frozen=True, slots=True)
class Doubt:
    """One place of a script at which somebody must look, with what can be chosen."""

    span: Span
    sentences: tuple[str, ...]
    """The sentences around each place where it stands: one choice counts for all of them."""
    beside: str = ""
    """The condition that names its neighbour in the first of them; empty where it stands alone."""

    @property
    def red(self) -> bool:
        return self.span.confidence is Confidence.UNKNOWN

    @property
    def only_beside(self) -> str:
        """The word beside which a number is always read so; empty for what means one thing everywhere."""
        when = (
            conditions_of(self.span.written, self.choices[0], self.choices, self.beside or "<")
            if self.choices
            else ()
        )
        return self.beside[1:] if self.beside in when else ""

    @property
    def choices(self) -> tuple[str, ...]:
        """Readings that one click takes, the proposed one first."""
        proposed = () if self.red else (self.span.spoken,)
        return tuple(
            dict.fromkeys(choice for choice in (*proposed, *self.span.alternatives) if choice.strip(" ,"))
        )


def doubts_of(post: Post) -> list[Doubt]:
    """Return the written forms of the loudspeaker text of `post` that carry a flag, in order, each with its places."""
    variant = post.variants.filter(kind=ChannelKind.LOUDSPEAKER).first()
    if variant is None:
        return []
    voice = voice_at(post.organisation.place.path, post.pk)
    told = speak(
        fill(f"{variant.title}\n{variant.text}", dict(LABELS)), style=voice.style, lexicon=voice.lexicon
    )
    doubts: dict[tuple[str, tuple[str, ...]], Doubt] = {}
    for span in told.flags:
        # What offers the same readings is answered by the same click.
        key = (span.written, tuple(sorted(map(bare, (span.spoken, *span.alternatives)))))
        known = doubts.get(key)
        places = known.sentences if known else ()
        here = _around(told.written, span)
        doubts[key] = Doubt(
            known.span if known else span,
            places if here in places else (*places, here),
            known.beside if known else beside(told.written, span),
        )
    return list(doubts.values())


def _around(text: str, span: Span) -> str:
    start = text.rfind("\n", 0, span.start) + 1
    end = text.find("\n", span.end)
    line = text[start : end if end >= 0 else len(text)]
    if len(line) <= 160:
        return line
    left, right = max(start, span.start - 70), min(len(text), span.end + 70)
    return f"…{text[left:right].strip()}…"


@transaction.atomic
def choose_reading(
    post: Post, written: str, alternative: str, by: Any, *, always: bool = False, own_words: bool = False
) -> LexiconEntry:
    """Take `alternative` for the form `written`: in the script of `post`, or `always` in the place of its body.

    Only what the engine offers for a flagged form of this text can be taken, or, with `own_words`, what the editor has
    written instead, under the same rules as in the lexicon.
    Raises InputRefused for anything else, ConflictingState once the text is approved, NotAllowed without the right."""
    policy = policy_registry.get_by_type(Post)
    if not policy.user_has_permission_for_instance(by, "change", post):
        raise NotAllowed(_("Bạn không có quyền sửa bản tin này."))
    # Whoever approves meanwhile waits here or has finished: nobody approves one reading while another is chosen.
    post = Post.objects.select_for_update().get(pk=post.pk)
    if standing(post) is not None:
        raise ConflictingState(
            _("Bản tin đã được duyệt; muốn đổi cách đọc, vui lòng sửa bản tin và gửi duyệt lại.")
        )
    written, alternative = nfc(written).strip(), nfc(alternative).strip(" ,")
    doubts = [doubt for doubt in doubts_of(post) if doubt.span.written == written]
    doubt = next((doubt for doubt in doubts if own_words or alternative in map(bare, doubt.choices)), None)
    if own_words and not alternative:
        raise InputRefused(_("Vui lòng ghi cách đọc bằng chữ."))
    if doubt is None:
        raise InputRefused(_("Cách đọc này không còn trong danh sách; vui lòng mở lại trang và chọn lại."))
    when = (
        conditions_of(written, alternative, doubt.choices, doubt.beside) if always or own_words else (ASKED,)
    )
    try:
        entry = Entry(written, alternative, _kind_of(doubt.span), when, note=_("Chọn khi duyệt lời đọc"))
    except LexiconError as error:
        raise InputRefused(str(error)) from error
    return keep_reading(post.organisation, entry, by, post=None if always else post)


def _kind_of(span: Span) -> str:
    return span.kind if span.kind in _KINDS else EntryKind.ABBREVIATION


@dataclass(frozen=True, slots=True)
class Brought:
    """What became of a file: how many readings were new and how many replaced; or the faults, and nothing was kept."""

    created: int = 0
    replaced: int = 0
    faults: tuple[str, ...] = ()


@transaction.atomic
def bring_file(organisation: Organisation, content: bytes, by: Any) -> Brought:
    """Keep all readings of a TSV file for the place of `organisation`; with one faulty line, none of them."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return Brought(faults=(_("Tệp không ở bảng mã UTF-8; vui lòng lưu lại dạng “Unicode UTF-8”."),))
    if text.count("\n") > MOST_LINES:
        return Brought(faults=(_("Tệp có hơn %(most)s dòng; vui lòng chia nhỏ.") % {"most": MOST_LINES},))
    entries, faults = read_tsv(text)
    seen: set[tuple[str, tuple[str, ...]]] = set()
    for entry in entries:
        if (entry.written, entry.when) in seen:
            faults.append(_("“%(form)s” có hai cách đọc với cùng điều kiện.") % {"form": entry.written})
        seen.add((entry.written, entry.when))
        if (
            len(" | ".join(entry.when)) > 300
            or len(" | ".join(entry.alternatives)) > 600
            or len(entry.note) > 250
        ):
            faults.append(_("Mục “%(form)s” có điều kiện, cách đọc khác hoặc ghi chú quá dài.") % {"form": entry.written})  # fmt: skip
    lexicon = voice_at(organisation.place.path).lexicon.over(entries, "script")
    faults += [fault for entry in entries if (fault := reach_fault(entry) or echo_fault(entry, lexicon))]
    if not entries and not faults:
        faults.append(_("Tệp không có mục nào."))
    if faults:
        return Brought(faults=tuple(faults[:FAULTS_SHOWN]))
    known = LexiconEntry.objects.filter(place=organisation.place, post__isnull=True).count()
    bodies = bodies_open_to(by)
    if not bodies.filter(pk=organisation.pk).exists():
        raise NotAllowed(_("Bạn không có quyền ghi cách đọc cho cơ quan này."))
    try:
        with transaction.atomic():
            for entry in entries:
                _keep(organisation, entry, by, None, bodies)
    except NotAllowed as refused:
        return Brought(faults=(refused.sentence,))
    created = LexiconEntry.objects.filter(place=organisation.place, post__isnull=True).count() - known
    return Brought(created=created, replaced=len(entries) - created)


def file_of(organisation: Organisation) -> str:
    """Return the readings kept for the place of `organisation` as TSV that `bring_file` takes back. What it keeps for
    a commune below is not among them: brought back, it would hold for the whole place."""
    rows = LexiconEntry.objects.filter(
        organisation=organisation, place=organisation.place_id, post__isnull=True
    ).order_by("written", "pk")
    return Lexicon([row.as_entry("commune") for row in rows], layer="commune").to_tsv()
