"""What an asset is, frozen: the hash by which approvals and deliveries know that it is still the same."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import Any

from django.utils.text import slugify

from cms.core.folding import fold
from media.library.models import Asset, Blob

PICTURE, CLIP, SOUND, DOCUMENT, POSTER = "hinh-anh", "video", "am-thanh", "van-ban", "anh-bia"


@dataclass(frozen=True, slots=True)
class AssetFile:
    """One file that an asset carries, and the name under which the library's door serves it."""

    role: str
    blob: Blob
    width: int | None
    height: int | None
    seconds: float | None

    @property
    def name(self) -> str:
        return f"{self.role}{self.ending}"

    @property
    def path(self) -> str:
        """The name in the default storage."""
        return str(self.blob.file.name)

    @property
    def ending(self) -> str:
        return "." + self.path.rsplit(".", 1)[-1]


def files_of(asset: Asset) -> list[AssetFile]:
    """Return the files of `asset`, the one that people come for first."""
    files: list[AssetFile] = []
    image, clip, document = asset.image, asset.clip, asset.document
    if image is not None and image.blob:
        files.append(AssetFile(PICTURE, image.blob, image.width, image.height, None))
    if clip is not None and clip.blob:
        role = CLIP if clip.type == "video" else SOUND
        files.append(AssetFile(role, clip.blob, clip.width, clip.height, clip.duration))
        poster = clip.poster
        if poster is not None and poster.blob:
            files.append(AssetFile(POSTER, poster.blob, poster.width, poster.height, None))
    if document is not None and document.blob:
        files.append(AssetFile(DOCUMENT, document.blob, None, None, None))
    return files


def download_name(asset: Asset, file: AssetFile) -> str:
    """Return the name under which a person's browser keeps the file: the title without accents."""
    return f"{slugify(fold(asset.title))[:80] or file.role}{file.ending}"


def version_hash(asset: Asset) -> str:
    """Return the SHA-256 over everything of the asset that reaches people: words, files, labels, who issued it."""
    body = [dict(block) for block in asset.body.get_prep_value()] if asset.body else []
    for block in body:  # block ids change without the text changing
        block.pop("id", None)
    content = {
        "kind": asset.kind,
        "title": asset.title,
        "summary": asset.summary,
        "body": body,
        "alt_text": asset.alt_text,
        "transcript": asset.transcript,
        "captions": asset.captions,
        "language": asset.language,
        "document_number": asset.document_number,
        "document_status": asset.document_status,
        "machine_made": asset.machine_made,
        "source_note": asset.source_note,
        "issuing_body": asset.organisation_id,
        "files": [[file.role, file.blob.sha256] for file in files_of(asset)],
    }
    if asset.end_card:
        # Added later: what has none keeps the hash under which it was approved.
        content["end_card"] = asset.end_card
    return hashlib.sha256(
        json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str).encode()
    ).hexdigest()


def freeze(asset: Asset) -> dict[str, Any]:
    """Return what a post keeps of `asset` as it stands in the database now, as plain JSON values.

    `path` is the file's name in the default storage: open it with `default_storage.open(path)`. The first file is the
    one that goes out; a clip's poster follows it."""
    asset = Asset.objects.with_files().get(pk=asset.pk)
    return {
        "asset_id": asset.pk,
        "public_id": str(asset.public_id),
        "kind": asset.kind,
        "title": asset.title,
        "version": version_hash(asset),
        "files": [
            {
                "role": file.role,
                "sha256": file.blob.sha256,
                "path": file.path,
                "media_type": file.blob.media_type,
                "size": file.blob.size,
                "width": file.width,
                "height": file.height,
                "seconds": file.seconds,
                "alt_text": asset.alt_text,
                "title": asset.title,
            }
            for file in files_of(asset)
        ],
        "captions": asset.captions,
        "transcript": asset.transcript,
        "machine_made": asset.machine_made,
        "issuing_body": {
            "id": asset.organisation_id,
            "name": asset.organisation.name,
            "short_name": asset.organisation.short_name,
        },
        "live": asset.live,
    }
