"""What stands on an OA, as `getslice` lists it: ten articles at a time, each type by itself."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from publishers.adapters.seam import Answer, Outcome, PostedThere, Recent
from publishers.adapters.shapes import rows, whole, word
from publishers.adapters.times import moment_of
from publishers.adapters.zalo.article import NORMAL, SHOW, VIDEO
from publishers.adapters.zalo.client import ZaloClient, answer, failed

# Zalo gives at most ten articles at a time.
SLICE = 10
# No package lets an OA make a hundred articles in the time that is asked for.
SLICES = 10


def recent(client: ZaloClient, account: str, since: datetime) -> Recent:
    """See `Adapter.recent`. Zalo tells when an article was made, not when it was shown, and not by whom."""
    posts: list[PostedThere] = []
    found, complete = Answer(Outcome.OK), True
    for kind in (NORMAL, VIDEO):
        for page in range(SLICES):
            reply = client.get("v2.0/article/getslice", offset=page * SLICE, limit=SLICE, type=kind)
            found = answer(reply, "", account, writes=False)
            if failed(reply):
                return Recent(found, tuple(posts), complete=False)
            listed = rows(reply.data.get("medias"))
            made = [moment_of(row.get("create_date")) for row in listed]
            posts += [
                _posted(row)
                for row, moment in zip(listed, made, strict=True)
                if row.get("id") and row.get("status") == SHOW and (moment or since) >= since
            ]
            seen = page * SLICE + len(listed)
            if len(listed) < SLICE or seen >= whole(reply.data.get("total"), seen + 1):
                break
            if made[-1] is not None and made[-1] < since:
                break
        else:
            complete = False
    posts.sort(key=lambda one: one.published_at or since, reverse=True)
    return Recent(found, tuple(posts), complete=complete)


def _posted(row: Mapping[str, Any]) -> PostedThere:
    name = str(row["id"])
    return PostedThere(
        remote_id=name,
        text=word(row.get("title")),
        published_at=moment_of(row.get("create_date")),
        permalink=word(row.get("link_view")),
        title=word(row.get("title")),
        ids=frozenset({name}),
    )
