"""The sandbox as a process: starts on loopback only, keeps its state through kill -9 and SIGTERM."""

import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.publishers.sandbox.imitated import FacebookPage, YouTubeChannel, ZaloAccount
from tests.publishers.sandbox.picture_host import PictureHost
from tests.publishers.sandbox.wire import Caller, clip

ROOT = Path(__file__).resolve().parents[3]
GRAIN = 256 * 1024


@contextmanager
def process(folder: Path, *arguments: str) -> Iterator[tuple[subprocess.Popen[str], Caller]]:
    """A running sandbox and a caller for it."""
    command = [sys.executable, "-m", "publishers.sandbox", "--port", "0", "--state", str(folder), *arguments]
    running = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    try:
        assert running.stdout is not None
        line = running.stdout.readline()
        assert line.startswith("sẵn sàng http://127.0.0.1:")
        found = re.search(r":(\d+)/", line)
        assert found is not None
        yield running, Caller(int(found.group(1)))
    finally:
        running.kill()
        running.communicate(timeout=10)


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM])
def test_everything_answered_is_remembered(
    tmp_path: Path, picture_host: PictureHost, how: signal.Signals
) -> None:
    mapped = ("--media-host", f"media.lantoa.example=127.0.0.1:{picture_host.port}")
    content = clip(2 * GRAIN)
    with process(tmp_path, *mapped) as (running, sandbox):
        page, channel, oa = (kind.register(sandbox) for kind in (FacebookPage, YouTubeChannel, ZaloAccount))
        photo = page.staged()
        post = page.post("feed", message="Trước khi tắt").json["id"]
        session = channel.session(len(content))
        channel.put(session, content[:GRAIN], 0, len(content))
        token = oa.create()
        pair = oa.refresh("lam-moi-oa-1").json
        sandbox.rule(platform="zalo", op="oa.getoa", nth=2, action="status", status=500)
        sandbox.advance(5000)
        running.send_signal(how)
        assert running.wait(timeout=10) == (0 if how is signal.SIGTERM else -9)
    with process(tmp_path, *mapped) as (_, sandbox):
        page.sandbox = channel.sandbox = oa.sandbox = sandbox
        assert [row["object_id"] for row in sandbox.live()] == [post]
        assert sandbox.control("GET", "clock")["offset_seconds"] == pytest.approx(5000, abs=1)
        assert page.with_photos(photo).status == 200
        assert oa.get("oa/getoa").json["error"] == -220
        oa.token = pair["access_token"]
        assert oa.verify(token).json["error"] == 0
        assert sandbox.control("GET", "rules")[0]["seen"] == 1
        assert oa.get("oa/getoa").status == 500
        path = "/youtube" + session.split("/youtube", 1)[1]
        assert channel.ask(path, len(content)).headers["Range"] == f"bytes=0-{GRAIN - 1}"
        assert channel.put(path, content[GRAIN:], GRAIN, len(content)).status == 200
        assert len(sandbox.live()) == 3


@pytest.mark.parametrize("host", ["0.0.0.0", "192.0.2.1", "vidu.gov.vn"])  # noqa: S104  (that is what must be refused)
def test_only_loopback_may_be_bound(tmp_path: Path, host: str) -> None:
    command = [
        sys.executable,
        "-m",
        "publishers.sandbox",
        "--host",
        host,
        "--port",
        "0",
        "--state",
        str(tmp_path),
    ]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=20, check=False)
    assert done.returncode == 2
    assert "địa chỉ nội bộ" in done.stderr


def test_media_host_may_lead_to_loopback_only(tmp_path: Path) -> None:
    command = [
        sys.executable,
        "-m",
        "publishers.sandbox",
        "--state",
        str(tmp_path),
        "--media-host",
        "a.example=10.0.0.1:80",
    ]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=20, check=False)
    assert done.returncode == 2


def test_lenient_token_and_latency_are_switches(tmp_path: Path) -> None:
    with process(tmp_path, "--lenient-token", "--latency-ms", "1", "--seed", "9") as (_, sandbox):
        page = FacebookPage.register(sandbox)
        path = f"/graph/v26.0/{page.id}/feed?access_token={page.token}"
        assert sandbox.form(path, None, message="Trong địa chỉ").status == 200
        assert sandbox.control("GET", "health")["seed"] == 9


def test_taken_port_is_said_and_not_fought_over(tmp_path: Path) -> None:
    with process(tmp_path / "mot") as (_, sandbox):
        command = [
            sys.executable,
            "-m",
            "publishers.sandbox",
            "--port",
            str(sandbox.port),
            "--state",
            str(tmp_path / "hai"),
        ]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=20, check=False)
        assert done.returncode == 2
        assert f"Không mở được 127.0.0.1:{sandbox.port}" in done.stderr


def test_one_folder_serves_one_sandbox_at_a_time(tmp_path: Path) -> None:
    with process(tmp_path) as (_, sandbox):
        command = [sys.executable, "-m", "publishers.sandbox", "--port", "0", "--state", str(tmp_path)]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=20, check=False)
        assert done.returncode == 2
        assert "đang được một sân tập khác dùng" in done.stderr
        assert sandbox.control("GET", "health")["status"] == "ok"
