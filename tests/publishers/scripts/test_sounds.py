"""Sound: as loud as promised, named and tagged, a machine always labelled, a person's reading in its place."""

from __future__ import annotations

import io
import json
import zipfile

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from cms.accounts.models import Role
from cms.audit.models import AuditRow
from cms.core.errors import ConflictingState, InputRefused, NotAllowed, UploadRefused
from media.renditions.encoder import run_ffmpeg
from media.renditions.sound import can_speak
from publishers.scripts import sounds
from publishers.scripts.blocks import Block, BlockKind, Part, Voice, to_json
from publishers.scripts.models import RecordedReading, ScriptVersion, SoundJob
from publishers.scripts.reading_services import approve_reading, keep_reading, send_reading_back
from publishers.scripts.recorded_readings import ReadingSource
from publishers.scripts.sound_making import ask_for_script, make_waiting
from publishers.scripts.sounds import kept_sound, sound_of
from publishers.scripts.voices.provider import VoiceUnavailable
from tests.factories.cms import MembershipFactory, OrganisationFactory
from tests.factories.publishers import ScriptVersionFactory, StationFactory
from tests.publishers.voice_service import KEY, checked_mp3, service, tone

__all__ = ["service"]

pytestmark = pytest.mark.django_db
BACKEND = "cms.access.backends.MembershipBackend"
CUE = Block(BlockKind.CUE, cue="Nhạc hiệu")


@pytest.fixture(autouse=True)
def _files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.TRAINING_MODE = True
    settings.TRIAL_VOICE = False


def said(text: str, voice: Voice = Voice.FEMALE) -> Block:
    return Block(BlockKind.CONTENT, voice, (((Part(text),),),))


def test_service_speaks_each_turn_once_and_the_file_keeps_every_promise(service, tmp_path):
    blocks = [CUE, said("Kính chào bà con."), said("Gọi một tám không không.", Voice.MALE), CUE]
    version = ScriptVersionFactory(blocks=to_json(blocks))
    assert kept_sound(version) is None
    sound = sound_of(version)
    assert (sound.is_machine, sound.label, sound.ending) == (True, "Giọng máy", "giong_may.mp3")
    assert [(each["path"], each["text"], each["voice"], each["rate"]) for each in service.asked] == [
        ("/speech", "Kính chào bà con.", "giong-nu", 190),
        ("/speech", "Gọi một tám không không.", "giong-nam", 190),
    ]
    assert {each["key"] for each in service.asked} == {f"Bearer {KEY}"}
    content = sound.content()
    tags = checked_mp3(content, tmp_path)
    assert "[Giọng máy] Nộp hồ sơ tại nhà" in tags
    assert "GIONG_MAY" in tags
    assert f"/xac-minh/{version.code}" in tags
    # Another station with one turn of its own: only that one is spoken.
    other = ScriptVersionFactory(blocks=to_json([said("Kính chào bà con."), said("Đây là đài khác.")]))
    sound_of(other)
    assert [each["text"] for each in service.asked[2:]] == ["Đây là đài khác."]
    # Asked again, nothing is made again.
    assert sound_of(version).content() == content
    assert len(service.asked) == 3


@pytest.mark.parametrize(
    ("fault", "sentence"),
    [
        ("500", "từ chối (mã 500)"),
        ("401", "từ chối (mã 401)"),
        ("429", "đang quá tải"),
        ("page", "không phải âm thanh"),
    ],
)
def test_service_in_trouble_is_a_sentence_and_leaves_nothing_behind(service, fault, sentence, caplog):
    version = ScriptVersionFactory()
    service.fault = fault
    with pytest.raises(VoiceUnavailable) as refused:
        sound_of(version)
    assert sentence in refused.value.sentence
    assert KEY not in caplog.text + refused.value.sentence
    assert len(service.asked) == 1
    assert kept_sound(version) is None
    for _bell in range(3):
        ask_for_script(version)
        assert make_waiting() == 0
    page = Client().get(f"{version.get_absolute_url()[:-1]}.mp3")
    assert page.status_code == 503
    assert sentence in page.content.decode()
    assert len(service.asked) == 4
    # Three tries, then a person must look: no bell tries again by itself.
    assert make_waiting() == 0
    assert len(service.asked) == 4


