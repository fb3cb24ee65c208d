"""The socket of the line above every page of the admin: what everybody concerned must know right now.

A room plugs in a function from its AppConfig.ready(); it is asked once per page and returns nothing on a quiet day."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.http import HttpRequest


@dataclass(frozen=True, slots=True)
class Banner:
    """One line: a whole sentence, and where it is dealt with."""

    sentence: str
    address: str = ""
    link_words: str = ""


Ask = Callable[[HttpRequest], Iterable[Banner]]

_plugged: list[Ask] = []


def plug(ask: Ask) -> None:
    """Ask `ask` on every page of the admin. Plugging twice asks once."""
    if ask not in _plugged:
        _plugged.append(ask)


def banners_for(request: HttpRequest) -> list[Banner]:
    """Return what must stand above the page for the person of `request`; nothing for somebody who is not signed in."""
    if not getattr(getattr(request, "user", None), "is_authenticated", False):
        return []
    return [banner for ask in _plugged for banner in ask(request)]
