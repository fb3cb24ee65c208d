"""Places: the administrative units of Viet Nam, what they replaced and what they were called."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _

from cms.core.folding import fold
from cms.core.models import NFCCharField, nfc
from cms.places import kinds
from cms.places.ordering import sort_key
from cms.places.querysets import AdministrativeUnitQuerySet, UnitVersionQuerySet
from cms.places.search_text import haystack, joined

PATH_SEPARATOR = "/"


class UnitKind(models.TextChoices):
    CENTRE = kinds.CENTRE, _("Trung ương")
    PROVINCE = kinds.PROVINCE, _("Tỉnh")
    CITY = kinds.CITY, _("Thành phố")
    COMMUNE = kinds.COMMUNE, _("Xã")
    WARD = kinds.WARD, _("Phường")
    SPECIAL_ZONE = kinds.SPECIAL_ZONE, _("Đặc khu")


class UnitLevel(models.IntegerChoices):
    CENTRE = kinds.LEVEL_CENTRE, _("Trung ương")
    PROVINCE = kinds.LEVEL_PROVINCE, _("Cấp tỉnh")
    COMMUNE = kinds.LEVEL_COMMUNE, _("Cấp xã")


class FormerTier(models.TextChoices):
    PROVINCE = "tỉnh", _("Cấp tỉnh")
    DISTRICT = "huyện", _("Cấp huyện")
    COMMUNE = "xã", _("Cấp xã")


class AdministrativeUnit(models.Model):
    """A place: the centre, a province or city, or a commune, ward or special zone.

    `name` and `kind` are the ones in force when the map was last loaded; `versions` tells other days. `path`
    is made of the codes from the centre down, each followed by a slash ("00/52/21553/"), so everything in a
    place shares its path as a prefix and no neighbour does.
    """

    code = models.CharField(_("mã"), max_length=8, unique=True)
    name = NFCCharField(_("tên"), max_length=80)
    kind = models.CharField(_("loại"), max_length=16, choices=UnitKind)
    parent = models.ForeignKey(
        "self",
        verbose_name=_("trực thuộc"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
    )
    valid_from = models.DateField(_("có hiệu lực từ"), null=True, blank=True)
    valid_to = models.DateField(_("có hiệu lực đến hết"), null=True, blank=True)
    latitude = models.FloatField(_("vĩ độ"), null=True, blank=True)
    longitude = models.FloatField(_("kinh độ"), null=True, blank=True)

    full_name = NFCCharField(_("tên đầy đủ"), max_length=100, editable=False)
    level = models.PositiveSmallIntegerField(_("cấp"), choices=UnitLevel, db_index=True, editable=False)
    path = models.CharField(_("đường dẫn"), max_length=40, unique=True, editable=False)
    sort_name = models.CharField(_("khóa sắp xếp"), max_length=200, editable=False)
    folded = models.CharField(_("tên không dấu"), max_length=80, db_index=True, editable=False)
    folded_full = models.CharField(_("tên đầy đủ không dấu"), max_length=100, editable=False)
    joined = models.CharField(_("tên không dấu viết liền"), max_length=80, editable=False)
    search_text = models.TextField(_("từ để tìm"), editable=False)

    objects = AdministrativeUnitQuerySet.as_manager()

    class Meta:
        verbose_name = _("địa bàn")
        verbose_name_plural = _("địa bàn")
        ordering = ["level", "sort_name", "code"]

    def __str__(self) -> str:
        return self.full_name

    def save(self, *args, **kwargs) -> None:
        """Save with everything that follows from name, kind and parent. Units below are not touched."""
        self.derive()
        super().save(*args, **kwargs)

    def derive(self) -> None:
        """Set full name, level, path, sort key and search words; the parent's own must be set already."""
        self.name = nfc(self.name)
        self.level = kinds.LEVEL_OF_KIND[self.kind]
        centre = self.kind == kinds.CENTRE
        self.full_name = self.name if centre else kinds.full_name(kinds.WORD_OF_KIND[self.kind], self.name)
        self.path = f"{self.parent.path if self.parent else ''}{self.code}{PATH_SEPARATOR}"
        self.sort_name = sort_key(self.name)
        self.folded = fold(self.name)
        self.folded_full = fold(self.full_name)
        self.joined = joined(self.name)
        names = [(self.full_name, self.name)]
        if self.parent and self.parent.level > kinds.LEVEL_CENTRE:
            names.append((self.parent.full_name, self.parent.name))
        self.search_text = haystack(names)

    @property
    def address(self) -> str:
        """The unit with what it lies in, as on an envelope: "Phường Quy Nhơn, Tỉnh Gia Lai"."""
        if self.parent is None or self.parent.level == kinds.LEVEL_CENTRE:
            return self.full_name
        return f"{self.full_name}, {self.parent.full_name}"

    def path_codes(self) -> list[str]:
        """Codes from the centre down to this unit."""
        return self.path.rstrip(PATH_SEPARATOR).split(PATH_SEPARATOR)

    def contains(self, other: AdministrativeUnit) -> bool:
        """Whether `other` is this unit or lies in it; asks no database."""
        return other.path.startswith(self.path)

    def ancestors(self) -> AdministrativeUnitQuerySet:
        """What this unit lies in, the centre first, without the unit itself."""
        return AdministrativeUnit.objects.ancestors_of(self)

    def full_name_on(self, day: date) -> str:
        """Return what the unit was called on `day`; its present name when no other is on record."""
        version = self.versions.valid_on(day).first()
        return version.full_name if version else self.full_name


