"""One file for a session: made in the background, as loud as promised, a machine named, halted for relays."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.test import Client

from cms.core import clock
from publishers.programmes.device_services import enrol, give_code
from publishers.programmes.gathering import session_at
from publishers.programmes.services import add_relay, move_item
from publishers.programmes.session_sound import ask_for_session, download_name, standing_of
from publishers.programmes.sounds_ahead import ask_ahead
from publishers.scripts.models import SoundJob
from publishers.scripts.reading_services import approve_reading, keep_reading
from publishers.scripts.recorded_readings import ReadingSource
from publishers.scripts.sound_making import make_waiting
from tests.publishers.voice_service import checked_mp3, service, tone

__all__ = ["service"]
pytestmark = pytest.mark.django_db
BACKEND = "cms.access.backends.MembershipBackend"


@pytest.fixture(autouse=True)
def _files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.TRAINING_MODE = True
    settings.TRIAL_VOICE = False


def morning(commune):
    return session_at(commune.station, clock.today(), "0530")


@pytest.fixture
def two(commune):
    """Two bulletins and a relay at 05:30."""
    commune.issue(title="Một")
    commune.issue(title="Hai", text="Bà con khám sức khỏe tại trạm.\nXin gọi 18001096.")
    add_relay(
        commune.station, clock.today(), "0530", commune.officer, title="Thời sự", source="VOV", minutes=15
    )
    return commune


def test_anybody_has_the_session_made_and_downloads_one_file(two, service, tmp_path):
    page = f"/dai/xa-ia-grai/chuong-trinh/{clock.today():%Y%m%d}-0530/"
    browser = Client()
    shown = browser.get(page).content.decode()
    assert "Dựng tệp âm thanh của cả buổi (giọng máy)" in shown
    assert shown.count("Đây là Đài truyền thanh") == shown.count("Kính chào bà con!") == 1
    assert "Tệp không có phần tiếp âm; dừng tệp để tiếp âm: Thời sự lúc" in " ".join(shown.split())
    assert browser.get(f"{page[:-1]}.mp3").status_code == 503
    assert not service.asked
    for _twice in range(2):
        assert browser.post(f"{page}dung-am-thanh/").status_code == 302
    assert "Đang dựng tệp âm thanh của cả buổi" in browser.get(page).content.decode()
    assert make_waiting() == 1
    job = SoundJob.objects.get()
    assert (job.state, job.done) == ("done", job.total)
    # The machine says first that it is one; every turn is spoken once.
    assert service.asked[0]["text"] == "Chương trình này được đọc bằng giọng máy."
    assert len(service.asked) == job.total + 1
    answer = browser.get(f"{page[:-1]}.mp3")
    content = b"".join(answer)
    assert answer.headers["X-Voice"] == "machine"
    assert answer.headers["Content-Disposition"].endswith('.giong_may.mp3"')
    tags = checked_mp3(content, tmp_path)
    assert "GIONG_MAY" in tags
    assert "[Giọng máy] Chương trình sáng" in tags
    assert browser.get(f"{page[:-1]}.mp3", headers={"range": "bytes=0-9"}).status_code == 206
    shown = browser.get(page).content.decode()
    assert "Từng mục bắt đầu ở đâu trong tệp" in shown
    (first, at), (_second, later) = job.chapters
    assert (first, at) == ("Một", pytest.approx(2.3, abs=0.2))
    assert later > 10


def test_another_order_is_another_file_and_the_same_order_is_the_same(two, service):
    ask_for_session(morning(two))
    make_waiting()
    before, spoken = standing_of(morning(two)).recipe.file, len(service.asked)
    key = morning(two).entries[0].item.key
    move_item(two.station, clock.today(), "0530", key, 1, two.operator)
    standing = standing_of(morning(two))
    assert not standing.is_made
    assert standing.recipe.file != before
    ask_for_session(morning(two))
    assert make_waiting() == 1
    assert standing_of(morning(two)).is_made
    move_item(two.station, clock.today(), "0530", key, -1, two.operator)
    assert standing_of(morning(two)).recipe.file == before
    assert spoken < len(service.asked)


def test_readings_by_people_need_no_machine_and_a_missing_one_is_named(two, tmp_path):
    assert standing_of(morning(two)).recipe.silent == ("Một", "Hai")
    for entry in morning(two).entries:
        if entry.script:
            content = io.BytesIO(tone(entry.script.seconds))
            row = keep_reading(entry.script, content, "doc.wav", ReadingSource.UPLOADED, two.operator)
            assert not standing_of(morning(two)).recipe.can_be_made
            approve_reading(entry.script, row.sha256, two.leader)
    assert ask_for_session(morning(two)) is not None
    assert make_waiting() == 1
    standing = standing_of(morning(two))
    assert (standing.recipe.label, standing.recipe.by_machine) == ("Người đọc", False)
    name = download_name(morning(two), standing.recipe)
    assert name.startswith("20261123_0530_ca_buoi_sang_")
    assert name.endswith(".mp3")
    assert "giong_may" not in name
    with default_storage.open(standing.recipe.file) as file:
        assert "GIONG_MAY" not in checked_mp3(file.read(), tmp_path)


def test_stations_with_a_phone_have_theirs_made_ahead(two, service, time_machine):
    assert ask_ahead() == 0
    enrol(two.station, give_code(two.station, two.officer), "Máy trực", "2468")
    assert ask_ahead() == 3
    assert ask_ahead() == 3
    assert SoundJob.objects.count() == 3
    assert make_waiting(600) == 3
    assert ask_ahead() == 0
    time_machine.move_to(clock.now() + timedelta(hours=2))
    assert ask_ahead() == 0


def test_officer_sees_the_progress_on_the_programme_page(two, service):
    browser = Client()
    browser.force_login(two.operator, backend=BACKEND)
    address = f"/admin/chuong-trinh/{two.station.pk}/?gio=0530"
    assert "Dựng một tệp cho cả buổi (giọng máy)" in browser.get(address).content.decode()
    assert browser.post(address, {"action": "sound"}).status_code == 302
    assert "Đang chờ dựng." in browser.get(address).content.decode()
    SoundJob.objects.update(total=12, done=5)
    assert "Đang dựng: 5/12 lượt đọc." in browser.get(address).content.decode()
    make_waiting()
    assert "Tải MP3 của cả buổi" in browser.get(address).content.decode()
