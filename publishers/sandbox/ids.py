"""Ids that look like each platform's own and depend only on the seed and on the order of creation."""

import base64
import hashlib
from collections.abc import Callable

from publishers.sandbox.store import Store


class IdMint:
    """Mints ids; two sandboxes with one seed and the same calls give the same ids."""

    def __init__(self, store: Store, seed: int) -> None:
        self.store = store
        self.seed = seed

    def number(self, kind: str, account: str) -> str:
        """A 15-digit number, as Facebook gives posts, photos and videos."""
        return self._mint(kind, account, lambda raw: "1" + f"{int.from_bytes(raw[:8], 'big') % 10**14:014d}")

    def video(self, account: str) -> str:
        """Eleven characters of the URL alphabet, as YouTube gives videos."""
        return self._mint("video", account, lambda raw: base64.urlsafe_b64encode(raw[:8]).decode()[:11])

    def opaque(self, kind: str, account: str, *, length: int = 20) -> str:
        """Hexadecimal text, as Zalo gives articles and messages."""
        return self._mint(kind, account, lambda raw: raw.hex()[:length])

    def secret(self, kind: str, account: str) -> str:
        """A long URL-safe text for tokens, codes and upload sessions."""
        return self._mint(kind, account, lambda raw: base64.urlsafe_b64encode(raw).decode().rstrip("="))

    def trace(self) -> str:
        """A fresh trace id for an error envelope."""
        return self._draw("trace", "", lambda raw: "A" + base64.urlsafe_b64encode(raw[:16]).decode()[:22])

    def _mint(self, kind: str, account: str, shape: Callable[[bytes], str]) -> str:
        while self.store.knows(candidate := self._draw(kind, account, shape)):
            continue
        return candidate

    def _draw(self, kind: str, account: str, shape: Callable[[bytes], str]) -> str:
        serial = self.store.count(f"id:{kind}:{account}")
        return shape(hashlib.sha256(f"{self.seed}:{kind}:{account}:{serial}".encode()).digest())
