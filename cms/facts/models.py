"""Dated reference data: what a text may rely on, for which place, from when to when, and who says so."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cms.core.models import Dated, NFCCharField, NFCTextField
from cms.facts.invitations import FactInvitation
from cms.facts.querysets import FactQuerySet

__all__ = ["Fact", "FactInvitation", "FactKey"]


class FactKey(models.TextChoices):
    """The kinds of fact a text may name. The key is what an approval covers; the value is kept here."""

    CENTRE_NAME = "ten-trung-tam", _("Tên Trung tâm Phục vụ hành chính công")
    CENTRE_ADDRESS = "dia-chi-trung-tam", _("Địa chỉ Trung tâm Phục vụ hành chính công")
    CENTRE_HOURS = "gio-lam-viec", _("Giờ làm việc")
    HOTLINE = "duong-day-nong", _("Đường dây nóng")
    NATIONAL_HOTLINE = "tong-dai-quoc-gia", _("Tổng đài hỗ trợ dịch vụ công")
    PORTAL = "cong-dich-vu-cong", _("Địa chỉ Cổng Dịch vụ công")
    FEE = "le-phi", _("Phí, lệ phí")
    LEGAL_BASIS = "can-cu-phap-ly", _("Căn cứ pháp lý")


class Fact(Dated):
    """One dated piece of reference data, kept by a body, valid in a place and below it."""

    organisation = models.ForeignKey(
        "organisations.Organisation",
        on_delete=models.PROTECT,
        related_name="facts",
        verbose_name=_("cơ quan cung cấp"),
    )
    place = models.ForeignKey(
        "places.AdministrativeUnit", on_delete=models.PROTECT, related_name="facts", verbose_name=_("địa bàn")
    )
    key = models.CharField(_("loại dữ kiện"), max_length=30, choices=FactKey)
    value = NFCTextField(_("nội dung"))
    valid_from = models.DateField(_("hiệu lực từ ngày"))
    valid_to = models.DateField(_("hiệu lực đến hết ngày"), null=True, blank=True)
    # Ended on purpose: the place has no value of its own any more, and what is said above it holds again. Otherwise a
    # fact that has run out must be renewed (docs/decisions/0006).
    hands_over = models.BooleanField(
        _("hết hiệu lực thì theo cấp trên"),
        default=False,
        help_text=_(
            "Đánh dấu khi nơi này từ nay dùng chung dữ kiện của cấp trên. Nếu không, sau ngày hết hiệu lực các đài ở đây "
            "phải chờ dữ kiện mới, vì không ai biết dữ kiện của cấp trên có đúng ở đây không."
        ),
    )
    source = NFCCharField(_("nguồn"), max_length=250)
    is_sample = models.BooleanField(
        _("số liệu minh họa"),
        default=False,
        help_text=_("Dữ liệu dựng để minh họa, không phải số liệu thật."),
    )

    objects = FactQuerySet.as_manager()

    class Meta:
        verbose_name = _("dữ kiện")
        verbose_name_plural = _("dữ kiện")
        ordering = ["place__path", "key", "-valid_from"]
        indexes = [models.Index(fields=["key", "place"], name="fact_key_place")]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=models.F("valid_from")),
                name="fact_ends_after_it_starts",
            ),
            models.CheckConstraint(condition=~Q(value=""), name="fact_is_never_empty"),
            models.UniqueConstraint(
                fields=["place", "key", "valid_from"], name="one_fact_per_place_key_and_day"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_key_display()}: {self.value}"
