"""What a post needs to know about a library asset: its version, and the facts the content rules ask for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from campaigns.posts.content_rules import MediaFacts
from cms.approvals.content import content_hash

if TYPE_CHECKING:
    from media.library.models import Asset, Blob

#: Asset kind → the word of the content rules.
_KINDS = {"do-hoa": "image", "video": "clip", "am-thanh": "audio"}

#: Relations to read with an asset, so that nothing here asks the database again.
RELATIONS = ("image__blob", "clip__blob", "document__blob")


def blob_of(asset: Asset) -> Blob | None:
    """Return the file content that goes out with the asset; None for one that has no file."""
    carrier = asset.image or asset.clip or asset.document
    return carrier.blob if carrier else None


def version_of(asset: Asset) -> str:
    """Return the SHA-256 over everything of the asset that reaches people: file, words, label."""
    blob = blob_of(asset)
    return content_hash(
        {
            "kind": asset.kind,
            "title": asset.title,
            "summary": asset.summary,
            "body": asset.body.get_prep_value() if asset.body else [],
            "file": blob.sha256 if blob else "",
            "alt_text": asset.alt_text,
            "transcript": asset.transcript,
            "machine_made": asset.machine_made,
        }
    )


def media_facts(asset: Asset) -> MediaFacts:
    """Return what the content rules need to know about the asset."""
    blob = blob_of(asset)
    return MediaFacts(
        kind=_KINDS.get(asset.kind, "other"),
        title=asset.title,
        size=blob.size if blob else 0,
        alt_text=asset.alt_text,
        transcript=asset.transcript,
    )
