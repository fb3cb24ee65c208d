"""Reading the index: sets of assets by term, with what changed since it was written laid over them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from django.db import connection

from media.library.finding import bits
from media.library.finding.bits import Bits
from media.library.finding.entries import terms_of, with_everything
from media.library.finding.tables import SearchPending, SearchPosting

#: So many changed assets are looked at while a question is answered; a person finds what was just saved.
MOST_OVERLAID = 40
_TABLE = SearchPosting._meta.db_table
_PART = 400


class Postings:
    """Answers for one question; each instance looks at the notes of changed assets once."""

    def __init__(self) -> None:
        self._fresh: dict[int, set[str]] = {}
        changed = list(
            SearchPending.objects.order_by("-since").values_list("asset_id", flat=True)[: MOST_OVERLAID + 1]
        )
        if 0 < len(changed) <= MOST_OVERLAID:
            self._fresh = {pk: set() for pk in changed}
            for asset in with_everything(changed):
                self._fresh[asset.pk] = terms_of(asset)
        self._changed = Bits.of(self._fresh)

    def of(self, terms: Iterable[str]) -> dict[str, Bits]:
        """Return the assets under each of `terms`; one question to the database for each 400 terms."""
        wanted = sorted(set(terms))
        chunks: dict[str, dict[int, int]] = {term: {} for term in wanted}
        with connection.cursor() as cursor:
            for start in range(0, len(wanted), _PART):
                part = wanted[start : start + _PART]
                holes = ", ".join(["%s"] * len(part))
                cursor.execute(
                    f"SELECT term, chunk, bits FROM {_TABLE} WHERE term IN ({holes})",  # noqa: S608
                    [term.encode() for term in part],
                )
                for key, chunk, content in cursor.fetchall():
                    chunks[bytes(key).decode()][chunk] = bits.read(content)
        return {term: self._overlaid(term, Bits(found)) for term, found in chunks.items()}

    def beginning(self, *beginnings: str) -> dict[str, Bits]:
        """Return the assets under every term that begins with one of `beginnings`, by term."""
        chunks: dict[str, dict[int, int]] = defaultdict(dict)
        ranges = " OR ".join(["(term >= %s AND term < %s)"] * len(beginnings))
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT term, chunk, bits FROM {_TABLE} WHERE {ranges}",  # noqa: S608
                [end for each in beginnings for end in (each.encode(), _after(each.encode()))],
            )
            for key, chunk, content in cursor.fetchall():
                chunks[bytes(key).decode()][chunk] = bits.read(content)
        for terms in self._fresh.values():
            for term in terms:
                if term.startswith(beginnings):
                    chunks.setdefault(term, {})
        return {term: self._overlaid(term, Bits(found)) for term, found in chunks.items()}

    def until(self, prefix: str, last: str) -> Bits:
        """Return the assets under the terms of `prefix` up to `last` (in the order of bytes, `last` included)."""
        found: dict[int, int] = defaultdict(int)
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT chunk, bits FROM {_TABLE} WHERE term >= %s AND term <= %s",  # noqa: S608
                [prefix.encode(), (prefix + last).encode()],
            )
            for chunk, content in cursor.fetchall():
                found[chunk] |= bits.read(content)
        fresh = Bits.of(
            pk for pk, terms in self._fresh.items() if any(prefix <= term <= prefix + last for term in terms)
        )
        return (Bits(found) - self._changed) | fresh

    def _overlaid(self, term: str, found: Bits) -> Bits:
        if not self._fresh:
            return found
        return (found - self._changed) | Bits.of(pk for pk, terms in self._fresh.items() if term in terms)


def _after(beginning: bytes) -> bytes:
    """Return the first bytes that no longer begin with `beginning`."""
    return beginning[:-1] + bytes([beginning[-1] + 1])