def test_nothing_is_made_while_somebody_waits_for_a_page(service):
    version = ScriptVersionFactory()
    address = version.get_absolute_url()
    browser = Client()
    waiting = browser.get(f"{address[:-1]}.mp3")
    assert (waiting.status_code, waiting.headers["Retry-After"]) == (503, "30")
    assert "Dựng bản nghe thử (giọng máy)" in browser.get(address).content.decode()
    assert (service.asked, SoundJob.objects.count()) == ([], 0)
    for _twice in range(2):
        assert browser.post(f"{address}dung-am-thanh/").status_code == 302
    assert "Đang dựng bản âm thanh bằng giọng máy" in browser.get(address).content.decode()
    assert make_waiting() == 1
    job = SoundJob.objects.get()
    assert (job.state, job.done, job.total, job.file) == ("done", 1, 1, kept_sound(version).file)
    assert "<audio" in browser.get(address).content.decode()
    assert AuditRow.objects.filter(verb="ask_for_sound").count() == 1
    # What is there already is not wanted again.
    assert browser.post(f"{address}dung-am-thanh/").status_code == 302
    assert make_waiting() == 0


def test_player_gets_the_piece_it_asks_for(service):
    version = ScriptVersionFactory()
    whole = sound_of(version).content()
    address = f"{version.get_absolute_url()[:-1]}.mp3"

    def asked(**headers):
        answer = Client().get(address, headers=headers)
        return answer.status_code, answer.headers.get("Content-Range"), b"".join(answer)

    size = len(whole)
    answer = Client().get(address)
    assert answer.headers["Accept-Ranges"] == "bytes"
    assert answer.headers["Content-Length"] == str(size)
    assert asked() == (200, None, whole)
    assert asked(range="bytes=0-9") == (206, f"bytes 0-9/{size}", whole[:10])
    assert asked(range="bytes=100-") == (206, f"bytes 100-{size - 1}/{size}", whole[100:])
    assert asked(range="bytes=-7") == (206, f"bytes {size - 7}-{size - 1}/{size}", whole[-7:])
    assert asked(range=f"bytes=5-{size * 2}") == (206, f"bytes 5-{size - 1}/{size}", whole[5:])
    assert asked(range=f"bytes={size}-") == (416, f"bytes */{size}", b"")
    assert asked(range="bytes=0-1,4-5") == (200, None, whole)
    assert asked(range="bytes=9-2")[0] == 416
    assert asked(range="lines=1-2") == (200, None, whole)
    etag = answer.headers["ETag"]
    assert asked(range="bytes=0-9", **{"if-range": '"another"'}) == (200, None, whole)
    assert asked(range="bytes=0-9", **{"if-range": etag})[0] == 206
    unchanged = Client().get(address, headers={"if-none-match": etag})
    assert (unchanged.status_code, unchanged.headers["Cache-Control"]) == (304, "public, no-cache")


def test_service_that_is_not_there_is_a_sentence_too(settings):
    settings.VOICE_SERVICE_BASE = "http://127.0.0.1:9"
    with pytest.raises(VoiceUnavailable, match="không trả lời"):
        sound_of(ScriptVersionFactory())


def test_without_any_voice_there_is_no_sound_and_no_player():
    version = ScriptVersionFactory()
    assert sound_of(version) is None
    assert Client().get(f"{version.get_absolute_url()[:-1]}.mp3").status_code == 404
    assert "<audio" not in Client().get(version.get_absolute_url()).content.decode()


@pytest.mark.skipif(not can_speak(), reason="espeak-ng is not installed")
def test_trial_voice_says_itself_that_it_is_one(settings, tmp_path):
    settings.TRIAL_VOICE = True
    version = ScriptVersionFactory(blocks=to_json([said("Kính chào bà con, hôm nay là thứ hai.")]))
    spoken = []
    read = sounds.machine_voice().__class__.read

    def listened(self, text, *rest):
        spoken.append(text)
        return read(self, text, *rest)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("publishers.scripts.voices.espeak.EspeakVoice.read", listened)
        content = sound_of(version).content()
    assert spoken == ["Bản nghe thử, giọng máy.", "Kính chào bà con, hôm nay là thứ hai."]
    assert "Giọng máy, chỉ để nghe thử" in checked_mp3(content, tmp_path)
    answer = Client().get(f"{version.get_absolute_url()[:-1]}.mp3")
    assert answer.headers["X-Voice"] == "machine"
    assert answer.headers["Content-Disposition"].endswith('_nop_ho_so_tai_nha_00m03.giong_may.mp3"')
    assert "Giọng máy, chỉ để nghe thử" in Client().get(version.get_absolute_url()).content.decode()


