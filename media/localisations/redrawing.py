"""A socket: a room to the right draws an original's picture again for the body that copies it (its own logo, hotline,
address). What is drawn again is never merged by hand: it follows the original and the body's record."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from cms.organisations.models import Organisation
from media.library.models import Asset
from media.localisations.merge import Content

#: Given the original, the body, the copy's fields (None: a new copy), the actor, and whether to keep
#: what is drawn or only to ask, answers field → value for what was
#: drawn again; empty when the original is not drawn from a design. Raises InputRefused when something does not fit.
Redrawer = Callable[[Asset, Organisation, Mapping[str, Any] | None, Any, bool], dict[str, Any]]

_redrawers: list[Redrawer] = []


def plug(redrawer: Redrawer) -> None:
    """Ask `redrawer` from now on; plugging the same one twice changes nothing."""
    if redrawer not in _redrawers:
        _redrawers.append(redrawer)


def redrawn(
    upstream: Asset,
    body: Organisation,
    local: Mapping[str, Any] | None = None,
    actor: Any = None,
    keep: bool = True,
) -> dict[str, Any]:
    """Return what is drawn again for `body`; without `keep` only which fields would be, with the original's values."""
    found: dict[str, Any] = {}
    for redrawer in _redrawers:
        found.update(redrawer(upstream, body, local, actor, keep))
    return found


def following(
    base: Content, upstream: Content, local: Content, drawn: Mapping[str, Any]
) -> tuple[Content, Content]:
    """Return `base` and `upstream` so that every field in `drawn` is something only the original changed."""
    held = {name: local.fields[name] for name in drawn}
    return (
        replace(base, fields={**base.fields, **held}),
        replace(upstream, fields={**upstream.fields, **drawn}),
    )
