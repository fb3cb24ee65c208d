"""The ledger of visible effects: one row for each thing a citizen can see or could see."""

import json
import unicodedata
from dataclasses import dataclass, field
from typing import Any

from publishers.sandbox.store import Store, dump

#: An entry in a playlist is visible but belongs to a video that has its own row.
SECONDARY_KINDS = ("playlist_item",)


@dataclass
class Effect:
    """What became visible. ``media`` are digests of pictures or clips, ``path`` its page on the sandbox."""

    platform: str
    account: str
    kind: str
    object_id: str
    path: str
    at: float
    text: str = ""
    title: str = ""
    media: list[str] = field(default_factory=list)
    parent: str = ""
    link: str = ""


class Ledger:
    """Keeps visible effects; one object has one row for its whole life."""

    def __init__(self, store: Store) -> None:
        self.store = store

    def show(self, effect: Effect, now: float) -> None:
        """The object is visible now; showing it twice changes its text, not its count."""
        data = dump(
            {"path": effect.path, "at": effect.at, "text": effect.text, "title": effect.title, "media": effect.media,
             "parent": effect.parent, "link": effect.link}
        )  # fmt: skip
        self.store.run(
            "INSERT INTO effects (platform, account, kind, object_id, live, made_visible_at, data)"
            " VALUES (?,?,?,?,1,?,?)"
            " ON CONFLICT (object_id) DO UPDATE SET live = 1, data = excluded.data, kind = excluded.kind",
            effect.platform, effect.account, effect.kind, effect.object_id, now, data,
        )  # fmt: skip

    def hide(self, object_id: str) -> None:
        """The object is no longer visible (deleted, hidden, made private)."""
        self.store.run("UPDATE effects SET live = 0 WHERE object_id = ?", object_id)

    def is_live(self, object_id: str) -> bool:
        """True while citizens see the object."""
        return bool(self.store.rows("SELECT 1 FROM effects WHERE object_id = ? AND live = 1", object_id))

    def effects(
        self, base: str, *, platform: str = "", account: str = "", kind: str = "", live: bool | None = None,
        after: int = 0, secondary: bool = False,
    ) -> list[dict[str, Any]]:  # fmt: skip
        """Rows in the order they became visible, with permalinks under ``base``."""
        wanted, values = ["seq > ?"], [after]
        filters: list[tuple[str, Any]] = [("platform", platform), ("account", account), ("kind", kind)]
        for column, value in filters:
            if value:
                wanted.append(f"{column} = ?")
                values.append(value)
        if live is not None:
            wanted.append(f"live = {int(live)}")
        if not secondary:
            wanted.append("kind NOT IN (" + ",".join(f"'{k}'" for k in SECONDARY_KINDS) + ")")
        columns = "seq, platform, account, kind, object_id, live, made_visible_at, data"
        sql = f"SELECT {columns} FROM effects WHERE {' AND '.join(wanted)} ORDER BY seq"  # noqa: S608  (own words)
        return [_row(row, base) for row in self.store.rows(sql, *values)]

    def duplicates(self, base: str) -> list[dict[str, Any]]:
        """Groups of two or more live effects on one account that say and show the same."""
        groups: dict[tuple[str, ...], list[dict[str, Any]]] = {}
        for row in self.effects(base, live=True, secondary=True):
            groups.setdefault(_sameness(row), []).append(row)
        return [
            {
                "platform": rows[0]["platform"],
                "account": rows[0]["account"],
                "count": len(rows),
                "effects": rows,
            }
            for rows in groups.values()
            if len(rows) > 1
        ]


def _row(row: tuple[Any, ...], base: str) -> dict[str, Any]:
    data = json.loads(row[7])
    return {
        "seq": row[0], "platform": row[1], "account": row[2], "kind": row[3], "object_id": row[4],
        "permalink": base + data["path"], "at": data["at"], "text": data["text"], "title": data["title"],
        "media_count": len(data["media"]), "media": data["media"], "parent": data["parent"], "link": data["link"],
        "live": bool(row[5]), "made_visible_at": row[6],
    }  # fmt: skip


def _sameness(row: dict[str, Any]) -> tuple[str, ...]:
    """Kinds are left out on purpose: a post and a photo post with one text are still one message twice."""
    scope = row["kind"] if row["kind"] in ("comment", "broadcast", *SECONDARY_KINDS) else "post"
    words = (" ".join(unicodedata.normalize("NFC", row[key]).split()) for key in ("title", "text", "link"))
    return (row["platform"], row["account"], scope, row["parent"], *words, *sorted(row["media"]))
