"""Production's bell: Redis takes the transport options of the settings and rings once per message."""

from __future__ import annotations

import os
import uuid
from queue import Empty

import pytest
from kombu import Connection

REDIS = os.environ.get("LANTOA_TEST_REDIS", "redis://127.0.0.1:6379/15")
OPTIONS = {
    "visibility_timeout": 3600,
    "unacked_restore_throttle": 1,
    "socket_timeout": 10,
    "socket_connect_timeout": 5,
}


@pytest.mark.redis
def test_a_bell_rings_once_and_is_gone_when_heard():
    name = f"lantoa-test-{uuid.uuid4().hex}"
    with Connection(REDIS, transport_options=OPTIONS) as link:
        queue = link.SimpleQueue(name)
        queue.put({"id": 7})
        message = queue.get(timeout=5)
        assert message.payload == {"id": 7}
        message.ack()
        with pytest.raises(Empty):
            queue.get(timeout=0.3)
        queue.clear()
