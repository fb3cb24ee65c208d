"""What people taught the engine: readings of a place (centre, province, commune) and of one script."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cms.core.models import Dated, NFCCharField
from publishers.scripts.spoken import Confidence, Entry


class EntryKind(models.TextChoices):
    """What a written form is; the engine treats them alike, people look for them apart."""

    ABBREVIATION = "abbreviation", _("Chữ viết tắt")
    NAME = "name", _("Tên riêng")
    PLACE = "place", _("Địa danh")
    FOREIGN = "foreign", _("Từ nước ngoài")
    ADDRESS = "address", _("Địa chỉ mạng")
    HOTLINE = "hotline", _("Đường dây nóng")


class Sureness(models.TextChoices):
    """How a reading is to be taken; the values are those of the engine's TSV."""

    CERTAIN = "certain", _("Luôn đọc như vậy")
    UNCERTAIN = "uncertain", _("Đọc như vậy nhưng nhắc xem lại")
    UNKNOWN = "unknown", _("Luôn hỏi lại")


class LexiconEntry(Dated):
    """One reading kept by a body: for a place and below it, or for one script (`post`) only.

    Nearer layers cover farther ones: script, commune, province, centre, then what is shipped with the engine."""

    organisation = models.ForeignKey(
        "organisations.Organisation", on_delete=models.PROTECT, related_name="lexicon_entries", verbose_name=_("cơ quan")
    )  # fmt: skip
    place = models.ForeignKey(
        "places.AdministrativeUnit", on_delete=models.PROTECT, related_name="lexicon_entries", verbose_name=_("địa bàn")
    )  # fmt: skip
    post = models.ForeignKey(
        "posts.Post", on_delete=models.CASCADE, related_name="lexicon_entries", verbose_name=_("chỉ trong bản tin"),
        null=True, blank=True, editable=False,
    )  # fmt: skip
    written = NFCCharField(_("dạng viết"), max_length=100)
    spoken = NFCCharField(_("cách đọc"), max_length=300)
    kind = models.CharField(_("loại"), max_length=12, choices=EntryKind, default=EntryKind.ABBREVIATION)
    when = NFCCharField(_("chỉ khi"), max_length=300, blank=True)
    sure = models.CharField(_("mức chắc chắn"), max_length=9, choices=Sureness, default=Sureness.CERTAIN)
    alternatives = NFCCharField(_("cách đọc khác"), max_length=600, blank=True)
    note = NFCCharField(_("ghi chú"), max_length=250, blank=True)

    class Meta:
        verbose_name = _("cách đọc")
        verbose_name_plural = _("từ điển cách đọc")
        ordering = ["written", "pk"]
        indexes = [models.Index(fields=["place", "post"], name="lexicon_place_post")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(written="") & ~Q(spoken=""), name="lexicon_entry_is_never_empty"
            ),
            models.UniqueConstraint(
                fields=["place", "written", "when"], condition=Q(post__isnull=True), name="one_reading_per_place"
            ),
            models.UniqueConstraint(
                fields=["post", "written", "when"], condition=Q(post__isnull=False), name="one_reading_per_script"
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.written} → {self.spoken}"

    def as_entry(self, layer: str) -> Entry:
        """The row as the engine takes it. Raises LexiconError for a reading that is not words only."""
        return Entry(
            self.written,
            self.spoken,
            self.kind,
            parts_of(self.when),
            parts_of(self.alternatives),
            Confidence[self.sure.upper()],
            layer,
            self.note,
        )


def parts_of(cell: str) -> tuple[str, ...]:
    """Conditions or alternatives of one cell, parted by "|"."""
    return tuple(part.strip() for part in cell.split("|") if part.strip())


def readings_for_approval(posts: Iterable[Any]) -> dict[int, list[dict[str, Any]]]:
    """Return post id → the readings taken for its script alone, as an approval covers them; posts without any are
    missing. One query. Whoever changes one of them afterwards, wherever, changes what was approved."""
    found: dict[int, list[dict[str, Any]]] = {}
    rows = LexiconEntry.objects.filter(post__in=[post.pk for post in posts]).order_by("written", "when")
    for post_id, *said in rows.values_list("post_id", "written", "when", "spoken", "sure"):
        found.setdefault(post_id, []).append(
            dict(zip(("written", "when", "spoken", "sure"), said, strict=True))
        )
    return found
