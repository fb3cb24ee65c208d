"""The one verb of this room that others call: `record`."""

from __future__ import annotations

from typing import Any

from django.db import connection, models

from cms.audit.models import AuditRow
from cms.core import clock
from cms.core.log_masking import mask

SYSTEM_NAME = "hệ thống"


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
    return AuditRow.objects.create(
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
