"""What the calls of one Google project have taken of its day, purse by purse."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from publishers.adapters.youtube.costs import Bucket


class QuotaUse(models.Model):
    """One purse of one project on one day of California, where Google's day ends. Grows with every call that leaves."""

    app = models.ForeignKey(
        "connections.PlatformApp", on_delete=models.CASCADE, related_name="quota_uses", verbose_name=_("dự án Google")
    )  # fmt: skip
    day = models.DateField(_("ngày (giờ Thái Bình Dương)"))
    bucket = models.CharField(
        _("phần hạn mức"), max_length=8, choices=[(each.value, each.value) for each in Bucket]
    )
    used = models.PositiveIntegerField(_("đã dùng"), default=0)

    class Meta:
        verbose_name = _("hạn mức đã dùng")
        verbose_name_plural = _("hạn mức đã dùng")
        constraints = [
            models.UniqueConstraint(fields=["app", "day", "bucket"], name="one_count_per_project_day_bucket")
        ]

    def __str__(self) -> str:
        return f"{self.app_id} · {self.day:%Y-%m-%d} · {self.bucket}: {self.used}"
