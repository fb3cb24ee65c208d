"""What an editor and an approver are told of the stations a text goes to, before it goes: at how many it would be held or
lose a sentence, because a local fact has run out or nobody has said it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db.models import Q
from django.utils.translation import gettext as _

from campaigns.posts.content_rules import Finding, Severity
from campaigns.posts.models import Post
from campaigns.schedule.models import Slot
from cms.channels.kinds import ChannelKind
from cms.core import clock
from cms.facts.placeholders import FACT_KEY_OF, FROM_MAP, REQUIRED, find_placeholders
from publishers.scripts.local_facts import LocalFacts
from publishers.stations.models import Station

#: Places named in one sentence; the page of facts has them all.
NAMED = 3


def stations_lacking_facts(post: Post) -> Iterable[Finding]:
    """Return at how many stations the loudspeaker text of `post` would be held or lose a sentence. Four queries, none for a
    text without places to fill."""
    variant = next((row for row in post.variants.all() if row.kind == ChannelKind.LOUDSPEAKER), None)
    if variant is None:
        return []
    found = find_placeholders(f"{variant.title}\n{variant.text}")
    names = {each.name for each in found if each.name in FACT_KEY_OF}
    if not names:
        return []
    stations = _stations_of(post)
    facts = LocalFacts(
        {station.place_id: station.place for station in stations}.values(),
        sorted(FACT_KEY_OF[name] for name in names),
        clock.today(),
    )
    held, shortened = [], []
    for station in stations:
        local = facts.values(station.place_id)
        missing = names - local.values.keys() - local.expired
        if names & local.expired or missing & REQUIRED:
            held.append(station)
        elif missing - FROM_MAP:
            shortened.append(station)
    told = []
    if held:
        told.append(
            Finding(
                Severity.WARNING,
                _(
                    "%(number)s trên %(total)s đài chưa nhận được bản tin, vì dữ kiện đã hết hiệu lực hoặc thiếu dữ kiện bắt "
                    "buộc: %(places)s."
                )
                % _counted(held, stations),
                "text",
                str(ChannelKind.LOUDSPEAKER),
            )
        )
    if shortened:
        told.append(
            Finding(
                Severity.NOTE,
                _("%(number)s trên %(total)s đài bỏ câu có dữ kiện còn thiếu: %(places)s.")
                % _counted(shortened, stations),
                "text",
                str(ChannelKind.LOUDSPEAKER),
            )
        )
    return told


def _stations_of(post: Post) -> list[Station]:
    paths = Slot.objects.filter(variant__post=post, stations_of__isnull=False)
    inside = Q(pk__in=[])
    for path in set(paths.values_list("stations_of__path", flat=True)):
        inside |= Q(place__path__startswith=path)
    return list(
        Station.objects.active().filter(inside).select_related("place").order_by("place__sort_name", "pk")
    )


def _counted(some: Sequence[Station], stations: Sequence[Station]) -> dict[str, object]:
    names = list(dict.fromkeys(station.place.full_name for station in some))
    more = ", …" if len(names) > NAMED else ""
    return {"number": len(some), "total": len(stations), "places": ", ".join(names[:NAMED]) + more}