# ------------------------------------------------------------------------------------- readings by a person
@pytest.fixture
def version() -> ScriptVersion:
    return ScriptVersionFactory()


@pytest.fixture
def operator(version):
    return MembershipFactory(organisation=version.station.organisation, role=Role.WARD_OPERATOR).user


@pytest.fixture
def leader(version):
    return MembershipFactory(organisation=version.station.organisation, role=Role.APPROVER).user


def bring(version, operator, content: bytes, name: str = "doc.wav") -> RecordedReading:
    return keep_reading(version, io.BytesIO(content), name, ReadingSource.UPLOADED, operator)


def test_reading_counts_once_another_person_has_heard_it(version, operator, leader, service):
    machine = sound_of(version)
    reading = bring(version, operator, tone())
    assert kept_sound(version) == machine
    officer = MembershipFactory(organisation=version.station.organisation, role=Role.COMMUNE_OFFICER).user
    own = bring(version, officer, tone(2.5))
    reading.refresh_from_db()
    assert reading.replaced_at is not None
    for person, wanted, refusal in (
        (officer, own, NotAllowed),  # brought it
        (operator, own, NotAllowed),  # does not approve
        (MembershipFactory(role=Role.APPROVER).user, own, NotAllowed),  # another body's
        (leader, reading, ConflictingState),  # heard the one before
    ):
        with pytest.raises(refusal):
            approve_reading(version, wanted.sha256, person)
    with pytest.raises(InputRefused, match="lý do trả lại"):
        send_reading_back(version, own.sha256, " ", leader)
    assert kept_sound(version) == machine
    approve_reading(version, own.sha256, leader)
    assert kept_sound(version).file == own.file
    again = bring(version, operator, tone(2.8))
    send_reading_back(version, again.sha256, "Vấp ở câu hai.", leader)
    assert kept_sound(version).file == own.file
    verbs = ["keep_reading", "keep_reading", "approve_reading", "keep_reading", "send_back_reading"]
    rows = AuditRow.objects.filter(verb__endswith="_reading").order_by("pk")
    assert list(rows.values_list("verb", flat=True)) == verbs


def test_a_persons_reading_replaces_the_machine_and_the_next_one_replaces_it(
    version, operator, leader, service, tmp_path
):
    assert sound_of(version).is_machine
    first = bring(version, operator, tone(3.0, level=0.02))
    first = approve_reading(version, first.sha256, leader)
    sound = sound_of(version)
    assert (sound.is_machine, sound.label, sound.ending) == (False, "Người đọc", "mp3")
    tags = checked_mp3(sound.content(), tmp_path)
    assert "GIONG_MAY" not in tags
    assert first.loudness == pytest.approx(-16.0, abs=0.7)
    assert first.seconds == pytest.approx(3.0, abs=0.3)
    second = bring(version, operator, tone(2.5))
    approve_reading(version, second.sha256, leader)
    first.refresh_from_db()
    assert first.replaced_at is not None
    assert sound_of(version).file == second.file
    assert default_storage.exists(first.file)
    assert AuditRow.objects.filter(verb="keep_reading", actor=operator).count() == 2
    assert Client().get(f"{version.get_absolute_url()[:-1]}.mp3").headers["X-Voice"] == "person"
    with zipfile.ZipFile(io.BytesIO(Client().get(f"{version.get_absolute_url()[:-1]}.zip").content)) as files:
        (name,) = [name for name in files.namelist() if name.endswith(".mp3")]
        record = json.loads(files.read("bantin.json"))
        assert files.read(name) == sound_of(version).content()
    assert name.isascii()
    assert (record["LanToa"]["GiongDoc"], record["LanToa"]["GiongMay"]) == ("nguoi", False)


