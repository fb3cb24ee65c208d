"""Which asset was derived from which, what of it is open, and how far it follows its original."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cms.core.models import Dated, NFCCharField, NFCTextField, PubliclyNumbered


class OpenParts(models.Model):
    """Which parts of an original a place may rewrite: names of fields and "block:<id>". No row: the usual ones."""

    asset = models.OneToOneField("library.Asset", on_delete=models.CASCADE, related_name="open_parts")
    keys = models.JSONField(default=list)

    class Meta:
        verbose_name = _("phần để địa phương sửa")
        verbose_name_plural = _("phần để địa phương sửa")

    def __str__(self) -> str:
        return str(self.asset)


class LocalisationQuerySet(models.QuerySet["Localisation"]):
    def behind(self) -> LocalisationQuerySet:
        """Copies whose original has been corrected since they last took it."""
        return self.exclude(upstream_version=F("base_version"))

    def of(self, upstream) -> LocalisationQuerySet:
        """Copies made directly from `upstream`."""
        return self.filter(upstream=upstream)

    def with_names(self) -> LocalisationQuerySet:
        """Everything a list names, in a constant number of questions."""
        return self.select_related("asset__organisation__place", "upstream__organisation")


class Localisation(PubliclyNumbered, Dated):
    """A copy (bản địa phương, bản dịch) that knows its original (bản gốc) and the version it last took."""

    asset = models.OneToOneField(
        "library.Asset",
        on_delete=models.CASCADE,
        related_name="localisation",
        verbose_name=_("bản địa phương"),
    )
    upstream = models.ForeignKey(
        "library.Asset",
        on_delete=models.PROTECT,
        related_name="localisations",
        verbose_name=_("bản gốc"),
    )
    # For the constraint: the same as the asset's own.
    organisation = models.ForeignKey(
        "organisations.Organisation", on_delete=models.PROTECT, related_name="+", verbose_name=_("cơ quan")
    )
    language = models.CharField(_("ngôn ngữ"), max_length=20, default="vi")
    # The original's content when the copy last took it (merge.Content as JSON) and its version hash.
    base = models.JSONField(editable=False)
    base_version = models.CharField(max_length=64, editable=False)
    # The version hash of the original as it stands in the library now.
    upstream_version = models.CharField(max_length=64, editable=False)
    upstream_changed_at = models.DateTimeField(_("bản gốc đổi lúc"), null=True, editable=False)
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", editable=False
    )
    updated_from_upstream_at = models.DateTimeField(_("cập nhật từ bản gốc lúc"), null=True, editable=False)
    # Offered back to the library, with credit.
    offered_at = models.DateTimeField(_("giới thiệu lúc"), null=True, editable=False)
    offer_note = NFCCharField(_("lời giới thiệu"), max_length=300, blank=True)
    offer_answer = models.CharField(
        _("trả lời"),
        max_length=8,
        blank=True,
        choices=[("accepted", _("Đã nhận")), ("declined", _("Chưa nhận"))],
    )
    answer_note = NFCTextField(_("ý kiến trả lời"), blank=True)

    objects = LocalisationQuerySet.as_manager()

    class Meta:
        verbose_name = _("bản địa phương")
        verbose_name_plural = _("bản địa phương")
        ordering = ["-upstream_changed_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["upstream", "organisation", "language"], name="one_copy_per_body_and_language"
            ),
            models.CheckConstraint(condition=~Q(asset=F("upstream")), name="a_copy_is_not_its_own_original"),
            models.CheckConstraint(
                condition=Q(offer_answer="") | Q(offered_at__isnull=False), name="only_an_offer_is_answered"
            ),
        ]
        indexes = [models.Index(fields=["upstream", "base_version"], name="localisation_upstream")]

    def __str__(self) -> str:
        return str(self.asset)

    @property
    def is_behind(self) -> bool:
        """Whether the original has been corrected since the copy last took it."""
        return self.base_version != self.upstream_version

    @property
    def is_translation(self) -> bool:
        return self.language != self.upstream.language


class CopyVersion(models.Model):
    """A version in which a copy stood in the library, and the original's version it rested on."""

    localisation = models.ForeignKey(Localisation, on_delete=models.CASCADE, related_name="versions")
    version = models.CharField(max_length=64)
    base_version = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("phiên bản của bản địa phương")
        verbose_name_plural = _("phiên bản của bản địa phương")
        constraints = [
            models.UniqueConstraint(
                fields=["localisation", "version", "base_version"], name="a_copy_version_is_noted_once"
            )
        ]
        indexes = [models.Index(fields=["base_version"], name="copy_version_base")]

    def __str__(self) -> str:
        return f"{self.localisation_id}: {self.version[:12]}"
