"""Every address that the resolver knows, filled in with somebody's ids."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import product
from typing import Any

from django.db.models import Model
from django.urls import URLResolver, get_resolver
from django.urls.resolvers import RegexPattern, RoutePattern

from tests.cms.access.neighbours import Province

_ARGUMENT = re.compile(r"<(?:(?P<converter>\w+):)?(?P<name>\w+)>")

#: Wagtail's addresses that are regular expressions, as routes.
REGEX_ROUTES = {
    r"^pages/": "pages/",
    r"^documents/": "documents/",
    r"^images/": "images/",
    r"^(?P<pk>\d+)/revisions/compare/(?P<revision_id_a>live|earliest|\d+)\.\.\.(?P<revision_id_b>live|latest|\d+)/$": (
        "<int:pk>/revisions/compare/<int:revision_id>...latest/"
    ),
    r"history/(?P<pk>.+)/revisions/compare/(?P<revision_id_a>live|earliest|\d+)\.\.\.(?P<revision_id_b>live|latest|\d+)/$": (
        "history/<str:pk>/revisions/compare/<int:revision_id>...latest/"
    ),
    r"^(?P<media_type>audio|video|media)/add/$": "video/add/",
    r"^(?P<media_type>audio|video)/chooser/upload/$": "video/chooser/upload/",
    r"^confirm-email/(?P<key>[-:\w]+)/$": "confirm-email/<str:key>/",
    r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$": "password/reset/key/<str:uidb36>-<str:key>/",
    r"chooser/(?P<media_type>audio|video)/": "chooser/video/",
}
#: Not addresses: the doors that refuse whole rooms, and the admin's own "no such page".
NO_ADDRESS = {r"^.*/$"}


class UnknownAddress(AssertionError):
    """The walk met an address it does not know how to fill: say in this file what its arguments name."""


@dataclass(frozen=True)
class Known:
    """One pattern of the resolver: its route, what answers it, the model it is about (if it is about one)."""

    route: str
    callback: Callable[..., Any]
    model: type[Model] | None

    @property
    def names(self) -> list[str]:
        return [match["name"] for match in _ARGUMENT.finditer(self.route)]


@dataclass
class Arguments:
    """What the arguments of addresses are filled with when they name rows of `province`."""

    province: Province
    other_ids: dict[str, list[str]] = field(default_factory=dict)
    # Routes whose one argument means something of its own.
    routes: dict[str, list[str]] = field(default_factory=dict)

    def values(self, name: str, known: Known) -> list[str]:
        """Return what `name` can be, or raise UnknownAddress."""
        if known.route in self.routes:
            return self.routes[known.route]
        label = known.model._meta.label_lower if known.model else ""
        row = self.province.rows.get(label)
        if name in ("pk", "revision_id", "task_state_id", "workflow_state_id", "task_id") and row is not None:
            return [self._of_row(name, label, row)]
        if name in self.other_ids:
            return self.other_ids[name]
        raise UnknownAddress(f"{known.route}: what does {name!r} name?")

    def _of_row(self, name: str, label: str, row: Model) -> str:
        if name == "pk":
            return str(row.pk)
        if name == "revision_id":
            return str(self.province.revisions[label].pk)
        state = self.province.task_states[label]
        return str(
            {
                "task_state_id": state.pk,
                "workflow_state_id": state.workflow_state_id,
                "task_id": state.task_id,
            }[name]
        )


def _route_of(pattern: Any) -> str | None:
    if isinstance(pattern, RoutePattern):
        return str(pattern._route)
    if isinstance(pattern, RegexPattern):
        raw = pattern._regex
        if raw in NO_ADDRESS or "(?:" in raw and raw.startswith("^"):
            return None
        if raw in REGEX_ROUTES:
            return REGEX_ROUTES[raw]
        if not re.search(r"[()\\\[\]?*+|]", raw):
            return raw.strip("^$")
    raise UnknownAddress(f"{pattern}: write it as a route in REGEX_ROUTES")


def _model_of(callback: Callable[..., Any]) -> type[Model] | None:
    given = getattr(callback, "view_initkwargs", {}).get("model")
    model = given or getattr(getattr(callback, "view_class", None), "model", None)
    return model if isinstance(model, type) and issubclass(model, Model) else None


def _walk(resolver: URLResolver, wanted: tuple[str, ...], prefix: str = "") -> Iterator[Known]:
    for entry in resolver.url_patterns:
        route = _route_of(entry.pattern)
        if route is None:
            continue
        route = prefix + route
        if isinstance(entry, URLResolver):
            if route.startswith(wanted) or any(each.startswith(route) for each in wanted):
                yield from _walk(entry, wanted, route)
        elif route.startswith(wanted):
            yield Known(route, entry.callback, _model_of(entry.callback))


def known_addresses(*prefixes: str) -> list[Known]:
    """Return every pattern whose route begins with one of `prefixes`."""
    return list(_walk(get_resolver(), prefixes))


def filled(known: Known, arguments: Arguments, **fixed: list[str]) -> list[str]:
    """Return the addresses that `known` becomes with every combination of what its arguments can be."""
    names = known.names
    choices = [fixed.get(name) or arguments.values(name, known) for name in names]
    found = []
    for combination in product(*choices):
        values = iter(combination)
        found.append("/" + _ARGUMENT.sub(lambda _match, values=values: next(values), known.route))
    return found
