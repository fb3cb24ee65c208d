"""What an editor sees of a loudspeaker text before anything is issued: how it will be read, how long it takes, and
what the engine is not sure of. Plugged into the sockets of campaigns/posts from this room's ready()."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from campaigns.posts.content_rules import Finding, Severity
from campaigns.posts.models import Post
from campaigns.posts.sockets import Draft, Preview
from cms.channels.kinds import ChannelKind
from cms.core import clock
from cms.facts.placeholders import LABELS, fill, find_placeholders
from cms.facts.querysets import paths_above
from cms.places.models import AdministrativeUnit, UnitLevel
from publishers.scripts.blocks import Block, spoken_text
from publishers.scripts.composition import OnAir, Sheet, closing, voice, write_out
from publishers.scripts.cuts import versions
from publishers.scripts.local_facts import LocalFacts, keys_wanted
from publishers.scripts.local_wording import LocalValues, paragraphs_of, place_in_text
from publishers.scripts.models import SpokenText
from publishers.scripts.proofs_for_the_ear import said_once, verdict_in_words
from publishers.scripts.speech import say
from publishers.scripts.spoken import assess
from publishers.scripts.station_voices import StationVoice, voice_at, voices_of
from publishers.scripts.timing import DEFAULT_RATE, length_in_words, reading_seconds
from publishers.stations.models import Station

#: More flags than these help nobody on one form.
FLAGS_SHOWN = 8


def spoken_preview(draft: Draft) -> Preview:
    """Return the bulletin as the first station in the body's place would read it today, with its length.

    Facts that are not there yet are shown by their names, and said in a note; nothing is written to the database."""
    if not draft.text.strip():
        return Preview(text="", notes=(_("Chưa có nội dung để đọc."),))
    verdict = assess(fill(draft.text, dict(LABELS)))
    if not verdict.readable:
        return Preview(text="", notes=tuple(problem.message for problem in verdict.problems))
    station = _sample_station(draft.place_path)
    place = station.place if station else _sample_place(draft.place_path)
    if place is None:
        return Preview(text="", notes=(_("Chưa có địa bàn nào để đọc thử."),))
    day = clock.today()
    wanted = keys_wanted(f"{draft.title}\n{draft.text}")
    facts = LocalFacts([place], wanted, day)
    local, notes = _with_names_for_gaps(
        facts.values(place.pk), f"{draft.title}\n{draft.text}", place.full_name
    )
    name = station.name if station else f"Đài truyền thanh {place_in_text(place.full_name).name}"
    script = write_out(
        Sheet(draft.title, draft.text, draft.organisation_name),
        OnAir(name, place_in_text(place.full_name), day),
        local,
    )
    if script.held:
        return Preview(text="", notes=(script.held,))
    own = _voice_of(draft, station)
    said = {piece.written: say(piece.written, own) for piece in script.pieces}
    blocks = voice(script.pieces, {written: each.reading for written, each in said.items()})
    rows = [said[piece.written].row for piece in script.pieces]
    seconds = reading_seconds(
        sum(row.syllables for row in rows),
        sum(row.sentences for row in rows),
        len(rows),
        station.reading_rate if station else DEFAULT_RATE,
    )
    return Preview(
        text=spoken_text(blocks),
        length=length_in_words(seconds),
        notes=(
            _("Đọc thử theo %(station)s.") % {"station": name},
            *notes,
            *_shorter_notes(blocks, station.reading_rate if station else DEFAULT_RATE),
            *said_once(piece.written for piece in script.pieces),
            *_flag_notes(rows),
        ),
        verdict=verdict_in_words(draft),
    )


def _shorter_notes(blocks: tuple[Block, ...], rate: int) -> list[str]:
    """Say which shorter versions the text has, and how long each really is."""
    told = [
        _("bản %(minutes)s phút (%(length)s)")
        % {"minutes": version.minutes, "length": length_in_words(version.seconds)}
        for version in versions(blocks, rate)
    ]
    return [_("Bản ngắn hơn cắt sẵn: %(versions)s.") % {"versions": ", ".join(told)}] if told else []


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


def _with_names_for_gaps(local: LocalValues, text: str, place: str) -> tuple[LocalValues, list[str]]:
    names = list(dict.fromkeys(found.name for found in find_placeholders(text)))
    gaps = [
        name
        for name in names
        if name in LABELS and name not in local.values and name not in ("ten_dai", "dia_ban", "ten_trung_tam")
    ]
    if not gaps:
        return local, []
    values = {**local.values, **{name: LABELS[name] for name in gaps}}
    told = _("%(place)s chưa có dữ kiện: %(facts)s.") % {
        "place": place,
        "facts": ", ".join(LABELS[name] for name in gaps),
    }
    return LocalValues(values, local.expired - set(gaps)), [told]


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
