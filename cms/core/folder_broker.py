"""A folder as the bell of the embedded default: kombu's filesystem transport, made safe for several processes.

Measured with kombu 5.7: its `_put` opens the final file name before it writes, so a worker can take a message that is
still empty and dies of it; its exchange table is read and written in place. Here every file appears complete or not at
all (written beside, then renamed), taking a message is one rename within the same folder, and a message that cannot be
read is dropped: what is due stands in the database, so a lost bell costs one tick."""

from __future__ import annotations

import fcntl
import logging
import os
import time
import uuid
from pathlib import Path
from queue import Empty

from kombu.transport import TRANSPORT_ALIASES, filesystem
from kombu.utils.encoding import bytes_to_str, str_to_bytes
from kombu.utils.json import dumps, loads

log = logging.getLogger(__name__)

SCHEME = "folder"


def _write_whole(path: Path, content: str) -> None:
    partial = path.with_name(f".{path.name}.{uuid.uuid4().hex}")
    partial.write_bytes(str_to_bytes(content))
    os.replace(partial, path)


class Channel(filesystem.Channel):
    """Messages are files in one folder; every change to the folder is one rename."""

    def _put(self, queue, payload, **kwargs):
        name = f"{time.time_ns():020d}_{uuid.uuid4().hex}.{queue}.msg"
        _write_whole(Path(self.data_folder_out) / name, dumps(payload))

    def _get(self, queue):
        folder = Path(self.data_folder_in)
        ending = f".{queue}.msg"
        for name in sorted(name for name in os.listdir(folder) if name.endswith(ending) and name[0] != "."):
            taken = folder / f".taken.{uuid.uuid4().hex}"
            try:
                os.rename(folder / name, taken)
            except FileNotFoundError:
                continue  # another worker was faster
            content = taken.read_bytes()
            taken.unlink()
            try:
                return loads(bytes_to_str(content))
            except ValueError:
                log.warning("unreadable message dropped", extra={"event": "bell_dropped", "queue": queue})
        raise Empty

    def get_table(self, exchange):
        try:
            content = self._exchange_file(exchange).read_text()
        except FileNotFoundError:
            return []
        return [filesystem.exchange_queue_t(*row) for row in loads(content)]

    def _queue_bind(self, exchange, routing_key, pattern, queue):
        self._change_table(exchange, lambda rows: rows if _row(routing_key, pattern, queue) in rows
                           else [_row(routing_key, pattern, queue), *rows])  # fmt: skip

    def _delete(self, queue, exchange, routing_key, pattern, *args, **kwargs):
        self._change_table(exchange, lambda rows: [r for r in rows if r != _row(routing_key, pattern, queue)])
        for name in os.listdir(self.data_folder_in):
            if name.endswith(f".{queue}.msg"):
                (Path(self.data_folder_in) / name).unlink(missing_ok=True)

    def _change_table(self, exchange, change):
        path = self._exchange_file(exchange)
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.with_name(f".{path.name}.lock").open("w") as guard:
            fcntl.flock(guard, fcntl.LOCK_EX)
            _write_whole(path, dumps(change(self.get_table(exchange))))


def _row(routing_key, pattern, queue):
    return filesystem.exchange_queue_t(routing_key or "", pattern or "", queue or "")


class Transport(filesystem.Transport):
    """`folder://`, for one machine without a broker."""

    Channel = Channel
    driver_name = SCHEME


def register() -> None:
    """Make kombu know `folder://`."""
    TRANSPORT_ALIASES[SCHEME] = f"{__name__}:Transport"
