"""Table of the sounds that are being made in the background: what for, how far the work is, what came out."""

from __future__ import annotations

from datetime import timedelta

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cms.core.leased_work import LeasedWork
from cms.core.models import Dated, NFCCharField
from publishers.scripts.package_jobs import JobState


class SoundKind(models.TextChoices):
    SCRIPT = "ban-tin", _("Bản tin")
    SESSION = "buoi-phat", _("Buổi phát")


class SoundJob(LeasedWork, Dated):
    """One sound somebody wants. `subject` says of what (a script's id, or station, day and session); `file` is what was
    made last, by its content, and `chapters` where in it each item begins: [[title, seconds], …]."""

    #: One turn of a slow voice fits in.
    LEASE = timedelta(seconds=300)
    MOST_TRIES = 3

    kind = models.CharField(_("loại"), max_length=10, choices=SoundKind)
    subject = models.CharField(_("âm thanh của"), max_length=60, editable=False)
    station = models.ForeignKey(
        "stations.Station", on_delete=models.CASCADE, related_name="sound_jobs", verbose_name=_("đài truyền thanh")
    )  # fmt: skip
    state = models.CharField(_("tình trạng"), max_length=8, choices=JobState, default=JobState.WAITING)
    total = models.PositiveIntegerField(_("số lượt đọc"), default=0)
    done = models.PositiveIntegerField(_("đã đọc"), default=0)
    file = models.CharField(max_length=200, blank=True, editable=False)
    chapters = models.JSONField(default=list)
    sentence = NFCCharField(_("lý do"), max_length=250, blank=True)

    class Meta:
        verbose_name = _("âm thanh đang dựng")
        verbose_name_plural = _("âm thanh đang dựng")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "subject"], name="one_sound_job_per_subject"),
            models.CheckConstraint(condition=Q(done__lte=F("total")), name="sound_never_more_than_all"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.subject}"
