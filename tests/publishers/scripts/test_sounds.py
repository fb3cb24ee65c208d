"""Sound: as loud as promised, named and tagged, a machine always labelled, a person's reading in its place."""

from __future__ import annotations

import io
import json
import math
import threading
import wave
import zipfile
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from cms.accounts.models import Role
from cms.audit.models import AuditRow
from cms.core.errors import ConflictingState, NotAllowed, UploadRefused
from media.renditions.encoder import run_ffmpeg
from media.renditions.sound import can_speak, loudness_of
from publishers.scripts import sounds
from publishers.scripts.blocks import Block, BlockKind, Part, Voice, to_json
from publishers.scripts.models import RecordedReading, ScriptVersion
from publishers.scripts.reading_services import keep_reading
from publishers.scripts.recorded_readings import ReadingSource
from publishers.scripts.sounds import kept_sound, sound_of
from publishers.scripts.voices.provider import VoiceUnavailable
from tests.factories.cms import MembershipFactory, OrganisationFactory
from tests.factories.publishers import ScriptVersionFactory, StationFactory

pytestmark = pytest.mark.django_db
BACKEND = "cms.access.backends.MembershipBackend"
KEY = "khoa-giong-doc-thu"
CUE = Block(BlockKind.CUE, cue="Nhạc hiệu")


@pytest.fixture(autouse=True)
def _files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.TRAINING_MODE = True
    settings.TRIAL_VOICE = False


def said(text: str, voice: Voice = Voice.FEMALE) -> Block:
    return Block(BlockKind.CONTENT, voice, (((Part(text),),),))


def tone(seconds: float = 3.0, level: float = 0.2) -> bytes:
    """A WAV that swells like syllables do: half a second of tone, a little silence."""
    target = io.BytesIO()
    with wave.open(target, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(22_050)
        frames = bytearray()
        for at in range(int(22_050 * seconds)):
            loud = level * 32767 * (0.2 if at // 2205 % 5 == 4 else 1.0)
            frames += int(loud * math.sin(2 * math.pi * 220 * at / 22_050)).to_bytes(2, "little", signed=True)
        sound.writeframes(bytes(frames))
    return target.getvalue()


def checked_mp3(content: bytes, folder: Path) -> str:
    """Look at an MP3 frame by frame and at its loudness; return its ID3 tags as text."""
    path = folder / "looked-at.mp3"
    path.write_bytes(content)
    loudness = loudness_of(path)
    assert loudness.integrated == pytest.approx(-16.0, abs=0.7)
    assert loudness.true_peak <= -1.0
    assert content[:4] == b"ID3\x03"
    size = sum((content[6 + place] & 0x7F) << (7 * (3 - place)) for place in range(4)) + 10
    at, frames = size, 0
    while at + 4 <= len(content):
        head = int.from_bytes(content[at : at + 4], "big")
        assert head >> 17 == 0x7FFD, "MPEG 1 layer III"
        # 64 kbit/s, 44.1 kHz, one channel: in every frame, so the rate is constant.
        assert (head >> 12 & 15, head >> 10 & 3, head >> 6 & 3) == (5, 0, 3)
        at += 144 * 64_000 // 44_100 + (head >> 9 & 1)
        frames += 1
    assert frames > 20
    # Titles are UTF-16 and may begin at an odd byte; what is ASCII stays ASCII.
    readings = (
        content[:size].decode("latin-1"),
        *(content[at:size].decode("utf-16-le", "ignore") for at in (0, 1)),
    )
    return "".join(readings)


# ------------------------------------------------------------------------------------------- voice service
class _Service(BaseHTTPRequestHandler):
    """A voice service: speaks a tone, or does what `fault` says."""

    asked: list[dict] = []
    fault = ""

    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        _Service.asked.append({**body, "path": self.path, "key": self.headers["Authorization"]})
        if self.fault.isdigit():
            self.send_response(int(self.fault))
            self.end_headers()
            return
        content = b"<html>no sound</html>" if self.fault == "page" else tone(1.5)
        self.send_response(200)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_):
        pass


@pytest.fixture
def service(settings):
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Service)
    _Service.asked, _Service.fault = [], ""
    threading.Thread(target=server.serve_forever, daemon=True).start()
    settings.VOICE_SERVICE_BASE = f"http://127.0.0.1:{server.server_port}"
    settings.VOICE_SERVICE_KEY = KEY
    settings.VOICE_SERVICE_VOICES = {"nu": "giong-nu", "nam": "giong-nam"}
    yield _Service
    server.shutdown()
    server.server_close()


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
    page = Client().get(f"{version.get_absolute_url()[:-1]}.mp3")
    assert page.status_code == 503
    assert sentence in page.content.decode()


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


def bring(version, operator, content: bytes, name: str = "doc.wav") -> RecordedReading:
    return keep_reading(version, io.BytesIO(content), name, ReadingSource.UPLOADED, operator)


def test_a_persons_reading_replaces_the_machine_and_the_next_one_replaces_it(
    version, operator, service, tmp_path
):
    assert sound_of(version).is_machine
    first = bring(version, operator, tone(3.0, level=0.02))
    sound = sound_of(version)
    assert (sound.is_machine, sound.label, sound.ending) == (False, "Người đọc", "mp3")
    tags = checked_mp3(sound.content(), tmp_path)
    assert "GIONG_MAY" not in tags
    assert first.loudness == pytest.approx(-16.0, abs=0.7)
    assert first.seconds == pytest.approx(3.0, abs=0.3)
    second = bring(version, operator, tone(2.5))
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


def test_operator_reads_on_a_screen(version, operator):
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
    assert "Bản đọc đang dùng" in browser.get(address).content.decode()
    # A neighbour's script is not there.
    assert browser.get(f"/admin/thu-ban-doc/{ScriptVersionFactory().code}/").status_code == 404
