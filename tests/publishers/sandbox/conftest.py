"""One sandbox per test module, on a free port, emptied before each test."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from publishers.sandbox.platforms import open_platforms
from publishers.sandbox.server import SandboxServer
from publishers.sandbox.world import Options, World
from tests.publishers.sandbox.imitated import FacebookPage, YouTubeChannel, ZaloAccount
from tests.publishers.sandbox.picture_host import PictureHost
from tests.publishers.sandbox.wire import Caller


@pytest.fixture(scope="session")
def picture_host() -> Iterator[PictureHost]:
    """A loopback web server that stands for the product's public media host."""
    host = PictureHost()
    yield host
    host.close()


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory, picture_host: PictureHost) -> Iterator[Caller]:
    """A sandbox in this process."""
    folder: Path = tmp_path_factory.mktemp("san-tap")
    open_platforms()
    hosts = {"media.lantoa.example": ("127.0.0.1", picture_host.port)}
    world = World(Options(folder, seed=7, media_hosts=hosts))
    server = SandboxServer("127.0.0.1", 0, world)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    yield Caller(server.server_address[1])
    server.shutdown()
    server.server_close()
    thread.join()
    world.close()


@pytest.fixture
def sandbox(running: Caller, picture_host: PictureHost) -> Caller:
    """The module's sandbox, empty."""
    running.control("POST", "reset", {})
    picture_host.hits.clear()
    return running


@pytest.fixture
def fb_page(sandbox: Caller) -> FacebookPage:
    """A registered Facebook Page."""
    return FacebookPage.register(sandbox)


@pytest.fixture
def channel(sandbox: Caller) -> YouTubeChannel:
    """A registered YouTube channel."""
    return YouTubeChannel.register(sandbox)


@pytest.fixture
def oa(sandbox: Caller) -> ZaloAccount:
    """A registered Zalo OA whose articles need no waiting."""
    return ZaloAccount.register(sandbox)
