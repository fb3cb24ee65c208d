"""What a thing must offer to be approved here. The rooms further right build such things; this room knows none."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Protocol

from cms.approvals.content import content_hash


class Approvable(Protocol):
    """A row that is approved as a whole: its class inherits Wagtail's WorkflowMixin and offers these."""

    pk: Any
    organisation: Any
    organisation_id: int
    live: bool

    @classmethod
    def approval_payloads(cls, items: Iterable[Any]) -> Mapping[int, dict[str, Any]]:
        """Return, per primary key, everything an approval covers as plain JSON, read afresh from the database in a
        constant number of queries."""
        ...

    def made_by_ids(self) -> frozenset[int]:
        """Return the ids of the people who made it: none of them may approve it."""
        ...

    def refusals(self) -> list[str]:
        """Return Vietnamese sentences for everything that forbids approval as it stands; [] when nothing does."""
        ...


def present_payload(item: Approvable) -> dict[str, Any]:
    """Return everything an approval of `item` covers, as it stands in the database now."""
    return type(item).approval_payloads([item])[item.pk]


def present_hash(item: Approvable) -> str:
    """Return the hash of everything an approval of `item` covers, as it stands in the database now."""
    return content_hash(present_payload(item))