@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("ghi.webm", ["-c:a", "libopus", "-f", "webm"]),
        ("ghi.ogg", ["-c:a", "libopus", "-f", "ogg"]),
        ("ghi.m4a", ["-c:a", "aac", "-movflags", "frag_keyframe+empty_moov", "-f", "mp4"]),
        ("ghi.mp3", ["-c:a", "libmp3lame", "-b:a", "128k", "-f", "mp3"]),
    ],
)
def test_what_browsers_and_phones_record_is_taken(version, operator, tmp_path, name, options):
    (tmp_path / "in.wav").write_bytes(tone(3.0))
    run_ffmpeg(["-i", tmp_path / "in.wav", *options, tmp_path / name], timeout=60)
    reading = bring(version, operator, (tmp_path / name).read_bytes(), name)
    assert reading.loudness == pytest.approx(-16.0, abs=0.7)
    assert reading.seconds == pytest.approx(3.0, abs=0.4)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "trống"),
        (b"%PDF-1.7 not a sound", "không phải tệp âm thanh"),
        (b"RIFF\x00\x00\x00\x00WAVEfmt broken", "không nghe được hoặc bị cắt dở"),
        (tone(3.0, level=0.0), "không có tiếng"),
        (tone(30.0), "Bản đọc dài 30 giây, còn bản tin này đọc khoảng 3 giây"),
    ],
)
def test_what_is_no_reading_of_the_script_is_refused_in_a_sentence(version, operator, content, sentence):
    with pytest.raises(UploadRefused) as refused:
        bring(version, operator, content)
    assert sentence in refused.value.sentence
    assert refused.value.field == "file"
    assert not RecordedReading.objects.exists()


def test_neighbour_and_withdrawn_script_are_refused(version, operator):
    stranger = MembershipFactory(organisation=OrganisationFactory(), role=Role.WARD_OPERATOR).user
    with pytest.raises(NotAllowed):
        bring(version, stranger, tone())
    version.state = "withdrawn"
    with pytest.raises(ConflictingState):
        bring(version, operator, tone())


def test_operator_reads_and_leader_hears_on_a_screen(version, operator, leader):
    StationFactory(slug="dai-ben-canh")
    browser = Client()
    browser.force_login(operator, backend=BACKEND)
    version.on_air_at = version.slot.at
    address = f"/admin/thu-ban-doc/{version.code}/"
    page = browser.get(address)
    assert "Kính chào bà con." in page.content.decode()
    assert "unsafe" not in page.headers["Content-Security-Policy"].split("script-src")[1].split(";")[0]
    file = SimpleUploadedFile("ban-doc.wav", tone())
    unheard = browser.post(address, {"file": file, "source": "ghi-am"})
    assert unheard.status_code == 422
    assert "Vui lòng nghe lại" in unheard.content.decode()
    nothing = browser.post(address, {"heard": "1"})
    assert "Vui lòng ghi âm hoặc chọn tệp" in nothing.content.decode()
    file.seek(0)
    assert browser.post(address, {"file": file, "source": "ghi-am", "heard": "1"}).status_code == 302
    reading = RecordedReading.objects.get()
    assert (reading.source, reading.read_by) == (ReadingSource.RECORDED, operator)
    shown = browser.get(address).content.decode()
    assert "Bản đọc chờ duyệt" in shown
    assert "duyệt bản đọc" not in shown.replace("nghe và duyệt", "")
    assert browser.post(address, {"action": "approve", "sha256": reading.sha256}).status_code == 422
    other = Client()
    other.force_login(leader, backend=BACKEND)
    assert "Chờ người thứ hai duyệt" in other.get("/admin/thu-ban-doc/").content.decode()
    assert "Tôi đã nghe hết" in other.get(address).content.decode()
    assert other.get(f"{address}nghe.mp3").content[:3] == b"ID3"
    given = {"action": "send-back", "sha256": reading.sha256, "reason": "Vấp ở câu hai."}
    assert other.post(address, given).status_code == 302
    assert "Bản đọc trước được trả lại: Vấp ở câu hai." in browser.get(address).content.decode()
    file.seek(0)
    assert browser.post(address, {"file": file, "source": "ghi-am", "heard": "1"}).status_code == 302
    assert other.post(address, {"action": "approve", "sha256": reading.sha256}).status_code == 302
    assert "Bản đọc đang dùng" in browser.get(address).content.decode()
    assert other.get(f"{address}nghe.mp3").status_code == 404
    # A neighbour's script is not there.
    assert browser.get(f"/admin/thu-ban-doc/{ScriptVersionFactory().code}/").status_code == 404
