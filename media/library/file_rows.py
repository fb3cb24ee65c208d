"""The file rows (pictures, clips, documents) that assets carry, now or in an earlier revision."""

from __future__ import annotations

from media.library.models import Asset, LibraryDocument, LibraryImage, LibraryMedia


def carried_rows(asset: Asset) -> dict[type, set[int]]:
    """Return the file rows that `asset` carries now or carried in an earlier revision, by model."""
    rows: dict[type, set[int]] = {LibraryImage: set(), LibraryMedia: set(), LibraryDocument: set()}
    states: list[dict] = [{"image": asset.image_id, "clip": asset.clip_id, "document": asset.document_id}]
    states += [revision.content for revision in asset.revisions.all()] if asset.pk else []
    for state in states:
        for model, name in ((LibraryImage, "image"), (LibraryMedia, "clip"), (LibraryDocument, "document")):
            if state.get(name):
                rows[model].add(state[name])
    return rows


def drop_unused(rows: dict[type, set[int]]) -> None:
    """Delete those of the file rows that no asset carries any more; their blobs are let go with them."""
    for clip in LibraryMedia.objects.filter(pk__in=rows[LibraryMedia], assets__isnull=True):
        poster = clip.poster
        clip.delete()
        if poster is not None and not poster.assets.exists():
            poster.delete()
    for model in (LibraryImage, LibraryDocument):
        for row in model.objects.filter(pk__in=rows[model], assets__isnull=True):
            row.delete()
