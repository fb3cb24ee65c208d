"""What happens to the processes of a chaos run: kill -9 at random moments, a broker that forgets, a database that falls."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random

from benchmarks.ground.house import House
from benchmarks.ground.processes import Process
from benchmarks.ground.servers import Servers


@dataclass
class Storm:
    """Kills `kills` times over `span` seconds; what died is replaced at once, as a supervisor would."""

    processes: list[Process]
    dice: Random
    kills: int
    span: float
    events: list[tuple[float, Callable[[], None]]] = field(default_factory=list)
    done: dict[str, int] = field(default_factory=dict)
    began: float = field(default_factory=time.monotonic)

    def __post_init__(self) -> None:
        for _ in range(self.kills):
            self.events.append((self.dice.uniform(0, self.span), self._kill_one))
        self.events.sort(key=lambda event: event[0])

    def at(self, share: float, act: Callable[[], None]) -> None:
        """Let `act` happen once `share` of the span is over."""
        self.events.append((share * self.span, act))
        self.events.sort(key=lambda event: event[0])

    @property
    def is_over(self) -> bool:
        return not self.events

    def blow(self) -> None:
        """Do what is due by now, and replace whatever has ended by itself."""
        while self.events and self.events[0][0] <= time.monotonic() - self.began:
            self.events.pop(0)[1]()
        for each in self.processes:
            if not each.is_alive:
                self._count(f"{each.name} tự dừng")
                each.start()

    def _kill_one(self) -> None:
        # One that is still starting proves nothing: the youngest is spared where an older one runs.
        grown = [each for each in self.processes if time.monotonic() - each.started_at > 4.0]
        victim = self.dice.choice(grown or self.processes)
        victim.kill()
        self._count(f"kill -9 {victim.name}")
        victim.start()

    def _count(self, name: str) -> None:
        self.done[name] = self.done.get(name, 0) + 1

    def broker_forgets(self, servers: Servers) -> Callable[[], None]:
        def act() -> None:
            servers.redis.flush()
            servers.redis.kill()
            time.sleep(0.5)
            servers.redis.start()
            self._count("broker xóa sạch và khởi động lại")

        return act

    def folder_forgets(self, house: House) -> Callable[[], None]:
        def act() -> None:
            for message in (house.folder / "var" / "broker" / "messages").glob("*"):
                message.unlink(missing_ok=True)
            self._count("thư mục thông điệp bị xóa sạch")

        return act

    def database_falls(self, servers: Servers) -> Callable[[], None]:
        def act() -> None:
            from django.db import connections

            connections.close_all()
            servers.postgres.crash()
            time.sleep(1.0)
            servers.postgres.start()
            self._count("cơ sở dữ liệu sập và khởi động lại")

        return act
