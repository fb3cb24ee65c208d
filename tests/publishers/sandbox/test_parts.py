"""The pure parts: clock, multipart, ranges of addresses, field lists."""

import ast
import re
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publishers.sandbox.clock import pacific_day, parse_moment, rfc3339, vietnam
from publishers.sandbox.facebook.fields import BadFields, Wanted, parse_fields
from publishers.sandbox.fetching import is_private, is_well_formed
from publishers.sandbox.media import recognise
from publishers.sandbox.multipart import BrokenMultipart, split_parts
from publishers.sandbox.recorder import MASK, mask
from tests.publishers.sandbox.wire import JPEG, MP4, PNG


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        ("2026-01-15T07:59:59Z", "2026-01-14"),
        ("2026-01-15T08:00:00Z", "2026-01-15"),
        ("2026-07-15T06:59:59Z", "2026-07-14"),
        ("2026-07-15T07:00:00Z", "2026-07-15"),
        ("2026-03-08T09:59:59Z", "2026-03-08"),
        ("2026-03-09T06:59:59Z", "2026-03-08"),
        ("2026-03-09T07:00:00Z", "2026-03-09"),
        ("2026-11-02T07:59:59Z", "2026-11-01"),
        ("2026-11-02T08:00:00Z", "2026-11-02"),
    ],
)
def test_pacific_day_knows_summer_time(moment: str, day: str) -> None:
    assert pacific_day(parse_moment(moment)) == day


@given(st.integers(0, 200_000_000_000).map(float))
def test_moments_survive_writing_and_reading(seconds: float) -> None:
    assert parse_moment(rfc3339(seconds)) == seconds
    assert vietnam(seconds).timestamp() == seconds


@pytest.mark.parametrize("value", [None, True, "", "hôm nay", "2026-01-01T00:00:00", [], {}])
def test_moment_without_a_zone_is_refused(value: object) -> None:
    with pytest.raises(ValueError, match=""):
        parse_moment(value)


@given(
    st.lists(st.binary(max_size=80).filter(lambda b: b"--rangiOi" not in b), min_size=1, max_size=5),
    st.data(),
)
def test_multipart_gives_back_every_byte_or_says_it_is_cut(
    contents: list[bytes], data: st.DataObject
) -> None:
    pieces = [
        b'--rangiOi\r\nContent-Disposition: form-data; name="f%d"; filename="t"\r\n\r\n' % n
        + content
        + b"\r\n"
        for n, content in enumerate(contents)
    ]
    body = b"".join(pieces) + b"--rangiOi--\r\n"
    parts = split_parts(body, "multipart/form-data; boundary=rangiOi")
    assert [part.read() for part in parts] == contents
    assert [part.name for part in parts] == [f"f{n}" for n in range(len(contents))]
    cut = data.draw(st.integers(0, len(body) - 5))
    with pytest.raises(BrokenMultipart):
        split_parts(body[:cut], "multipart/form-data; boundary=rangiOi")


@pytest.mark.parametrize(
    ("host", "private"),
    [("127.0.0.1", True), ("10.1.2.3", True), ("192.168.1.1", True), ("169.254.169.254", True), ("[::1]", True),
     ("localhost", True), ("may-chu", True), ("kho.local", True), ("172.16.0.1", True), ("8.8.8.8", False),
     ("dichvucong.vidu.gov.vn", False)],
)  # fmt: skip
def test_private_hosts_are_known(host: str, private: bool) -> None:
    assert is_private(host) is private


@pytest.mark.parametrize(
    ("address", "good"),
    [("https://a.vn/x.jpg", True), ("https://a.vn/%E1%BA%A3nh.jpg", True), ("http://a.vn/x", False), ("https://a.vn/ảnh", False),
     ("https://a.vn/a b", False), ("//a.vn/x", False), ("https:///x", False), ("", False)],
)  # fmt: skip
def test_addresses_must_be_encoded_https(address: str, good: bool) -> None:
    assert is_well_formed(address, https_only=True) is good


def test_bytes_are_recognised() -> None:
    found = [recognise(head) for head in (JPEG, PNG, MP4, b"GIF89a", b"RIFF....AVI ", b"<svg", b"")]
    assert found == ["image/jpeg", "image/png", "video/mp4", "image/gif", "video/x-msvideo", "", ""]


def test_field_lists_nest_and_carry_modifiers() -> None:
    first, second = parse_fields("id, comments.limit(0).summary(true){id,from{name}}")
    assert (first.name, second.name, second.modifiers) == (
        "id",
        "comments",
        {"limit": "0", "summary": "true"},
    )
    assert [(item.name, [i.name for i in item.inside]) for item in second.inside] == [
        ("id", []),
        ("from", ["name"]),
    ]


@given(st.text(alphabet="ab{},.()", max_size=20))
def test_any_text_is_a_field_list_or_refused(text: str) -> None:
    letters = [piece for piece in re.split(r"[^ab]+", re.sub(r"\.[ab]+\([^()]*\)", "", text)) if piece]

    def names(wanted: list[Wanted]) -> list[str]:
        return [name for item in wanted for name in (item.name, *names(item.inside))]

    try:
        found = parse_fields(text)
    except BadFields:
        return
    assert names(found) == letters


@given(
    st.text(max_size=10) | st.lists(st.text(max_size=5)) | st.dictionaries(st.text(max_size=3), st.integers())
)
def test_masking_leaves_no_secret_at_any_depth(value: object) -> None:
    assert mask({"a": [{"Access_Token": value, "b": "thường"}]}) == {
        "a": [{"Access_Token": MASK, "b": "thường"}]
    }


def test_bare_newlines_of_googles_client_are_understood() -> None:
    body = b"--g\nContent-Type: application/json\n\n{}\n--g\nContent-Type: video/mp4\n\n\x00\r\n--g--"
    first, second = split_parts(body, 'multipart/related; boundary="g"')
    assert (first.read(), second.read(), second.headers.get_content_type()) == (b"{}", b"\x00\r", "video/mp4")


def test_sandbox_imports_the_standard_library_and_itself_only() -> None:
    folder = Path(__file__).resolve().parents[3] / "publishers" / "sandbox"
    found: set[str] = set()
    for path in folder.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                found.update(alias.name for alias in node.names)
            elif isinstance(node, ast.ImportFrom):
                assert node.level == 0
                found.add(node.module or "")
    outside = {name for name in found if name.split(".")[0] not in sys.stdlib_module_names}
    assert "publishers.sandbox.store" in outside
    assert [name for name in sorted(outside) if not name.startswith("publishers.sandbox")] == []
