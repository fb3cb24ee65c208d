"""Taking back and correcting what is out: the recall of one post, and how each station stands in it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cms.core.models import Dated, NFCCharField, PubliclyNumbered


class RecallKind(models.TextChoices):
    WITHDRAW = "withdraw", _("Thu hồi")
    CORRECT = "correct", _("Đính chính")


class Recall(PubliclyNumbered, Dated):
    """One post taken back (thu hồi) or corrected (đính chính) wherever it is out.

    What is done to each channel is a delivery with a purpose; what is done to each station is a RecalledStation. From
    its start on the verify page says so, with `reason`: it is written for citizens."""

    kind = models.CharField(_("loại"), max_length=8, choices=RecallKind)
    post = models.ForeignKey(
        "posts.Post", on_delete=models.PROTECT, related_name="recalls", verbose_name=_("bài đăng")
    )
    organisation = models.ForeignKey(
        "organisations.Organisation", on_delete=models.PROTECT, related_name="+", verbose_name=_("cơ quan, đơn vị")
    )  # fmt: skip
    # The withdrawn asset that made it necessary, if one did.
    withdrawal = models.ForeignKey(
        "library.Withdrawal", null=True, blank=True, on_delete=models.PROTECT, related_name="recalls",
        verbose_name=_("lệnh thu hồi tài liệu"),
    )  # fmt: skip
    reason = NFCCharField(_("lý do công khai"), max_length=250)
    # A correction goes out under the approval of the corrected text.
    approval = models.ForeignKey("approvals.Approval", null=True, on_delete=models.PROTECT, related_name="+")
    started_at = models.DateTimeField(_("bắt đầu lúc"))
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("người yêu cầu")
    )
    finished_at = models.DateTimeField(_("xong lúc"), null=True, blank=True)

    class Meta:
        verbose_name = _("lệnh thu hồi, đính chính")
        verbose_name_plural = _("lệnh thu hồi, đính chính")
        ordering = ["-started_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["post"],
                condition=Q(finished_at__isnull=True),
                name="one_open_recall_per_post",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="recall_has_a_public_reason"),
            models.CheckConstraint(
                condition=Q(kind=RecallKind.WITHDRAW) | Q(approval__isnull=False),
                name="correction_goes_out_approved",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.post}"


class RecalledStation(models.Model):
    """One station whose script is taken back or replaced; `proven_at` is when its page was read back and said so."""

    recall = models.ForeignKey(Recall, on_delete=models.CASCADE, related_name="stations")
    delivery = models.ForeignKey("delivery.Delivery", on_delete=models.PROTECT, related_name="recalled_by")
    next_at = models.DateTimeField(null=True, editable=False)
    tries = models.PositiveSmallIntegerField(default=0, editable=False)
    proven_at = models.DateTimeField(_("đọc lại thấy đúng lúc"), null=True)
    sentence = models.TextField(_("giải thích"), blank=True, default="")

    class Meta:
        verbose_name = _("đài có bản tin bị thu hồi")
        verbose_name_plural = _("đài có bản tin bị thu hồi")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["recall", "delivery"], name="a_station_once_per_recall"),
            models.CheckConstraint(
                condition=Q(proven_at__isnull=True) | Q(next_at__isnull=True), name="proven_stations_rest"
            ),
        ]
        indexes = [
            models.Index(fields=["next_at", "id"], condition=Q(next_at__isnull=False), name="recalled_next")
        ]

    def __str__(self) -> str:
        return f"{self.recall_id}: {self.delivery_id}"
