"""Asks a ClamAV daemon about an upload, where the house has one (`CLAMD_ADDRESS`); off otherwise.

The daemon gets the bytes over its socket (`zINSTREAM`, clamd(8)); nothing is written for it. Without its clear answer
nothing is kept: a scanner that is switched on and does not answer is no reason to skip the scan."""

from __future__ import annotations

import logging
import socket
import struct
import time
from typing import BinaryIO, Final
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

from cms.core.errors import UploadRefused

#: Seconds to reach the daemon, and for one file in all.
CONNECT_S: Final = 5.0
WHOLE_S: Final = 120.0
_PART: Final = 1 << 16
_LONGEST_ANSWER: Final = 4096
_log = logging.getLogger(__name__)


def scan(file: BinaryIO, name: str, field: str | None = None) -> None:
    """Return when no scanner is set up or it finds nothing; the file is left at its beginning.

    Raises UploadRefused, which names `field`, when something is found, when the daemon takes no file of this size, or
    when it does not answer in time. `name` is only shown to the person."""
    if not settings.CLAMD_ADDRESS:
        return
    try:
        answer = _asked(settings.CLAMD_ADDRESS, file)
    except OSError as error:
        _log.error("clamd did not answer: %s", error)
        raise UploadRefused(
            _(
                "Chưa quét được mã độc cho tệp %(name)s vì bộ quét không trả lời. Vui lòng thử lại sau ít phút."
            )
            % {"name": name},
            field,
        ) from error
    finally:
        file.seek(0)
    if answer.endswith(" FOUND"):
        _log.warning("clamd refused an upload: %s", answer)
        raise UploadRefused(
            _("Tệp %(name)s có mã độc nên không được nhận. Vui lòng quét máy tính của bạn rồi dùng tệp khác.")
            % {"name": name},
            field,
        )
    if not answer.endswith(": OK"):
        _log.error("clamd could not scan an upload: %s", answer)
        raise UploadRefused(
            _("Bộ quét mã độc không quét được tệp %(name)s. Vui lòng báo quản trị hệ thống.")
            % {"name": name},
            field,
        )


def _asked(address: str, file: BinaryIO) -> str:
    """Send the file and return the daemon's answer. Raises OSError when it is out of reach or too slow."""
    until = time.monotonic() + WHOLE_S
    with _connected(address) as line:
        file.seek(0)
        try:
            line.sendall(b"zINSTREAM\0")
            while part := file.read(_PART):
                _wait_until(line, until)
                line.sendall(struct.pack(">I", len(part)) + part)
            line.sendall(struct.pack(">I", 0))
        except (BrokenPipeError, ConnectionResetError):
            # A file over its limit: the daemon says so and hangs up before it has read all.
            pass
        answer = b""
        while not answer.endswith(b"\0") and len(answer) < _LONGEST_ANSWER:
            _wait_until(line, until)
            piece = line.recv(_LONGEST_ANSWER)
            if not piece:
                break
            answer += piece
    if not answer:
        raise ConnectionError("it hung up without an answer")
    return answer.rstrip(b"\0\n").decode("utf-8", "replace")


def _connected(address: str) -> socket.socket:
    parts = urlsplit(address)
    if parts.scheme == "unix":
        line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        line.settimeout(CONNECT_S)
        try:
            line.connect(parts.path)
        except OSError:
            line.close()
            raise
        return line
    return socket.create_connection((parts.hostname or "127.0.0.1", parts.port or 3310), timeout=CONNECT_S)


def _wait_until(line: socket.socket, until: float) -> None:
    left = until - time.monotonic()
    if left <= 0:
        raise TimeoutError("it took too long")
    line.settimeout(left)
