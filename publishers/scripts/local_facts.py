"""What is known of the places a text is to be filled for: facts that hold, and facts that have run out."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from cms.facts.models import Fact
from cms.facts.placeholders import FACT_KEY_OF, PLACEHOLDER_OF, find_placeholders
from cms.facts.querysets import standing_facts
from cms.places.models import AdministrativeUnit
from publishers.scripts.composition import HELP_LINES
from publishers.scripts.local_wording import LocalValues


def keys_wanted(text: str) -> list[str]:
    """Return the fact keys that a text and its reminder may be filled with."""
    names = [found.name for found in find_placeholders(text)] + list(HELP_LINES)
    return list(dict.fromkeys(FACT_KEY_OF[name] for name in names if name in FACT_KEY_OF))


class LocalFacts:
    """The facts of several places on one day, read in one query whatever their number."""

    def __init__(self, places: Iterable[AdministrativeUnit], keys: list[str], day: date) -> None:
        self._keys = keys
        self._standing = standing_facts(places, keys, day)
        self._found: dict[tuple[int, str], Fact] = self._standing.found

    def values(self, place_id: int) -> LocalValues:
        """Return what a text may be filled with in this place."""
        pairs = [(key, PLACEHOLDER_OF[key]) for key in self._keys]
        return LocalValues(
            {name: self._found[place_id, key].value for key, name in pairs if (place_id, key) in self._found},
            # What held once and holds no more is not "nobody has said": it must be renewed, not left out.
            frozenset(name for key, name in pairs if (place_id, key) in self._standing.expired),
        )

    def frozen(self, place_id: int) -> dict[str, dict[str, Any]]:
        """Return the same facts as they are kept with a script: which row, whose, since when."""
        frozen: dict[str, dict[str, Any]] = {}
        for key in self._keys:
            fact = self._found.get((place_id, key))
            if fact is not None:
                frozen[PLACEHOLDER_OF[key]] = {
                    "fact": fact.pk,
                    "value": fact.value,
                    "place": fact.place.code,
                    "valid_from": fact.valid_from.isoformat(),
                    "valid_to": fact.valid_to.isoformat() if fact.valid_to else "",
                    "source": fact.source,
                    "as_of": fact.updated_at.isoformat(),
                    "is_sample": fact.is_sample,
                }
        return frozen
