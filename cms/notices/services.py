"""Verbs of this room: tell people something once, and say that it was read."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from cms.accounts.models import User
from cms.core import clock
from cms.core.models import nfc
from cms.notices.models import Notice, NoticeKind


def tell(users: Iterable[Any], kind: NoticeKind, sentence: str, *, cause: str, link: str = "") -> int:
    """Tell each of `users` (active people; None is passed over) `sentence` about `cause`; return how many people.

    `link` is a path inside this house. Somebody who was told of the same cause before is not told again. Must be
    called inside the transaction of what it is about (raises RuntimeError outside one): a notice of something that
    was rolled back would be a lie. Raises ValueError for a link that leads elsewhere or a cause that is too long."""
    if not connection.in_atomic_block:
        raise RuntimeError(f"notice about {cause!r} written outside the transaction of what it tells")
    if link and (not link.startswith("/") or link.startswith("//")):
        raise ValueError(f"a notice leads into this house, not to {link!r}")
    if not cause or len(cause) > 120:
        raise ValueError(f"a cause names one thing in at most 120 letters, not {cause!r}")
    ids = {user.pk for user in users if user is not None and user.is_active}
    known = set(Notice.objects.filter(cause=cause, user__in=ids).values_list("user_id", flat=True))
    now = clock.now()
    words = nfc(sentence)
    words = words if len(words) <= 400 else f"{words[:399]}…"
    Notice.objects.bulk_create(
        (
            Notice(user_id=pk, kind=kind, sentence=words, link=link, cause=cause, created_at=now)
            for pk in sorted(ids - known)
        ),
        batch_size=500,
        ignore_conflicts=True,
    )
    return len(ids - known)


def mark_read(user: Any, pk: int | None = None) -> int:
    """Say that `user` has read notice `pk`, or all of theirs; return how many were unread. Nobody else's is touched."""
    rows = Notice.objects.of(user).unread()
    if pk is not None:
        rows = rows.filter(pk=pk)
    return rows.update(read_at=clock.now())


def settle(users: QuerySet[User], cause_begins: str) -> int:
    """Say that what `users` were told of causes beginning with `cause_begins` is dealt with; return how many notices
    that were unread are read now. What has been done must not stand in anybody's list as work."""
    rows = Notice.objects.filter(user__in=users, cause__startswith=cause_begins).unread()
    return rows.update(read_at=clock.now())


def unread_count(user: Any) -> int:
    """Return how many notices of `user` are unread; 0 for somebody who is not signed in."""
    return Notice.objects.of(user).unread().count() if getattr(user, "pk", None) else 0
