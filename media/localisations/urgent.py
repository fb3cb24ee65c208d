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
from media.library.withdrawals import lifted
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
    """Withdraw every copy of a wholly withdrawn asset with it; return how many were not withdrawn before."""
    if withdrawal.version or withdrawal.lifted_at is not None:
        return 0
    copies = [copy for copy in family(withdrawal.asset) if copy.pk != withdrawal.asset_id]
    return sum(
        _withdraw(copy.pk, "", withdrawal.reason, withdrawal.by, at=withdrawal.at, urgent=withdrawal.urgent)
        for copy in copies
    )


def lift_copies(withdrawal: Withdrawal) -> int:
    """Lift what `withdraw_copies` wrote for `withdrawal`, now that it is lifted itself."""
    copies = [copy.pk for copy in family(withdrawal.asset) if copy.pk != withdrawal.asset_id]
    rows = Withdrawal.objects.standing().filter(
        asset__in=copies, version="", at=withdrawal.at, by=withdrawal.by, reason=withdrawal.reason
    )
    return rows.update(lifted_at=withdrawal.lifted_at, lifted_by=withdrawal.lifted_by)


def withdraw_copy_versions(withdrawal: Withdrawal) -> int:
    """Withdraw with one version of an asset every version of its copies that rests on it; return how many were not
    withdrawn before. Their own copies follow through the same door; a copy that takes the update is a new version."""
    if not withdrawal.version or withdrawal.lifted_at is not None:
        return 0
    return sum(
        _withdraw(copy, version, withdrawal.reason, withdrawal.by, at=withdrawal.at, urgent=withdrawal.urgent)
        for copy, version in sorted(copy_versions_on(withdrawal.asset_id, withdrawal.version))
    )


def lift_copy_versions(withdrawal: Withdrawal) -> None:
    """Lift what `withdraw_copy_versions` wrote for `withdrawal`, now that it is lifted itself."""
    if not withdrawal.version:
        return
    resting = copy_versions_on(withdrawal.asset_id, withdrawal.version)
    rows = Withdrawal.objects.standing().filter(
        asset__in=[copy for copy, _version in resting],
        at=withdrawal.at,
        by=withdrawal.by,
        reason=withdrawal.reason,
    )
    for row in rows.select_related("asset"):
        if (row.asset_id, row.version) in resting:
            row.lifted_at, row.lifted_by = withdrawal.lifted_at, withdrawal.lifted_by
            row.save(update_fields=["lifted_at", "lifted_by"])
            lifted.send(sender=Withdrawal, withdrawal=row)


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


def _withdraw(
    asset_id: int, version: str, reason: str, actor: Any, *, at: Any = None, urgent: bool = True
) -> int:
    standing = Withdrawal.objects.standing().filter(asset=asset_id, version=version)
    if standing.exists():
        return 0
    Withdrawal.objects.create(
        asset_id=asset_id, version=version, reason=reason, urgent=urgent, by=actor, at=at or clock.now()
    )
    return 1
