"""The air log (nhật ký phát thanh): what a station really played, when, for how long, and who says so."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cms.core.models import NFCCharField
from publishers.scripts.plans import Priority
from publishers.scripts.querysets import day_bounds
from publishers.scripts.timing import length_in_words

if TYPE_CHECKING:
    from campaigns.schedule.models import Slot


class Evidence(models.TextChoices):
    """How good the evidence of a broadcast is, the best first."""

    ON_TIME = "a", _("A: máy trực xác nhận trong vòng 2 giờ")
    LATER = "b", _("B: máy trực xác nhận sau")
    DECLARED = "c", _("C: khai trong trang quản trị")


class ItemKind(models.TextChoices):
    SCRIPT = "script", _("Bản tin")
    NOTICE = "notice", _("Thông báo của địa phương")
    RELAY = "relay", _("Tiếp âm")


class AirLogQuerySet(models.QuerySet["AirLogEntry"]):
    """Questions about what was played."""

    def between(self, first: date, last: date) -> AirLogQuerySet:
        """Entries that began from `first` to `last`, both days included, as days in Viet Nam."""
        return self.filter(starts_at__gte=day_bounds(first)[0], starts_at__lt=day_bounds(last)[1])

    def of_old_versions(self, slots: Iterable[Slot]) -> AirLogQuerySet:
        """What was played of scripts that have been corrected or taken back since: whoever played it must tell its
        listeners."""
        return self.filter(script__slot__in=slots).exclude(script__state="live").order_by("starts_at")


class AirLogEntry(models.Model):
    """One broadcast of one item (lượt phát). Written once; a mistake is marked and written again."""

    station = models.ForeignKey(
        "stations.Station",
        on_delete=models.PROTECT,
        related_name="air_log",
        verbose_name=_("đài truyền thanh"),
    )
    kind = models.CharField(_("nguồn"), max_length=8, choices=ItemKind)
    title = NFCCharField(_("tên bản tin"), max_length=200)
    issuer = NFCCharField(_("cơ quan ban hành"), max_length=200, blank=True)
    priority = models.CharField(_("loại"), max_length=12, choices=Priority, default=Priority.NORMAL)
    script = models.ForeignKey(
        "scripts.ScriptVersion",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="broadcasts",
        verbose_name=_("bản tin"),
    )
    notice = models.ForeignKey(
        "programmes.LocalNotice",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="broadcasts",
        verbose_name=_("thông báo"),
    )
    # The hash of the very text that was played.
    text_sha256 = models.CharField(_("mã băm nội dung"), max_length=64, blank=True)
    starts_at = models.DateTimeField(_("bắt đầu"))
    ends_at = models.DateTimeField(_("kết thúc"))
    clusters = models.PositiveSmallIntegerField(_("số cụm loa phát được"), default=0)
    note = NFCCharField(_("sự cố, ghi chú"), max_length=250, blank=True)
    evidence = models.CharField(_("mức bằng chứng"), max_length=1, choices=Evidence)
    device = models.ForeignKey(
        "programmes.OperatorDevice",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="broadcasts",
        verbose_name=_("máy trực"),
    )
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("người ghi"),
    )
    recorded_at = models.DateTimeField(_("ghi lúc"))
    # Sent along by the phone: the same confirmation sent twice is one broadcast.
    request_key = models.CharField(max_length=64, unique=True)

    objects = AirLogQuerySet.as_manager()

    class Meta:
        verbose_name = _("lượt phát")
        verbose_name_plural = _("nhật ký phát thanh")
        ordering = ["starts_at", "pk"]
        indexes = [models.Index(fields=["station", "starts_at"], name="air_log_station_time")]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="broadcast_ends_after_it_starts"
            ),
            models.CheckConstraint(
                condition=(Q(device__isnull=False) & ~Q(evidence="c"))
                | (Q(recorded_by__isnull=False) & Q(evidence="c")),
                name="broadcast_knows_who_says_so",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def length_text(self) -> str:
        return length_in_words((self.ends_at - self.starts_at).total_seconds())
