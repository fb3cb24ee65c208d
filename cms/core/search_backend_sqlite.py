"""Search on SQLite: one scan of the full-text table, joined to the model.

The stock backend asks the full-text table once per hit for its rank, which is quadratic, and builds its question from
what was typed without escaping a quote."""

from __future__ import annotations

from typing import Any

from django.db import connections
from django.db.models import AutoField, IntegerField
from modelsearch.backends.database.sqlite.sqlite import (
    IndexEntry,
    SQLiteAutocompleteQueryCompiler,
    SQLiteFTSIndexEntry,
    SQLiteIndex,
    SQLiteSearchBackend,
    SQLiteSearchQueryCompiler,
)
from modelsearch.query import And, MatchAll, Not, Or, Phrase, PlainText, SearchQuery
from modelsearch.utils import get_descendants_content_types_pks

from cms.core.search_backend_indexing import ReadyIndex
from cms.core.search_backend_queries import exact_query, folded_query

# Columns of the full-text table stand in this order: autocomplete, body, title. A word in a title weighs most.
_WEIGHTS = (1.0, 1.0, 4.0)


def match_text(query: SearchQuery, last_is_prefix: bool) -> str | None:
    """Return `query`, whose words hold word characters only, in the language of FTS5.

    None when FTS5 cannot say it: "everything", or a negation that stands alone."""
    if isinstance(query, PlainText):
        words = [f'"{word}"' for word in query.query_string.split()]
        if last_is_prefix:
            words[-1] += "*"
        return f" {query.operator.upper()} ".join(words)
    if isinstance(query, Phrase):
        return f'"{query.query_string}"'
    if isinstance(query, Or):
        parts = [match_text(part, last_is_prefix) for part in query.subqueries]
        return None if None in parts else " OR ".join(f"({part})" for part in parts)
    if isinstance(query, And):
        wanted = [part for part in query.subqueries if not isinstance(part, (Not, MatchAll))]
        unwanted = [part.subquery for part in query.subqueries if isinstance(part, Not)]
        texts = [match_text(part, last_is_prefix) for part in [*wanted, *unwanted]]
        if not wanted or None in texts:
            return None
        text = " AND ".join(f"({part})" for part in texts[: len(wanted)])
        for part in texts[len(wanted) :]:
            text = f"({text}) NOT ({part})"
        return text
    return None


class _JoinedQuery:
    """Mixed into the stock query compilers: folds the question and answers it with one join."""

    COLUMNS: tuple[str, ...] = ("title", "body")
    PREFIX = False

    def __init__(self, queryset, query, fields=None, operator=None, order_by_relevance=True) -> None:
        self.exact = exact_query(query, operator)
        super().__init__(  # type: ignore[call-arg]
            queryset, folded_query(query, operator), fields=None, order_by_relevance=order_by_relevance
        )
        self.wanted_fields = fields

    def check(self) -> None:
        """Filters and orders are plain SQL here, so any of them will do."""

    def search(self, config, start, stop, score_field=None):
        match = self._match(self.query)  # type: ignore[attr-defined]
        if match is None:
            return super().search(config, start, stop, score_field)  # type: ignore[misc]
        rows = self._joined(match)
        if score_field is not None or self.order_by_relevance:  # type: ignore[attr-defined]
            rows = self._scored(rows, score_field or "_score")
        if not self.order_by_relevance and not rows.query.order_by:  # type: ignore[attr-defined]
            rows = rows.order_by("-pk")
        return rows[start:stop]

    def _match(self, query: SearchQuery | None) -> str | None:
        text = match_text(query, self.PREFIX) if query is not None else None
        return None if text is None else f"{{{' '.join(self._columns())}}} : ({text})"

    def _columns(self) -> list[str]:
        if self.wanted_fields is None:
            return list(self.COLUMNS)
        inside = {"title" if field == "title" else "body" for field in self.wanted_fields}
        return [column for column in self.COLUMNS if column in inside] or list(self.COLUMNS)

    def _joined(self, match: str):
        """Return the queryset joined to one scan of the full-text table for `match`."""
        entry, full_text = IndexEntry._meta.db_table, SQLiteFTSIndexEntry._meta.db_table
        rows = self.queryset  # type: ignore[attr-defined]
        key = rows.model._meta.pk
        target = key
        while target.remote_field:
            target = target.target_field
        quote = connections[rows.db].ops.quote_name
        column = f"{quote(rows.model._meta.db_table)}.{quote(key.column)}"
        # What is not a whole number is kept in the index as Django prints it.
        whole_number = isinstance(target, (AutoField, IntegerField))
        object_id = f"CAST({entry}.object_id AS INTEGER)" if whole_number else f"{entry}.object_id"
        kinds = ", ".join(str(int(pk)) for pk in get_descendants_content_types_pks(rows.model))
        return rows.extra(  # noqa: S610  (names come from the models, what was typed is a parameter)
            tables=[full_text, entry],
            where=[
                f"{full_text} MATCH %s",
                f"{entry}.id = {full_text}.rowid",
                # The unary plus keeps SQLite from walking all entries of a kind and asking for a match on each.
                f"+{entry}.content_type_id IN ({kinds})",
                f"{column} = {object_id}",
            ],
            params=[match],
        )

    def _scored(self, rows, score_field: str):
        """Return `rows` with their score; ordered, when wanted, with every exact spelling before the others."""
        full_text = SQLiteFTSIndexEntry._meta.db_table
        weights = ", ".join(str(weight) for weight in _WEIGHTS)
        select: dict[str, str] = {score_field: f"bm25({full_text}, {weights})"}
        parameters: list[Any] = []
        exact = self._match(self.exact)
        if exact is not None:
            select["_exact"] = (
                f"{full_text}.rowid IN (SELECT rowid FROM {full_text} WHERE {full_text} MATCH %s)"  # noqa: S608
            )
            parameters.append(exact)
        rows = rows.extra(select=select, select_params=parameters)  # noqa: S610
        if not self.order_by_relevance:  # type: ignore[attr-defined]
            return rows
        order = [score_field, f"-{rows.model._meta.pk.name}"]
        return rows.extra(order_by=order if exact is None else ["-_exact", *order])


class FoldingQuery(_JoinedQuery, SQLiteSearchQueryCompiler):
    """Whole words in titles and bodies."""


class FoldingAutocompleteQuery(_JoinedQuery, SQLiteAutocompleteQueryCompiler):
    """What a word begins with, in the fields meant for suggestions."""

    COLUMNS = ("autocomplete",)
    PREFIX = True


class FoldingIndex(ReadyIndex, SQLiteIndex):
    """The index with words made ready."""


class FoldingSQLiteBackend(SQLiteSearchBackend):
    """SQLite's database backend, folding on both sides."""

    query_compiler_class = FoldingQuery
    autocomplete_query_compiler_class = FoldingAutocompleteQuery
    index_class = FoldingIndex
