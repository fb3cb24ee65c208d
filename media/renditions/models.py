"""The table of renditions: who wants which file cut from which asset, how far it is, where it lies."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cms.core.leased_work import LeasedWork, free
from cms.core.models import Dated, NFCCharField, PubliclyNumbered

#: A file nobody fetched for this long is thrown away; it is made anew when somebody asks.
KEPT: Final = timedelta(days=30)


class RenditionState(models.TextChoices):
    WAITING = "waiting", _("Chờ đến lượt")
    RUNNING = "running", _("Đang cắt")
    DONE = "done", _("Xong")
    STOPPED = "stopped", _("Đã dừng")
    FAILED = "failed", _("Không cắt được")


class RenditionQuerySet(models.QuerySet["Rendition"]):
    """Questions about renditions."""

    def free(self) -> RenditionQuerySet:
        """Renditions that are not finished, and that no living worker is at."""
        return free(self)


class Rendition(LeasedWork, Dated, PubliclyNumbered):
    """One file cut from an asset for a channel (tệp theo kênh), with the wishes of those who asked for it.

    `key` is made from everything the file shows: the same key, the same bytes, so the same thing is not made twice."""

    LEASE = timedelta(seconds=90)
    MOST_TRIES = 3

    asset = models.ForeignKey(
        "library.Asset", on_delete=models.CASCADE, related_name="channel_files", verbose_name=_("tài liệu")
    )
    # A key of `offers.OFFERS`, and the wishes as JSON text in a fixed order ("" where there is nothing to wish).
    offer = models.CharField(_("khuôn"), max_length=40)
    wishes = models.CharField(max_length=200, blank=True, default="")
    organisation = models.ForeignKey(
        "organisations.Organisation",
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("cơ quan ghi trên tệp"),
    )
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("người yêu cầu")
    )
    state = models.CharField(
        _("tình trạng"), max_length=8, choices=RenditionState, default=RenditionState.WAITING
    )
    percent = models.PositiveSmallIntegerField(_("phần trăm"), default=0)
    sentence = NFCCharField(_("lý do"), max_length=300, blank=True)
    key = models.CharField(max_length=64, blank=True, db_index=True)
    file = models.CharField(max_length=200, blank=True)
    media_type = models.CharField(max_length=80, blank=True)
    size = models.PositiveBigIntegerField(_("dung lượng"), default=0)
    sha256 = models.CharField(_("SHA-256"), max_length=64, blank=True)
    # Captions that go beside the clip, in its own time: an opening card moves them.
    captions = models.TextField(blank=True)
    finished_at = models.DateTimeField(_("xong lúc"), null=True)
    fetched_at = models.DateTimeField(null=True, editable=False)

    objects = RenditionQuerySet.as_manager()

    class Meta:
        verbose_name = _("tệp theo kênh")
        verbose_name_plural = _("tệp theo kênh")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["asset", "organisation", "offer", "wishes"], name="one_rendition_per_wish"
            ),
            models.CheckConstraint(condition=Q(percent__lte=100), name="rendition_is_never_more_than_whole"),
        ]

    def __str__(self) -> str:
        return f"{self.asset}: {self.offer}"
