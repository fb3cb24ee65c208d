"""A note that something an asset rests on has changed."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class AssetFlag(models.Model):
    """Cần rà soát: the asset rests on a fact that changed, and nobody has said yet that it is right again."""

    asset = models.ForeignKey("library.Asset", on_delete=models.CASCADE, related_name="flags")
    fact = models.ForeignKey("facts.Fact", on_delete=models.CASCADE, related_name="+")
    sentence = models.CharField(max_length=250)
    at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        verbose_name = _("cần rà soát")
        verbose_name_plural = _("cần rà soát")
        constraints = [
            models.UniqueConstraint(
                fields=["asset", "fact"],
                condition=models.Q(settled_at__isnull=True),
                name="one_standing_flag_per_fact",
            )
        ]

    def __str__(self) -> str:
        return self.sentence
