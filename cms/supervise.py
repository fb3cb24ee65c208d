"""One terminal for the whole system: `run` (stays up) and `demo` (does the main job, then stops).

Wiring, imported by nobody. It loads no settings and no models, so that the first child starts at once; a system that
was prepared before serves its first page within seconds.

    python -m cms.supervise run     web, beat, two workers, the platform sandbox; demo data on the first start
    python -m cms.supervise demo    the same in a folder and on ports of its own, the main job, its summary, the end
"""

from __future__ import annotations

import argparse
import hashlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from pathlib import Path

from cms.core.catalogues import compile_catalogues
from cms.core.supervisor import Child, Supervisor

BASE_DIR = Path(__file__).resolve().parents[1]
MEDIA_HOST = "media.lantoa.example"
# Seconds the web process may take until its first answer.
WEB_PATIENCE = 90
# The first children, sandbox and web, need no prepared database to come up; workers and beat do.
FOUNDATIONS = 2


def say(line: str = "") -> None:
    """Print one line at once, also into a pipe."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def state_of_the_code() -> str:
    """Return a hash over everything that `prepare` depends on: a changed one prepares again."""
    digest = hashlib.sha256()
    for pattern in ("*/*/migrations/*.py", "cms/places/data/*", "publishers/demo/**/*", "locale/**/*.po"):
        for path in sorted(BASE_DIR.glob(pattern)):
            if path.is_file() and "__pycache__" not in path.parts:
                digest.update(str(path.relative_to(BASE_DIR)).encode())
                digest.update(path.read_bytes())
    return digest.hexdigest()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def port_is_taken(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1", port)) == 0


def ended(process: subprocess.Popen[bytes]) -> int:
    """Wait for a command's end and return its exit code; Ctrl-C ends it first."""
    try:
        return process.wait()
    except KeyboardInterrupt:
        process.terminate()
        process.wait(15)
        raise


