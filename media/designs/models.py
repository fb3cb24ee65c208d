"""Which picture was drawn from which design with which words, and the logo of a body."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from cms.core.models import Dated


class Logo(Dated):
    """The logo (biểu trưng) of a body, drawn into everything that is made from a design for it."""

    organisation = models.OneToOneField(
        "organisations.Organisation", on_delete=models.CASCADE, related_name="logo", verbose_name=_("cơ quan")
    )
    image = models.ForeignKey(
        "library.LibraryImage", on_delete=models.PROTECT, related_name="+", verbose_name=_("hình")
    )

    class Meta:
        verbose_name = _("biểu trưng")
        verbose_name_plural = _("biểu trưng")

    def __str__(self) -> str:
        return str(self.organisation)


class Drawing(Dated):
    """How one picture was drawn. It belongs to the picture, not to the asset: every version of an asset keeps its own."""

    image = models.OneToOneField("library.LibraryImage", on_delete=models.CASCADE, related_name="drawing")
    words = models.JSONField()
    picture = models.ForeignKey(
        "library.LibraryImage", null=True, on_delete=models.PROTECT, related_name="drawn_into"
    )
    # The asset whose picture that is: where a newer one is found.
    photo = models.ForeignKey(
        "library.Asset", null=True, on_delete=models.SET_NULL, related_name="drawn_into"
    )
    # What the body's record said: name, hotline, address, logo. Told from the present record, it shows what is old.
    imprint = models.JSONField()

    class Meta:
        verbose_name = _("bản vẽ theo mẫu")
        verbose_name_plural = _("bản vẽ theo mẫu")

    def __str__(self) -> str:
        return str(self.words.get("title", ""))
