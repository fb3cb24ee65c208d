"""Thu hồi tài liệu: say that an asset (or one version of it) may go out nowhere, and ask which ones may not.

The library only writes the row. Delivery pulls it at booking, every few seconds, and again right before it sends."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import IntegrityError, transaction
from django.dispatch import Signal
from django.utils.translation import gettext as _
from wagtail.permissions import policy_registry

from cms.audit.services import record
from cms.core import clock
from cms.core.errors import ConflictingState, InputRefused, NotAllowed
from cms.core.models import nfc
from media.library.models import Asset, Withdrawal

#: Sent inside the verb's transaction with `withdrawal` when one has been lifted.
lifted = Signal()


@transaction.atomic
def withdraw(asset: Asset, by: Any, reason: str, *, version: str = "", urgent: bool = False) -> Withdrawal:
    """Withdraw `asset`, or only its `version` (a hash of `versions.version_hash`), for everybody who uses it.

    `urgent` lets rooms to the right act on other bodies' channels at once. Raises NotAllowed for an asset that `by`
    may not change, InputRefused without a reason, ConflictingState when it is withdrawn already."""
    _require(asset, by)
    reason = " ".join(nfc(reason).split())[:250]
    if not reason:
        raise InputRefused(
            _("Vui lòng ghi lý do thu hồi để những nơi đang dùng tài liệu được biết."), field="reason"
        )
    try:
        with transaction.atomic():
            row = Withdrawal.objects.create(
                asset=asset, version=version, reason=reason, urgent=urgent, by=by, at=clock.now()
            )
    except IntegrityError:
        raise ConflictingState(_("Tài liệu này đã được thu hồi trước đó.")) from None
    record(
        "withdraw_asset", asset, actor=by, withdrawal=row.pk, version=version, urgent=urgent, reason=reason
    )
    return row


@transaction.atomic
def lift(withdrawal: Withdrawal, by: Any) -> None:
    """Let the asset be used again; what was held meanwhile is for the people who hold it.

    Raises NotAllowed, or ConflictingState when it was lifted already."""
    _require(withdrawal.asset, by)
    now = clock.now()
    rows = Withdrawal.objects.filter(pk=withdrawal.pk, lifted_at__isnull=True)
    if rows.update(lifted_at=now, lifted_by=by) != 1:
        raise ConflictingState(_("Lệnh thu hồi này đã được gỡ trước đó."))
    withdrawal.lifted_at, withdrawal.lifted_by = now, by
    record("lift_withdrawal", withdrawal.asset, actor=by, withdrawal=withdrawal.pk)
    lifted.send(sender=Withdrawal, withdrawal=withdrawal)


def withdraw_along(withdrawal: Withdrawal, resting: Iterable[tuple[int, str]]) -> int:
    """Withdraw with `withdrawal` what rests on it, as (asset id, version hash or "") pairs, for the same reason, by the
    same person, at the same moment; return how many were not withdrawn before."""
    written = 0
    for asset, version in sorted(set(resting)):
        if Withdrawal.objects.standing().filter(asset=asset, version=version).exists():
            continue
        Withdrawal.objects.create(
            asset_id=asset, version=version, reason=withdrawal.reason, urgent=withdrawal.urgent,
            by=withdrawal.by, at=withdrawal.at,
        )  # fmt: skip
        written += 1
    return written


def lift_along(withdrawal: Withdrawal, resting: Iterable[tuple[int, str]]) -> None:
    """Lift what `withdraw_along` wrote for `withdrawal`, now that it is lifted itself, and nothing else."""
    pairs = set(resting)
    rows = Withdrawal.objects.standing().filter(
        asset__in=[asset for asset, _version in pairs],
        at=withdrawal.at,
        by=withdrawal.by,
        reason=withdrawal.reason,
    )
    for row in rows.select_related("asset"):
        if (row.asset_id, row.version) in pairs:
            row.lifted_at, row.lifted_by = withdrawal.lifted_at, withdrawal.lifted_by
            row.save(update_fields=["lifted_at", "lifted_by"])
            lifted.send(sender=Withdrawal, withdrawal=row)


def withdrawn(versions: Mapping[int, str] | Iterable[tuple[int, str]]) -> dict[int, Withdrawal]:
    """Return asset id → the standing withdrawal that covers it, for (asset id, version hash) pairs.

    One query; what is not withdrawn is missing. An empty version hash is covered by whole withdrawals only."""
    wanted = dict(versions)
    if not wanted:
        return {}
    rows = Withdrawal.objects.standing().filter(asset__in=list(wanted)).select_related("asset")
    found: dict[int, Withdrawal] = {}
    for row in rows:
        if row.version in ("", wanted[row.asset_id]):
            found.setdefault(row.asset_id, row)
    return found


def _require(asset: Asset, by: Any) -> None:
    policy = policy_registry.get_by_type(Asset, fallback=False)
    if policy is None or not policy.user_has_permission_for_instance(by, "change", asset):
        raise NotAllowed(_("Bạn không có quyền thu hồi tài liệu của cơ quan này."))
