"""What happens to the processes of a chaos run: kill -9 at random moments, a broker that forgets, a database that falls."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random
from typing import Any

from benchmarks.ground.house import House
from benchmarks.ground.processes import Process
from benchmarks.ground.servers import Servers

#: The last blow falls when this share of the work is done: whoever is hit then still has something in hand.
LAST_BLOW = 0.95
LONGEST_CALM = 30.0


@dataclass
class Storm:
    """Kills `kills` times while the work is done; what died is replaced at once, as a supervisor would.

    Moments are shares of the work that is done, drawn from `dice`: a slow machine is hit as often as a quick one. Where
    nothing gets done any more, the next blow falls after `LONGEST_CALM` seconds all the same."""

    processes: list[Process]
    dice: Random
    kills: int
    events: list[tuple[float, Callable[[], bool]]] = field(default_factory=list)
    done: dict[str, int] = field(default_factory=dict)
    last_blow: float = field(default_factory=time.monotonic)

    def __post_init__(self) -> None:
        for _ in range(self.kills):
            self.events.append((self.dice.uniform(0.0, LAST_BLOW), self._kill_one))
        self.events.sort(key=lambda event: event[0])

    def at(self, share: float, act: Callable[[], object]) -> None:
        """Let `act` happen once this share of the work is done."""

        def once() -> bool:
            act()
            return True

        self.events.append((share, once))
        self.events.sort(key=lambda event: event[0])

    @property
    def is_over(self) -> bool:
        return not self.events

    def blow(self, share_done: float) -> None:
        """Do the next thing whose moment has come, and replace whatever has ended by itself."""
        is_calm = time.monotonic() - self.last_blow > LONGEST_CALM
        if self.events and (self.events[0][0] <= share_done or is_calm) and self.events[0][1]():
            self.events.pop(0)
            self.last_blow = time.monotonic()
        for each in self.processes:
            if not each.is_alive:
                self._count(f"{each.name} tự dừng")
                each.start()

    def _kill_one(self) -> bool:
        """Kill one that has come up; False while there is none."""
        ready = [each for each in self.processes if each.is_ready]
        if not ready:
            return False
        victim = self.dice.choice(ready)
        victim.kill()
        self._count(f"kill -9 {victim.name}")
        victim.start()
        return True

    def _count(self, name: str) -> None:
        self.done[name] = self.done.get(name, 0) + 1

    def key_dies(self, house: House, page: Any) -> Callable[[], None]:
        def act() -> None:
            document = {"platform": page.kind, "account": page.external_id, "action": "expire"}
            house.sandbox.control("POST", "tokens", document)
            self._count("khóa của Trang chết hẳn")

        return act

    def person_connects(self, house: House, page: Any) -> Callable[[], None]:
        def act() -> None:
            from publishers.connections.models import Connection
            from publishers.connections.services import store_tokens

            token, app = f"the-moi-{page.pk}", Connection.objects.get(channel=page).app
            document = {
                "platform": page.kind,
                "id": page.external_id,
                "name": page.name,
                "access_token": token,
            }
            house.sandbox.control("POST", "accounts", document | {"app_id": app.app_id if app else ""})
            store_tokens(page, access_token=token)
            self._count("người phụ trách kết nối lại Trang")

        return act

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
