"""The keys to official channels: apps registered with a platform, and what a person granted us for one channel."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cms.channels.kinds import ChannelKind
from cms.core.models import Dated, NFCCharField
from cms.core.sealed_field import SealedField


class Platform(models.TextChoices):
    FACEBOOK = "facebook", _("Ứng dụng Facebook")
    GOOGLE = "google", _("Dự án Google")
    ZALO = "zalo", _("Ứng dụng Zalo")


PLATFORM_OF_KIND = {
    ChannelKind.FACEBOOK: Platform.FACEBOOK,
    ChannelKind.YOUTUBE: Platform.GOOGLE,
    ChannelKind.ZALO: Platform.ZALO,
}


class PlatformApp(Dated):
    """An app or project that a body registered with a platform. Rate limits of a whole app reach all its channels."""

    organisation = models.ForeignKey(
        "organisations.Organisation", on_delete=models.PROTECT, related_name="platform_apps",
        verbose_name=_("cơ quan đăng ký"),
    )  # fmt: skip
    platform = models.CharField(_("nền tảng"), max_length=10, choices=Platform)
    name = NFCCharField(_("tên ứng dụng"), max_length=120)
    app_id = models.CharField(_("mã ứng dụng"), max_length=200)
    secret = SealedField(_("khóa bí mật"), blank=True, default="")
    # Zalo in console mode: one verifier for as long as its challenge stands in the developers' console.
    console_verifier = SealedField(blank=True, default="", editable=False)
    # Google only: what the project has a day. Google gives these two numbers; more is asked for in its console.
    daily_units = models.PositiveIntegerField(_("đơn vị hạn mức mỗi ngày"), default=10_000)
    daily_inserts = models.PositiveIntegerField(_("số video tải lên mỗi ngày"), default=100)

    class Meta:
        verbose_name = _("ứng dụng trên nền tảng")
        verbose_name_plural = _("ứng dụng trên nền tảng")
        ordering = ["platform", "name"]
        constraints = [
            models.UniqueConstraint(fields=["platform", "app_id"], name="one_row_per_platform_app")
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.get_platform_display()})"


class ConnectionState(models.TextChoices):
    OK = "ok", _("Đang kết nối")
    NEEDS_RECONNECT = "needs-reconnect", _("Cần kết nối lại")
    DISCONNECTED = "disconnected", _("Đã ngắt kết nối")


class Health(models.TextChoices):
    """What the last look at the account found; "" before the first."""

    GOOD = "good", _("Tốt")
    CARE = "care", _("Cần chú ý")
    BAD = "bad", _("Không đăng được")
    UNKNOWN = "unknown", _("Chưa kiểm tra được")


class ConnectionQuerySet(models.QuerySet["Connection"]):
    def usable(self) -> ConnectionQuerySet:
        """Connections a post may be sent with."""
        return self.filter(state=ConnectionState.OK).exclude(access_token="")

    def expiring(self, before: datetime) -> ConnectionQuerySet:
        """Usable connections whose access token dies before `before` and that can be renewed without a person."""
        return self.usable().filter(expires_at__lt=before).exclude(refresh_token="")


class Connection(Dated):
    """What one channel was granted. `version` moves with every new pair of tokens; `lease_until` lets one worker renew.

    The lease is taken, and the new pair is stored, by one UPDATE that names the version read before. No transaction is
    open while the platform is asked."""

    channel = models.OneToOneField(
        "channels.Channel", on_delete=models.CASCADE, related_name="connection", verbose_name=_("kênh")
    )
    app = models.ForeignKey(
        PlatformApp, null=True, blank=True, on_delete=models.PROTECT, related_name="connections",
        verbose_name=_("ứng dụng"),
    )  # fmt: skip
    access_token = SealedField(_("mã truy cập"), blank=True, default="", editable=False)
    refresh_token = SealedField(_("mã gia hạn"), blank=True, default="", editable=False)
    # None: the platform names no end (a Page token), which is not the same as "for ever".
    expires_at = models.DateTimeField(_("mã truy cập hết hạn lúc"), null=True, blank=True, editable=False)
    refresh_token_since = models.DateTimeField(_("mã gia hạn có từ"), null=True, blank=True, editable=False)
    version = models.PositiveIntegerField(default=0, editable=False)
    lease_until = models.DateTimeField(null=True, blank=True, editable=False)
    state = models.CharField(
        _("tình trạng"), max_length=16, choices=ConnectionState, default=ConnectionState.OK, editable=False
    )
    scopes = models.JSONField(_("quyền được cấp"), default=list, blank=True, editable=False)
    connected_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.PROTECT, related_name="+",
        verbose_name=_("người kết nối"),
    )  # fmt: skip
    connected_at = models.DateTimeField(_("kết nối lúc"), null=True, editable=False)
    last_checked = models.DateTimeField(_("kiểm tra lần cuối"), null=True, editable=False)
    last_error_sentence = NFCCharField(_("lỗi gần nhất"), max_length=300, blank=True, editable=False)
    health = models.CharField(_("sức khỏe"), max_length=10, choices=Health, blank=True, editable=False)
    health_checked_at = models.DateTimeField(_("kiểm tra sức khỏe lúc"), null=True, editable=False)
    # [{"level": "care" | "bad", "code": "…", "sentence": "…"}] and what the platform says about the account.
    findings = models.JSONField(default=list, blank=True, editable=False)
    facts = models.JSONField(default=dict, blank=True, editable=False)
    data_access_until = models.DateTimeField(_("quyền dữ liệu hết hạn lúc"), null=True, editable=False)
    package_until = models.DateField(_("gói dịch vụ OA đến ngày"), null=True, editable=False)
    # The forecast that people were told last ("soon 2026-11-27"), so that nobody is told twice.
    told = models.CharField(max_length=40, blank=True, editable=False)

    objects = ConnectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("kết nối kênh")
        verbose_name_plural = _("kết nối kênh")
        indexes = [models.Index(fields=["state", "expires_at"], name="connection_expiry")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["ok", "needs-reconnect", "disconnected"]),
                name="connection_state_is_known",
            ),
        ]

    def __str__(self) -> str:
        return str(self.channel)

    def is_fresh(self, now: datetime, margin: timedelta) -> bool:
        """Return whether the access token will still be alive `margin` after `now`."""
        return self.expires_at is None or self.expires_at - margin > now


class Consent(models.Model):
    """One way to a platform's dialog and back: opened by one person in one session for one channel, used once.

    Of `state` and of the session only hashes are kept. What a person still has to choose from (Pages with their
    tokens) waits sealed, for as long as the consent lives, and is wiped with the choice."""

    state_hash = models.CharField(max_length=64, unique=True, editable=False)
    session_hash = models.CharField(max_length=64, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    channel = models.ForeignKey("channels.Channel", on_delete=models.CASCADE, related_name="consents")
    app = models.ForeignKey(PlatformApp, on_delete=models.CASCADE, related_name="consents")
    redirect_uri = models.CharField(max_length=500)
    verifier = SealedField(blank=True, default="", editable=False)
    choices = SealedField(blank=True, default="", editable=False)
    opened_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("lượt cấp quyền")
        verbose_name_plural = _("lượt cấp quyền")

    def __str__(self) -> str:
        return f"{self.channel} · {self.opened_at:%Y-%m-%d %H:%M}"


# A table with a subject of its own; Django looks for it here.
from publishers.connections.quota_models import QuotaUse  # noqa: E402, F401
