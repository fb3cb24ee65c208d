"""What the machinery keeps for itself: rests of channels and apps, files opened for a platform, signs of life."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cms.core.models import NFCCharField


class Parking(models.Model):
    """Nothing is sent through this channel, app or project before `until` (a limit of the platform, or our own gap)."""

    channel = models.OneToOneField(
        "channels.Channel",
        null=True,
        on_delete=models.CASCADE,
        related_name="parking",
        verbose_name=_("kênh"),
    )
    app = models.OneToOneField(
        "connections.PlatformApp", null=True, on_delete=models.CASCADE, related_name="parking",
        verbose_name=_("ứng dụng"),
    )  # fmt: skip
    until = models.DateTimeField(_("đến"), db_index=True)
    sentence = NFCCharField(_("lý do"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("tạm nghỉ")
        verbose_name_plural = _("tạm nghỉ")
        constraints = [
            models.CheckConstraint(
                condition=Q(channel__isnull=False, app__isnull=True)
                | Q(channel__isnull=True, app__isnull=False),
                name="parking_is_for_a_channel_or_an_app",
            )
        ]

    def __str__(self) -> str:
        return f"{self.channel or self.app} → {self.until:%H:%M}"


class PublicFile(models.Model):
    """An approved rendition that a platform fetches itself, under an address nobody can guess (promise 4).

    Open until the delivery has ended, plus seven days."""

    token = models.CharField(max_length=60, unique=True)
    delivery = models.ForeignKey("delivery.Delivery", on_delete=models.CASCADE, related_name="public_files")
    sha256 = models.CharField(max_length=64)
    path = models.CharField(max_length=300)
    media_type = models.CharField(max_length=80)

    class Meta:
        verbose_name = _("tệp mở cho nền tảng")
        verbose_name_plural = _("tệp mở cho nền tảng")

    def __str__(self) -> str:
        return self.sha256[:12]


class Heartbeat(models.Model):
    """When a part of the machinery was last seen: "beat", or the workers of a lane on one machine."""

    name = models.CharField(_("bộ phận"), max_length=80, unique=True)
    seen_at = models.DateTimeField(_("thấy lần cuối"))

    class Meta:
        verbose_name = _("nhịp sống")
        verbose_name_plural = _("nhịp sống")

    def __str__(self) -> str:
        return self.name
