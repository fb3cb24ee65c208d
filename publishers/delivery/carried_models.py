"""Which asset in which version a slot carries: written at booking, so that a withdrawal finds what uses it."""

from __future__ import annotations

from django.db import models


class CarriedAsset(models.Model):
    """One asset, in the version that was frozen, that goes out (or went out) at a slot."""

    slot = models.ForeignKey("schedule.Slot", on_delete=models.CASCADE, related_name="carried")
    asset = models.ForeignKey("library.Asset", on_delete=models.PROTECT, related_name="carried_by")
    version = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["slot", "asset", "version"], name="carried_once_per_version")
        ]
        indexes = [models.Index(fields=["asset", "version"], name="carried_asset_version")]

    def __str__(self) -> str:
        return f"{self.slot_id}: {self.asset_id} {self.version[:12]}"
