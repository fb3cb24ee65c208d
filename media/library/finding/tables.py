"""The tables of the index. What stands in them can be made again from the assets at any time."""

from __future__ import annotations

from django.db import models

from media.library.finding.terms import LONGEST


class SearchPosting(models.Model):
    """Which of the 8,192 assets of one chunk stand under a term (see `finding.bits`)."""

    # Bytes, because a range of terms ("words that begin so") must run in the same order on every database.
    term = models.BinaryField(max_length=4 * LONGEST)
    chunk = models.PositiveIntegerField()
    bits = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["term", "chunk"], name="one_posting_per_term_and_chunk")
        ]

    def __str__(self) -> str:
        return f"{bytes(self.term).decode()} [{self.chunk}]"


class SearchEntry(models.Model):
    """What the index knows of one asset: its terms, so that they can be taken back, and what lists are sorted by."""

    asset_id = models.PositiveBigIntegerField(primary_key=True)
    terms = models.BinaryField()
    uses = models.PositiveIntegerField(default=0)
    review_by = models.DateField(null=True)
    indexed_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["-uses", "-asset_id"], name="entry_most_used"),
            models.Index(fields=["review_by", "-asset_id"], name="entry_due_soon"),
        ]

    def __str__(self) -> str:
        return f"{self.asset_id}"


class SearchPending(models.Model):
    """An asset that changed since it was put into the index; `since` is when it first did."""

    asset_id = models.PositiveBigIntegerField(primary_key=True)
    since = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"{self.asset_id}"


class DocumentText(models.Model):
    """The words inside a document's file, read once per content; `complaint` says why there are none."""

    blob = models.OneToOneField("library.Blob", on_delete=models.CASCADE, related_name="words")
    text = models.TextField(blank=True)
    complaint = models.CharField(max_length=40, blank=True)
    read_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return f"{self.blob}"


class TextSketch(models.Model):
    """One band of the sketch of an asset's text (see `media.library.likeness`), by which texts that share much meet."""

    asset_id = models.PositiveBigIntegerField(db_index=True)
    band = models.PositiveSmallIntegerField()
    value = models.BigIntegerField()

    class Meta:
        indexes = [models.Index(fields=["value", "band"], name="sketch_by_value")]

    def __str__(self) -> str:
        return f"{self.asset_id} [{self.band}]"
