"""What we will say this year, and the campaigns that say it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from cms.core.models import Dated, NFCCharField, NFCTextField


class Orientation(Dated):
    """The yearly orientation (định hướng năm). Any body may own one and cite the one above it."""

    organisation = models.ForeignKey(
        "organisations.Organisation",
        on_delete=models.PROTECT,
        related_name="orientations",
        verbose_name=_("cơ quan ban hành"),
    )
    year = models.PositiveSmallIntegerField(_("năm"))
    title = NFCCharField(_("tên định hướng"), max_length=200)
    summary = NFCTextField(_("nội dung chính"), blank=True)
    cites = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="cited_by",
        verbose_name=_("căn cứ định hướng cấp trên"),
    )

    class Meta:
        verbose_name = _("định hướng năm")
        verbose_name_plural = _("định hướng năm")
        ordering = ["-year", "organisation__place__path"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "year"], name="one_orientation_per_body_and_year"
            ),
            models.CheckConstraint(
                condition=models.Q(year__gte=2020, year__lte=2100), name="orientation_year_is_plausible"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.year})"


class Campaign(Dated):
    """A dated effort (chiến dịch) under an orientation."""

    organisation = models.ForeignKey(
        "organisations.Organisation",
        on_delete=models.PROTECT,
        related_name="campaigns",
        verbose_name=_("cơ quan chủ trì"),
    )
    orientation = models.ForeignKey(
        Orientation, on_delete=models.PROTECT, related_name="campaigns", verbose_name=_("định hướng năm")
    )
    title = NFCCharField(_("tên chiến dịch"), max_length=200)
    aim = NFCTextField(_("mục tiêu"), blank=True)
    starts_on = models.DateField(_("từ ngày"))
    ends_on = models.DateField(_("đến ngày"))
    initiatives = models.ManyToManyField(
        "organisations.Initiative",
        blank=True,
        related_name="campaigns",
        verbose_name=_("đề án, chương trình"),
    )

    class Meta:
        verbose_name = _("chiến dịch")
        verbose_name_plural = _("chiến dịch")
        ordering = ["-starts_on", "title"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")), name="campaign_ends_after_it_starts"
            )
        ]

    def __str__(self) -> str:
        return self.title