class House:
    """The processes of one running system and the folder and ports they share."""

    def __init__(self, var_dir: Path, web_port: int, sandbox_port: int) -> None:
        self.var_dir = var_dir
        self.web_port = web_port
        self.sandbox_port = sandbox_port
        self.address = f"http://127.0.0.1:{web_port}"
        self.environment = {
            "LANTOA_VAR_DIR": str(var_dir),
            "LANTOA_PUBLIC_URL": self.address,
            "STATION_READBACK_BASE": self.address,
            "SANDBOX_BASE": f"http://127.0.0.1:{sandbox_port}",
            "DJANGO_SETTINGS_MODULE": os.environ.get("DJANGO_SETTINGS_MODULE", "cms.settings.development"),
            "PYTHONUNBUFFERED": "1",
        }

    @property
    def stamp(self) -> Path:
        return self.var_dir / "prepared"

    def is_prepared(self) -> bool:
        return self.stamp.exists() and self.stamp.read_text().strip() == state_of_the_code()

    def begin(self, *arguments: str) -> subprocess.Popen[bytes]:
        """Start one management command in this house."""
        command = [sys.executable, str(BASE_DIR / "manage.py"), *arguments]
        return subprocess.Popen(command, env={**os.environ, **self.environment})  # noqa: S603

    def manage(self, *arguments: str) -> int:
        """Run one management command in this house; return its exit code."""
        return ended(self.begin(*arguments))

    def prepare(self) -> int:
        """Database, map, catalogues and demo data: whatever is missing. Safe to run again after an interruption."""
        return self.manage("prepare", "--stamp", state_of_the_code())

    def purge_broker(self) -> None:
        """Drop bells nobody heard: what is due stands in the database."""
        shutil.rmtree(self.var_dir / "broker", ignore_errors=True)
        for folder in ("broker/messages", "broker/control", "beat", "static"):
            (self.var_dir / folder).mkdir(parents=True, exist_ok=True)
        for leftover in (self.var_dir / "beat").glob("schedule*"):
            leftover.unlink()

    def sandbox(self) -> Child:
        return Child(
            "nền tảng",
            [
                sys.executable, "-m", "publishers.sandbox",
                "--host", "127.0.0.1", "--port", str(self.sandbox_port),
                "--state", str(self.var_dir / "sandbox"),
                "--media-host", f"{MEDIA_HOST}=127.0.0.1:{self.web_port}",
            ],
            self.environment,
        )  # fmt: skip

    def web(self) -> Child:
        return Child(
            "web",
            [
                sys.executable, "-m", "gunicorn", "cms.wsgi:application",
                "--bind", f"127.0.0.1:{self.web_port}", "--worker-class", "gthread", "--workers", "1",
                "--threads", "8", "--timeout", "120", "--graceful-timeout", "5", "--log-level", "warning",
                "--worker-tmp-dir", str(self.var_dir),
            ],
            self.environment,
        )  # fmt: skip

    def worker(self, name: str, queues: str, concurrency: int) -> Child:
        return Child(
            name,
            [
                sys.executable, "-m", "celery", "--quiet", "-A", "cms.celery", "worker",
                "--queues", queues, "--pool", "threads", "--concurrency", str(concurrency),
                "--hostname", f"{queues.split(',')[0]}@%h", "--loglevel", "WARNING",
                "--without-gossip", "--without-mingle", "--without-heartbeat",
            ],
            self.environment,
        )  # fmt: skip

    def beat(self) -> Child:
        return Child(
            "nhịp",
            [
                sys.executable, "-m", "celery", "--quiet", "-A", "cms.celery", "beat", "--loglevel", "WARNING",
                "--schedule", str(self.var_dir / "beat" / "schedule"), "--pidfile=",
            ],
            self.environment,
        )  # fmt: skip

    def answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.address}/suc-khoe/", timeout=2) as answer:  # noqa: S310
                return answer.status == 200
        except (urllib.error.URLError, OSError):
            return False

    def lay_foundations(self, supervisor: Supervisor) -> None:
        """Start the sandbox and the web process: they come up while the rest is being prepared.

        The catalogues come first: a process that starts without them speaks English until its end."""
        self.var_dir.mkdir(parents=True, exist_ok=True)
        compile_catalogues([BASE_DIR / "locale"])
        self.purge_broker()
        for child in supervisor.children[:FOUNDATIONS]:
            supervisor.start(child)

    def rise(self, supervisor: Supervisor) -> bool:
        """Wait for the first page, then start workers and beat; False when the web never answered."""
        web = supervisor.children[FOUNDATIONS - 1]
        deadline = time.monotonic() + WEB_PATIENCE
        while not self.answers():
            if time.monotonic() > deadline or web.process.poll() is not None:  # type: ignore[union-attr]
                return False
            time.sleep(0.15)
        for child in supervisor.children[FOUNDATIONS:]:
            supervisor.start(child)
        return True

    def supervisor(self, log: Path | None = None) -> Supervisor:
        children = [
            self.sandbox(),
            self.web(),
            self.worker("đăng bài", "publish", 1),
            self.worker("kết xuất", "render,upload,insights", 3),
            self.beat(),
        ]
        if log is None:
            return Supervisor(children, say)
        lines = log.open("a", encoding="utf-8", buffering=1)
        return Supervisor(children, lambda line: print(line, file=lines))


def stop_on_signal(supervisor: Supervisor) -> None:
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda *_: supervisor.stop())


def welcome(house: House, seconds: float) -> None:
    say()
    say(f"  Lan Tỏa đã sẵn sàng sau {seconds:.1f} giây.")
    say(f"    Trang làm việc        {house.address}/admin/")
    say(f"    Trang cho người dân   {house.address}/")
    say(f"    Đài truyền thanh      {house.address}/dai/")
    say(f"    Nền tảng thử nghiệm   http://127.0.0.1:{house.sandbox_port}/tuong")
    logins = house.var_dir / "demo-logins.txt"
    if logins.exists():
        say()
        for line in logins.read_text(encoding="utf-8").splitlines():
            say(f"    {line}")
    say()
    say("  Nhấn Ctrl-C để dừng tất cả.")
    say()


