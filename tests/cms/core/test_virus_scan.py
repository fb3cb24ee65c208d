"""The ClamAV daemon: asked over a real socket before anything is kept; no clear answer, no file."""

from __future__ import annotations

import io
import socket
import struct
import threading
import time
from collections.abc import Iterator

import pytest

from cms.core import virus_scan
from cms.core.errors import UploadRefused
from cms.core.upload_checks import DOCUMENTS, check_upload


def pdf(inside: bytes = b"") -> bytes:
    return b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\n%" + inside + b"\ntrailer<<>>\n%%EOF\n"


PDF = pdf()


class Daemon:
    """Speaks clamd's INSTREAM: finds what holds EICAR, hangs up over `limit` bytes, or says nothing at all."""

    def __init__(self, limit: int = 1 << 20, mute: bool = False) -> None:
        self.limit, self.mute, self.heard = limit, mute, []
        self.door = socket.create_server(("127.0.0.1", 0))
        self.address = f"tcp://127.0.0.1:{self.door.getsockname()[1]}"
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        while True:
            try:
                line, _ = self.door.accept()
            except OSError:
                return
            with line, line.makefile("rb") as sent:
                if self.mute:
                    time.sleep(1.0)
                    continue
                assert sent.read(10) == b"zINSTREAM\0"
                content = b""
                while (length := struct.unpack(">I", sent.read(4))[0]) and len(content) <= self.limit:
                    content += sent.read(length)
                self.heard.append(content)
                if len(content) > self.limit:
                    line.sendall(b"INSTREAM size limit exceeded. ERROR\0")
                else:
                    line.sendall(
                        b"stream: Eicar-Test-Signature FOUND\0" if b"EICAR" in content else b"stream: OK\0"
                    )


@pytest.fixture
def daemon(settings, request) -> Iterator[Daemon]:
    running = Daemon(**getattr(request, "param", {}))
    settings.CLAMD_ADDRESS = running.address
    yield running
    running.door.close()


def test_without_a_daemon_nothing_is_asked(settings):
    assert settings.CLAMD_ADDRESS == ""
    assert check_upload(io.BytesIO(PDF), DOCUMENTS, "tep", "a.pdf").ending == ".pdf"


def test_what_it_passes_is_taken_and_left_at_its_beginning(daemon):
    file = io.BytesIO(pdf(b"x" * 300_000))
    assert check_upload(file, DOCUMENTS, "tep", "a.pdf").ending == ".pdf"
    assert daemon.heard == [file.getvalue()]
    assert file.tell() == 0


def test_what_it_finds_is_refused_at_its_field(daemon):
    with pytest.raises(UploadRefused, match="Tệp “thu.pdf” có mã độc nên không được nhận") as refused:
        check_upload(io.BytesIO(pdf(b"EICAR")), DOCUMENTS, "tep", "thu.pdf")
    assert refused.value.field == "tep"
    assert "Eicar" not in refused.value.sentence


@pytest.mark.parametrize("daemon", [{"limit": 100_000}], indirect=True)
def test_a_file_it_does_not_take_is_not_kept_unseen(daemon):
    with pytest.raises(UploadRefused, match="không quét được|không trả lời"):
        check_upload(io.BytesIO(pdf(b"x" * 900_000)), DOCUMENTS, "tep", "a.pdf")


@pytest.mark.parametrize("daemon", [{"mute": True}], indirect=True)
def test_one_that_does_not_answer_in_time_lets_nothing_in(daemon, monkeypatch):
    monkeypatch.setattr(virus_scan, "WHOLE_S", 0.2)
    began = time.monotonic()
    with pytest.raises(UploadRefused, match="bộ quét không trả lời"):
        check_upload(io.BytesIO(PDF), DOCUMENTS, "tep", "a.pdf")
    assert time.monotonic() - began < 1.0


def test_one_that_is_not_there_lets_nothing_in(settings, tmp_path):
    settings.CLAMD_ADDRESS = f"unix://{tmp_path}/khong-co.sock"
    with pytest.raises(UploadRefused, match="bộ quét không trả lời"):
        check_upload(io.BytesIO(PDF), DOCUMENTS, "tep", "a.pdf")