class UnitVersion(models.Model):
    """What a unit was called and which kind it was between two days, both included, by which resolution."""

    unit = models.ForeignKey(
        AdministrativeUnit, verbose_name=_("địa bàn"), on_delete=models.CASCADE, related_name="versions"
    )
    name = NFCCharField(_("tên"), max_length=80)
    kind = models.CharField(_("loại"), max_length=16, choices=UnitKind)
    full_name = NFCCharField(_("tên đầy đủ"), max_length=100)
    valid_from = models.DateField(_("có hiệu lực từ"))
    valid_to = models.DateField(_("có hiệu lực đến hết"), null=True, blank=True)
    basis = NFCCharField(_("căn cứ"), max_length=200)

    objects = UnitVersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("giai đoạn của địa bàn")
        verbose_name_plural = _("các giai đoạn của địa bàn")
        ordering = ["unit", "valid_from"]
        constraints = [models.UniqueConstraint(fields=["unit", "valid_from"], name="places_version_once")]

    def __str__(self) -> str:
        return self.full_name


class UnitAlias(models.Model):
    """A former unit that went, wholly or in part, into a present one; one row for each of its successors.

    `former_code` is a code of its own time and tier and is never to be looked up among present codes.
    """

    unit = models.ForeignKey(
        AdministrativeUnit,
        verbose_name=_("địa bàn kế thừa"),
        on_delete=models.CASCADE,
        related_name="aliases",
    )
    tier = models.CharField(_("cấp cũ"), max_length=8, choices=FormerTier)
    former_code = models.CharField(_("mã cũ"), max_length=8)
    former_kind = NFCCharField(_("loại cũ"), max_length=16)
    former_name = NFCCharField(_("tên cũ"), max_length=80)
    former_full_name = NFCCharField(_("tên cũ đầy đủ"), max_length=100)
    former_parents = NFCCharField(_("trực thuộc cũ"), max_length=200, blank=True)
    valid_from = models.DateField(_("có hiệu lực từ"), null=True, blank=True)
    valid_to = models.DateField(_("có hiệu lực đến hết"))
    note = NFCCharField(_("ghi chú"), max_length=200, blank=True)
    folded = models.CharField(_("tên cũ không dấu"), max_length=80, db_index=True, editable=False)
    folded_full = models.CharField(_("tên cũ đầy đủ không dấu"), max_length=100, editable=False)
    joined = models.CharField(_("tên không dấu viết liền"), max_length=80, editable=False)
    search_text = models.TextField(_("từ để tìm"), editable=False)

    class Meta:
        verbose_name = _("tên gọi cũ của địa bàn")
        verbose_name_plural = _("tên gọi cũ của địa bàn")
        ordering = ["tier", "former_code", "unit"]
        constraints = [
            models.UniqueConstraint(fields=["tier", "former_code", "unit"], name="places_alias_once")
        ]

    def __str__(self) -> str:
        return self.former_full_name
