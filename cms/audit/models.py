"""Who did what to which thing, when. Rows are only ever added; seals chain them together afterwards."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class AuditRow(models.Model):
    """One act. Written in the act's own transaction: an act without its row did not happen."""

    at = models.DateTimeField(_("thời điểm"), db_index=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("người thực hiện"),
    )
    # The name at the time, so that the row can be read after the account was renamed; "hệ thống" for a worker.
    actor_name = models.CharField(_("tên người thực hiện"), max_length=150)
    verb = models.CharField(_("hành động"), max_length=60, db_index=True)
    target_type = models.CharField(_("loại đối tượng"), max_length=60)
    target_id = models.CharField(_("mã đối tượng"), max_length=40)
    target_name = models.CharField(_("đối tượng"), max_length=200)
    organisation_id = models.BigIntegerField(_("mã cơ quan"), null=True, blank=True)
    detail = models.JSONField(_("chi tiết"), default=dict)

    class Meta:
        verbose_name = _("dòng nhật ký thao tác")
        verbose_name_plural = _("nhật ký thao tác")
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["target_type", "target_id"], name="audit_target"),
            models.Index(fields=["organisation_id", "-id"], name="audit_organisation"),
        ]

    def __str__(self) -> str:
        return f"{self.verb} · {self.target_name}"


class AuditSeal(models.Model):
    """The seal of one row: hash(previous seal ‖ row). The row's id is kept as a number, so that a deleted row shows."""

    sequence = models.BigIntegerField(primary_key=True)
    row_id = models.BigIntegerField(unique=True)
    hash = models.CharField(max_length=64)
    sealed_at = models.DateTimeField()

    class Meta:
        verbose_name = _("dấu niêm phong nhật ký")
        verbose_name_plural = _("dấu niêm phong nhật ký")
        ordering = ["sequence"]

    def __str__(self) -> str:
        return f"{self.sequence} · {self.hash[:12]}"
