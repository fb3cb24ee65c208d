"""Start the sandbox: ``python -m publishers.sandbox --port 8100 --state DIR``."""

import argparse
import signal
import sys
import threading
from pathlib import Path

from publishers.sandbox.platforms import open_platforms
from publishers.sandbox.server import SandboxServer
from publishers.sandbox.store import StateInUse
from publishers.sandbox.world import Options, World


def media_host(text: str) -> tuple[str, tuple[str, int]]:
    """Read ``media.lantoa.example=127.0.0.1:8000``; the right side must be loopback."""
    name, _, place = text.partition("=")
    host, _, port = place.rpartition(":")
    if not name or host not in ("127.0.0.1", "localhost", "::1", "[::1]") or not port.isdigit():
        raise argparse.ArgumentTypeError("Cần dạng tên-máy=127.0.0.1:cổng.")
    return name.lower(), (host.strip("[]"), int(port))


def parser() -> argparse.ArgumentParser:
    """The command line."""
    line = argparse.ArgumentParser(
        prog="python -m publishers.sandbox", description="Sân tập Facebook, YouTube, Zalo."
    )
    line.add_argument("--host", default="127.0.0.1", help="địa chỉ nội bộ để nghe")
    line.add_argument("--port", type=int, default=8100, help="cổng để nghe, 0 là cổng trống bất kỳ")
    line.add_argument("--state", type=Path, required=True, help="thư mục giữ trạng thái")
    line.add_argument(
        "--media-host", type=media_host, action="append", default=[], help="tên-máy=127.0.0.1:cổng"
    )
    line.add_argument("--latency-ms", type=float, default=0.0, help="độ trễ của mọi câu trả lời")
    line.add_argument("--seed", type=int, default=7, help="hạt giống của mã và xác suất")
    line.add_argument(
        "--lenient-token", action="store_true", help="nhận cả mã truy cập nằm trong địa chỉ hoặc biểu mẫu"
    )
    return line


def main(arguments: list[str] | None = None) -> int:
    """Run until SIGTERM or Ctrl-C; 2 when the address is refused or taken."""
    chosen = parser().parse_args(arguments)
    open_platforms()
    media_hosts = dict(chosen.media_host)
    options = Options(chosen.state, chosen.seed, chosen.latency_ms / 1000, chosen.lenient_token, media_hosts)
    try:
        world = World(options)
    except StateInUse:
        print(f"Thư mục {chosen.state} đang được một sân tập khác dùng.", file=sys.stderr)
        return 2
    try:
        server = SandboxServer(chosen.host, chosen.port, world)
    except ValueError as refused:
        print(refused, file=sys.stderr)
        return 2
    except OSError as taken:
        print(f"Không mở được {chosen.host}:{chosen.port}: {taken.strerror}.", file=sys.stderr)
        return 2

    def stop(*_: object) -> None:
        threading.Thread(target=server.shutdown, daemon=True).start()

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    print(f"sẵn sàng http://{chosen.host}:{server.server_address[1]}/tuong", flush=True)
    server.serve_forever(poll_interval=0.2)
    server.server_close()
    world.close()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
