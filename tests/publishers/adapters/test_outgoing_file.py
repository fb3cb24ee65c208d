"""Files go out in pieces, from the byte that is wanted, with signs of life."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publishers.adapters import outgoing_file
from publishers.adapters.outgoing_file import OutgoingFile, piece_of


@given(st.binary(max_size=300), st.integers(0, 320), st.integers(1, 64))
def test_stream_gives_exactly_the_rest_of_the_file(
    tmp_path_factory, content: bytes, start: int, size: int
) -> None:  # type: ignore[no-untyped-def]
    path: Path = tmp_path_factory.getbasetemp() / "tep"
    path.write_bytes(content)
    with OutgoingFile(str(path), lambda: None, start) as body:
        assert len(body) == max(0, len(content) - start)
        pieces = []
        while piece := body.read(size):
            pieces.append(piece)
        assert b"".join(pieces) == content[start:]
        assert len(body) == max(0, len(content) - start)


def test_long_upload_gives_signs_of_life(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "tep"
    path.write_bytes(b"x" * 100)
    moment = [0.0]
    monkeypatch.setattr(outgoing_file.time, "monotonic", lambda: moment[0])
    beats: list[float] = []
    with OutgoingFile(str(path), lambda: beats.append(moment[0])) as body:
        for second in range(0, 20, 2):
            moment[0] = float(second)
            body.read(10)
    assert beats == [6.0, 12.0, 18.0]


def test_piece_that_the_file_does_not_have_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "tep"
    path.write_bytes(b"0123456789")
    assert piece_of(str(path), 2, 5) == b"234"
    with pytest.raises(ValueError):
        piece_of(str(path), 8, 12)
    with pytest.raises(OSError):
        piece_of(str(tmp_path / "khong-co"), 0, 1)
