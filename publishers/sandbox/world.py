"""Everything one running sandbox owns, handed to every operation."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from publishers.sandbox.accounts import Register
from publishers.sandbox.clock import Clock
from publishers.sandbox.faults import Faults
from publishers.sandbox.fetching import Fetcher
from publishers.sandbox.ids import IdMint
from publishers.sandbox.ledger import Ledger
from publishers.sandbox.media import MediaShelf
from publishers.sandbox.recorder import Recorder
from publishers.sandbox.routing import CATALOGUE
from publishers.sandbox.store import Store

_OFFSET = "clock:offset"


@dataclass(frozen=True)
class Options:
    """How the sandbox was started."""

    folder: Path
    seed: int = 7
    latency_seconds: float = 0.0
    lenient_token: bool = False
    media_hosts: dict[str, tuple[str, int]] = field(default_factory=dict)


class World:
    """The state of all platforms and the parts that keep it."""

    def __init__(self, options: Options) -> None:
        self.options = options
        #: Delay of every answer of a platform, in seconds; the control interface changes it.
        self.latency_seconds = options.latency_seconds
        self.store = Store(options.folder)
        self.spool = options.folder / "spool"
        self.spool.mkdir(exist_ok=True)
        for left_over in self.spool.iterdir():
            left_over.unlink()
        self.clock = Clock(self.store.counted(_OFFSET))
        self.ids = IdMint(self.store, options.seed)
        self.register = Register(self.store)
        self.ledger = Ledger(self.store)
        self.media = MediaShelf(options.folder / "media", self.store)
        self.faults = Faults(self.store, options.seed)
        self.recorder = Recorder(self.store)
        self.fetcher = Fetcher(options.media_hosts)
        self.closed = False

    def now(self) -> float:
        """The present of the virtual clock."""
        return self.clock.now()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """One unit of work; whatever is due by now has happened when the block starts."""
        try:
            with self.store.transaction():
                self._ripen()
                yield
        except Exception:
            with self.store.lock:
                self.register.load()
                self.faults.load()
            raise

    def _ripen(self) -> None:
        while due := self.store.rows(
            "SELECT object_id, platform FROM due WHERE at <= ? ORDER BY at LIMIT 1", self.now()
        ):
            object_id, platform = due[0]
            self.store.forget_reminder(object_id)
            owner = next(p for p in CATALOGUE.platforms.values() if p.name == platform)
            owner.ripen(self, object_id)

    def remember_clock(self) -> None:
        """Keep the clock's offset for the next start."""
        self.store.note(_OFFSET, self.clock.offset)

    def reset(self) -> None:
        """Forget everything: accounts, objects, effects, rules, requests, files, clock."""
        with self.store.transaction():
            self.store.wipe()
            self.media.wipe()
            self.clock.offset = 0.0
            self.register.load()
            self.faults.load()

    def close(self) -> None:
        """End with the state kept."""
        self.closed = True
        self.store.close()
