"""Tables of the packages per province: who asked for them, how far the work is, and what has been made."""

from __future__ import annotations

from datetime import timedelta

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cms.core.leased_work import LeasedWork
from cms.core.models import Dated, NFCCharField, PubliclyNumbered


class JobState(models.TextChoices):
    WAITING = "waiting", _("Chờ đến lượt")
    RUNNING = "running", _("Đang dựng")
    DONE = "done", _("Xong")
    STOPPED = "stopped", _("Đã dừng")
    FAILED = "failed", _("Không dựng được")


class PackageJob(LeasedWork, Dated, PubliclyNumbered):
    """One wish: the files of all stations of a slot, one package per province. `organisation` is the body whose post
    it is. Interrupted, it goes on with the provinces that have no package yet."""

    LEASE = timedelta(seconds=60)
    MOST_TRIES = 5

    slot = models.ForeignKey(
        "schedule.Slot", on_delete=models.PROTECT, related_name="package_jobs", verbose_name=_("giờ phát")
    )
    organisation = models.ForeignKey(
        "organisations.Organisation", on_delete=models.PROTECT, related_name="package_jobs",
        verbose_name=_("cơ quan ban hành"),
    )  # fmt: skip
    asked_by = models.ForeignKey(
        "accounts.User",
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("người yêu cầu"),
    )
    state = models.CharField(_("tình trạng"), max_length=8, choices=JobState, default=JobState.WAITING)
    total = models.PositiveIntegerField(_("số bản tin"), default=0)
    done = models.PositiveIntegerField(_("đã dựng"), default=0)
    sentence = NFCCharField(_("lý do"), max_length=250, blank=True)
    finished_at = models.DateTimeField(_("xong lúc"), null=True)

    class Meta:
        verbose_name = _("gói bản tin theo tỉnh")
        verbose_name_plural = _("gói bản tin theo tỉnh")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(done__lte=F("total")), name="packages_never_more_than_all"),
            models.UniqueConstraint(
                fields=["slot"],
                condition=Q(state__in=["waiting", "running"]),
                name="one_package_job_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.slot} – {self.done}/{self.total}"


class ProvincePackage(models.Model):
    """The package of one province in one job. `key` is made from everything its files say: the same key, the same
    bytes, so a package that nothing has changed in is taken over from an earlier job."""

    job = models.ForeignKey(PackageJob, on_delete=models.CASCADE, related_name="packages")
    province = models.ForeignKey(
        "places.AdministrativeUnit",
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("tỉnh, thành phố"),
    )
    key = models.CharField(max_length=64, db_index=True)
    scripts = models.PositiveIntegerField(_("số bản tin"))
    # Station's address → key of its files: which of them the next package takes over as they lie here.
    members = models.JSONField(default=dict)
    # Stations whose files were made for this package; those of the others were taken from an earlier one.
    renewed = models.PositiveIntegerField(_("số bản tin dựng mới"), default=0)
    file = models.CharField(max_length=200)
    size = models.PositiveBigIntegerField(_("dung lượng"))
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    is_taken_over = models.BooleanField(_("dùng lại gói trước"), default=False)
    made_at = models.DateTimeField(_("dựng lúc"))

    class Meta:
        verbose_name = _("gói của một tỉnh")
        verbose_name_plural = _("gói của từng tỉnh")
        ordering = ["province__sort_name"]
        constraints = [models.UniqueConstraint(fields=["job", "province"], name="one_package_per_province")]

    def __str__(self) -> str:
        return f"{self.province} – {self.scripts}"
