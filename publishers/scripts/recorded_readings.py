"""Readings by a person: uploaded, or recorded in the browser. One replaces the machine voice of its script, or gives a
translation of it the only voice it has."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cms.core.models import Dated, NFCCharField
from media.taxonomy.languages import other_languages


class ReadingSource(models.TextChoices):
    UPLOADED = "tai-len", _("Tải lên")
    RECORDED = "ghi-am", _("Ghi âm trên trình duyệt")


class RecordedReading(Dated):
    """One person's reading of one script version, brought to the loudness of all bulletins.

    It counts once another person has heard it (`approved_at`); until then the machine voice stays. It belongs to the very text it reads: a corrected version has none until somebody reads that. There is one that
    counts per version and language; an earlier one is kept, and says when it was replaced."""

    version = models.ForeignKey(
        "scripts.ScriptVersion", on_delete=models.PROTECT, related_name="readings", verbose_name=_("bản tin")
    )
    # The tag of the translation it reads (a LanguageVersion beside the script); empty for the Vietnamese text itself.
    language = models.CharField(_("ngôn ngữ"), max_length=12, choices=other_languages, blank=True, default="")
    organisation = models.ForeignKey(
        "organisations.Organisation", on_delete=models.PROTECT, related_name="recorded_readings",
        verbose_name=_("cơ quan"),
    )  # fmt: skip
    read_by = models.ForeignKey(
        "accounts.User",
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("người đưa lên"),
    )
    source = models.CharField(_("cách đưa lên"), max_length=8, choices=ReadingSource)
    body_sha256 = models.CharField(_("SHA-256 của bản tin đã đọc"), max_length=64)
    file = models.CharField(max_length=200)
    size = models.PositiveBigIntegerField(_("dung lượng"))
    sha256 = models.CharField(_("SHA-256 của tệp"), max_length=64)
    seconds = models.FloatField(_("thời lượng (giây)"))
    loudness = models.FloatField(_("độ lớn (LUFS)"))
    approved_by = models.ForeignKey(
        "accounts.User",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("người duyệt"),
    )
    approved_at = models.DateTimeField(_("duyệt lúc"), null=True, blank=True)
    reason = NFCCharField(_("lý do trả lại"), max_length=250, blank=True)
    replaced_at = models.DateTimeField(_("được thay lúc"), null=True, blank=True)

    class Meta:
        verbose_name = _("bản đọc của người")
        verbose_name_plural = _("bản đọc của người")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "language"],
                condition=Q(replaced_at__isnull=True, approved_at__isnull=False),
                name="one_reading_counts_per_script",
            ),
            models.UniqueConstraint(
                fields=["version", "language"],
                condition=Q(replaced_at__isnull=True, approved_at__isnull=True),
                name="one_reading_waits_per_script",
            ),
        ]

    def __str__(self) -> str:
        return str(self.version)
