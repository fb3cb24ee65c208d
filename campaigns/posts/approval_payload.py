"""What an approval of a post covers, as plain JSON: the texts, the media as they are, the channels and times, and the
keys (not the values) of the local facts its loudspeaker text is filled with."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from campaigns.posts import sockets
from cms.facts.placeholders import fact_keys
from media.library.versions import version_hash

if TYPE_CHECKING:
    from campaigns.posts.models import Post, Variant


def payloads(posts: Iterable[Post]) -> dict[int, dict[str, Any]]:
    """Return post id → payload. The posts must come from `PostQuerySet.with_content`.

    What has no order of its own is sorted, so the same post gives the same payload however its rows are read; the
    order of media within a variant is part of the message and kept."""
    posts = list(posts)
    parts = {name: part(posts) for name, part in sorted(sockets.approval_parts.items())}
    extras = {name: extra(posts) for name, extra in sorted(sockets.approval_extras.items())}
    return {
        post.pk: {
            "organisation": str(post.organisation.public_id),
            "title": post.title,
            "variants": sorted(
                (_variant(variant) for variant in post.variants.all()), key=lambda row: row["kind"]
            ),
            **{name: rows.get(post.pk, []) for name, rows in parts.items()},
            **{name: rows[post.pk] for name, rows in extras.items() if rows.get(post.pk)},
        }
        for post in posts
    }


def _variant(variant: Variant) -> dict[str, Any]:
    return {
        "kind": variant.kind,
        "title": variant.title,
        "summary": variant.summary,
        "text": variant.text,
        "link": variant.link,
        "media": [version_hash(row.asset) for row in variant.media.all()],
        "facts": sorted(fact_keys(f"{variant.title}\n{variant.text}")),
        # Left out where there are none, so that a post without any keeps the hash it was approved under.
        **({"extras": dict(sorted(variant.extras.items()))} if variant.extras else {}),
    }
