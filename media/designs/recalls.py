"""A picture of the library that was drawn into graphics: where they are listed, and that a recall reaches them too."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import F
from django.db.models.signals import post_save
from django.dispatch import receiver
from django.urls import reverse
from django.utils.translation import gettext as _

from media.library.models import Asset, Withdrawal
from media.library.uses import Use
from media.library.withdrawals import lifted


def uses_in_drawings(pks: list[int]) -> Iterable[Use]:
    """Return each asset whose picture was drawn with the picture of one of these assets. One question."""
    rows = (
        Asset.objects.annotate(shown=F("image__drawing__picture__assets"))
        .filter(shown__in=pks)
        .select_related("organisation__place__parent__parent")
    )
    for row in rows:
        yield Use(
            row.shown,
            _("Đồ họa theo mẫu"),
            row.title,
            row.organisation,
            row.created_at,
            reverse("library_used", args=[row.public_id]),
            row,
        )


@receiver(post_save, sender=Withdrawal, dispatch_uid="designs_withdraw_drawn")
def picture_withdrawn(sender: Any, instance: Withdrawal, created: bool, **kwargs: Any) -> None:
    """Withdraw with a whole asset every graphic that shows its picture; their own copies follow through the same door."""
    if not created or instance.version:
        return
    for use in uses_in_drawings([instance.asset_id]):
        if not Withdrawal.objects.standing().filter(asset=use.row, version="").exists():
            Withdrawal.objects.create(
                asset=use.row, version="", reason=instance.reason, urgent=instance.urgent, by=instance.by, at=instance.at
            )  # fmt: skip


@receiver(lifted, sender=Withdrawal, dispatch_uid="designs_lift_drawn")
def picture_given_back(sender: Any, withdrawal: Withdrawal, **kwargs: Any) -> None:
    """Give back what was withdrawn with the picture, and only that."""
    if withdrawal.version:
        return
    drawn = [use.row.pk for use in uses_in_drawings([withdrawal.asset_id])]
    rows = Withdrawal.objects.standing().filter(
        asset__in=drawn, version="", at=withdrawal.at, by=withdrawal.by, reason=withdrawal.reason
    )
    for row in rows.select_related("asset"):
        row.lifted_at, row.lifted_by = withdrawal.lifted_at, withdrawal.lifted_by
        row.save(update_fields=["lifted_at", "lifted_by"])
        lifted.send(sender=Withdrawal, withdrawal=row)
