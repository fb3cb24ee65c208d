"""One call to a platform on the way to a grant or a look at its health: never twice, never logged, never raised raw."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import requests
from django.conf import settings

from cms.core.outbound import OutboundSession
from publishers.adapters.youtube import meter

# Seconds to connect, seconds to wait for the answer: a person is waiting for the page.
TIMEOUT = (5.0, 15.0)


@dataclass(frozen=True, repr=False)
class Heard:
    """What came back. `status` 0: no whole answer came. `body` is the parsed JSON object, None for anything else."""

    status: int
    body: dict[str, Any] | None = field(default=None)

    def __repr__(self) -> str:
        return f"Heard({self.status})"

    @property
    def is_silence(self) -> bool:
        """Return whether the platform said nothing that can be judged: no answer, a server fault, a page of HTML."""
        return self.body is None or self.status >= 500


def call(
    method: str,
    base: str,
    path: str,
    *,
    query: dict[str, str] | None = None,
    form: dict[str, str] | None = None,
    headers: dict[str, str] | None = None,
    project: str = "",
) -> Heard:
    """Make one call under the configured `base`. `project` is the Google project that pays for a call to YouTube."""
    base = base.rstrip("/")
    timeout = getattr(settings, "PLATFORM_TIMEOUT", TIMEOUT)
    with OutboundSession([base], timeout=timeout) as session:
        meter.count(project, method, f"{base}{path}")
        try:
            response = session.request(method, f"{base}{path}", params=query, data=form, headers=headers)
        except requests.RequestException:
            # The exception's text may name the address with its query.
            return Heard(0)
        try:
            body = response.json()
        except ValueError:
            body = None
        return Heard(response.status_code, body if isinstance(body, dict) else None)
