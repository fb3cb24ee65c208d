"""Verbs of this room: give every station of a slot its script, take scripts back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from campaigns.schedule.models import Slot
from cms.approvals.content import content_hash
from cms.approvals.services import approval_of, standing
from cms.audit.services import record
from cms.core.clock import in_vietnam, spoken_stamp
from cms.core.errors import InputRefused, NotAllowed
from cms.core.models import nfc
from cms.facts.placeholders import LABELS, fill
from publishers.scripts.blocks import BlockKind
from publishers.scripts.collector_pause import collector_paused
from publishers.scripts.composition import OnAir, Sheet, WrittenScript, stored_order, write_out
from publishers.scripts.local_facts import LocalFacts, keys_wanted
from publishers.scripts.local_wording import place_in_text, sentences_of
from publishers.scripts.models import Priority, ScriptState, ScriptVersion, reading_address
from publishers.scripts.plans import ScriptPlan, plan_of
from publishers.scripts.script_code import script_code
from publishers.scripts.speech import Speech
from publishers.scripts.spoken import assess, clean
from publishers.scripts.station_voices import StationVoice, voices_of
from publishers.scripts.timing import reading_seconds, whole_seconds
from publishers.stations.models import Station

#: Stations whose scripts are written in one transaction.
CHUNK = 200


@dataclass(frozen=True, slots=True)
class RenderedScript:
    """What one station got: the version that is served at `address`, or, when it could not have one, the sentence
    that says why (`held`; then there is no version and the other fields are empty)."""

    station_id: int
    script_version_id: int | None
    address: str
    sha256: str
    seconds: int
    syllables: int
    held: str = ""


def render_for_stations(
    slot: Slot, stations: Iterable[int], request: Mapping[str, Any], now: datetime
) -> list[RenderedScript]:
    """Give every station of `stations` (ids) its script of `slot`, and return one entry per station in that order.

    `request` is the frozen request of the delivery: `text` (required) and, where present, `title`, `author`,
    `priority` and `approval_hash`; without a hash the standing approval of the post is asked for. Works in chunks of
    CHUNK stations, each one transaction with a constant number of queries; a distinct text is spoken once. Calling
    it again changes nothing: a station whose text and facts are the same keeps its version, one whose text changed
    gets the next number and the earlier version is superseded.

    Raises InputRefused for a request without text or with one that cannot be read (ruined letters), NotAllowed when the post is not approved."""
    plan = plan_of(slot.variant_id)
    sheet = _sheet_of(slot, request, plan)
    approval_hash = _approval_hash(slot, request)
    priority = request.get("priority") or (plan.priority if plan else Priority.NORMAL)
    if priority not in Priority.values:
        raise InputRefused(_("Mức ưu tiên của bản tin không hợp lệ."), field="priority")
    issue = _Issue(slot, sheet, approval_hash, _approved_as(slot, approval_hash), str(priority), now)
    speech = Speech()
    rendered: list[RenderedScript] = []
    for chunk in _chunks(list(dict.fromkeys(stations)), CHUNK):
        with collector_paused(), transaction.atomic():
            rendered += _render_chunk(issue, chunk, speech)
    return rendered


@transaction.atomic
def withdraw_scripts(slot: Slot, reason: str, now: datetime, by: Any = None) -> int:
    """Take back every live script of `slot`: the public pages say so from now on, with `reason`. Returns how many.

    Raises InputRefused without a reason: a recall leaves a public explanation."""
    reason = nfc(reason).strip()
    if not reason:
        raise InputRefused(
            _("Vui lòng ghi lý do thu hồi để người nghe và các đài được biết."), field="reason"
        )
    count = (
        ScriptVersion.objects.live()
        .filter(slot=slot)
        .update(state=ScriptState.WITHDRAWN, ended_at=now, end_reason=reason[:250])
    )
    if count:
        record(
            "withdraw_scripts",
            slot,
            actor=by,
            organisation_id=_issuer_of(slot).pk,
            count=count,
            reason=reason,
        )
    return count


# ---------------------------------------------------------------------------------------------- parts
@dataclass(frozen=True, slots=True)
class _Issue:
    """What is the same for every station of one call."""

    slot: Slot
    sheet: Sheet
    approval_hash: str
    approved_as: str
    priority: str
    now: datetime


def _issuer_of(slot: Slot) -> Any:
    return slot.variant.post.organisation


def _sheet_of(slot: Slot, request: Mapping[str, Any], plan: ScriptPlan | None) -> Sheet:
    text = nfc(str(request.get("text") or "")).strip()
    if not text:
        raise InputRefused(_("Bản tin phát thanh chưa có nội dung để đọc."), field="text")
    verdict = assess(fill(text, dict(LABELS)))
    if not verdict.readable:
        raise InputRefused(" ".join(problem.message for problem in verdict.problems), field="text")
    title = clean(str(request.get("title") or slot.variant.title)).strip()
    issuer = " ".join(clean(str(request.get("author") or _issuer_of(slot).name)).split())
    return Sheet(title=title, text=text, issuer=issuer, keeps=plan.marks(text) if plan else ())


def _approval_hash(slot: Slot, request: Mapping[str, Any]) -> str:
    known = str(request.get("approval_hash") or "")
    if known:
        return known
    approval = standing(slot.variant.post)
    if approval is None:
        raise NotAllowed(_("Bài đăng chưa được duyệt nên chưa phát hành bản tin cho các đài."))
    return approval.content_hash


def _approved_as(slot: Slot, approval_hash: str) -> str:
    """Return position, body and time of the approval of exactly this content; empty when there is none."""
    approval = approval_of(slot.variant.post, approval_hash)
    if approval is None:
        return ""
    signed = (approval.approver_position, approval.organisation.name, spoken_stamp(approval.approved_at))
    return ", ".join(filter(None, signed))


def _chunks(ids: list[int], size: int) -> Iterator[list[int]]:
    for start in range(0, len(ids), size):
        yield ids[start : start + size]


def _render_chunk(issue: _Issue, ids: list[int], speech: Speech) -> list[RenderedScript]:
    # Two workers on one slot take turns here, so neither meets the other's half-written numbers.
    Slot.objects.select_for_update().get(pk=issue.slot.pk)
    found = Station.objects.select_related("place").in_bulk(ids)
    day = in_vietnam(issue.slot.at).date()
    known = [station for station in found.values() if station.is_active]
    wanted = keys_wanted(f"{issue.sheet.title}\n{issue.sheet.text}")
    facts = LocalFacts((station.place for station in known), wanted, day)
    written = {
        station.pk: write_out(
            issue.sheet,
            OnAir(station.name, place_in_text(station.place.full_name), day),
            facts.values(station.place_id),
        )
        for station in known
    }
    voices = voices_of(known, issue.slot.variant.post_id)
    speech.learn(
        (piece.written, voices[station.pk]) for station in known for piece in written[station.pk].pieces
    )
    earlier = ScriptVersion.objects.newest_by_station(issue.slot.pk, [station.pk for station in known])
    outcome: dict[int, RenderedScript] = {}
    fresh: list[ScriptVersion] = []
    for station in known:
        script = written[station.pk]
        held = script.held or _unreadable(script, voices[station.pk], speech)
        if held:
            outcome[station.pk] = _held(station.pk, held)
            continue
        version = _version(issue, station, voices[station.pk], script, speech, facts, earlier.get(station.pk))
        if version is None:
            outcome[station.pk] = _rendered(station, earlier[station.pk])
        else:
            fresh.append(version)
    superseded = [version.station_id for version in fresh if version.number > 1]
    if superseded:
        ScriptVersion.objects.live().filter(slot=issue.slot, station_id__in=superseded).update(
            state=ScriptState.SUPERSEDED, ended_at=issue.now, end_reason=_("Đã có bản đính chính.")
        )
    for version in ScriptVersion.objects.bulk_create(fresh):
        outcome[version.station_id] = _rendered(found[version.station_id], version)
    if fresh:
        record(
            "issue_scripts",
            issue.slot,
            organisation_id=_issuer_of(issue.slot).pk,
            stations=[version.station_id for version in fresh],
            superseded=len(superseded),
            approval_hash=issue.approval_hash,
        )
    for station_id in ids:
        if station_id not in outcome:
            known_station = found.get(station_id)
            outcome[station_id] = _held(
                station_id,
                _("%(station)s đã ngừng hoạt động nên không nhận bản tin.") % {"station": known_station.name}
                if known_station
                else _("Không còn đài truyền thanh này trong danh sách."),
            )
    return [outcome[station_id] for station_id in ids]


def _unreadable(script: WrittenScript, voice: StationVoice, speech: Speech) -> str:
    """Return why the script cannot be read aloud, naming the places; empty when it can."""
    rows = [speech.row(piece.written, voice) for piece in script.pieces]
    if not any(row.blocked for row in rows):
        return ""
    red = [flag["written"] for row in rows for flag in row.flags if flag["colour"] == "red"]
    places = ", ".join(f"“{form}”" for form in dict.fromkeys(red)) or _("một đoạn không có lời đọc")
    return _("Bản tin có chỗ chưa biết cách đọc: %(places)s. Vui lòng sửa nội dung hoặc bổ sung từ điển.") % {
        "places": places
    }


def _version(
    issue: _Issue,
    station: Station,
    voice: StationVoice,
    script: WrittenScript,
    speech: Speech,
    facts: LocalFacts,
    earlier: ScriptVersion | None,
) -> ScriptVersion | None:
    """Return the unsaved next version for a station; None when its live version says the same already."""
    readings = {piece.written: speech.reading(piece.written, voice) for piece in script.pieces}
    rows = stored_order(script.pieces, readings)
    title = _title(script)
    digest = body_sha256(title, issue.sheet.issuer, issue.priority, rows)
    if earlier is not None and earlier.is_live and earlier.body_sha256 == digest:
        return None
    number = earlier.number + 1 if earlier else 1
    spoken = [readings[piece.written] for piece in script.pieces]
    syllables = sum(reading.syllables for reading in spoken)
    return ScriptVersion(
        station=station,
        slot=issue.slot,
        organisation_id=_issuer_of(issue.slot).pk,
        number=number,
        code=script_code(issue.slot.variant.post.public_id, issue.slot.pk, station.pk, number, digest),
        title=title,
        issuer=issue.sheet.issuer,
        priority=issue.priority,
        blocks=rows,
        body_sha256=digest,
        syllables=syllables,
        seconds=whole_seconds(
            reading_seconds(
                syllables,
                sum(len(reading.sentences) for reading in spoken),
                len(spoken),
                station.reading_rate,
            )
        ),
        facts=facts.frozen(station.place_id),
        notes=list(script.notes),
        approval_hash=issue.approval_hash,
        approved_as=issue.approved_as,
        on_air_at=issue.slot.at,
        issued_at=issue.now,
    )


def body_sha256(title: str, issuer: str, priority: str, rows: list[dict[str, Any]]) -> str:
    """Return the SHA-256 over everything a reading page shows of a script's content."""
    return content_hash({"title": title, "issuer": issuer, "priority": priority, "blocks": rows})


def _title(script: WrittenScript) -> str:
    """The variant's own title; without one the first sentence that is read. A post's internal name is never shown."""
    if script.heading:
        return script.heading[:200]
    content = next(piece.written for piece in script.pieces if piece.kind is BlockKind.CONTENT)
    return sentences_of(content)[0][:200]


def _rendered(station: Station, version: ScriptVersion) -> RenderedScript:
    return RenderedScript(
        station_id=station.pk,
        script_version_id=version.pk,
        address=reading_address(station.slug, version.code),
        sha256=version.body_sha256,
        seconds=version.seconds,
        syllables=version.syllables,
    )


def _held(station_id: int, sentence: str) -> RenderedScript:
    return RenderedScript(station_id, None, "", "", 0, 0, held=sentence)
