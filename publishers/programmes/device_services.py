"""Verbs of enrolled phones: give out a code, enrol, prove with the PIN, take back."""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import Any, Final

from django.contrib.auth.hashers import check_password, make_password
from django.core.cache import cache
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.permissions import policy_registry

from cms.audit.services import record
from cms.core import clock
from cms.core.errors import ConflictingState, InputRefused, NotAllowed
from cms.core.models import nfc
from publishers.programmes.devices import hashed
from publishers.programmes.models import EnrolmentCode, OperatorDevice
from publishers.stations.models import Station

#: Letters and figures that are not mistaken for each other on the telephone.
ALPHABET: Final = "ABCDEFGHKLMNPRTUVXY346789"
CODE_LENGTH: Final = 8
CODE_LASTS: Final = timedelta(hours=24)
MOST_FAILURES: Final = 5
LOCKED_FOR: Final = timedelta(minutes=15)
#: Codes that may be tried per station and hour, right or wrong.
MOST_TRIES: Final = 20
_EASY_PINS: Final = frozenset({"1234", "12345", "123456", "4321", "654321"})


def may_manage(user: Any, station: Station) -> bool:
    """Whether `user` may give out codes for `station` and take phones back: whoever may change the station."""
    policy = policy_registry.get_by_type(Station, fallback=False)
    return policy.user_has_permission_for_instance(user, "change", station)


@transaction.atomic
def give_code(station: Station, by: Any) -> str:
    """Make a one-time code for `station` and return it: the only moment it is known. Earlier unused codes end.

    Raises NotAllowed."""
    if not may_manage(by, station):
        raise NotAllowed(_("Bạn không có quyền ghi danh điện thoại cho đài này."))
    now = clock.now()
    EnrolmentCode.objects.filter(station=station, used_at__isnull=True, expires_at__gt=now).update(
        expires_at=now
    )
    code = "".join(secrets.choice(ALPHABET) for _sign in range(CODE_LENGTH))
    row = EnrolmentCode.objects.create(
        station=station, code_sha256=hashed(code), created_by=by, expires_at=now + CODE_LASTS
    )
    record("give_enrolment_code", row, actor=by, organisation_id=station.organisation_id)
    return code


def enrol(station: Station, code: str, label: str, pin: str) -> tuple[OperatorDevice, str]:
    """Enrol a phone for `station` with a one-time code; return it with its token, which only the phone keeps.

    Raises InputRefused (naming the field) for a code that is wrong, used or old, or for a PIN that is no PIN;
    ConflictingState when codes have been tried too often."""
    _count_try(station)
    label = " ".join(nfc(label).split())[:60] or _("Điện thoại trực")
    if not (pin.isascii() and pin.isdecimal() and 4 <= len(pin) <= 6):
        raise InputRefused(_("PIN gồm 4 đến 6 chữ số."), field="pin")
    if pin in _EASY_PINS or len(set(pin)) == 1:
        raise InputRefused(_("PIN này quá dễ đoán, vui lòng chọn số khác."), field="pin")
    typed = "".join(sign for sign in code.upper() if sign.isalnum())
    with transaction.atomic():
        row = (
            EnrolmentCode.objects.select_for_update()
            .filter(
                station=station, code_sha256=hashed(typed), used_at__isnull=True, expires_at__gt=clock.now()
            )
            .first()
        )
        if row is None:
            raise InputRefused(_("Mã ghi danh không đúng, đã dùng hoặc đã hết hạn."), field="code")
        row.used_at = clock.now()
        row.save(update_fields=["used_at", "updated_at"])
        token = secrets.token_urlsafe(32)
        device = OperatorDevice.objects.create(
            station=station, label=label, token_sha256=hashed(token), pin_hash=make_password(pin)
        )
        record("enrol_device", device, organisation_id=station.organisation_id, label=label)
    return device, token


def device_of(station: Station, token: str) -> OperatorDevice | None:
    """Return the enrolled phone that carries `token`, if it may still be used for `station`."""
    if not token:
        return None
    return OperatorDevice.objects.filter(
        station=station, token_sha256=hashed(token), revoked_at__isnull=True
    ).first()


def prove(device: OperatorDevice, pin: str) -> None:
    """Check the PIN. Raises InputRefused for a wrong one, ConflictingState while the phone is locked: five wrong ones
    in a row lock it for 15 minutes."""
    now = clock.now()
    # Counted before the check, and committed: several wrong tries at once cannot slip past the lock.
    with transaction.atomic():
        row = OperatorDevice.objects.select_for_update().get(pk=device.pk)
        if row.locked_until and row.locked_until > now:
            raise ConflictingState(_("Máy tạm khóa vì nhập sai PIN nhiều lần. Vui lòng thử lại sau 15 phút."))
        row.failures += 1
        row.locked_until = now + LOCKED_FOR if row.failures >= MOST_FAILURES else None
        if row.locked_until:
            row.failures = 0
        row.save(update_fields=["failures", "locked_until", "updated_at"])
    if not check_password(pin, device.pin_hash):
        raise InputRefused(_("PIN không đúng."), field="pin")
    OperatorDevice.objects.filter(pk=device.pk).update(failures=0, locked_until=None, last_used_at=now)


@transaction.atomic
def revoke_device(device_id: int, station: Station, by: Any) -> None:
    """Take a phone back: it confirms nothing from now on. Raises NotAllowed, ConflictingState when it is gone."""
    if not may_manage(by, station):
        raise NotAllowed(_("Bạn không có quyền thu hồi điện thoại của đài này."))
    row = OperatorDevice.objects.filter(pk=device_id, station=station, revoked_at__isnull=True).first()
    if row is None:
        raise ConflictingState(_("Điện thoại này đã được thu hồi."))
    row.revoked_at = clock.now()
    row.save(update_fields=["revoked_at", "updated_at"])
    record("revoke_device", row, actor=by, organisation_id=station.organisation_id)


def _count_try(station: Station) -> None:
    key = f"enrol-tries:{station.pk}"
    cache.add(key, 0, 3600)
    try:
        tries = cache.incr(key)
    except ValueError:  # the hour ended between both calls
        tries = 1
    if tries > MOST_TRIES:
        raise ConflictingState(_("Đã thử mã quá nhiều lần. Vui lòng thử lại sau một giờ."))
