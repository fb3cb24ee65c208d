"""Urgent corrections and recalls: what still carries the old text of an original is withdrawn, copies included.

Only rows are written here; delivery pulls them every few seconds and right before it sends."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from cms.audit.services import record
from cms.core import clock
from cms.core.errors import InputRefused
from cms.core.models import nfc
from media.library.models import Asset, Withdrawal
from media.library.versions import version_hash
from media.library.withdrawals import lift_along, withdraw_along
from media.localisations.models import CopyVersion, Localisation
from media.localisations.services import family

#: How many earlier versions of an original are looked through for the text that was wrong.
EARLIER_VERSIONS = 20


@transaction.atomic
def correct_urgently(upstream: Asset, reason: str, actor: Any = None) -> int:
    """Withdraw every earlier version of `upstream` and every copy that has not taken the present one; return how many
    withdrawals were written. A copy that takes the update is a new version and goes out again.

    Raises InputRefused without a reason, or while the correction itself is not in the library."""
    reason = " ".join(nfc(reason).split())[:250]
    if not reason:
        raise InputRefused(_("Vui lòng ghi bản cũ sai ở đâu."), "reason")
    if upstream.has_unpublished_changes:
        raise InputRefused(_("Vui lòng đưa bản đã đính chính vào kho trước."), "reason")
    current = Asset.objects.with_files().get(pk=upstream.pk)
    wrong = {(upstream.pk, version) for version in _earlier_versions(current)}
    for copy in Localisation.objects.of(upstream).behind():
        wrong.add((copy.asset_id, version_hash(Asset.objects.with_files().get(pk=copy.asset_id))))
    before = Withdrawal.objects.count()
    for asset_id, version in sorted(wrong):
        # A copy that rests on an earlier version goes with it, whichever of the two is written first.
        _withdraw(asset_id, version, reason, actor)
    written = Withdrawal.objects.count() - before
    record("localisation.correct_urgently", upstream, actor=actor, reason=reason, withdrawals=written)
    return written


def withdraw_copies(withdrawal: Withdrawal) -> int:
    """Withdraw with an asset every copy of it, and theirs; with one version of it every version of a copy that rests on
    it: their own copies follow through the same door, and a copy that takes the update is a new version. Return how
    many were not withdrawn before."""
    return 0 if withdrawal.lifted_at is not None else withdraw_along(withdrawal, _resting_on(withdrawal))


def lift_copies(withdrawal: Withdrawal) -> None:
    """Lift what `withdraw_copies` wrote for `withdrawal`, now that it is lifted itself."""
    lift_along(withdrawal, _resting_on(withdrawal))


def _resting_on(withdrawal: Withdrawal) -> set[tuple[int, str]]:
    if withdrawal.version:
        return copy_versions_on(withdrawal.asset_id, withdrawal.version)
    return {(copy.pk, "") for copy in family(withdrawal.asset) if copy.pk != withdrawal.asset_id}


def copy_versions_on(upstream_id: int, version: str) -> set[tuple[int, str]]:
    """Return (copy's asset, its version) for every version of a copy that rests on this version of the original."""
    noted = CopyVersion.objects.filter(localisation__upstream=upstream_id, base_version=version)
    found = set(noted.values_list("localisation__asset", "version"))
    # A copy that was never put into the library, or before versions were noted, stands for itself.
    standing = Asset.objects.with_files().filter(
        localisation__upstream=upstream_id, localisation__base_version=version
    )
    return found | {(copy.pk, version_hash(copy)) for copy in standing}


def _earlier_versions(upstream: Asset) -> set[str]:
    now = version_hash(upstream)
    revisions = upstream.revisions.order_by("-created_at", "-pk")[:EARLIER_VERSIONS]
    return {version_hash(revision.as_object()) for revision in revisions} - {now}


def _withdraw(asset_id: int, version: str, reason: str, actor: Any) -> None:
    if not Withdrawal.objects.standing().filter(asset=asset_id, version=version).exists():
        Withdrawal.objects.create(
            asset_id=asset_id, version=version, reason=reason, urgent=True, by=actor, at=clock.now()
        )
