"""`python -m tests`: every test, and one line for each thing that could not be tested here and why.

The whole suite runs on SQLite (a file). Tests marked `database` run again on PostgreSQL. With LANTOA_TEST_ALL=1
(as in continuous integration) a missing service is a failure instead of a skip."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile

POSTGRES = os.environ.get("LANTOA_TEST_POSTGRES", "postgres://postgres@127.0.0.1:5432/postgres")
# One more than the cores the suite is meant for: a quarter of its time is waiting, for a browser, a clock or a process.
WORKERS = 3
# pytest's exit code for "some tests failed".
FAILURES = 1
REDIS = os.environ.get("LANTOA_TEST_REDIS", "redis://127.0.0.1:6379/15")


def listens(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(2)
        return probe.connect_ex(("127.0.0.1", port)) == 0


def postgres_reason() -> str:
    import psycopg

    try:
        psycopg.connect(POSTGRES, connect_timeout=3).close()
    except psycopg.OperationalError:
        return "không có PostgreSQL ở địa chỉ LANTOA_TEST_POSTGRES"
    return ""


def missing_parts() -> dict[str, str]:
    """Return marker → reason for what this machine cannot test."""
    reasons = {}
    if not any(shutil.which(name) for name in ("chromium", "chromium-browser", "google-chrome")):
        reasons["browser"] = "không có Chromium trên máy"
    if not listens(int(REDIS.rsplit(":", 1)[1].split("/")[0])):
        reasons["redis"] = "không có Redis ở địa chỉ LANTOA_TEST_REDIS"
    return reasons


def pytest(*arguments: str, **environment: str) -> int:
    """Run pytest; what failed in the crowd is asked once more, alone and one after the other.

    Browser and timing of two busy cores can cross a test that is right; one that is wrong fails alone too."""
    with tempfile.TemporaryDirectory(prefix="lantoa-pytest-") as cache:
        command = [sys.executable, "-m", "pytest", "-o", f"cache_dir={cache}"]
        surroundings = {**os.environ, **environment}
        # In the order of tests/conftest.py; by itself loadfile would leave the files with few, long tests for the end.
        crowd = ("-n", str(WORKERS), "--dist", "loadfile", "--no-loadscope-reorder")
        code = subprocess.run([*command, *crowd, *arguments], env=surroundings, check=False).returncode
        if code != FAILURES:
            return code
        print("Hỏi lại một lần, từng phép thử một, những phép thử chưa đạt:", flush=True)
        return subprocess.run(
            [*command, "--last-failed", *arguments], env=surroundings, check=False
        ).returncode


def main() -> int:
    extra = sys.argv[1:]
    skipped = missing_parts()
    if not shutil.which("espeak-ng"):
        skipped_voices = "không có espeak-ng, giọng đọc máy không thử được"
        print(f"Bỏ qua: {skipped_voices}.", flush=True)
    no_postgres = postgres_reason()
    for reason in [*skipped.values(), *([no_postgres] if no_postgres else [])]:
        print(f"Bỏ qua: {reason}.", flush=True)
    if os.environ.get("LANTOA_TEST_ALL") and (skipped or no_postgres):
        print("LANTOA_TEST_ALL=1: không được bỏ qua phần nào.", flush=True)
        return 1
    # What only PostgreSQL has is asked in the second run.
    chosen = " and ".join(f"not {marker}" for marker in [*skipped, "postgresql"])
    code = pytest("-m", chosen, *extra)
    if code == 0 and not no_postgres:
        print("Chạy lại trên PostgreSQL những phép thử có dấu `database`:", flush=True)
        code = pytest("-m", "database", *extra, DATABASE_URL=POSTGRES)
    return code


if __name__ == "__main__":
    raise SystemExit(main())
