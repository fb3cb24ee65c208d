"""Numbers in a query that no row can have: answered as an address that does not exist, before any database is asked."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from django.http import Http404, HttpRequest, HttpResponse

from cms.core.error_pages import not_found

# The largest key (2⁶³ − 1) has 19 digits; SQLite and PostgreSQL both break on a larger one in a list of keys.
MOST_DIGITS: Final = 18
#: Parameters that hold words of people or of a platform (an OA id has 19 digits), in which a long number is only a word.
WORDS: Final = frozenset({"q", "ma", "next", "oa_id", "code"})


class PlainNumbersMiddleware:
    """Answers 404 to a query that names a row by a number of more than 18 digits."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if any(
            _too_long(value) for name, values in request.GET.lists() if name not in WORDS for value in values
        ):
            return not_found(request, Http404())
        return self.get_response(request)


def _too_long(value: str) -> bool:
    return len(value) > MOST_DIGITS and value.strip().removeprefix("-").isdecimal()
