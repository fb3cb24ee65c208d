"""PLATFORMS §0.2 row by row, with real sockets on loopback: what was sent decides, not what went wrong."""

import socket
import ssl
import threading
from collections.abc import Callable, Iterator

import pytest
import requests

from cms.core.outbound import OutboundSession
from publishers.adapters.seam import Outcome
from publishers.adapters.transport import sent_nothing, verdict


class OneAnswer:
    """Accepts connections and treats each with `behave`."""

    def __init__(self, behave: Callable[[socket.socket], None]) -> None:
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{self._socket.getsockname()[1]}"
        self.hits = 0
        self._behave = behave
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        while True:
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            self.hits += 1
            with connection:
                connection.recv(65536)
                self._behave(connection)

    def close(self) -> None:
        self._socket.close()


@pytest.fixture
def serve() -> Iterator[Callable[[Callable[[socket.socket], None]], OneAnswer]]:
    opened: list[OneAnswer] = []

    def start(behave: Callable[[socket.socket], None]) -> OneAnswer:
        opened.append(OneAnswer(behave))
        return opened[-1]

    yield start
    for one in opened:
        one.close()


def failure_at(address: str, timeout: tuple[float, float] = (1.0, 0.3)) -> requests.RequestException:
    with pytest.raises(requests.RequestException) as raised:
        OutboundSession([address], timeout).post(f"{address}/feed", data={"message": "x"})
    return raised.value


def both(failure: requests.RequestException) -> tuple[Outcome, Outcome]:
    return verdict(failure, "Facebook", writes=True)[0], verdict(failure, "Facebook", writes=False)[0]


def test_refused_connection_is_retried() -> None:
    assert both(failure_at("http://127.0.0.1:9")) == (Outcome.RETRY, Outcome.RETRY)


def test_unknown_name_is_retried(monkeypatch: pytest.MonkeyPatch) -> None:
    def no_name(*_: object, **__: object) -> None:
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", no_name)
    assert both(failure_at("http://khong-co.example")) == (Outcome.RETRY, Outcome.RETRY)


def test_connection_closed_without_a_word_is_unknown_for_a_write_and_is_sent_once(serve) -> None:  # type: ignore[no-untyped-def]
    server = serve(lambda connection: None)
    assert both(failure_at(server.address)) == (Outcome.UNKNOWN, Outcome.RETRY)
    assert server.hits == 1


def test_silence_is_unknown_for_a_write(serve) -> None:  # type: ignore[no-untyped-def]
    server = serve(lambda connection: threading.Event().wait(1))
    failure = failure_at(server.address)
    assert both(failure) == (Outcome.UNKNOWN, Outcome.RETRY)
    assert verdict(failure, "Facebook", writes=True)[1] == "timeout"


def test_cut_body_is_unknown_for_a_write(serve) -> None:  # type: ignore[no-untyped-def]
    server = serve(lambda connection: connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\n{"))
    assert both(failure_at(server.address)) == (Outcome.UNKNOWN, Outcome.RETRY)


def test_tls_spoken_to_a_plain_server_sends_nothing(serve) -> None:  # type: ignore[no-untyped-def]
    server = serve(lambda connection: connection.sendall(b"HTTP/1.1 400 Bad\r\n\r\n"))
    failure = failure_at(server.address.replace("http:", "https:"))
    assert isinstance(failure, requests.exceptions.SSLError)
    assert both(failure) == (Outcome.RETRY, Outcome.RETRY)


def test_tls_cut_in_mid_air_is_unknown() -> None:
    cut = requests.exceptions.SSLError(ssl.SSLEOFError(8, "EOF occurred in violation of protocol"))
    assert not sent_nothing(cut)
    assert both(cut) == (Outcome.UNKNOWN, Outcome.RETRY)


def test_address_outside_the_bases_is_for_a_person_and_never_called(serve) -> None:  # type: ignore[no-untyped-def]
    server = serve(lambda connection: None)
    with pytest.raises(requests.RequestException) as raised:
        OutboundSession(["https://graph.facebook.com"]).post(f"{server.address}/feed")
    assert verdict(raised.value, "Facebook", writes=True)[:2] == (Outcome.CONFIG, "foreign-address")
    assert server.hits == 0


def test_sentences_name_the_platform_and_end_as_sentences() -> None:
    for failure in (failure_at("http://127.0.0.1:9"), requests.ReadTimeout()):
        sentence = verdict(failure, "YouTube", writes=True)[2]
        assert "YouTube" in sentence
        assert sentence.endswith(".")
