"""Who approved exactly what, and the task type that makes Wagtail's workflow ask for it."""

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext_lazy as _

from cms.core.models import NFCCharField


class Approval(models.Model):
    """The truth about an approval: this person, in this position, approved the content with this hash at this time.

    It counts only while the thing's present hash is the one that was approved and nobody has voided it."""

    content_type = models.ForeignKey(ContentType, on_delete=models.PROTECT, related_name="+")
    object_id = models.PositiveBigIntegerField()
    item = GenericForeignKey("content_type", "object_id")
    organisation = models.ForeignKey(
        "organisations.Organisation", on_delete=models.PROTECT, related_name="+", verbose_name=_("cơ quan duyệt")
    )
    content_hash = models.CharField(_("mã băm nội dung"), max_length=64)
    approver = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="approvals", verbose_name=_("người duyệt")
    )
    approver_name = NFCCharField(_("tên người duyệt"), max_length=120)
    approver_position = NFCCharField(_("chức vụ người duyệt"), max_length=120, blank=True)
    approved_at = models.DateTimeField(_("duyệt lúc"))
    voided_at = models.DateTimeField(_("hết giá trị lúc"), null=True, blank=True)
    void_reason = NFCCharField(_("lý do hết giá trị"), max_length=250, blank=True)

    class Meta:
        verbose_name = _("phê duyệt")
        verbose_name_plural = _("phê duyệt")
        ordering = ["-approved_at"]
        indexes = [models.Index(fields=["content_type", "object_id"], name="approval_item")]
        constraints = [
            models.UniqueConstraint(
                fields=["content_type", "object_id"],
                condition=models.Q(voided_at__isnull=True),
                name="one_standing_approval_per_item",
            )
        ]

    def __str__(self) -> str:
        return f"{self.approver_name} – {self.content_hash[:12]}"
