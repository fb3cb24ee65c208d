"""The embedded default's bell: several processes at one folder lose nothing and read nothing half-written."""

from __future__ import annotations

import threading
from pathlib import Path
from queue import Empty

import pytest
from kombu import Connection

from cms.core import folder_broker

folder_broker.register()


@pytest.fixture
def options(tmp_path: Path) -> dict[str, object]:
    for folder in ("messages", "control"):
        (tmp_path / folder).mkdir()
    messages = str(tmp_path / "messages")
    # kombu remembers per process which queues it has declared; each test has a folder of its own.
    folder_broker.Transport.global_state.clear()
    return {
        "data_folder_in": messages,
        "data_folder_out": messages,
        "control_folder": str(tmp_path / "control"),
        "polling_interval": 0.01,
    }


def connection(options: dict[str, object]) -> Connection:
    return Connection("folder://localhost//", transport_options=options)


def take_all(options: dict[str, object], found: list[int]) -> None:
    with connection(options) as link:
        queue = link.SimpleQueue("publish")
        try:
            while True:
                message = queue.get(timeout=0.7)
                message.ack()
                found.append(message.payload)
        except Empty:
            return


def ring(options: dict[str, object], numbers: range) -> None:
    with connection(options) as link:
        queue = link.SimpleQueue("publish")
        for number in numbers:
            queue.put(number)


def test_every_bell_is_heard_exactly_once_by_competing_listeners(options):
    found: list[int] = []
    ring(options, range(0))
    threads = [threading.Thread(target=take_all, args=(options, found)) for _ in range(3)]
    threads += [
        threading.Thread(target=ring, args=(options, range(n * 100, n * 100 + 100))) for n in range(3)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(found) == list(range(300))


def test_an_unreadable_message_is_dropped_and_the_next_one_heard(options, tmp_path):
    ring(options, range(1))
    (tmp_path / "messages" / "0000_broken.publish.msg").write_bytes(b"")
    found: list[int] = []
    take_all(options, found)
    assert found == [0]
    assert [path.name for path in (tmp_path / "messages").iterdir()] == []


def test_a_message_that_is_still_being_written_is_not_taken(options, tmp_path):
    (tmp_path / "messages" / ".0000_unfinished.publish.msg.abc").write_bytes(b'{"half": ')
    found: list[int] = []
    take_all(options, found)
    assert found == []
    assert (tmp_path / "messages" / ".0000_unfinished.publish.msg.abc").exists()
