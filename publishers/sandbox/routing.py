"""The table of operations: which call of which platform is answered by which function."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from publishers.sandbox.replies import Reply
from publishers.sandbox.request import Request

if TYPE_CHECKING:
    from publishers.sandbox.world import World

Handler = Callable[["World", Request], Reply]
Prepare = Callable[["World", Request], Mapping[str, Any]]

FACEBOOK, YOUTUBE, ZALO = "facebook", "youtube", "zalo"

_VERSION = re.compile(r"^/(graph|graph-video|facebook-www|rupload(?:/video-upload)?)/v\d{1,2}\.\d(?=/|$)")


@dataclass(frozen=True)
class Route:
    """One operation of one platform."""

    platform: str
    op: str
    method: str
    pattern: re.Pattern[str]
    answer: Handler
    prepare: Prepare | None
    partial: bool
    refine: Callable[[Request], str] | None

    def op_of(self, request: Request) -> str:
        """The operation's name; some calls are told apart only by a parameter."""
        return self.refine(request) if self.refine else self.op


@dataclass(frozen=True)
class Platform:
    """What the frame must know of a platform to refuse and to break in its own voice."""

    name: str
    prefixes: tuple[str, ...]
    unknown_path: Callable[["World", Request], Reply]
    error_reply: Callable[["World", Request, dict[str, Any]], Reply]
    account_of: Callable[["World", Request], str]
    gate: Callable[["World", Request], None]
    ripen: Callable[["World", str], None]


@dataclass
class Catalogue:
    """All platforms and operations known to this sandbox."""

    platforms: dict[str, Platform] = field(default_factory=dict)
    by_method: dict[tuple[str, str], list[Route]] = field(default_factory=dict)

    def add_platform(self, platform: Platform) -> None:
        """Make a platform known by its path prefixes."""
        for prefix in platform.prefixes:
            self.platforms[prefix] = platform

    def add(self, route: Route, prefix: str) -> None:
        """Make an operation known."""
        self.by_method.setdefault((route.method, prefix), []).append(route)

    def platform_of(self, path: str) -> Platform | None:
        """The platform that owns the path's first segment."""
        return self.platforms.get(path.split("/", 2)[1] if path.startswith("/") else "")

    def find(self, method: str, path: str) -> tuple[Route, tuple[str, ...]] | None:
        """The operation for a call and the arguments in its path; a Graph version in the path is skipped."""
        plain = _VERSION.sub(r"/\1", path)
        for route in self.by_method.get((method, plain.split("/", 2)[1]), ()):
            if found := route.pattern.fullmatch(plain):
                return route, found.groups()
        return None


CATALOGUE = Catalogue()


def operation(
    platform: str,
    op: str,
    method: str,
    *templates: str,
    prepare: Prepare | None = None,
    partial: bool = False,
    refine: Callable[[Request], str] | None = None,
) -> Callable[[Handler], Handler]:
    """Register a function as the answer to ``method`` on the path templates (``{x}`` takes one segment).

    ``prepare`` runs before, without the store's lock, and may use the network; its result is
    ``request.fetched``. ``partial`` lets the function also see a body whose sender hung up halfway.
    ``refine`` gives the operation's finer name.
    """

    def register(answer: Handler) -> Handler:
        for template in templates:
            pattern = re.compile(re.sub(r"\{\w+\}", "([^/]+)", template))
            route = Route(platform, op, method, pattern, answer, prepare, partial, refine)
            CATALOGUE.add(route, template.split("/", 2)[1])
        return answer

    return register
