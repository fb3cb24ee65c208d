"""What the content rules need to know about a library asset."""

from __future__ import annotations

from campaigns.posts.content_rules import MediaFacts
from cms.core import clock
from media.library.models import Asset, AssetKind
from media.library.sources import sources_refusal
from media.library.usability import refusal_for_good
from media.library.versions import files_of

#: Asset kind → the word of the content rules.
_KINDS: dict[str, str] = {AssetKind.INFOGRAPHIC: "image", AssetKind.CLIP: "clip", AssetKind.AUDIO: "audio"}


def media_facts(asset: Asset) -> MediaFacts:
    """Return what the content rules need to know about the asset, its sources included."""
    files = files_of(asset)
    first = files[0] if files else None
    return MediaFacts(
        kind=_KINDS.get(asset.kind, "other"),
        title=asset.title,
        size=first.blob.size if first else 0,
        alt_text=asset.alt_text,
        transcript=asset.transcript or asset.captions,
        refusal=sources_refusal(asset) or refusal_for_good(asset, clock.now()) or "",
        seconds=float(first.seconds or 0) if first else 0.0,
        width=(first.width or 0) if first else 0,
        height=(first.height or 0) if first else 0,
    )
