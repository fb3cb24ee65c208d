"""State on disk: one SQLite file in WAL mode, one connection, one lock.

A killed process loses nothing that was answered: the answer leaves after the commit.
Nothing slow (network, sleeping, copying large files) may happen while the lock is held.
"""

import fcntl
import json
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

SCHEMA = """
CREATE TABLE IF NOT EXISTS things (
    id TEXT PRIMARY KEY, platform TEXT NOT NULL, kind TEXT NOT NULL, account TEXT NOT NULL,
    created REAL NOT NULL, data TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS things_by_account ON things (platform, kind, account, created, id);
CREATE TABLE IF NOT EXISTS accounts (
    platform TEXT NOT NULL, kind TEXT NOT NULL, id TEXT NOT NULL, data TEXT NOT NULL,
    PRIMARY KEY (platform, kind, id));
CREATE TABLE IF NOT EXISTS tokens (
    platform TEXT NOT NULL, token TEXT NOT NULL, kind TEXT NOT NULL, account TEXT NOT NULL, data TEXT NOT NULL,
    PRIMARY KEY (platform, token));
CREATE TABLE IF NOT EXISTS effects (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, platform TEXT NOT NULL, account TEXT NOT NULL, kind TEXT NOT NULL,
    object_id TEXT NOT NULL UNIQUE, live INTEGER NOT NULL, made_visible_at REAL NOT NULL, data TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS effects_by_account ON effects (platform, account, live);
CREATE TABLE IF NOT EXISTS due (
    object_id TEXT PRIMARY KEY, platform TEXT NOT NULL, at REAL NOT NULL);
CREATE INDEX IF NOT EXISTS due_by_time ON due (at);
CREATE TABLE IF NOT EXISTS counters (key TEXT PRIMARY KEY, value REAL NOT NULL);
CREATE TABLE IF NOT EXISTS rules (id INTEGER PRIMARY KEY AUTOINCREMENT, seen INTEGER NOT NULL, data TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS requests (seq INTEGER PRIMARY KEY AUTOINCREMENT, finding TEXT, data TEXT NOT NULL);
"""


@dataclass
class Thing:
    """One object of a platform: a post, a photo, an upload session, an article …"""

    id: str
    platform: str
    kind: str
    account: str
    created: float
    data: dict[str, Any]


class StateInUse(Exception):
    """Another sandbox is running on the same folder."""


class Store:
    """The tables behind every imitation; use it inside ``with store.transaction():``."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.claim = (folder / "lock").open("w")
        try:
            fcntl.flock(self.claim, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as taken:
            self.claim.close()
            raise StateInUse(str(folder)) from taken
        self.lock = threading.RLock()
        self.connection = sqlite3.connect(
            folder / "sandbox.sqlite3", isolation_level=None, check_same_thread=False, cached_statements=256
        )
        self.connection.execute("PRAGMA journal_mode=WAL")
        self.connection.execute("PRAGMA synchronous=NORMAL")
        self.connection.executescript(SCHEMA)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Hold the lock and one write transaction; commit at the end, roll back on an exception."""
        with self.lock:
            if self.connection.in_transaction:
                yield
                return
            self.connection.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                self.connection.execute("ROLLBACK")
                raise
            self.connection.execute("COMMIT")

    def close(self) -> None:
        """Finish the file so that a copy of the folder is complete."""
        with self.lock:
            self.connection.close()
            self.claim.close()

    def rows(self, sql: str, *values: object) -> list[Any]:
        """All rows of a query."""
        with self.lock:
            return self.connection.execute(sql, values).fetchall()

    def run(self, sql: str, *values: object) -> int:
        """Run one statement; gives the number of rows it touched."""
        return self.connection.execute(sql, values).rowcount

    # -- things -------------------------------------------------------------------------------

    def knows(self, id_: str) -> bool:
        """True when any object already has this id."""
        return bool(self.rows("SELECT 1 FROM things WHERE id = ?", id_))

    def put(self, thing: Thing) -> Thing:
        """Write an object, new or changed."""
        self.run(
            "INSERT INTO things VALUES (?,?,?,?,?,?) ON CONFLICT (id) DO UPDATE SET data = excluded.data,"
            " account = excluded.account, created = excluded.created",
            thing.id, thing.platform, thing.kind, thing.account, thing.created, dump(thing.data),
        )  # fmt: skip
        return thing

    def get(self, platform: str, id_: str, *kinds: str) -> Thing | None:
        """The object with this id if it belongs to the platform and is of one of ``kinds`` (any if none)."""
        for row in self.rows("SELECT * FROM things WHERE id = ? AND platform = ?", id_, platform):
            thing = _thing(row)
            if not kinds or thing.kind in kinds:
                return thing
        return None

    def find(
        self, platform: str, kind: str, account: str, *, since: float = 0.0, until: float = 1e15, limit: int = -1,
        offset: int = 0,
    ) -> list[Thing]:  # fmt: skip
        """Objects of one account, newest first, created within [since, until]."""
        return [
            _thing(row)
            for row in self.rows(
                "SELECT * FROM things WHERE platform = ? AND kind = ? AND account = ? AND created >= ? AND created <= ?"
                " ORDER BY created DESC, id DESC LIMIT ? OFFSET ?",
                platform, kind, account, since, until, limit, offset,
            )
        ]  # fmt: skip

    def walk(
        self, platform: str, kind: str, account: str, *, since: float = 0.0, until: float = 1e15
    ) -> Iterator[Thing]:
        """The same as ``find``, read in small steps so that a short page of a long list costs little."""
        step, offset = 32, 0
        while batch := self.find(
            platform, kind, account, since=since, until=until, limit=step, offset=offset
        ):
            yield from batch
            offset += len(batch)

    def remove(self, id_: str) -> None:
        """Forget an object."""
        self.run("DELETE FROM things WHERE id = ?", id_)

    # -- counters -----------------------------------------------------------------------------

    def count(self, key: str, by: float = 1) -> int:
        """Add to a counter and give its new value."""
        self.run(
            "INSERT INTO counters VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = value + excluded.value",
            key, by,
        )  # fmt: skip
        return int(self.counted(key))

    def counted(self, key: str) -> float:
        """The value of a counter, 0 when it was never used."""
        found = self.rows("SELECT value FROM counters WHERE key = ?", key)
        return float(found[0][0]) if found else 0.0

    def note(self, key: str, value: float) -> None:
        """Set a counter."""
        self.run(
            "INSERT INTO counters VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
            key,
            value,
        )

    # -- what becomes due ---------------------------------------------------------------------

    def remind(self, object_id: str, platform: str, at: float) -> None:
        """Ask for ``object_id`` to be looked at again at ``at``."""
        self.run(
            "INSERT INTO due VALUES (?,?,?) ON CONFLICT (object_id) DO UPDATE SET at = excluded.at",
            object_id, platform, at,
        )  # fmt: skip

    def forget_reminder(self, object_id: str) -> None:
        """Withdraw a reminder."""
        self.run("DELETE FROM due WHERE object_id = ?", object_id)

    def wipe(self) -> None:
        """Empty every table."""
        for table in ("things", "accounts", "tokens", "effects", "due", "counters", "rules", "requests"):
            self.run(f"DELETE FROM {table}")  # noqa: S608  (own words)
        self.run("DELETE FROM sqlite_sequence")


def dump(value: object) -> str:
    """JSON as the store keeps it."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _thing(row: tuple[Any, ...]) -> Thing:
    return Thing(row[0], row[1], row[2], row[3], row[4], json.loads(row[5]))
