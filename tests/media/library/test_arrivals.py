"""Files that arrive in parts: a lost line costs nothing, nobody reaches another's upload, and the same checks decide."""

from __future__ import annotations

import io
import json
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from django.urls import reverse

from cms.core import clock
from media.library import arrivals
from media.library.models import Asset, AssetKind, Blob
from media.library.upload_tables import Upload, UploadState
from tests.factories.media import picture_bytes

pytestmark = [pytest.mark.django_db]
BEGIN = "/admin/kho-tai-lieu/tai-len/"


@pytest.fixture(autouse=True)
def parts(settings, tmp_path):
    settings.TRAINING_MODE = True  # enrolment of a second factor is the accounts room's to test
    settings.LIBRARY_PARTS_DIR = tmp_path / "parts"
    return settings.LIBRARY_PARTS_DIR


@pytest.fixture
def as_communicator(client, communicator):
    client.force_login(communicator)
    return client


def begin(client, body, name="anh_dep.png", size=100, changed_at=7):
    return client.post(BEGIN, {"organisation": body.pk, "name": name, "size": size, "changed_at": changed_at})


def part(client, address, offset, content):
    return client.post(
        address, content, content_type="application/octet-stream", headers={"Upload-Offset": str(offset)}
    )


def test_a_file_in_three_parts_becomes_one_draft_with_its_blob(as_communicator, province, parts, kept_files):
    content = picture_bytes(300, 200)
    answer = begin(as_communicator, province, size=len(content)).json()
    address = answer["address"]
    cuts = [0, 100, 250, len(content)]
    for start, end in zip(cuts, cuts[1:], strict=False):
        answer = part(as_communicator, address, start, content[start:end]).json()
        assert answer["offset"] == end
    asset = Asset.objects.get()
    assert (asset.title, asset.kind, asset.live) == ("anh dep", AssetKind.INFOGRAPHIC, False)
    assert asset.organisation == province
    assert (asset.image.width, asset.image.height) == (300, 200)
    assert answer["edit"].endswith(f"/edit/{asset.pk}/")
    assert Blob.objects.get().references == 1
    assert len(kept_files()) == 1
    assert list(Path(parts).iterdir()) == []
    assert as_communicator.get(answer["edit"]).status_code == 200


def test_after_a_lost_line_the_file_goes_on_where_it_stopped(as_communicator, province):
    content = picture_bytes(300, 200)
    first = begin(as_communicator, province, size=len(content)).json()
    part(as_communicator, first["address"], 0, content[:120])
    again = begin(as_communicator, province, size=len(content)).json()
    assert (again["address"], again["offset"]) == (first["address"], 120)
    assert as_communicator.get(first["address"]).json()["offset"] == 120
    twice = part(as_communicator, first["address"], 0, content[:120])
    assert (twice.status_code, twice.json()) == (409, {"offset": 120})
    gap = part(as_communicator, first["address"], 200, content[200:])
    assert (gap.status_code, gap.json()) == (409, {"offset": 120})
    done = part(as_communicator, first["address"], 120, content[120:]).json()
    assert done["state"] == UploadState.KEPT
    # The answer was lost: asking, or sending the last part again, gives it once more and makes nothing twice.
    assert part(as_communicator, first["address"], 120, content[120:]).json()["edit"] == done["edit"]
    assert as_communicator.get(first["address"]).json()["edit"] == done["edit"]
    assert Asset.objects.count() == 1


def test_another_file_of_the_same_name_is_another_upload(as_communicator, province):
    one = begin(as_communicator, province, size=100).json()["address"]
    assert begin(as_communicator, province, size=101).json()["address"] != one
    assert begin(as_communicator, province, size=100, changed_at=8).json()["address"] != one


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("bai.html", b"<html><script>alert(1)</script></html>", "không phải hình, video"),
        ("a.png", b"\x89PNG\r\n\x1a\n" + b"x" * 60, "hỏng"),
        ("x.exe", b"MZ" + b"\x00" * 80, "không phải hình, video"),
    ],
)
def test_what_may_not_be_kept_is_refused_with_a_sentence_and_leaves_nothing(
    as_communicator, province, parts, kept_files, name, content, words
):
    address = begin(as_communicator, province, name=name, size=len(content)).json()["address"]
    answer = part(as_communicator, address, 0, content).json()
    assert words in answer["refused"]
    assert not Asset.objects.exists()
    assert kept_files() == []
    assert list(Path(parts).iterdir()) == []


def test_too_large_empty_too_long_and_too_many_are_refused_before_anything_is_sent(
    as_communicator, province, monkeypatch
):
    assert "vượt mức" in begin(as_communicator, province, size=2 * 1024**3).json()["refused"]
    assert "trống" in begin(as_communicator, province, size=0).json()["refused"]
    assert begin(as_communicator, province, size="nhiều").status_code == 400
    address = begin(as_communicator, province, size=10).json()["address"]
    assert part(as_communicator, address, 0, b"x" * 11).status_code == 400
    assert Upload.objects.get().received == 0
    monkeypatch.setattr(arrivals, "MOST_OPEN", 1)
    assert "tải lên dở" in begin(as_communicator, province, size=11).json()["refused"]


def test_names_with_paths_and_nul_name_no_place(as_communicator, province, parts):
    address = begin(as_communicator, province, name="../../etc/\x00pass\\..\\wd.png", size=10).json()[
        "address"
    ]
    part(as_communicator, address, 0, b"12345")
    upload = Upload.objects.get()
    assert upload.name == "wd.png"
    assert [path.name for path in Path(parts).iterdir()] == [f"{upload.public_id}.part"]


def test_nobody_reaches_the_upload_of_another(as_communicator, province, client, neighbour, other_province):
    address = begin(as_communicator, province).json()["address"]
    client.force_login(neighbour)
    assert client.get(address).status_code == 404
    assert part(client, address, 0, b"x").status_code == 404
    assert client.delete(address).status_code == 404
    assert begin(client, province).status_code == 400
    assert Upload.objects.get().received == 0


def test_what_stands_still_is_cleared_away_and_giving_up_leaves_nothing(as_communicator, province, parts):
    old = begin(as_communicator, province, size=10).json()["address"]
    part(as_communicator, old, 0, b"12345")
    other = begin(as_communicator, province, size=20).json()["address"]
    part(as_communicator, other, 0, b"12345")
    assert as_communicator.delete(other).status_code == 200
    assert len(list(Path(parts).iterdir())) == 1
    with time_machine.travel(clock.now() + timedelta(days=2, minutes=1)):
        assert arrivals.clear_away() == 1
    assert list(Path(parts).iterdir()) == []
    assert not Upload.objects.exists()


def test_the_page_names_what_is_still_on_its_way(as_communicator, province):
    begin(as_communicator, province, name="video_dai.mp4", size=5_000_000)
    page = as_communicator.get(reverse("library_many_files")).content.decode()
    assert "video_dai.mp4" in page
    assert "Tải lên nhiều tệp" in page
    assert json.dumps(arrivals.PART) in page
    assert io.StringIO(page).read().count("<script>") == 0
