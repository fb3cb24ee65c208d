"""What every test stands on: no network but loopback, a frozen clock on request, nothing left behind."""

from __future__ import annotations

import os
import socket
import tempfile

# Before Django is imported: keys, uploads and the broker folder of a test run never touch var/.
os.environ.setdefault("LANTOA_VAR_DIR", tempfile.mkdtemp(prefix="lantoa-test-var-"))
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

import pytest

LOOPBACK = {"127.0.0.1", "::1", "localhost"}


class OutsideWorldReached(RuntimeError):
    """A test tried to speak to something that is not on this machine."""


@pytest.fixture(autouse=True, scope="session")
def _no_network_but_loopback():
    real_connect = socket.socket.connect

    def connect(self: socket.socket, address):
        if self.family in (socket.AF_INET, socket.AF_INET6) and str(address[0]) not in LOOPBACK:
            raise OutsideWorldReached(f"connection to {address[0]} refused by the test suite")
        return real_connect(self, address)

    socket.socket.connect = connect  # type: ignore[method-assign]
    yield
    socket.socket.connect = real_connect  # type: ignore[method-assign]
