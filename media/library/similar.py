"""What in the library looks or reads like an asset: said on upload, so that nobody makes twice what is there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any, Final

from django.utils.translation import gettext as _
from wagtail.permissions import policy_registry

from media.library.finding.entries import own_texts
from media.library.finding.tables import TextSketch
from media.library.identity_cards import told
from media.library.likeness import NEAR_SHARE, alike_pictures, look_bands, share, shingles, sketch
from media.library.models import Asset, LibraryImage, PictureBand

#: A signed column holds numbers from -2**63.
_SHIFT: Final = 1 << 63
_MOST_NAMED: Final = 3
_MOST_COMPARED: Final = 25


def stored_look(bits: int | None) -> int | None:
    """Return a difference hash as its column holds it."""
    return None if bits is None else bits - _SHIFT


def note_look(image: LibraryImage) -> None:
    """Keep by which numbers a picture meets those like it. Called once, when its row is made."""
    if image.look is not None:
        numbers = look_bands(image.look + _SHIFT)
        PictureBand.objects.bulk_create([PictureBand(image=image, number=number) for number in numbers])


def note_text(assets: Iterable[Asset]) -> None:
    """Keep the sketches of these assets' texts, in place of former ones. Called while they are put into the index."""
    assets = list(assets)
    TextSketch.objects.filter(asset_id__in=[asset.pk for asset in assets]).delete()
    TextSketch.objects.bulk_create(
        [
            TextSketch(asset_id=asset.pk, band=band, value=value)
            for asset in assets
            for band, value in enumerate(sketch(shingles(" ".join(own_texts(asset)))))
        ],
        batch_size=1000,
    )


def looks_like(asset: Asset, user: Any) -> list[Asset]:
    """Return the assets that `user` may see whose picture looks like that of `asset`, the nearest first."""
    image = asset.image
    if image is None or image.look is None:
        return []
    mine = image.look + _SHIFT
    # One picture in about seventy shares a number by chance; only those are compared.
    met = PictureBand.objects.filter(number__in=look_bands(mine)).values("image")
    others = LibraryImage.objects.filter(pk__in=met, assets__isnull=False).exclude(pk=image.pk)
    near = {
        pk: (mine ^ (look + _SHIFT)).bit_count()
        for pk, look in others.values_list("pk", "look")
        if look is not None and alike_pictures(mine, look + _SHIFT)
    }
    rows = _visible(user).filter(image__in=list(near)).exclude(pk=asset.pk)
    return sorted(rows, key=lambda row: near[row.image_id])


def reads_like(asset: Asset, user: Any) -> list[Asset]:
    """Return the assets that `user` may see whose text is mostly that of `asset`, the nearest first."""
    mine = shingles(" ".join(own_texts(asset)))
    bands = dict(enumerate(sketch(mine)))
    met: Counter[int] = Counter()
    for pk, band, value in TextSketch.objects.filter(value__in=list(bands.values())).values_list(
        "asset_id", "band", "value"
    )[:5000]:
        if bands[band] == value and pk != asset.pk:
            met[pk] += 1
    candidates = [pk for pk, _count in met.most_common(_MOST_COMPARED)]
    shares = {
        row: share(mine, shingles(" ".join(own_texts(row))))
        for row in _visible(user).filter(pk__in=candidates)
    }
    return sorted(
        (row for row, part in shares.items() if part >= NEAR_SHARE), key=lambda row: shares[row], reverse=True
    )


def warnings_about(asset: Asset, user: Any) -> list[str]:
    """Return the sentences for somebody who just put `asset` into the library; empty when it is like nothing."""
    said = [told(asset.kind)] if asset.shows_identity_card else []
    pictures, texts = looks_like(asset, user), reads_like(asset, user)
    if pictures:
        said.append(_("Hình này giống hình đã có trong kho: %(names)s.") % {"names": _names(pictures)})
    if texts:
        said.append(_("Nội dung này gần trùng với tài liệu đã có: %(names)s.") % {"names": _names(texts)})
    return said


def _visible(user: Any):
    return policy_registry.get_by_type(Asset).instances_user_has_permission_for(user, "view")


def _names(rows: list[Asset]) -> str:
    return ", ".join(f"“{row.title}”" for row in rows[:_MOST_NAMED])
