"""Bodies that sign, the initiatives they serve, and which body leads where."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from cms.core.models import Dated, NFCCharField, NFCTextField, PubliclyNumbered, nfc
from cms.places.querysets import lies_where_named


class OrganisationKind(models.TextChoices):
    MINISTRY = "bo", _("Bộ, cơ quan ngang bộ")
    CENTRAL_UNIT = "cuc", _("Đơn vị thuộc bộ")
    PEOPLES_COMMITTEE = "ubnd", _("Ủy ban nhân dân")
    DEPARTMENT = "so", _("Sở, ban, ngành")
    SERVICE_CENTRE = "tt-pvhcc", _("Trung tâm Phục vụ hành chính công")
    MASS_ORGANISATION = "doan-the", _("Mặt trận, đoàn thể")
    OTHER = "khac", _("Cơ quan, đơn vị khác")


class OrganisationQuerySet(models.QuerySet):
    def within(self, unit) -> "OrganisationQuerySet":
        """Bodies that sit in `unit` or anywhere below it."""
        return self.filter(place__path__startswith=unit.path)

    def named(self, words: str) -> "OrganisationQuerySet":
        """Bodies whose name or short name holds the words, or that sit in a place called so or below it."""
        text = nfc(words).strip()
        own = models.Q(name__icontains=text) | models.Q(short_name__icontains=text)
        return self.filter(own | lies_where_named(text))

    def active(self) -> "OrganisationQuerySet":
        return self.filter(is_active=True)


class Organisation(Dated, PubliclyNumbered):
    """A body (cơ quan, đơn vị) that signs what it publishes. It sits in a place and may have a parent body."""

    name = NFCCharField(_("tên cơ quan, đơn vị"), max_length=200)
    short_name = NFCCharField(
        _("tên gọn"), max_length=80, help_text=_("Dùng trên hình ảnh và trong danh sách.")
    )
    kind = models.CharField(_("loại"), max_length=12, choices=OrganisationKind)
    place = models.ForeignKey(
        "places.AdministrativeUnit",
        on_delete=models.PROTECT,
        related_name="organisations",
        verbose_name=_("địa bàn"),
    )
    parent = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="children",
        verbose_name=_("cơ quan cấp trên"),
    )
    address = NFCCharField(_("địa chỉ"), max_length=250, blank=True)
    hotline = models.CharField(_("đường dây nóng"), max_length=30, blank=True)
    is_active = models.BooleanField(_("đang hoạt động"), default=True)

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        verbose_name = _("cơ quan, đơn vị")
        verbose_name_plural = _("cơ quan, đơn vị")
        ordering = ["place__path", "name"]
        constraints = [
            models.UniqueConstraint(fields=["place", "name"], name="organisation_name_once_per_place"),
            models.CheckConstraint(
                condition=~models.Q(parent=models.F("id")), name="organisation_is_not_its_own_parent"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class LeadBody(Dated):
    """Which body leads this work in a place: a setting, because it is not the same office everywhere.

    Members of a lead body see every body in their place and below it; members of other bodies see their own."""

    place = models.OneToOneField(
        "places.AdministrativeUnit",
        on_delete=models.CASCADE,
        related_name="lead_body",
        verbose_name=_("địa bàn"),
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="leads", verbose_name=_("cơ quan đầu mối")
    )

    class Meta:
        verbose_name = _("cơ quan đầu mối")
        verbose_name_plural = _("cơ quan đầu mối")

    def __str__(self) -> str:
        return f"{self.organisation} – {self.place}"


class Initiative(Dated):
    """What the work serves (Đề án, chương trình). One item may count for several."""

    code = models.SlugField(_("mã"), unique=True)
    name = NFCCharField(_("tên đề án, chương trình"), max_length=250)
    legal_basis = NFCTextField(_("căn cứ pháp lý"), blank=True)
    valid_from = models.DateField(_("hiệu lực từ"))
    valid_to = models.DateField(_("hiệu lực đến"), null=True, blank=True)

    class Meta:
        verbose_name = _("đề án, chương trình")
        verbose_name_plural = _("đề án, chương trình")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
