"""Posts on our own accounts that people made on the platform itself, and when each account was read last."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from cms.core.models import NFCTextField


class NativePost(models.Model):
    """A post on one of our channels that this house did not send (đăng ngoài hệ thống)."""

    channel = models.ForeignKey(
        "channels.Channel", on_delete=models.CASCADE, related_name="native_posts", verbose_name=_("kênh")
    )
    remote_id = models.CharField(_("mã trên nền tảng"), max_length=200)
    title = NFCTextField(_("tiêu đề"), blank=True, default="")
    text = NFCTextField(_("nội dung"), blank=True, default="")
    permalink = models.URLField(_("liên kết"), max_length=500, blank=True)
    published_at = models.DateTimeField(_("đăng lúc"))
    first_seen_at = models.DateTimeField(_("thấy lần đầu"))
    last_seen_at = models.DateTimeField(_("thấy lần cuối"))

    class Meta:
        verbose_name = _("bài đăng ngoài hệ thống")
        verbose_name_plural = _("bài đăng ngoài hệ thống")
        ordering = ["-published_at"]
        constraints = [
            models.UniqueConstraint(fields=["channel", "remote_id"], name="a_native_post_once_per_channel")
        ]
        indexes = [models.Index(fields=["published_at"], name="native_published")]

    def __str__(self) -> str:
        return self.title or self.text[:60] or self.remote_id


class NativeReading(models.Model):
    """When a channel's own posts were read last, and what the platform said."""

    channel = models.OneToOneField(
        "channels.Channel", on_delete=models.CASCADE, related_name="native_reading"
    )
    read_at = models.DateTimeField(_("đọc lúc"))
    next_at = models.DateTimeField(db_index=True)
    sentence = NFCTextField(_("giải thích"), blank=True, default="")

    class Meta:
        verbose_name = _("lần đọc kênh")
        verbose_name_plural = _("lần đọc kênh")

    def __str__(self) -> str:
        return f"{self.channel_id}: {self.read_at:%H:%M}"
