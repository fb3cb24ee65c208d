"""Search on PostgreSQL: the stock backend with folded words, and every exact spelling before the others."""

from __future__ import annotations

from django.db.models import Case, F, IntegerField, Value, When
from modelsearch.backends.database.postgres.postgres import (
    PostgresAutocompleteQueryCompiler,
    PostgresIndex,
    PostgresSearchBackend,
    PostgresSearchQueryCompiler,
)

from cms.core.search_backend_indexing import ReadyIndex
from cms.core.search_backend_queries import exact_query, folded_query


class _ExactFirst:
    """Mixed into the stock query compilers: folds the question and puts exact spellings first."""

    def __init__(self, queryset, query, fields=None, operator=None, order_by_relevance=True) -> None:
        self.exact = exact_query(query, operator)
        super().__init__(  # type: ignore[call-arg]
            queryset, folded_query(query, operator), fields=None, order_by_relevance=order_by_relevance
        )
        self.wanted_fields = fields

    def check(self) -> None:
        """Filters and orders are plain SQL here, so any of them will do."""

    def _apply_ordering_and_scoring(self, queryset, rank_expression, start, stop, score_field=None):
        if not self.order_by_relevance or self.exact is None:  # type: ignore[attr-defined]
            return super()._apply_ordering_and_scoring(  # type: ignore[misc]
                queryset, rank_expression, start, stop, score_field
            )
        if score_field is not None:
            queryset = queryset.annotate(**{score_field: rank_expression})
        exact = self.build_tsquery(self.exact, config="simple")  # type: ignore[attr-defined]
        folded_only = Case(When(_vector_=exact, then=Value(0)), default=Value(1), output_field=IntegerField())
        return queryset.order_by(folded_only, rank_expression.desc(), "-pk")[start:stop]


class FoldingQuery(_ExactFirst, PostgresSearchQueryCompiler):
    """Whole words in titles and bodies."""

    def get_index_vectors(self, search_query):
        title, body = (F("index_entries__title"), 4.0), (F("index_entries__body"), 1.0)
        if self.wanted_fields is None:
            return [title, body]
        inside = {"title" if field == "title" else "body" for field in self.wanted_fields}
        return [vector for name, vector in (("title", title), ("body", body)) if name in inside]


class FoldingAutocompleteQuery(_ExactFirst, PostgresAutocompleteQueryCompiler):
    """What a word begins with, in the fields meant for suggestions."""


class FoldingIndex(ReadyIndex, PostgresIndex):
    """The index with words made ready."""


class FoldingPostgresBackend(PostgresSearchBackend):
    """PostgreSQL's database backend, folding on both sides."""

    query_compiler_class = FoldingQuery
    autocomplete_query_compiler_class = FoldingAutocompleteQuery
    index_class = FoldingIndex

    def __init__(self, params) -> None:
        super().__init__(params)
        # The words are folded already: stemming and stop words of a language would only lose some.
        self.config = self.autocomplete_config = "simple"
