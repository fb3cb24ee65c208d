"""A picture of the library that was drawn into graphics: where they are listed, and that a recall reaches them too."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Q
from django.db.models.signals import post_save
from django.dispatch import receiver
from django.urls import reverse
from django.utils.translation import gettext as _

from media.designs.models import Drawing
from media.designs.services import behind_their_photo
from media.library.models import Asset, PublishedVersion, Withdrawal
from media.library.published_versions import pictures_of
from media.library.uses import Use
from media.library.versions import version_hash
from media.library.withdrawals import lift_along, lifted, withdraw_along


def uses_in_drawings(pks: list[int]) -> Iterable[Use]:
    """Return each asset whose picture was drawn with a picture of one of these assets, the present one or an earlier.
    Two questions."""
    drawings = Drawing.objects.filter(Q(photo__in=pks) | Q(picture__assets__in=pks))
    photos: dict[int, set[int]] = {}
    for image, photo, carrying in drawings.values_list("image", "photo", "picture__assets"):
        photos.setdefault(image, set()).update({photo, carrying} & set(pks))
    rows = Asset.objects.filter(image__in=photos).select_related("organisation__place__parent__parent")
    for row in rows:
        for photo in sorted(photos[row.image_id or 0]):
            yield _use(photo, row)


def drawn_from(version: PublishedVersion) -> Iterable[Use]:
    """Return each asset that shows the picture of this version of a photo, or stood in the library showing it."""
    if version.image_id is None:
        return
    shows = Q(image__drawing__picture=version.image_id)
    shows |= Q(published_versions__image__drawing__picture=version.image_id)
    rows = Asset.objects.filter(shows).distinct().select_related("organisation__place__parent__parent")
    for row in rows:
        yield _use(version.asset_id, row)


def link_to_redraw(asset: Asset, user: Any) -> Iterable[tuple[str, str]]:
    """Offer beside the uses of a graphic whose photo was replaced to draw it again."""
    if behind_their_photo(Asset.objects.filter(pk=asset.pk)).exists():
        yield (_("Vẽ lại với ảnh mới"), reverse("redraw", args=[asset.public_id]))


def _use(photo: int, row: Asset) -> Use:
    return Use(
        photo,
        _("Đồ họa theo mẫu"),
        row.title,
        row.organisation,
        row.created_at,
        reverse("library_used", args=[row.public_id]),
        row,
    )


@receiver(post_save, sender=Withdrawal, dispatch_uid="designs_withdraw_drawn")
def picture_withdrawn(sender: Any, instance: Withdrawal, created: bool, **kwargs: Any) -> None:
    """Withdraw with an asset every graphic that shows its picture, and every earlier version of a graphic that showed
    it; with one version of it, every version of a graphic that shows that version's picture. Their own copies follow
    through the same door."""
    if created:
        withdraw_along(instance, _showing(instance))


@receiver(lifted, sender=Withdrawal, dispatch_uid="designs_lift_drawn")
def picture_given_back(sender: Any, withdrawal: Withdrawal, **kwargs: Any) -> None:
    """Give back what was withdrawn with the picture, and only that."""
    lift_along(withdrawal, _showing(withdrawal))


def _showing(withdrawal: Withdrawal) -> set[tuple[int, str]]:
    """Return (asset, version) of what shows what was withdrawn; "" where the asset shows it now and all of it goes."""
    if not withdrawal.version:
        whole = {(use.row.pk, "") for use in uses_in_drawings([withdrawal.asset_id])}
        drawings = Drawing.objects.filter(
            Q(photo=withdrawal.asset_id) | Q(picture__assets=withdrawal.asset_id)
        )
    else:
        whole = set()
        pictures = pictures_of(withdrawal.asset_id, withdrawal.version)
        drawings = Drawing.objects.filter(picture__in=pictures)
    noted = PublishedVersion.objects.filter(image__drawing__in=drawings)
    found = set(noted.values_list("asset", "version"))
    if withdrawal.version:
        current = Asset.objects.with_files().filter(image__drawing__in=drawings)
        found |= {(asset.pk, version_hash(asset)) for asset in current}
    gone = {asset for asset, _version in whole}
    return whole | {(asset, version) for asset, version in found if asset not in gone}
