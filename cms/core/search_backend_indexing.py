"""What is put into the index: the folded and the exact words of every search field, in place of its raw text.

The database backend asks an object for its search fields and each field for its value. It is handed a stand-in whose
fields answer with words made ready; nothing of the backend itself is replaced."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Model
from modelsearch.index import AutocompleteField, RelatedFields, SearchField

from cms.core.search_backend_words import index_text, plain_text


class _Ready:
    """A search field that answers with the words of what `field` answers."""

    def __init__(self, field: Any) -> None:
        self.__dict__.update(field.__dict__)
        self._field = field

    def get_value(self, row: Any) -> str:
        """Return the words. The backend asks for each field of a row several times: they are made ready once."""
        if not isinstance(row, ReadyRow):
            return index_text(plain_text(self._field.get_value(row)))
        name = self._field.field_name
        if name not in row.ready:
            row.ready[name] = index_text(plain_text(self._field.get_value(row.row)))
        return row.ready[name]


class ReadySearchField(_Ready, SearchField):
    """A SearchField made ready."""


class ReadyAutocompleteField(_Ready, AutocompleteField):
    """An AutocompleteField made ready."""


class ReadyRelatedFields(RelatedFields):
    """RelatedFields whose inner fields are made ready; what it leads to stays real."""

    def __init__(self, field: RelatedFields) -> None:
        super().__init__(field.field_name, ready_fields(field.fields))
        self._field = field

    def get_value(self, row: Any) -> Any:
        return self._field.get_value(_real(row))


class ReadyRow:
    """Stands in for a row while it is put into the index."""

    def __init__(self, row: Model) -> None:
        self.row = row
        self.pk = row.pk
        self.ready: dict[str, str] = {}
        self._fields = ready_fields(type(row).get_search_fields())  # type: ignore[attr-defined]

    def get_search_fields(self) -> list[Any]:
        return self._fields


def ready_fields(fields: Iterable[Any]) -> list[Any]:
    """Return the fields that put text into the index, made ready; those that only filter are left out."""
    ready: list[Any] = []
    for field in fields:
        if isinstance(field, SearchField):
            ready.append(ReadySearchField(field))
        elif isinstance(field, AutocompleteField):
            ready.append(ReadyAutocompleteField(field))
        elif isinstance(field, RelatedFields):
            ready.append(ReadyRelatedFields(field))
    return ready


def _real(row: Any) -> Any:
    return row.row if isinstance(row, ReadyRow) else row


class ReadyIndex:
    """Mixed into a database index: rows are stood in for, and a save costs the same however many rows there are."""

    def add_items(self, model, objs) -> None:
        super().add_items(model, [ReadyRow(row) for row in objs])  # type: ignore[misc]

    def _refresh_title_norms(self, full: bool = False) -> None:
        """Do nothing. The stock backend averages the length of all titles on every save, which grows with the
        index; ours ranks titles by weight, so the norm of a row stays 1."""
