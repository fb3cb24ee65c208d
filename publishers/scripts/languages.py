"""Scripts in other languages: a version of one text with its own translator, checker and approver.

Nothing here is read by the engine: numbers stay as the translator wrote them. A version belongs to the very Vietnamese
text it was made from and is served only beside scripts of that text."""

from __future__ import annotations

import hashlib

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cms.approvals.content import content_hash
from cms.core.models import Dated, NFCCharField, NFCTextField, nfc
from media.taxonomy.languages import BY_TAG, other_languages


class LanguageState(models.TextChoices):
    DRAFT = "draft", _("Chờ duyệt")
    APPROVED = "approved", _("Đã duyệt")
    ENDED = "ended", _("Đã thay hoặc thu hồi")


class LanguageVersion(Dated):
    """One loudspeaker text in another language. Once approved only its state changes; a correction is the next number."""

    variant = models.ForeignKey(
        "posts.Variant", on_delete=models.CASCADE, related_name="languages", verbose_name=_("nội dung")
    )
    language = models.CharField(_("ngôn ngữ"), max_length=12, choices=other_languages)
    number = models.PositiveSmallIntegerField(_("bản số"))
    title = NFCCharField(_("tiêu đề"), max_length=200)
    text = NFCTextField(_("nội dung"))
    # What the translator had before them (`source_hash`).
    source_sha256 = models.CharField(_("mã băm bản tiếng Việt"), max_length=64)
    translator = NFCCharField(_("người dịch"), max_length=120)
    checker = NFCCharField(_("người soát"), max_length=120)
    state = models.CharField(
        _("tình trạng"), max_length=10, choices=LanguageState, default=LanguageState.DRAFT
    )
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("người nhập")
    )
    approved_hash = models.CharField(_("mã băm nội dung đã duyệt"), max_length=64, blank=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("người duyệt"),
    )
    approver_name = NFCCharField(_("tên người duyệt"), max_length=120, blank=True)
    approver_position = NFCCharField(_("chức vụ người duyệt"), max_length=120, blank=True)
    approved_at = models.DateTimeField(_("duyệt lúc"), null=True, blank=True)

    class Meta:
        verbose_name = _("bản dịch của bản tin")
        verbose_name_plural = _("bản dịch của bản tin")
        ordering = ["language", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["variant", "language", "number"], name="language_number_once"),
            models.UniqueConstraint(
                fields=["variant", "language"],
                condition=Q(state="approved"),
                name="one_approved_per_language",
            ),
            models.CheckConstraint(
                condition=~Q(text="") & ~Q(translator="") & ~Q(checker=""),
                name="language_version_is_never_empty",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_language_display()}: {self.title}"

    @property
    def own_name(self) -> str:
        """The language's name in itself, in its own script."""
        return BY_TAG[self.language].own_name

    def present_hash(self) -> str:
        """The SHA-256 of everything an approver reads and approves."""
        names = ("language", "number", "title", "text", "source_sha256", "translator", "checker")
        return content_hash({name: getattr(self, name) for name in names})


def source_hash(text: str) -> str:
    """Return the SHA-256 of a Vietnamese text, blanks at the ends of lines aside."""
    lines = (line.rstrip() for line in nfc(text).strip().splitlines())
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()
