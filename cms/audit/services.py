"""The verb of this room that others call: `record`, and `written_together` where one act has several rows."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db import connection, models

from cms.audit.models import AuditRow
from cms.core import clock
from cms.core.log_masking import mask

SYSTEM_NAME = "hệ thống"

#: The rows of the act under way that wait to be written together; None: each is written at once.
_waiting: ContextVar[list[AuditRow] | None] = ContextVar("audit_rows_waiting", default=None)


@contextmanager
def written_together() -> Iterator[None]:
    """Write every row recorded inside in one statement at the end, where the act's transaction is still open.

    What raises inside writes none, as its act is undone. For acts of which thousands run in a minute."""
    if not connection.in_atomic_block:
        raise RuntimeError("audit rows gathered outside the verb's transaction")
    rows: list[AuditRow] = []
    token = _waiting.set(rows)
    try:
        yield
    finally:
        _waiting.reset(token)
    AuditRow.objects.bulk_create(rows)


def record(
    verb: str,
    target: models.Model,
    *,
    actor: Any = None,
    organisation_id: int | None = None,
    **detail: Any,
) -> AuditRow:
    """Write that `actor` (None: the system itself) did `verb` to `target`.

    Must be called inside the act's own transaction: raises RuntimeError outside one, because a row that can be
    committed without its act, or an act without its row, is not an audit log. `detail` must be JSON; texts in it
    are masked like log lines."""
    if not connection.in_atomic_block:
        raise RuntimeError(f"audit row for {verb!r} written outside the verb's transaction")
    if organisation_id is None:
        organisation_id = getattr(target, "organisation_id", None)
    known_actor = actor if getattr(actor, "pk", None) else None
    row = AuditRow(
        at=clock.now(),
        actor=known_actor,
        actor_name=(known_actor.get_full_name() or known_actor.get_username())[:150]
        if known_actor
        else SYSTEM_NAME,
        verb=verb,
        target_type=target._meta.label_lower,
        target_id=str(target.pk),
        target_name=mask(str(target))[:200],
        organisation_id=organisation_id,
        detail={key: mask(value) if isinstance(value, str) else value for key, value in detail.items()},
    )
    rows = _waiting.get()
    if rows is None:
        row.save(force_insert=True)
    else:
        rows.append(row)
    return row
