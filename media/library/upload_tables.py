"""Uploads on their way: what has arrived of a file, so that a lost line costs nothing that was sent."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from cms.core.models import Dated, NFCCharField, PubliclyNumbered


class UploadState(models.TextChoices):
    COMING = "dang-nhan", _("Đang nhận")
    KEPT = "da-luu", _("Đã lưu")
    REFUSED = "bi-tu-choi", _("Bị từ chối")


class Upload(Dated, PubliclyNumbered):
    """One file that a person sends in parts. Only that person sees it."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    organisation = models.ForeignKey("organisations.Organisation", on_delete=models.CASCADE, related_name="+")
    name = NFCCharField(_("tên tệp"), max_length=120)
    # By which the person's machine knows the file again after a reload: size and time of last change.
    size = models.PositiveBigIntegerField(_("dung lượng (byte)"))
    changed_at = models.PositiveBigIntegerField(default=0)
    received = models.PositiveBigIntegerField(_("đã nhận (byte)"), default=0)
    state = models.CharField(max_length=12, choices=UploadState, default=UploadState.COMING)
    complaint = models.TextField(blank=True)
    asset = models.ForeignKey("library.Asset", null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        verbose_name = _("tệp đang tải lên")
        verbose_name_plural = _("tệp đang tải lên")
        indexes = [models.Index(fields=["user", "state"], name="upload_of_person")]

    def __str__(self) -> str:
        return self.name
