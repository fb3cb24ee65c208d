"""Verbs of sessions: put items in order, choose a shorter version, leave one out, relay another station."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext as _

from cms.access.roles import roles_allowing
from cms.access.scopes import reachable_organisations
from cms.audit.services import record
from cms.core.errors import ConflictingState, InputRefused, NotAllowed
from cms.core.models import nfc
from publishers.programmes.gathering import Session, session_at
from publishers.programmes.models import Programme, ProgrammeItem, Relay
from publishers.programmes.session import Item, arranged, moved
from publishers.scripts.cuts import LENGTHS
from publishers.stations.models import Station

ARRANGERS: Final = roles_allowing("programmes.programme", frozenset({"change"}))
#: More items than a session can hold in an hour.
MOST_RELAYS: Final = 20


def may_arrange(user: Any, station: Station) -> bool:
    """Whether `user` may change the sessions of `station`."""
    return reachable_organisations(user, ARRANGERS).filter(pk=station.organisation_id).exists()


@transaction.atomic
def move_item(station: Station, day: date, session_key: str, key: str, steps: int, by: Any) -> None:
    """Move one item by `steps` (negative: earlier). Urgent items stay at the head. Raises NotAllowed,
    ConflictingState when the session or the item is no longer there."""
    session = _session(station, day, session_key, by)
    try:
        rows = moved(session.items, key, steps)
    except KeyError:
        raise ConflictingState(_("Mục này không còn trong chương trình.")) from None
    _keep(session, rows, by)


@transaction.atomic
def arrange(station: Station, day: date, session_key: str, keys: Sequence[str], by: Any) -> None:
    """Put the items in the order of `keys`; what is not named follows as it stood. Raises like `move_item`."""
    session = _session(station, day, session_key, by)
    _keep(session, arranged(session.items, keys), by)


@transaction.atomic
def set_item(
    station: Station,
    day: date,
    session_key: str,
    key: str,
    by: Any,
    *,
    minutes: int = 0,
    skipped: bool = False,
) -> None:
    """Choose the version of an item for this session (0: the whole) and whether it is played at all.

    Raises NotAllowed, ConflictingState for an item that is gone, InputRefused for a length nobody offers, and for
    leaving out an urgent item."""
    session = _session(station, day, session_key, by)
    entry = next((entry for entry in session.entries if entry.item.key == key), None)
    if entry is None:
        raise ConflictingState(_("Mục này không còn trong chương trình."))
    if minutes not in (0, *LENGTHS) or (minutes and entry.script is None):
        raise InputRefused(_("Không có bản dài %(minutes)s phút.") % {"minutes": minutes})
    if skipped and entry.item.is_urgent:
        raise InputRefused(_("Bản tin khẩn cấp không bỏ khỏi chương trình được."))
    programme = _keep(session, session.items, by)
    programme.items.filter(key=key).update(minutes=minutes, skipped=skipped)


@transaction.atomic
def add_relay(
    station: Station, day: date, session_key: str, by: Any, *, title: str, source: str, minutes: int
) -> Relay:
    """Add a programme taken over from another station. Raises NotAllowed, InputRefused (naming the field)."""
    session = _session(station, day, session_key, by)
    title, source = " ".join(nfc(title).split()), " ".join(nfc(source).split())
    if not title:
        raise InputRefused(_("Vui lòng ghi tên chương trình tiếp âm."), field="title")
    if not source:
        raise InputRefused(_("Vui lòng ghi đài phát chương trình này."), field="source")
    if not 1 <= minutes <= 60:
        raise InputRefused(_("Số phút tiếp âm từ 1 đến 60."), field="minutes")
    programme = _keep(session, session.items, by)
    if programme.relays.count() >= MOST_RELAYS:
        raise InputRefused(_("Một buổi phát có tối đa %(most)s mục tiếp âm.") % {"most": MOST_RELAYS})
    relay = Relay.objects.create(programme=programme, title=title[:150], source=source[:100], minutes=minutes)
    ProgrammeItem.objects.create(
        programme=programme, key=f"relay:{relay.pk}", position=programme.items.count()
    )
    return relay


@transaction.atomic
def remove_relay(station: Station, day: date, session_key: str, key: str, by: Any) -> None:
    """Take a relay out again. Raises NotAllowed, ConflictingState when it is gone."""
    session = _session(station, day, session_key, by)
    number = key.removeprefix("relay:")
    gone = 0
    if session.programme is not None and number.isdecimal():
        gone, _rows = session.programme.relays.filter(pk=int(number)).delete()
    if not gone or session.programme is None:
        raise ConflictingState(_("Mục này không còn trong chương trình."))
    session.programme.items.filter(key=key).delete()
    record(
        "arrange_programme", session.programme, actor=by, organisation_id=station.organisation_id, removed=key
    )


# ---------------------------------------------------------------------------------------------- parts
def _session(station: Station, day: date, session_key: str, by: Any) -> Session:
    if not may_arrange(by, station):
        raise NotAllowed(_("Bạn không có quyền sắp xếp chương trình của đài này."))
    # Two people on one session take turns.
    Station.objects.select_for_update().get(pk=station.pk)
    session = session_at(station, day, session_key)
    if session is None:
        raise ConflictingState(_("Đài không còn khung giờ này. Vui lòng mở lại trang chương trình."))
    return session


def _keep(session: Session, rows: Sequence[Item], by: Any) -> Programme:
    """Write the order of `rows`; lengths and omissions that were chosen before stay."""
    starts, ends = session.window
    programme, _made = Programme.objects.update_or_create(
        station=session.station,
        day=session.day,
        starts=starts,
        defaults={"ends": ends, "updated_by": by},
    )
    known = {item.key: item for item in programme.items.all()}
    programme.items.all().delete()
    ProgrammeItem.objects.bulk_create(
        ProgrammeItem(
            programme=programme,
            key=item.key,
            position=number,
            minutes=known[item.key].minutes if item.key in known else 0,
            skipped=known[item.key].skipped if item.key in known else False,
        )
        for number, item in enumerate(rows)
    )
    record(
        "arrange_programme",
        programme,
        actor=by,
        organisation_id=session.station.organisation_id,
        order=[item.key for item in rows],
    )
    return programme
