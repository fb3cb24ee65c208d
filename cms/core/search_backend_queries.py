"""What was typed, turned into a question in folded words and the same question in exact words."""

from __future__ import annotations

from collections.abc import Callable

from modelsearch.query import And, Boost, Fuzzy, MatchAll, Not, Or, Phrase, PlainText, SearchQuery

from cms.core.search_backend_words import exact_words, folded_words

WordsOf = Callable[[str], list[str]]


def folded_query(query: str | SearchQuery, operator: str | None) -> SearchQuery | None:
    """Return `query` in folded words; None when it holds no word at all (a lone quote, spaces, NUL)."""
    return _rewritten(query, operator, folded_words)


def exact_query(query: str | SearchQuery, operator: str | None) -> SearchQuery | None:
    """Return `query` in exact words; None when it holds no word at all."""
    return _rewritten(query, operator, exact_words)


def _rewritten(query: str | SearchQuery, operator: str | None, words_of: WordsOf) -> SearchQuery | None:
    if isinstance(query, str):
        query = PlainText(query, operator=(operator or "and").lower())
    if isinstance(query, PlainText):
        words = words_of(query.query_string)
        return PlainText(" ".join(words), operator=query.operator) if words else None
    # A fuzzy question needs extensions that not every PostgreSQL has; folding already forgives what people mistype.
    if isinstance(query, Fuzzy):
        words = words_of(query.query_string)
        return PlainText(" ".join(words), operator=query.operator) if words else None
    if isinstance(query, Phrase):
        words = words_of(query.query_string)
        return Phrase(" ".join(words)) if words else None
    if isinstance(query, Boost):
        return _rewritten(query.subquery, operator, words_of)
    if isinstance(query, Not):
        inner = _rewritten(query.subquery, operator, words_of)
        return Not(inner) if inner is not None else MatchAll()
    if isinstance(query, (And, Or)):
        inner_queries = [_rewritten(part, operator, words_of) for part in query.subqueries]
        kept = [part for part in inner_queries if part is not None]
        if not kept:
            return None
        return type(query)(kept) if len(kept) > 1 else kept[0]
    return query
