"""Programmes: the session of a station in one broadcast window, with what the commune adds and how it was arranged."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cms.core.models import Dated, NFCCharField
from publishers.programmes.air_log import AirLogEntry, Evidence
from publishers.programmes.devices import EnrolmentCode, OperatorDevice
from publishers.programmes.notices import LocalNotice, NoticeState

__all__ = [
    "AirLogEntry", "EnrolmentCode", "Evidence", "LocalNotice", "NoticeState", "OperatorDevice", "Programme",
    "ProgrammeItem", "Relay",
]  # fmt: skip


class Programme(Dated):
    """What people chose for one session of a station (chương trình phát thanh). A session nobody has touched has no
    row: it is gathered from the scripts and notices of its window."""

    station = models.ForeignKey(
        "stations.Station",
        on_delete=models.PROTECT,
        related_name="programmes",
        verbose_name=_("đài truyền thanh"),
    )
    day = models.DateField(_("ngày phát"))
    starts = models.TimeField(_("từ"))
    ends = models.TimeField(_("đến"))
    updated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("người sắp xếp")
    )

    class Meta:
        verbose_name = _("chương trình phát thanh")
        verbose_name_plural = _("chương trình phát thanh")
        ordering = ["-day", "starts"]
        constraints = [
            models.UniqueConstraint(fields=["station", "day", "starts"], name="one_programme_per_session"),
            models.CheckConstraint(condition=Q(ends__gt=F("starts")), name="programme_ends_after_it_starts"),
        ]

    def __str__(self) -> str:
        return f"{self.station} {self.day:%d/%m/%Y} {self.starts:%H:%M}"


class ProgrammeItem(models.Model):
    """Where an item stands in a session, how long a version of it is played, whether it is left out."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="items")
    # "script:<slot>", "notice:<id>", "relay:<id>": a correction of a script keeps its place.
    key = models.CharField(_("mục"), max_length=40)
    position = models.PositiveSmallIntegerField(_("thứ tự"))
    # 1, 3 or 5: a shorter version; 0: the whole.
    minutes = models.PositiveSmallIntegerField(_("bản phút"), default=0)
    skipped = models.BooleanField(_("không phát"), default=False)

    class Meta:
        verbose_name = _("mục của chương trình")
        verbose_name_plural = _("mục của chương trình")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "key"], name="item_once_per_programme"),
            models.CheckConstraint(condition=Q(minutes__in=[0, 1, 3, 5]), name="item_has_a_known_length"),
        ]

    def __str__(self) -> str:
        return self.key


class Relay(models.Model):
    """A programme taken over from another station (tiếp âm)."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="relays")
    title = NFCCharField(_("tên chương trình tiếp âm"), max_length=150)
    source = NFCCharField(_("nguồn"), max_length=100)
    minutes = models.PositiveSmallIntegerField(_("số phút"))

    class Meta:
        verbose_name = _("tiếp âm")
        verbose_name_plural = _("tiếp âm")
        constraints = [
            models.CheckConstraint(
                condition=Q(minutes__gte=1, minutes__lte=60), name="relay_lasts_up_to_an_hour"
            )
        ]

    def __str__(self) -> str:
        return self.title
