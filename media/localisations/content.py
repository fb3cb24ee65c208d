"""An asset's mergeable content: read from its row or a revision, written back to it."""

from __future__ import annotations

import json
from typing import Any, cast

from django.core.serializers.json import DjangoJSONEncoder
from wagtail.fields import StreamField

from media.library.models import Asset
from media.localisations.merge import Block, Content

#: Plain texts, in the order in which people read them.
TEXTS = ("title", "summary", "alt_text", "transcript", "captions", "end_card", "source_note")
#: Files, as the numbers of their rows: a copy carries the same row until it gets one of its own.
FILES = ("image", "clip", "document")


def content_of(asset: Asset) -> Content:
    """Return the content of `asset` as it stands in the object given (the row, or a revision as an object)."""
    fields: dict[str, Any] = {name: getattr(asset, name) for name in TEXTS}
    fields |= {name: getattr(asset, f"{name}_id") for name in FILES}
    raw = asset.body.get_prep_value() if asset.body else []
    blocks = [Block(str(block["id"]), block["type"], _plain(block["value"])) for block in raw]
    return Content(fields, tuple(blocks))


def put(content: Content, asset: Asset) -> None:
    """Write `content` into the object `asset`; nothing is saved."""
    for name in TEXTS:
        setattr(asset, name, content.fields[name])
    for name in FILES:
        setattr(asset, f"{name}_id", content.fields[name])
    raw = [{"type": block.type, "value": block.value, "id": block.id} for block in content.blocks]
    put_blocks(raw, asset)


def put_blocks(raw: list[dict[str, Any]], asset: Asset) -> None:
    """Write blocks, as Wagtail stores them, into the body of the object `asset`; nothing is saved."""
    body = cast(StreamField, Asset._meta.get_field("body"))
    asset.body = body.to_python(json.dumps(raw, cls=DjangoJSONEncoder))


def as_json(content: Content) -> dict[str, Any]:
    """Return `content` as plain JSON values."""
    return {
        "fields": dict(content.fields),
        "blocks": [[block.id, block.type, block.value] for block in content.blocks],
    }


def from_json(kept: dict[str, Any]) -> Content:
    """Return the content that `as_json` kept. A field that did not exist then is empty."""
    empty: dict[str, Any] = dict.fromkeys(TEXTS, "") | dict.fromkeys(FILES, None)
    return Content(empty | kept["fields"], tuple(Block(*block) for block in kept["blocks"]))


def working_copy(asset: Asset) -> Asset:
    """Return `asset` as its people last left it: the newest revision, published or not."""
    return asset.get_latest_revision_as_object() if asset.latest_revision_id else asset


def _plain(value: Any) -> Any:
    return json.loads(json.dumps(value, cls=DjangoJSONEncoder))
