"""The two provinces, and a watch on every write."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import connection

from tests.cms.access.neighbours import Neighbours, settle

_WRITE = re.compile(r"\s*(INSERT INTO|UPDATE|DELETE FROM|REPLACE INTO)\s+\"?(?P<table>\w+)", re.I)
#: Written for the person's own session, not for anybody's row.
OWN_TABLES = {"django_session"}


@pytest.fixture
def neighbours(db) -> Neighbours:
    return settle()


class Writes(list[str]):
    """The statements that changed a table while the watch was on."""


@contextmanager
def writes_watched() -> Iterator[Writes]:
    """Collect every statement that changes a table other than the session's."""
    seen = Writes()

    def watch(execute, sql, params, many, context):
        result = execute(sql, params, many, context)
        match = _WRITE.match(sql)
        # A statement that met no row (rowcount 0) changed nothing.
        if match and match["table"] not in OWN_TABLES and context["cursor"].rowcount != 0:
            seen.append(f"{sql[:160]} … {str(params)[:120]}")
        return result

    with connection.execute_wrapper(watch):
        yield seen
