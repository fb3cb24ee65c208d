"""A socket: a room to the right draws the end card of clips and says whether an invitation fits on it."""

from __future__ import annotations

from collections.abc import Callable

from cms.organisations.models import Organisation

#: Given a body and the invitation on its end card, answers the sentence why it cannot be drawn; None: it can.
Asker = Callable[[Organisation, str], str | None]

_askers: list[Asker] = []


def plug(asker: Asker) -> None:
    """Ask `asker` from now on; plugging the same one twice changes nothing."""
    if asker not in _askers:
        _askers.append(asker)


def refusal(body: Organisation, invitation: str) -> str | None:
    """Return why `invitation` cannot stand on an end card of `body`; None: it can."""
    return next((sentence for asker in _askers if (sentence := asker(body, invitation))), None)
