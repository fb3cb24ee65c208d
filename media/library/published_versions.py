"""The versions in which an asset stood in the library: noted as they come, asked when one of them is recalled."""

from __future__ import annotations

from cms.core import clock
from media.library.models import Asset, PublishedVersion
from media.library.versions import version_hash

#: Newest versions that are offered.
MOST = 20


def note_published(asset: Asset) -> PublishedVersion:
    """Note the version in which `asset` stands in the library now; the same one again only gets the later time."""
    seen = _as_it_stands(asset.pk)
    row, _made = PublishedVersion.objects.update_or_create(
        asset_id=seen.asset_id,
        version=seen.version,
        defaults={"title": seen.title, "note": seen.note, "image": seen.image, "at": clock.now()},
    )
    return row


def versions_of(asset: Asset) -> list[PublishedVersion]:
    """Return the newest versions in which `asset` stood in the library, the present one first. A row that went into the
    library before versions were noted stands for the present one without being kept. Two questions."""
    noted = list(PublishedVersion.objects.filter(asset=asset)[:MOST])
    if asset.live and (present := _as_it_stands(asset.pk)).version not in {row.version for row in noted}:
        noted.insert(0, present)
    return noted


def pictures_of(asset_id: int, version: str) -> set[int]:
    """Return the picture that this version of the asset carried, as a set of at most one key."""
    rows = PublishedVersion.objects.filter(asset=asset_id, version=version, image__isnull=False)
    found = set(rows.values_list("image", flat=True))
    present = _as_it_stands(asset_id)
    return found | ({present.image_id} if present.image_id and present.version == version else set())


def _as_it_stands(asset_id: int) -> PublishedVersion:
    asset = Asset.objects.with_files().get(pk=asset_id)
    return PublishedVersion(
        asset=asset,
        version=version_hash(asset),
        title=asset.title,
        note=asset.version_note,
        image=asset.image,
        at=asset.last_published_at or asset.updated_at,
    )
