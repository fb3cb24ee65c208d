"""Scripts (bản tin phát thanh): what each station reads, in which version, and every text that was ever spoken."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cms.core.models import NFCCharField, NFCTextField
from publishers.scripts.blocks import Block, from_json
from publishers.scripts.languages import LanguageState, LanguageVersion
from publishers.scripts.lexicon_entries import LexiconEntry
from publishers.scripts.package_jobs import JobState, PackageJob, ProvincePackage
from publishers.scripts.plans import Priority, ScriptPlan
from publishers.scripts.querysets import ScriptVersionQuerySet
from publishers.scripts.recorded_readings import RecordedReading
from publishers.scripts.sound_jobs import SoundJob, SoundKind
from publishers.scripts.timing import length_in_words

__all__ = [
    "JobState", "LanguageState", "LanguageVersion", "LexiconEntry", "PackageJob", "Priority", "ProvincePackage",
    "RecordedReading", "ScriptPlan", "ScriptState", "ScriptVersion", "SoundJob", "SoundKind", "SpokenText", "reading_address",
]  # fmt: skip


class SpokenText(models.Model):
    """One written paragraph as it is said, kept once per content.

    `key` is the SHA-256 of the written text, the reading style and the version of engine and lexicon: the same three
    always give the same words, so a row is never changed and never spoken twice."""

    key = models.CharField(_("mã nội dung"), max_length=64, primary_key=True)
    style = models.CharField(_("cách đọc"), max_length=8)
    lexicon = models.CharField(_("phiên bản từ điển"), max_length=20)
    written = NFCTextField(_("dạng viết"))
    spoken = NFCTextField(_("dạng đọc"))
    # [[start, end, written form], …] in `spoken`; flags: what an editor must look at.
    marks = models.JSONField(default=list)
    flags = models.JSONField(default=list)
    blocked = models.BooleanField(_("có chỗ chưa đọc được"), default=False)
    syllables = models.PositiveIntegerField(_("số âm tiết"))
    sentences = models.PositiveIntegerField(_("số câu"))
    # At the default rate, with pauses; a station's own length is on its script.
    seconds = models.FloatField(_("thời lượng (giây)"))
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("đoạn đã chuyển sang dạng đọc")
        verbose_name_plural = _("đoạn đã chuyển sang dạng đọc")
        constraints = [
            models.CheckConstraint(
                condition=~Q(written="") & ~Q(spoken=""), name="spoken_text_is_never_empty"
            )
        ]

    def __str__(self) -> str:
        return self.spoken[:60]


class ScriptState(models.TextChoices):
    LIVE = "live", _("Còn hiệu lực")
    SUPERSEDED = "superseded", _("Đã có bản đính chính")
    WITHDRAWN = "withdrawn", _("Đã thu hồi")


class ScriptVersion(models.Model):
    """What one station reads for one slot, frozen: text, local facts and approval as they stood when it was issued.

    A correction issues the next number and supersedes this one; nothing here is ever rewritten but its state."""

    station = models.ForeignKey(
        "stations.Station",
        on_delete=models.PROTECT,
        related_name="scripts",
        verbose_name=_("đài truyền thanh"),
    )
    slot = models.ForeignKey(
        "schedule.Slot", on_delete=models.PROTECT, related_name="scripts", verbose_name=_("giờ phát")
    )
    organisation = models.ForeignKey(
        "organisations.Organisation",
        on_delete=models.PROTECT,
        related_name="scripts",
        verbose_name=_("cơ quan ban hành"),
    )
    number = models.PositiveSmallIntegerField(_("bản số"))
    # The short code under which the script is read and verified.
    code = models.CharField(_("mã xác minh"), max_length=12, unique=True)
    title = NFCCharField(_("tiêu đề"), max_length=200)
    issuer = NFCCharField(_("tên cơ quan ban hành"), max_length=200)
    priority = models.CharField(_("mức ưu tiên"), max_length=12, choices=Priority, default=Priority.NORMAL)
    blocks = models.JSONField(_("các đoạn"))
    body_sha256 = models.CharField(_("SHA-256 của nội dung"), max_length=64)
    syllables = models.PositiveIntegerField(_("số âm tiết"))
    seconds = models.PositiveIntegerField(_("thời lượng (giây)"))
    # The local facts as they stood: placeholder → value, place, source, row and day.
    facts = models.JSONField(_("dữ kiện đã điền"), default=dict)
    notes = models.JSONField(_("ghi chú biên tập"), default=list)
    approval_hash = models.CharField(_("mã băm nội dung đã duyệt"), max_length=64)
    # Who approved what is read, as it stands on paper: position, body, time. No name: citizens see it too.
    approved_as = NFCCharField(_("duyệt nội dung"), max_length=400, blank=True)
    on_air_at = models.DateTimeField(_("giờ phát"))
    issued_at = models.DateTimeField(_("ban hành lúc"))
    state = models.CharField(_("tình trạng"), max_length=12, choices=ScriptState, default=ScriptState.LIVE)
    ended_at = models.DateTimeField(_("hết hiệu lực lúc"), null=True, blank=True)
    end_reason = NFCCharField(_("lý do"), max_length=250, blank=True)

    #: Set on a copy that was cut short (publishers/scripts/cut_files.py); 0 for what was issued.
    cut_minutes = 0

    objects = ScriptVersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("bản tin phát thanh")
        verbose_name_plural = _("bản tin phát thanh")
        ordering = ["-on_air_at", "pk"]
        indexes = [models.Index(fields=["station", "on_air_at"], name="script_station_day")]
        constraints = [
            models.UniqueConstraint(
                fields=["station", "slot"],
                condition=Q(state="live"),
                name="one_live_script_per_station_and_slot",
            ),
            models.UniqueConstraint(fields=["station", "slot", "number"], name="script_number_once"),
            models.CheckConstraint(condition=~Q(body_sha256="") & ~Q(title=""), name="script_is_never_empty"),
            models.CheckConstraint(
                condition=Q(state="live", ended_at__isnull=True)
                | (~Q(state="live") & Q(ended_at__isnull=False)),
                name="script_ended_knows_when",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_live(self) -> bool:
        return self.state == ScriptState.LIVE

    @property
    def length_text(self) -> str:
        """The length as people say it: "3 phút 20 giây"."""
        return length_in_words(self.seconds)

    def composed(self) -> tuple[Block, ...]:
        """Return the running order as blocks."""
        return from_json(self.blocks)

    def get_absolute_url(self) -> str:
        """The public reading page; `station` must have been fetched."""
        return reading_address(self.station.slug, self.code)


def reading_address(slug: str, code: str) -> str:
    """Return the path at which a station's script is read without signing in."""
    return reverse("portal:script", args=[slug, code])
