"""One row per person and cause: what somebody has to know, where it is dealt with, whether it was read."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from cms.core.models import NFCCharField


class NoticeKind(models.TextChoices):
    """What a notice is about; the word beside it on the screen."""

    CONNECTION = "connection", _("Kết nối kênh")
    LOOK = "look", _("Cần xem lại")
    BY_HAND = "by-hand", _("Đăng thủ công")
    OVERDUE = "overdue", _("Quá giờ đăng")
    STOP = "stop", _("Dừng đăng")
    RECALL = "recall", _("Thu hồi, đính chính")
    LIBRARY = "library", _("Kho tài liệu")
    APPROVAL = "approval", _("Phê duyệt")


class NoticeQuerySet(models.QuerySet["Notice"]):
    def of(self, user: Any) -> NoticeQuerySet:
        """What was told to this person."""
        return self.filter(user=user)

    def unread(self) -> NoticeQuerySet:
        """Notices that their person has not read."""
        return self.filter(read_at__isnull=True)


class Notice(models.Model):
    """A notice (thông báo) to one person. The same cause is told once to each."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="notices",
        verbose_name=_("người nhận"),
    )
    kind = models.CharField(_("loại thông báo"), max_length=12, choices=NoticeKind)
    sentence = NFCCharField(_("nội dung"), max_length=400)
    # A path inside this house, "/admin/…"; "" when there is nothing to open.
    link = models.CharField(_("liên kết"), max_length=300, blank=True, default="")
    # What it is about, exactly: "needs-look:81:3". Told once per person.
    cause = models.CharField(max_length=120)
    created_at = models.DateTimeField(_("lúc"))
    read_at = models.DateTimeField(_("đã đọc lúc"), null=True, blank=True)
    mailed_at = models.DateTimeField(_("gửi thư lúc"), null=True, blank=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("thông báo")
        verbose_name_plural = _("thông báo")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["user", "cause"], name="a_cause_is_told_once_to_each"),
            models.CheckConstraint(
                condition=models.Q(link="") | models.Q(link__startswith="/"),
                name="notice_links_inside_the_house",
            ),
        ]
        indexes = [
            models.Index(
                fields=["user", "-created_at"], condition=models.Q(read_at__isnull=True), name="notice_unread"
            ),
            models.Index(fields=["user", "-created_at"], name="notice_of_user"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.sentence
