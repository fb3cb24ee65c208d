"""A socket: rooms to the right say which fields of an asset may not be changed here, and why."""

from __future__ import annotations

from collections.abc import Callable

from media.library.models import Asset

#: Asked with an asset, answers form field → the reason, as a sentence for the person at the form.
Asker = Callable[[Asset], dict[str, str]]

_askers: list[Asker] = []


def plug(asker: Asker) -> None:
    """Ask `asker` from now on; plugging the same one twice changes nothing."""
    if asker not in _askers:
        _askers.append(asker)


def locked_fields(asset: Asset) -> dict[str, str]:
    """Return the form fields of `asset` that are locked, with the reasons; empty for an asset not yet saved."""
    found: dict[str, str] = {}
    if asset.pk:
        for asker in _askers:
            found.update(asker(asset))
    return found