def run() -> int:
    """`make run`: prepare what is missing, start everything, stay until Ctrl-C."""
    started = time.monotonic()
    house = House(
        Path(os.environ.get("LANTOA_VAR_DIR", BASE_DIR / "var")),
        int(os.environ.get("LANTOA_PORT", "8000")),
        int(os.environ.get("LANTOA_SANDBOX_PORT", "8100")),
    )
    for port, variable in ((house.web_port, "LANTOA_PORT"), (house.sandbox_port, "LANTOA_SANDBOX_PORT")):
        if port_is_taken(port):
            say(
                f"Cổng {port} đang có chương trình khác dùng. Hãy dừng chương trình ấy hoặc đặt {variable}=<cổng khác>."
            )
            return 1
    supervisor = house.supervisor()
    try:
        house.lay_foundations(supervisor)
        if not house.is_prepared() and house.prepare() != 0:
            say(
                "Chưa chuẩn bị xong, xin xem dòng báo lỗi ở trên rồi chạy lại `make run`: phần đã làm không mất."
            )
            supervisor.stop()
            supervisor.watch()
            return 1
    except KeyboardInterrupt:
        supervisor.stop()
        supervisor.watch()
        raise
    stop_on_signal(supervisor)
    if not house.rise(supervisor):
        say("Máy chủ web không khởi động được, xin xem các dòng ở trên.")
        supervisor.stop()
        supervisor.watch()
        return 1
    welcome(house, time.monotonic() - started)
    if not (house.var_dir / "main-job-done").exists():
        threading.Thread(target=house.manage, args=("main_job", "--quiet"), daemon=True).start()
    supervisor.watch()
    say("Đã dừng tất cả. Dữ liệu còn nguyên trong thư mục var/.")
    return 0


def demo() -> int:
    """`make demo`: the main job in a house of its own. Continues an interrupted one, otherwise starts afresh."""
    started = time.monotonic()
    var_dir = Path(os.environ.get("LANTOA_VAR_DIR", BASE_DIR / "var")) / "demo"
    unfinished = var_dir / "unfinished"
    if var_dir.exists() and not unfinished.exists():
        shutil.rmtree(var_dir)
    elif unfinished.exists():
        say("Lần chạy trước chưa xong: làm tiếp từ chỗ dừng.")
    var_dir.mkdir(parents=True, exist_ok=True)
    unfinished.touch()
    house = House(var_dir, free_port(), free_port())
    supervisor = house.supervisor(log=var_dir / "processes.log")
    began = f"{time.time() - (time.monotonic() - started):.3f}"
    code = 1
    watcher = threading.Thread(target=supervisor.watch, daemon=True)
    job = None
    try:
        house.lay_foundations(supervisor)
        stamp = () if house.is_prepared() else ("--prepare", state_of_the_code())
        job = house.begin("main_job", "--started", began, *stamp)
        while job.poll() is None and not house.is_prepared():
            time.sleep(0.1)
        if job.poll() is None and not house.rise(supervisor):
            say(f"Máy chủ web không khởi động được, xin xem {var_dir / 'processes.log'}.")
            job.terminate()
        watcher.start()
        code = ended(job)
    except KeyboardInterrupt:
        if job is not None and job.poll() is None:
            job.terminate()
            job.wait(15)
        raise
    finally:
        supervisor.stop()
        if watcher.is_alive():
            watcher.join(20)
        else:
            supervisor.watch()
    if code >= 0 and code != 130:
        # Only an interrupted run is continued; one that ended, well or badly, is started afresh.
        unfinished.unlink()
    return code


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m cms.supervise")
    parser.add_argument("what", choices=["run", "demo"])
    # A shell that starts it in the background has it ignore Ctrl-C, and so would everything it starts.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        return {"run": run, "demo": demo}[parser.parse_args().what]()
    except KeyboardInterrupt:
        say("\nĐã dừng theo yêu cầu. Lần sau chạy lại sẽ làm tiếp.")
        return 130


if __name__ == "__main__":
    raise SystemExit(main())
