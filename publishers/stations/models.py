"""Commune stations: who they are, how they read, when they are on air."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cms.core.models import Dated, NFCCharField
from publishers.stations.querysets import StationQuerySet


class Technology(models.TextChoices):
    FM = "fm", _("FM")
    WIRED = "co-day", _("Có dây")
    IP = "ip", _("IP (ứng dụng CNTT-VT)")
    MIXED = "hon-hop", _("Hỗn hợp")


class ReadingStyle(models.TextChoices):
    """The regional reading chosen once per station (VIETNAM: nghìn/ngàn, linh/lẻ, tư/bốn)."""

    NORTHERN = "bac", _("Bắc")
    CENTRAL = "trung", _("Trung")
    SOUTHERN = "nam", _("Nam")


class Station(Dated):
    """A loudspeaker station (đài truyền thanh) of a commune; a commune has none, one or several."""

    organisation = models.ForeignKey(
        "organisations.Organisation",
        on_delete=models.PROTECT,
        related_name="stations",
        verbose_name=_("cơ quan chủ quản"),
    )
    place = models.ForeignKey(
        "places.AdministrativeUnit",
        on_delete=models.PROTECT,
        related_name="stations",
        verbose_name=_("địa bàn"),
    )
    name = NFCCharField(_("tên đài"), max_length=150, help_text=_("Tên xướng trên sóng."))
    # The public address /dai/<slug>/ an operator opens without signing in.
    slug = models.SlugField(_("địa chỉ công khai"), max_length=80, unique=True)
    clusters = models.PositiveSmallIntegerField(_("số cụm loa"), default=0)
    technology = models.CharField(_("công nghệ"), max_length=8, choices=Technology, default=Technology.FM)
    reading_style = models.CharField(
        _("cách đọc"), max_length=8, choices=ReadingStyle, default=ReadingStyle.NORTHERN
    )
    # What the station says otherwise than its region: switch of the engine's Style → choice. Empty: as the region.
    reading_choices = models.JSONField(_("cách đọc riêng"), default=dict, blank=True)
    # Syllables per minute; 190 is the careful outdoor rate, a station calibrates its own.
    reading_rate = models.PositiveSmallIntegerField(_("tốc độ đọc (âm tiết/phút)"), default=190)
    # Tags of what the station broadcasts in beside Vietnamese (media/taxonomy/languages.py): which translations stand in
    # its packages and sessions.
    languages = models.JSONField(_("phát thêm bằng tiếng"), default=list, blank=True)
    is_active = models.BooleanField(_("đang hoạt động"), default=True)

    objects = StationQuerySet.as_manager()

    class Meta:
        verbose_name = _("đài truyền thanh")
        verbose_name_plural = _("đài truyền thanh")
        ordering = ["place__path", "name"]
        constraints = [
            models.UniqueConstraint(fields=["place", "name"], name="station_name_once_per_place"),
            models.CheckConstraint(
                condition=Q(reading_rate__gte=100, reading_rate__lte=300), name="station_rate_is_human"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class BroadcastWindow(models.Model):
    """A time of day in which the station is on air (khung giờ phát)."""

    station = models.ForeignKey(
        Station, on_delete=models.CASCADE, related_name="windows", verbose_name=_("đài truyền thanh")
    )
    starts = models.TimeField(_("từ"))
    ends = models.TimeField(_("đến"))

    class Meta:
        verbose_name = _("khung giờ phát")
        verbose_name_plural = _("khung giờ phát")
        ordering = ["starts"]
        constraints = [
            models.CheckConstraint(condition=Q(ends__gt=F("starts")), name="window_ends_after_it_starts")
        ]

    def __str__(self) -> str:
        return f"{self.starts:%H:%M}–{self.ends:%H:%M}"
