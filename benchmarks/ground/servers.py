"""A PostgreSQL and a Redis of their own in a temporary folder: started for one run, gone after it.

PostgreSQL refuses to run as root; there it is started as an unprivileged user that owns nothing else."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from types import TracebackType
from typing import Any

from benchmarks.ground.house import ROOT

#: Where distributions put the server's programs when they are not on the path.
_POSTGRES_FOLDERS = (
    "/usr/lib/postgresql/*/bin",
    "/usr/pgsql-*/bin",
    "/usr/local/pgsql*/bin",
    "/opt/homebrew/opt/postgresql*/bin",
    "/usr/local/opt/postgresql*/bin",
)
#: Users without rights that a root shell may start PostgreSQL as, the first that exists.
_UNPRIVILEGED = ("postgres", "nobody", "daemon")
_PATIENCE = 60.0


class ServerMissing(Exception):
    """A server's programs are not on this machine; the text names them, in Vietnamese."""


class ServerFailed(RuntimeError):
    """A server did not start or stop; the text has the end of its log."""


def postgres_folder() -> Path:
    """Return the folder with `initdb` and `pg_ctl`, the newest if there are several. Raises ServerMissing."""
    if found := shutil.which("initdb"):
        return Path(found).resolve().parent
    folders = [folder for pattern in _POSTGRES_FOLDERS for folder in Path("/").glob(pattern.lstrip("/"))]
    usable = [folder for folder in folders if (folder / "initdb").exists() and (folder / "pg_ctl").exists()]
    if not usable:
        raise ServerMissing("máy này không có PostgreSQL (không tìm thấy initdb, pg_ctl)")
    return max(usable, key=_version_of)


def _version_of(folder: Path) -> tuple[float, str]:
    digits = "".join(letter for letter in folder.parent.name if letter.isdigit() or letter == ".")
    return (float(digits) if digits.count(".") < 2 and digits.strip(".") else 0.0, str(folder))


def redis_program() -> str:
    """Return the path of a Redis (or Valkey) server. Raises ServerMissing."""
    for name in ("redis-server", "valkey-server"):
        if found := shutil.which(name):
            return found
    raise ServerMissing("máy này không có Redis (không tìm thấy redis-server)")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1", port)) == 0


class Postgres:
    """One PostgreSQL cluster; its durability settings are the defaults, so that a crash is a real one."""

    def __init__(self) -> None:
        self._programs = postgres_folder()
        self._folder = Path(tempfile.mkdtemp(prefix="lantoa-pg-"))
        self._as: dict[str, Any] = {}
        if os.geteuid() == 0:
            user = next(name for name in _UNPRIVILEGED if _exists(name))
            entry = pwd.getpwnam(user)
            os.chown(self._folder, entry.pw_uid, entry.pw_gid)
            self._as = {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}
        self._data = self._folder / "data"
        self._log = self._folder / "log"
        self.port = free_port()
        self._run("initdb", "-D", self._data, "-U", "lantoa", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8")
        self.start()
        self._run("createdb", "-h", "127.0.0.1", "-p", self.port, "-U", "lantoa", "lantoa")

    @property
    def url(self) -> str:
        return f"postgres://lantoa@127.0.0.1:{self.port}/lantoa"

    def copy(self, name: str) -> str:
        """Make the database `name` as the first one stands now; return its URL."""
        self._run("createdb", "-h", "127.0.0.1", "-p", self.port, "-U", "lantoa", "-T", "lantoa", name)
        return f"postgres://lantoa@127.0.0.1:{self.port}/{name}"

    def start(self) -> None:
        options = (
            f"-p {self.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={self._folder} "
            "-c max_connections=300 -c shared_buffers=256MB -c max_wal_size=4GB"
        )
        self._run("pg_ctl", "-D", self._data, "-l", self._log, "-o", options, "-w", "-t", _PATIENCE, "start")

    def crash(self) -> None:
        """Stop at once, as a power cut of the server process: no checkpoint, open transactions are lost."""
        self._run("pg_ctl", "-D", self._data, "-w", "-t", _PATIENCE, "-m", "immediate", "stop")

    def close(self) -> None:
        subprocess.run(
            [self._programs / "pg_ctl", "-D", self._data, "-w", "-m", "immediate", "stop"],
            check=False, capture_output=True, cwd="/", **self._as,
        )  # fmt: skip
        shutil.rmtree(self._folder, ignore_errors=True)

    def _run(self, program: str, *arguments: object) -> None:
        command = [
            str(self._programs / program),
            *(f"{each:g}" if isinstance(each, float) else str(each) for each in arguments),
        ]
        # The server inherits these: a pipe would stay open as long as it lives.
        with tempfile.TemporaryFile("w+") as said:
            done = subprocess.run(
                command, check=False, stdin=subprocess.DEVNULL, stdout=said, stderr=said, cwd="/", **self._as
            )
            if done.returncode:
                said.seek(0)
                log = self._log.read_text(errors="replace")[-1500:] if self._log.exists() else ""
                raise ServerFailed(f"{program}: {said.read()[-1500:]}\n{log}")


def _exists(user: str) -> bool:
    try:
        pwd.getpwnam(user)
    except KeyError:
        return False
    return True


class Redis:
    """One Redis that keeps nothing on disk: a restart forgets everything, as a lost broker would."""

    def __init__(self) -> None:
        self._program = redis_program()
        self.port = free_port()
        self._process: subprocess.Popen[bytes] | None = None
        self.start()

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self.port}/0"

    def start(self) -> None:
        command = [
            self._program, "--port", str(self.port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no",
            "--dir", tempfile.gettempdir(), "--loglevel", "warning",
        ]  # fmt: skip
        self._process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        deadline = time.monotonic() + _PATIENCE
        while not _listens(self.port):
            if self._process.poll() is not None or time.monotonic() > deadline:
                raise ServerFailed("Redis không khởi động được")
            time.sleep(0.05)

    def flush(self) -> None:
        """Forget every message."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=5) as wire:
            wire.sendall(b"FLUSHALL\r\n")
            wire.recv(64)

    def kill(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.wait()

    def close(self) -> None:
        self.kill()


class Servers:
    """PostgreSQL and Redis together. Raises ServerMissing when either is not on this machine."""

    def __init__(self) -> None:
        redis_program()
        self.postgres = Postgres()
        self.redis = Redis()

    def __enter__(self) -> Servers:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.redis.close()
        self.postgres.close()

    @property
    def environment(self) -> dict[str, str]:
        return {"DATABASE_URL": self.postgres.url, "CELERY_BROKER_URL": self.redis.url}

    def lay_tables(self) -> None:
        """Migrate once; `fresh` copies the result."""
        with tempfile.TemporaryDirectory() as folder:
            subprocess.run(
                [sys.executable, "manage.py", "migrate", "--verbosity", "0"], check=True, cwd=ROOT,
                env={
                    **os.environ, "DATABASE_URL": self.postgres.url, "LANTOA_VAR_DIR": folder,
                    "DJANGO_SETTINGS_MODULE": "benchmarks.ground.settings",
                },
            )  # fmt: skip

    def fresh(self, name: str) -> dict[str, str]:
        """Return the environment of a new database with empty tables, and of an emptied broker."""
        self.redis.flush()
        return {
            "DATABASE_URL": self.postgres.copy(name),
            "CELERY_BROKER_URL": self.redis.url,
            "BENCH_TABLES_LAID": "1",
        }
