"""Verbs of facts: keep many at once, invite a commune to say its own, take an invitation back."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from cms.access.roles import roles_allowing
from cms.access.scopes import reachable_organisations
from cms.audit.services import record
from cms.core import clock
from cms.core.errors import ConflictingState, InputRefused, NotAllowed
from cms.core.hidden_signs import without_hidden_signs
from cms.core.models import nfc
from cms.facts.coverage import LOCAL_KEYS
from cms.facts.invitations import FactInvitation, token_hash
from cms.facts.models import Fact, FactKey
from cms.organisations.models import Organisation
from cms.places.models import AdministrativeUnit

if TYPE_CHECKING:
    from cms.places.querysets import AdministrativeUnitQuerySet

#: Longer values are no longer something that stands inside a sentence.
LONGEST_VALUE: Final = 300
#: Digits of the shortest number people dial (113).
SHORTEST_NUMBER: Final = 3
#: Days a link stays open unless it is used.
LINK_DAYS: Final = 14
_WRITERS = roles_allowing("facts.fact", frozenset({"add"}))


@dataclass(frozen=True, slots=True)
class NewFact:
    """One value for one place, as it is to be kept."""

    place_id: int
    key: str
    value: str
    valid_from: date
    valid_to: date | None
    source: str


def writable_bodies(user: Any) -> QuerySet[Organisation]:
    """Return the bodies for which `user` may keep facts."""
    return reachable_organisations(user, _WRITERS).filter(is_active=True).select_related("place")


def writable_places(user: Any) -> AdministrativeUnitQuerySet:
    """Return the places for which `user` may keep facts: those of the bodies within reach, and below them."""
    paths = set(writable_bodies(user).values_list("place__path", flat=True))
    tops = [path for path in paths if not any(path != other and path.startswith(other) for other in paths)]
    condition = Q(pk__in=[])
    for path in tops:
        condition |= Q(path__startswith=path)
    return AdministrativeUnit.objects.filter(condition)


@transaction.atomic
def keep_facts(facts: Iterable[NewFact], by: Any) -> int:
    """Keep `facts`, all or none; return how many were new or changed. A fact of the same place, kind and first day is
    corrected, any other stays as history.

    Raises NotAllowed when a place is outside what `by` may write for, InputRefused for an empty or too long value."""
    facts = list(facts)
    allowed = {
        place.pk: place for place in writable_places(by).filter(pk__in={fact.place_id for fact in facts})
    }
    if any(fact.place_id not in allowed for fact in facts):
        raise NotAllowed(_("Có địa bàn ngoài phạm vi của bạn nên chưa lưu dữ kiện nào."))
    bodies = sorted(writable_bodies(by), key=lambda body: -body.place.level)
    changed = 0
    for place_id, rows in _by_place(facts).items():
        place = allowed[place_id]
        body = next(body for body in bodies if place.path.startswith(body.place.path))
        kept = _keep(place, body, rows)
        if kept:
            record("keep_facts", place, actor=by, organisation_id=body.pk, facts=kept)
        changed += len(kept)
    return changed


@transaction.atomic
def invite(place: AdministrativeUnit, by: Any) -> str:
    """Make a one-time link for `place` and return its token: the only moment it is known. Earlier open links for the
    same place are taken back.

    Raises NotAllowed outside what `by` may write for, InputRefused for a place that is no commune."""
    if not writable_places(by).filter(pk=place.pk).exists():
        raise NotAllowed(_("Địa bàn này ngoài phạm vi của bạn."))
    if place.level != 2:
        raise InputRefused(_("Liên kết tự điền chỉ dành cho xã, phường, đặc khu."))
    now = clock.now()
    bodies = sorted(writable_bodies(by), key=lambda body: -body.place.level)
    body = next(body for body in bodies if place.path.startswith(body.place.path))
    _open(now).filter(place=place).update(revoked_at=now)
    token = secrets.token_urlsafe(32)
    invitation = FactInvitation.objects.create(
        organisation=body,
        place=place,
        token_sha256=token_hash(token),
        created_by=by,
        expires_at=now + timedelta(days=LINK_DAYS),
    )
    record(
        "invite_facts", invitation, actor=by, place=place.code, expires_at=invitation.expires_at.isoformat()
    )
    return token


@transaction.atomic
def revoke_invitation(invitation_id: int, by: Any) -> None:
    """Take an open link back. Raises NotAllowed when it is not within reach, ConflictingState when it is over."""
    now = clock.now()
    row = (
        FactInvitation.objects.select_for_update()
        .filter(pk=invitation_id, place__in=writable_places(by).values("pk"))
        .first()
    )
    if row is None:
        raise NotAllowed(_("Không có liên kết này trong phạm vi của bạn."))
    if row.used_at or row.revoked_at or row.expires_at <= now:
        raise ConflictingState(_("Liên kết này đã được dùng hoặc đã hết hạn."))
    row.revoked_at = now
    row.save(update_fields=["revoked_at", "updated_at"])
    record("revoke_fact_invitation", row, actor=by, place=row.place.code)


def invitation_of(token: str) -> FactInvitation | None:
    """Return the invitation that `token` belongs to, open or over; None when there is none."""
    rows = FactInvitation.objects.select_related("place__parent", "organisation", "created_by")
    return rows.filter(token_sha256=token_hash(token)).first()


def asker_of(invitation: FactInvitation) -> Organisation:
    """Return the body in whose name the link was made: the asking person's own, where that still reaches the place;
    else the body that keeps the facts."""
    reached = reachable_organisations(invitation.created_by, _WRITERS)
    own = reached.filter(memberships__user=invitation.created_by, memberships__ended_at__isnull=True)
    bodies = sorted(own.select_related("place").distinct(), key=lambda body: -body.place.level)
    path = invitation.place.path
    return next((body for body in bodies if path.startswith(body.place.path)), invitation.organisation)


def is_open(invitation: FactInvitation) -> bool:
    return not (invitation.used_at or invitation.revoked_at) and invitation.expires_at > clock.now()


@transaction.atomic
def fill_by_link(token: str, values: Mapping[str, str], position: str) -> int:
    """Keep what a commune says of itself through its link, which is over with that; return how many facts changed.

    Only the kinds of LOCAL_KEYS count, only for the link's own place; an empty value leaves what is there. Raises
    NotAllowed for a token nobody has, ConflictingState for one that is used, taken back or expired, InputRefused
    (naming the field) for a value that cannot be kept or without a position."""
    row = FactInvitation.objects.select_for_update().filter(token_sha256=token_hash(token)).first()
    if row is None:
        raise NotAllowed(_("Liên kết không đúng."))
    if not is_open(row):
        raise ConflictingState(_("Liên kết này đã được dùng hoặc đã hết hạn."))
    position = " ".join(nfc(position).split())[:120]
    if not position:
        raise InputRefused(_("Vui lòng ghi chức vụ của người điền."), field="position")
    today = clock.today()
    source = _("%(place)s tự điền ngày %(day)s, người điền: %(position)s") % {
        "place": row.place.full_name,
        "day": f"{today:%d/%m/%Y}",
        "position": position,
    }
    facts = [
        NewFact(row.place_id, str(key), value, today, None, source[:250])
        for key in LOCAL_KEYS
        if (value := checked_value(values.get(str(key), ""), str(key)))
    ]
    if not facts:
        raise InputRefused(_("Bạn chưa điền mục nào."), field="position")
    kept = _keep(row.place, row.organisation, facts)
    row.used_at = clock.now()
    row.used_by = position
    row.save(update_fields=["used_at", "used_by", "updated_at"])
    record("fill_facts_by_link", row, organisation_id=row.organisation_id, place=row.place.code, facts=kept)
    return len(kept)


def checked_value(value: str, field: str = "") -> str:
    """Return a value as it is kept: NFC, one line, blanks tidied, without marks of direction and blanks of no width.
    Raises InputRefused for one that is too long, holds
    signs nobody can see, or as a hotline has no number to dial."""
    text = nfc(value)
    if any(ord(sign) < 32 and sign not in "\r\n\t" for sign in text) or "{{" in text or "}}" in text:
        raise InputRefused(_("Có ký tự không dùng được, vui lòng gõ lại."), field=field)
    text = " ".join(without_hidden_signs(text).split())
    if len(text) > LONGEST_VALUE:
        raise InputRefused(
            _("Dài quá %(most)s ký tự, vui lòng rút ngắn.") % {"most": LONGEST_VALUE}, field=field
        )
    require_number(text, field)
    return text


def require_number(value: str, key: str) -> None:
    """Raise InputRefused when `value` is said to be a hotline and has no number to dial; an empty one passes."""
    if value and key == FactKey.HOTLINE and sum(sign.isdecimal() for sign in value) < SHORTEST_NUMBER:
        raise InputRefused(_("Đường dây nóng phải có số điện thoại, ví dụ 0269 382 4000."), field=key)


# ---------------------------------------------------------------------------------------------- parts
def _open(now) -> QuerySet[FactInvitation]:
    return FactInvitation.objects.filter(used_at__isnull=True, revoked_at__isnull=True, expires_at__gt=now)


def open_invitations(places: QuerySet[AdministrativeUnit]) -> dict[int, FactInvitation]:
    """Return place id → its open link. One query."""
    return {row.place_id: row for row in _open(clock.now()).filter(place__in=places.values("pk"))}


def _by_place(facts: Iterable[NewFact]) -> dict[int, list[NewFact]]:
    found: dict[int, list[NewFact]] = {}
    for fact in facts:
        found.setdefault(fact.place_id, []).append(fact)
    return found


def _keep(place: AdministrativeUnit, body: Organisation, facts: Iterable[NewFact]) -> dict[str, str]:
    """Write the facts of one place and return what is new in them: key → value."""
    kept: dict[str, str] = {}
    for fact in facts:
        value = checked_value(fact.value, fact.key)
        if not value:
            raise InputRefused(_("Có dữ kiện để trống nên chưa lưu dữ kiện nào."), field=fact.key)
        row = Fact.objects.filter(place=place, key=fact.key, valid_from=fact.valid_from).first()
        if row is None:
            current = Fact.objects.valid_on(fact.valid_from).filter(place=place, key=fact.key)
            standing = current.order_by("-valid_from", "-pk").first()
            if standing is not None and (standing.value, standing.valid_to) == (value, fact.valid_to):
                continue
            row = Fact(place=place, key=fact.key, valid_from=fact.valid_from)
        elif (row.value, row.valid_to, row.source) == (value, fact.valid_to, fact.source):
            continue
        row.organisation, row.value, row.valid_to, row.source, row.is_sample = (
            body, value, fact.valid_to, fact.source, False,
        )  # fmt: skip
        row.save()
        kept[fact.key] = value
    return kept
