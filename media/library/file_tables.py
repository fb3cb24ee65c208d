"""The files an asset carries: pictures, recordings and documents, whose bytes are blobs, kept once per content."""

from __future__ import annotations

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument
from wagtail.images.models import AbstractImage, AbstractRendition, WagtailImageField
from wagtailmedia.models import AbstractMedia

from media.library.file_owners import BehindItsAsset, OfABody
from media.library.storage import blob_storage


class Blob(models.Model):
    """The bytes of one file, kept once per content and counted by those who refer to them."""

    sha256 = models.CharField(_("SHA-256"), max_length=64, unique=True)
    size = models.PositiveBigIntegerField(_("dung lượng (byte)"))
    media_type = models.CharField(_("kiểu tệp"), max_length=80)
    file = models.FileField(_("tệp"), max_length=200)
    references = models.PositiveIntegerField(_("số nơi dùng"), default=0)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("tệp gốc")
        verbose_name_plural = _("tệp gốc")

    def __str__(self) -> str:
        return self.sha256[:12]


class LibraryImage(OfABody, AbstractImage):
    """A picture; the focal point is Wagtail's. Its file is a blob's, shared by every picture with the same content."""

    file = WagtailImageField(
        _("tệp"), storage=blob_storage, max_length=200, width_field="width", height_field="height"
    )
    blob = models.ForeignKey(Blob, null=True, on_delete=models.PROTECT, related_name="images")
    # The difference hash (`media.library.likeness`), shifted into what a signed column holds; empty for a plain picture.
    look = models.BigIntegerField(null=True, editable=False, db_index=True)
    shows_identity_card = models.BooleanField(default=False, editable=False)
    admin_form_fields = (
        "title",
        "file",
        "focal_point_x",
        "focal_point_y",
        "focal_point_width",
        "focal_point_height",
    )

    class Meta(AbstractImage.Meta):
        verbose_name = _("hình ảnh")
        verbose_name_plural = _("hình ảnh")


class PictureBand(models.Model):
    """One band of a picture's difference hash (`media.library.likeness.look_bands`), by which like pictures meet."""

    image = models.ForeignKey(LibraryImage, on_delete=models.CASCADE, related_name="bands")
    number = models.PositiveSmallIntegerField(db_index=True)

    def __str__(self) -> str:
        return f"{self.image_id} [{self.number}]"


class LibraryRendition(AbstractRendition):
    """A smaller picture made from one; seen through the library's own door only."""

    image = models.ForeignKey(LibraryImage, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        unique_together = (("image", "filter_spec", "focal_point_key"),)

    @property
    def url(self) -> str:
        return reverse("library:rendition", args=[self.pk])


class LibraryMedia(BehindItsAsset, AbstractMedia):
    """A clip or a sound. A clip's poster is a frame of it."""

    file = models.FileField(_("tệp"), storage=blob_storage, max_length=200)
    blob = models.ForeignKey(Blob, null=True, on_delete=models.PROTECT, related_name="clips")
    poster = models.ForeignKey(
        LibraryImage,
        null=True,
        on_delete=models.SET_NULL,
        related_name="poster_of",
        verbose_name=_("ảnh bìa"),
    )
    shows_identity_card = models.BooleanField(default=False, editable=False)
    admin_form_fields = ("title", "file", "duration", "width", "height", "thumbnail")

    class Meta(AbstractMedia.Meta):
        verbose_name = _("video, âm thanh")
        verbose_name_plural = _("video, âm thanh")


class LibraryDocument(BehindItsAsset, AbstractDocument):
    """A document's file."""

    file = models.FileField(_("tệp"), storage=blob_storage, max_length=200)
    blob = models.ForeignKey(Blob, null=True, on_delete=models.PROTECT, related_name="documents")
    shows_identity_card = models.BooleanField(default=False, editable=False)
    admin_form_fields = ("title", "file")

    class Meta(AbstractDocument.Meta):
        verbose_name = _("tệp văn bản")
        verbose_name_plural = _("tệp văn bản")
