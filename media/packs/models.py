"""Tables of the download packs: who asked for which, how far the work is, where the file lies."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cms.core.leased_work import LeasedWork, free
from cms.core.models import Dated, NFCCharField, PubliclyNumbered

#: How long a pack can be fetched; then it is made anew in a moment, with the rights of that day.
KEPT: Final = timedelta(days=7)


class PackKind(models.TextChoices):
    EVERYTHING = "day-du", _("Gói đầy đủ")
    LIGHT = "nhe", _("Gói nhẹ, không quá 5 MB")
    PRESS = "bao-chi", _("Gói cho báo chí")
    LESSON = "bai-hoc", _("Gói bài học")
    CARDS = "the-cam-tay", _("Gói thẻ cầm tay cho Tổ công nghệ số cộng đồng")


class SchoolAge(models.TextChoices):
    PRIMARY = "tieu-hoc", _("Tiểu học (6–10 tuổi)")
    LOWER = "thcs", _("Trung học cơ sở (11–14 tuổi)")
    UPPER = "thpt", _("Trung học phổ thông (15–17 tuổi)")


class PackState(models.TextChoices):
    WAITING = "waiting", _("Chờ đến lượt")
    RUNNING = "running", _("Đang đóng gói")
    DONE = "done", _("Xong")
    STOPPED = "stopped", _("Đã dừng")
    FAILED = "failed", _("Không đóng gói được")


class PackQuerySet(models.QuerySet["Pack"]):
    """Questions about packs."""

    def asked_by(self, user) -> PackQuerySet:
        """The packs of this person: what is inside depends on what the person may read."""
        return self.filter(asked_by=user) if user.pk else self.none()

    def open(self) -> PackQuerySet:
        """Packs that are not finished, and that no living worker is at."""
        return free(self)


class Pack(LeasedWork, Dated, PubliclyNumbered):
    """One wish: the files of one asset, or of everything under a topic that the person may read, in one ZIP.

    `key` is made from everything the files say: the same key, the same bytes, so a pack in which nothing changed is
    not made twice."""

    LEASE = timedelta(seconds=90)
    MOST_TRIES = 3

    kind = models.CharField(_("loại gói"), max_length=12, choices=PackKind)
    age = models.CharField(_("cấp học"), max_length=10, choices=SchoolAge, blank=True, default="")
    asset = models.ForeignKey(
        "library.Asset", null=True, on_delete=models.CASCADE, related_name="packs", verbose_name=_("tài liệu")
    )
    topic = models.ForeignKey(
        "taxonomy.Topic", null=True, on_delete=models.CASCADE, related_name="+", verbose_name=_("chủ đề")
    )
    organisation = models.ForeignKey(
        "organisations.Organisation", on_delete=models.PROTECT, related_name="+", verbose_name=_("cơ quan")
    )
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="packs",
        verbose_name=_("người yêu cầu"),
    )
    state = models.CharField(_("tình trạng"), max_length=8, choices=PackState, default=PackState.WAITING)
    percent = models.PositiveSmallIntegerField(_("phần trăm"), default=0)
    sentence = NFCCharField(_("lý do"), max_length=300, blank=True)
    key = models.CharField(max_length=64, blank=True, db_index=True)
    file = models.CharField(max_length=200, blank=True)
    size = models.PositiveBigIntegerField(_("dung lượng"), default=0)
    sha256 = models.CharField(_("SHA-256"), max_length=64, blank=True)
    # The assets inside, by their keys: asked for again, one by one, when the file is fetched.
    assets_inside = models.JSONField(default=list)
    finished_at = models.DateTimeField(_("xong lúc"), null=True)

    objects = PackQuerySet.as_manager()

    class Meta:
        verbose_name = _("gói tải về")
        verbose_name_plural = _("gói tải về")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(asset__isnull=False, topic__isnull=True)
                | Q(asset__isnull=True, topic__isnull=False),
                name="pack_is_of_an_asset_or_a_topic",
            ),
            models.CheckConstraint(condition=Q(percent__lte=100), name="pack_is_never_more_than_whole"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.subject}"

    @property
    def subject(self) -> str:
        """What it is about, as people read it."""
        return self.asset.title if self.asset is not None else self.topic.name if self.topic else ""
