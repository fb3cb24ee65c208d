"""A model field whose value is encrypted at rest (Fernet: AES-128-CBC with HMAC-SHA256) and masked everywhere else."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import models


class Secret:
    """A text that shows itself only when asked: `reveal()`. repr, str, format and logs see dots."""

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        self._text = text

    def reveal(self) -> str:
        return self._text

    def __bool__(self) -> bool:
        return bool(self._text)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Secret) and other._text == self._text

    def __hash__(self) -> int:
        return hash((Secret, self._text))

    def __repr__(self) -> str:
        return "Secret(•••)" if self._text else "Secret()"

    __str__ = __repr__

    def __reduce__(self):
        raise TypeError("a Secret is never pickled")


def _fernet() -> MultiFernet:
    return _locksmith(tuple(settings.FIELD_KEYS))


@lru_cache(maxsize=4)
def _locksmith(keys: tuple[str, ...]) -> MultiFernet:
    """Reading a key takes longer than opening a value with it."""
    return MultiFernet([Fernet(key.encode()) for key in keys])


def seal(text: str) -> str:
    """Return `text` encrypted with the newest key."""
    return _fernet().encrypt(text.encode()).decode()


def unseal(token: str) -> str:
    """Return what `seal` was given. Raises ImproperlyConfigured when no known key opens it."""
    try:
        return _fernet().decrypt(token.encode()).decode()
    except InvalidToken:
        raise ImproperlyConfigured("a sealed value cannot be opened with LANTOA_FIELD_KEYS") from None


class SealedField(models.TextField):
    """Stores a Secret encrypted. Cannot be searched, listed or serialised by accident."""

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> Secret:
        return Secret(unseal(value)) if value else Secret("")

    def to_python(self, value: Any) -> Secret:
        if isinstance(value, Secret):
            return value
        return Secret(value or "")

    def get_prep_value(self, value: Any) -> str:
        secret = self.to_python(value)
        return seal(secret.reveal()) if secret else ""

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> str:
        return value if prepared else self.get_prep_value(value)

    def value_to_string(self, obj: models.Model) -> str:
        return "•••"
