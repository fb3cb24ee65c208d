"""The request as it was approved: made once at booking, kept as plain JSON with its hash, thawed for the adapter."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, fields
from pathlib import Path
from typing import Any

from publishers.adapters.seam import Media, Request
from publishers.delivery.prepared_files import local_path

_MEDIA_FIELDS = {field.name for field in fields(Media)}
_REQUEST_FIELDS = {field.name for field in fields(Request)}


def as_json(request: Request) -> dict[str, Any]:
    """Return `request` as plain JSON values. Its media name files in the default storage, never folders of a machine."""
    frozen = asdict(request)
    frozen["media"] = list(frozen["media"])
    frozen["tags"] = list(frozen["tags"])
    return frozen


def hash_of(frozen: Mapping[str, Any]) -> str:
    """Return the SHA-256 of the canonical JSON of a frozen request."""
    text = json.dumps(frozen, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def thaw(frozen: Mapping[str, Any]) -> Request:
    """Return the request an adapter is given. Unknown fields (of a later release) are left out; raises TypeError or
    KeyError when a field it cannot do without is missing."""
    return _thawed(frozen, _local)


def _thawed(frozen: Mapping[str, Any], place: Callable[[str], str]) -> Request:
    values = {name: value for name, value in frozen.items() if name in _REQUEST_FIELDS}
    values["tags"] = tuple(values.get("tags", ()))
    values["media"] = tuple(
        Media(
            **{name: value for name, value in media.items() if name in _MEDIA_FIELDS}
            | {"path": place(media["path"]), "captions_path": place(media.get("captions_path", ""))}
        )
        for media in frozen["media"]
    )
    return Request(**values)


def sketch(frozen: Mapping[str, Any]) -> Request:
    """Return the request as `thaw` does, its files by name only: enough to plan with, nothing is fetched."""
    return _thawed(frozen, str)


def missing_media(request: Request, *, read_through: bool) -> list[str]:
    """Return the names of files that are gone or no longer what was approved.

    Sizes are always compared; `read_through` also reads every byte and compares the SHA-256."""
    gone = []
    for media in request.media:
        path = Path(media.path)
        try:
            intact = path.stat().st_size == media.size and (
                not read_through or file_sha256(path) == media.sha256
            )
        except OSError:
            intact = False
        if not intact:
            gone.append(media.title or path.name)
    return gone


def file_sha256(path: Path) -> str:
    """Return the SHA-256 of the file, read in pieces. Raises OSError when it cannot be read."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _local(name: str) -> str:
    """Return where the file can be read; one that is gone keeps its name, and the check before sending says so."""
    try:
        return local_path(name)
    except OSError:
        return name
