"""The search backend of the house: `dich vu cong`, `DỊCH VỤ CÔNG` and `dịch vụ công` find the same rows.

Named in settings as a module; Wagtail calls `SearchBackend(params)`. On both databases accents, case, punctuation and
Unicode form make no difference to what is found, only to what is shown first. Nothing a person can type is an error."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from django.db.models import Model
from modelsearch.backends.base import EmptySearchResults

from cms.core.search_backend_queries import folded_query


class NothingFound(EmptySearchResults):
    """No result, of a model: lists ask results for their model even when there are none."""

    def __init__(self, model: type[Model]) -> None:
        super().__init__()
        self.model = model

    def _clone(self) -> NothingFound:
        return type(self)(self.model)


class _NeverAnError:
    """Mixed into both backends: a question without a word finds nothing, instead of breaking the database's parser."""

    def search(self, query, model_or_queryset, *args: Any, **options: Any):
        if query is not None and folded_query(query, options.get("operator")) is None:
            return NothingFound(_model_of(model_or_queryset))
        return super().search(query, model_or_queryset, *args, **options)  # type: ignore[misc]

    def autocomplete(self, query, model_or_queryset, *args: Any, **options: Any):
        if query is not None and folded_query(query, options.get("operator")) is None:
            return NothingFound(_model_of(model_or_queryset))
        return super().autocomplete(query, model_or_queryset, *args, **options)  # type: ignore[misc]


def _model_of(model_or_queryset: Any) -> type[Model]:
    return getattr(model_or_queryset, "model", model_or_queryset)


def SearchBackend(params: dict[str, Any]):  # noqa: N802  (the name Wagtail looks for)
    """Return the folding backend for the database in use. Raises ImproperlyConfigured for any other database."""
    if connection.vendor == "sqlite":
        from cms.core.search_backend_sqlite import FoldingSQLiteBackend

        return type("SearchBackend", (_NeverAnError, FoldingSQLiteBackend), {})(dict(params))
    if connection.vendor == "postgresql":
        from cms.core.search_backend_postgres import FoldingPostgresBackend

        return type("SearchBackend", (_NeverAnError, FoldingPostgresBackend), {})(dict(params))
    raise ImproperlyConfigured("the search knows SQLite and PostgreSQL only")
