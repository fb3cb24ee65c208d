"""What pictures, recordings and documents have in common: the body they belong to, the address of their asset."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class OfABody(models.Model):
    """A file that belongs to a body."""

    organisation = models.ForeignKey(
        "organisations.Organisation",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("cơ quan sở hữu"),
    )

    class Meta:
        abstract = True


class BehindItsAsset(OfABody):
    """A file whose address is that of an asset that carries it: it has none of its own."""

    class Meta:
        abstract = True

    @property
    def url(self) -> str:
        asset = self.assets.first()  # type: ignore[attr-defined]
        return asset.get_absolute_url() if asset else ""
