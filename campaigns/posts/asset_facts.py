"""What the content rules need to know about a library asset."""

from __future__ import annotations

from campaigns.posts.content_rules import MediaFacts
from media.library.models import Asset, AssetKind
from media.library.sources import sources_refusal
from media.library.versions import files_of

#: Asset kind → the word of the content rules.
_KINDS: dict[str, str] = {AssetKind.INFOGRAPHIC: "image", AssetKind.CLIP: "clip", AssetKind.AUDIO: "audio"}


def media_facts(asset: Asset) -> MediaFacts:
    """Return what the content rules need to know about the asset, its sources included."""
    files = files_of(asset)
    return MediaFacts(
        kind=_KINDS.get(asset.kind, "other"),
        title=asset.title,
        size=files[0].blob.size if files else 0,
        alt_text=asset.alt_text,
        transcript=asset.transcript or asset.captions,
        refusal=sources_refusal(asset) or "",
    )
