"""What a body says of itself on printed things: name, address, hotline, from its own record and the facts of its place."""

from __future__ import annotations

from dataclasses import dataclass

from cms.core import clock
from cms.facts.models import FactKey
from cms.facts.querysets import facts_for_places
from cms.organisations.models import Organisation


@dataclass(frozen=True, slots=True)
class Imprint:
    """A body as it signs. Whatever nobody has recorded is empty, never invented."""

    name: str
    short_name: str
    address: str
    hotline: str
    portal: str

    def lines(self) -> list[str]:
        """Return the lines of contact that are known."""
        told = [("Đường dây nóng: ", self.hotline), ("Địa chỉ: ", self.address), ("Trang web: ", self.portal)]
        return [label + value for label, value in told if value]


def imprint_of(body: Organisation) -> Imprint:
    """Return how `body` signs today: its own record first, then the facts that hold in its place."""
    keys = (FactKey.HOTLINE, FactKey.NATIONAL_HOTLINE, FactKey.CENTRE_ADDRESS, FactKey.PORTAL)
    found = facts_for_places([body.place], keys, clock.today())

    def fact(key: FactKey) -> str:
        row = found.get((body.place_id, str(key)))
        return row.value if row is not None else ""

    return Imprint(
        body.name,
        body.short_name,
        body.address or fact(FactKey.CENTRE_ADDRESS),
        body.hotline or fact(FactKey.HOTLINE) or fact(FactKey.NATIONAL_HOTLINE),
        fact(FactKey.PORTAL),
    )
