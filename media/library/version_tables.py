"""In which versions an asset stood in the library: what a recall of one version is asked by."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from cms.core.models import NFCCharField


class PublishedVersion(models.Model):
    """One version (`versions.version_hash`) of an asset, written when it is put into the library."""

    asset = models.ForeignKey("library.Asset", on_delete=models.CASCADE, related_name="published_versions")
    version = models.CharField(_("phiên bản"), max_length=64)
    title = NFCCharField(max_length=200)
    note = NFCCharField(_("ghi chú phiên bản"), max_length=200, blank=True)
    # The picture it carried: what was drawn from that picture rests on this version.
    image = models.ForeignKey("library.LibraryImage", null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(_("đưa vào kho lúc"))

    class Meta:
        verbose_name = _("phiên bản trong kho")
        verbose_name_plural = _("phiên bản trong kho")
        ordering = ["-at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["asset", "version"], name="a_version_is_noted_once")]

    def __str__(self) -> str:
        return f"{self.title}: {self.version[:12]}"
