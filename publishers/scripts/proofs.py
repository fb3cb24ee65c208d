"""What an editor sees of a loudspeaker text before anything is issued: how it will be read, how long it takes, and
what the engine is not sure of. Plugged into the sockets of campaigns/posts from this room's ready()."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext as _

from campaigns.posts.content_rules import Finding, Severity
from campaigns.posts.models import Post
from campaigns.posts.sockets import Draft, Preview
from campaigns.schedule.models import Slot
from cms.channels.kinds import ChannelKind
from cms.core import clock
from cms.facts.placeholders import LABELS, REQUIRED, fill, find_placeholders
from cms.facts.querysets import paths_above
from cms.places.models import AdministrativeUnit, UnitLevel
from publishers.scripts.blocks import Block, Keep, spoken_text
from publishers.scripts.composition import OnAir, Sheet, closing, voice, write_out
from publishers.scripts.cuts import versions
from publishers.scripts.local_facts import LocalFacts, keys_wanted
from publishers.scripts.local_wording import LocalValues, generic_wording, paragraphs_of, place_in_text
from publishers.scripts.models import SpokenText
from publishers.scripts.plans import Priority, ScriptPlan
from publishers.scripts.proofs_for_the_ear import said_once, verdict_in_words
from publishers.scripts.speech import say
from publishers.scripts.spoken import assess
from publishers.scripts.station_voices import StationVoice, voice_at, voices_of
from publishers.scripts.timing import DEFAULT_RATE, length_in_words, reading_seconds
from publishers.stations.models import Station

#: More flags than these help nobody on one form.
FLAGS_SHOWN = 8


def spoken_preview(draft: Draft) -> Preview:
    """Return the bulletin as a station it goes to would read it on its day, with its length; before there is an hour, the
    first station in the body's place, today.

    A sentence whose fact is missing is left out here as it will be there, and a note says so. A fact without which the
    station gets nothing is shown by its name, with a note. Nothing is written to the database."""
    if not draft.text.strip():
        return Preview(text="", notes=(_("Chưa có nội dung để đọc."),))
    verdict = assess(fill(draft.text, dict(LABELS)))
    if not verdict.readable:
        return Preview(text="", notes=tuple(problem.message for problem in verdict.problems))
    sample = _sample_of(draft)
    if sample is None:
        return Preview(text="", notes=(_("Chưa có địa bàn nào để đọc thử."),))
    station, place, day = sample
    words = f"{draft.title}\n{draft.text}"
    facts = LocalFacts([place], keys_wanted(words), day)
    local, notes = _with_names_for_what_holds(facts.values(place.pk), words, place.full_name)
    name = station.name if station else f"Đài truyền thanh {place_in_text(place.full_name).name}"
    plan = _plan_of(draft)
    script = write_out(
        Sheet(draft.title, draft.text, draft.organisation_name, plan.marks(draft.text) if plan else ()),
        OnAir(name, place_in_text(place.full_name), day),
        local,
    )
    if script.held:
        return Preview(text="", notes=(script.held,))
    own = _voice_of(draft, station)
    said = {piece.written: say(piece.written, own) for piece in script.pieces}
    blocks = voice(script.pieces, {written: each.reading for written, each in said.items()})
    rows = [said[piece.written].row for piece in script.pieces]
    rate = station.reading_rate if station else DEFAULT_RATE
    seconds = reading_seconds(
        sum(row.syllables for row in rows), sum(row.sentences for row in rows), len(rows), rate
    )
    return Preview(
        text=spoken_text(blocks),
        length=length_in_words(seconds),
        notes=(
            *_plan_notes(plan, draft.text),
            *(problem.message for problem in verdict.problems),
            _("Đọc thử theo %(station)s.") % {"station": name},
            *notes,
            *script.notes,
            *_shorter_notes(blocks, rate),
            *said_once(piece.written for piece in script.pieces),
            *_flag_notes(rows),
        ),
        verdict=verdict_in_words(draft),
    )


def sample_values(draft: Draft) -> dict[str, str]:
    """Return what stands for each place of the text that is filled in: as at the station of the preview where it is known,
    else its name."""
    sample = _sample_of(draft)
    if sample is None:
        return dict(LABELS)
    station, place, day = sample
    inside = place_in_text(place.full_name)
    known = LocalFacts([place], keys_wanted(draft.text), day).values(place.pk).values
    own = {"dia_ban": inside.name, "ten_dai": station.name if station else f"Đài truyền thanh {inside.name}"}
    tidied = {name: " ".join(value.split()).rstrip(" .;,") for name, value in known.items()}
    return {
        **LABELS,
        **generic_wording(inside),
        **{name: value for name, value in tidied.items() if value},
        **own,
    }


def _plan_of(draft: Draft) -> ScriptPlan | None:
    if not draft.verify_code:
        return None
    rows = ScriptPlan.objects.filter(variant__post__verify_code=draft.verify_code)
    return rows.filter(variant__kind=ChannelKind.LOUDSPEAKER).first()


def _plan_notes(plan: ScriptPlan | None, text: str) -> list[str]:
    """Say what is approved beside the words: what is kept when they are cut short."""
    if plan is None:
        return []
    told = []
    marks = plan.marks(text)
    for keep, words in (
        (Keep.ALWAYS, _("Khi cắt ngắn luôn giữ đoạn %(paragraphs)s.")),
        (Keep.FIRST_TO_GO, _("Khi cắt ngắn bỏ trước tiên đoạn %(paragraphs)s.")),
    ):
        numbers = [str(number) for number, mark in enumerate(marks, start=1) if mark is keep]
        if numbers:
            told.append(words % {"paragraphs": ", ".join(numbers)})
    return told


def _shorter_notes(blocks: tuple[Block, ...], rate: int) -> list[str]:
    """Say which shorter versions the text has, and how long each really is."""
    told = [
        _("bản %(minutes)s phút (%(length)s)")
        % {"minutes": version.minutes, "length": length_in_words(version.seconds)}
        for version in versions(blocks, rate)
    ]
    return [_("Bản ngắn hơn cắt sẵn: %(versions)s.") % {"versions": ", ".join(told)}] if told else []


def urgency_findings(draft: Draft) -> Iterable[Finding]:
    """Say how urgent a text is: an urgent one breaks into what a station is doing, and that is approved with it."""
    if draft.kind != ChannelKind.LOUDSPEAKER or not draft.text.strip():
        return []
    plan = _plan_of(draft)
    kind = str(ChannelKind.LOUDSPEAKER)
    if plan is not None and plan.priority == Priority.URGENT:
        told = _("Mức ưu tiên: KHẨN CẤP. Đài phát ngay, trước mọi bản tin khác.")
        return [Finding(Severity.WARNING, told, "", kind)]
    if plan is not None and plan.priority == Priority.PREFERRED:
        told = _("Mức ưu tiên: ưu tiên. Đài phát trước các bản tin thông thường.")
        return [Finding(Severity.NOTE, told, "", kind)]
    return []


def reading_findings(draft: Draft) -> Iterable[Finding]:
    """Return what stands against reading `draft` aloud: what cannot be read forbids approval, a doubt is said."""
    if draft.kind != ChannelKind.LOUDSPEAKER or not draft.text.strip():
        return []
    findings: list[Finding] = []
    own = _voice_of(draft, None)
    for field, text in (("title", draft.title), ("text", draft.text)):
        plain = fill(text, dict(LABELS))
        if not plain.strip():
            continue
        if field == "text":
            verdict = assess(plain)
            if not verdict.readable:
                return [
                    Finding(Severity.ERROR, problem.message, field, draft.kind)
                    for problem in verdict.problems
                ]
        for sentences in paragraphs_of(plain):
            flags = say(" ".join(sentences), own).row.flags
            findings += [_finding(flag, field) for flag in flags]
    findings += _findings_about_the_issuer(draft, own)
    findings.sort(key=lambda finding: -finding.severity)
    return list(dict.fromkeys(findings))


def _voice_of(draft: Draft, station: Station | None) -> StationVoice:
    """The voice the draft will be read in: what was taught for its script and its place counts already."""
    post_id = None
    if draft.verify_code:
        post_id = Post.objects.filter(verify_code=draft.verify_code).values_list("pk", flat=True).first()
    if station is not None:
        return voices_of([station], post_id)[station.pk]
    return voice_at(draft.place_path, post_id)


def _findings_about_the_issuer(draft: Draft, own: StationVoice) -> list[Finding]:
    """The closing names the body; a name nobody can read would hold every station after approval."""
    if not draft.organisation_name:
        return []
    flags = say(closing("bà con", draft.organisation_name), own).row.flags
    return [_finding(flag, "") for flag in flags]


def _finding(flag: dict, field: str) -> Finding:
    red = flag["colour"] == "red"
    sentence = _reason(flag)
    if not red and flag["spoken"]:
        told = _("Sẽ đọc là “%(spoken)s”.") % {"spoken": flag["spoken"]}
        sentence = f"{sentence} {told}"
    return Finding(Severity.ERROR if red else Severity.WARNING, sentence, field, str(ChannelKind.LOUDSPEAKER))


def _reason(flag: dict) -> str:
    return flag["reason"] or _("Cần xem lại cách đọc của “%(written)s”.") % {"written": flag["written"]}


def _flag_notes(rows: list[SpokenText]) -> list[str]:
    sentences = [_reason(flag) for row in rows for flag in row.flags]
    return list(dict.fromkeys(sentences))[:FLAGS_SHOWN]


def _with_names_for_what_holds(local: LocalValues, text: str, place: str) -> tuple[LocalValues, list[str]]:
    """What would hold the station stands by its name in the preview, so that the rest can be heard."""
    names = list(dict.fromkeys(found.name for found in find_placeholders(text)))
    holds = [
        name for name in names if name in local.expired or (name in REQUIRED and name not in local.values)
    ]
    if not holds:
        return local, []
    values = {**local.values, **{name: LABELS[name] for name in holds}}
    told = _(
        "%(place)s thiếu dữ kiện bắt buộc hoặc dữ kiện đã hết hiệu lực, nên đài ở đây chưa nhận được bản tin: %(facts)s."
    ) % {
        "place": place,
        "facts": ", ".join(LABELS[name] for name in holds),
    }
    return LocalValues(values, local.expired - set(holds)), [told]


def _sample_of(draft: Draft) -> tuple[Station | None, AdministrativeUnit, date] | None:
    """Return the station, its place and the day of the preview."""
    path, day = draft.place_path, clock.today()
    slot = _first_slot(draft)
    if slot is not None and slot.stations_of is not None:
        path, day = slot.stations_of.path, max(day, clock.in_vietnam(slot.at).date())
    station = _sample_station(path)
    place = station.place if station else _sample_place(path)
    return (station, place, day) if place is not None else None


def _first_slot(draft: Draft) -> Slot | None:
    if not draft.verify_code:
        return None
    rows = Slot.objects.filter(variant__post__verify_code=draft.verify_code, stations_of__isnull=False)
    return rows.select_related("stations_of").order_by("at", "pk").first()


def _sample_station(path: str) -> Station | None:
    if not path:
        return None
    return (
        Station.objects.active()
        .filter(place__path__startswith=path)
        .select_related("place")
        .order_by("pk")
        .first()
    )


def _sample_place(path: str) -> AdministrativeUnit | None:
    units = AdministrativeUnit.objects
    inside = units.communes().filter(path__startswith=path).order_by("path").first()
    return inside or units.filter(path__in=paths_above(path), level__gt=UnitLevel.CENTRE).last()
