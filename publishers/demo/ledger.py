"""Reads the sandbox over HTTP: what citizens would see there, and the accounts the demo registers."""

from __future__ import annotations

from typing import Any

from django.conf import settings

from cms.core.errors import OutsideUnreachable
from cms.core.outbound import OutboundSession


class SandboxDoor:
    """The sandbox's control addresses. Raises OutsideUnreachable when it does not answer within ten seconds."""

    def __init__(self, base: str | None = None) -> None:
        self.base = (base or settings.SANDBOX_BASE).rstrip("/")
        self._session = OutboundSession([self.base], timeout=(3.0, 10.0))

    def _call(self, method: str, path: str, **options: Any) -> Any:
        try:
            answer = self._session.request(method, f"{self.base}/__sandbox/{path}", **options)
            answer.raise_for_status()
            return answer.json()
        except (OSError, ValueError) as fault:
            raise OutsideUnreachable(
                "Nền tảng thử nghiệm chưa trả lời. Hãy chạy `make run` rồi làm lại."
            ) from fault

    def effects(self) -> list[dict[str, Any]]:
        """Return every visible effect so far, oldest first."""
        answer = self._call("GET", "effects")
        return answer["effects"] if isinstance(answer, dict) else answer

    def duplicates(self) -> list[Any]:
        """Return groups of live effects that a citizen would see twice on one account."""
        answer = self._call("GET", "duplicates")
        return answer["duplicates"] if isinstance(answer, dict) else answer

    def register_account(self, **account: Any) -> None:
        """Create or update one account with the tokens the demo chose for it."""
        self._call("POST", "accounts", json=account)
