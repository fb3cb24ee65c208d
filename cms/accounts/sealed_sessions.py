"""Sessions in the database, sealed: while somebody enrols a second factor, its secret waits in the session."""

from __future__ import annotations

from typing import Any

from django.contrib.sessions.backends.db import SessionStore as DatabaseSessionStore
from django.core.exceptions import ImproperlyConfigured

from cms.core.sealed_field import seal, unseal


class SessionStore(DatabaseSessionStore):
    """Django's own store whose rows can be read with the house's keys only. What no key opens is no session."""

    def encode(self, session_dict: dict[str, Any]) -> str:
        return seal(super().encode(session_dict))

    def decode(self, session_data: str) -> dict[str, Any]:
        try:
            return super().decode(unseal(session_data))
        except ImproperlyConfigured:
            return {}
