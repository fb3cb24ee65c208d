"""A socket: a room to the right knows the logo of a body; clips that are cut for it carry it."""

from __future__ import annotations

from collections.abc import Callable

from cms.organisations.models import Organisation
from media.library.models import Blob

#: Given a body, answers the blob of its logo; None when it has none.
LogoAsker = Callable[[Organisation], Blob | None]

_askers: list[LogoAsker] = []


def plug(asker: LogoAsker) -> None:
    """Ask `asker` from now on; plugging the same one twice changes nothing."""
    if asker not in _askers:
        _askers.append(asker)


def logo_of(body: Organisation) -> Blob | None:
    """Return the blob of the logo of `body`; None when nobody knows one."""
    return next((blob for asker in _askers if (blob := asker(body)) is not None), None)
