"""What the library's pages ask about an asset's files."""

from __future__ import annotations

from typing import Any

from django import template
from django.urls import reverse

from media.library.door import DRAFT, PAGE_SIDE, THUMBNAILS
from media.library.models import Asset
from media.library.versions import AssetFile, files_of

register = template.Library()


@register.simple_tag
def files_to_show(asset: Asset, in_preview: bool = False) -> dict[str, dict[str, Any]]:
    """Return the asset's files by role in snake case, each with address, type, size and measures."""
    query = f"?{DRAFT}" if in_preview else ""
    return {
        file.role.replace("-", "_"): {
            "url": reverse("library:file", args=[asset.public_id, file.name]) + query,
            "media_type": file.blob.media_type,
            "size": file.blob.size,
            "width": file.width,
            "height": file.height,
            "has_avif": "trang-avif" in THUMBNAILS,
            **_on_page(file),
        }
        for file in files_of(asset)
    }


def _on_page(file: AssetFile) -> dict[str, int]:
    """Return the measures of a picture as pages show it: no side longer than PAGE_SIDE, never larger than it is."""
    if not file.width or not file.height:
        return {}
    share = min(1.0, PAGE_SIDE / max(file.width, file.height))
    return {"page_width": round(file.width * share), "page_height": round(file.height * share)}
