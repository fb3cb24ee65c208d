"""An approved translation goes wherever its script goes: text, markup, sheet, packages, sessions; and a person reads it,
because no machine here speaks its language."""

from __future__ import annotations

import io
import json
import zipfile

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from lxml import etree

from cms.access.roles import Role
from cms.core import clock
from publishers.programmes.gathering import sessions_of
from publishers.programmes.session_sound import recipe_of
from publishers.scripts.models import PackageJob, RecordedReading, ScriptVersion
from publishers.scripts.package_members import station_members
from publishers.scripts.province_packages import package_key, stations_in
from publishers.scripts.reading_services import approve_reading, keep_reading
from publishers.scripts.recorded_readings import ReadingSource
from publishers.scripts.renderers.ssml import NAMESPACE
from publishers.scripts.sounds import kept_reading
from publishers.scripts.translations import Translated, shelf_for
from publishers.stations.models import BroadcastWindow
from tests.factories.cms import MembershipFactory
from tests.publishers.scripts.test_languages import NOW, Scene
from tests.publishers.voice_service import checked_mp3, tone

pytestmark = pytest.mark.django_db
BACKEND = "cms.access.backends.MembershipBackend"
READ = ["សូមដាក់ពាក្យនៅផ្ទះ។", "ទូរស័ព្ទ 18001096 – Trung tâm Phục vụ hành chính công xã Ia Grai"]


@pytest.fixture
def scene(settings, tmp_path):
    settings.MEDIA_ROOT, settings.TRAINING_MODE, settings.TRIAL_VOICE = tmp_path, True, False
    with time_machine.travel(NOW, tick=False):
        yield Scene()


def broadcasts_khmer(scene) -> None:
    scene.station.languages = ["km"]
    scene.station.save()


def told(scene) -> Translated:
    version = ScriptVersion.objects.select_related("station__place", "slot").get(pk=scene.script.pk)
    (row,) = shelf_for([version]).beside(version)
    return Translated(version, row)


def read_aloud(scene, seconds: float) -> RecordedReading:
    """A reading brought by the operator and heard by the leader of the station's own body."""
    body, version = scene.station.organisation, scene.script
    operator = MembershipFactory(organisation=body, role=Role.WARD_OPERATOR).user
    leader = MembershipFactory(organisation=body, role=Role.APPROVER).user
    row = keep_reading(
        version, io.BytesIO(tone(seconds)), "doc.wav", ReadingSource.UPLOADED, operator, told(scene)
    )
    assert kept_reading(told(scene)) is None
    return approve_reading(version, row.sha256, leader, told(scene))


def test_translation_has_text_and_markup_of_its_own(scene):
    scene.approved()
    base = scene.script.get_absolute_url()[:-1]
    text = Client().get(f"{base}.km.txt")
    assert text.content.decode() == f"{READ[0]}\n\n{READ[1]}.\n"
    assert text.headers["Content-Language"] == "km"
    assert text.headers["Link"].endswith(f'/xac-minh/{scene.script.code}>; rel="describedby"')
    assert text.headers["Content-Disposition"].endswith('.km.txt"')
    root = etree.fromstring(Client().get(f"{base}.km.ssml.xml").content)
    assert root.get("{http://www.w3.org/XML/1998/namespace}lang") == "km"
    assert {voice.get("languages") for voice in root.iter(f"{{{NAMESPACE}}}voice")} == {"km"}
    assert root.find(f"{{{NAMESPACE}}}meta").get("content") == "ដាក់ពាក្យនៅផ្ទះ"
    page = Client().get(scene.address).content.decode()
    for ending in ("txt", "docx", "pdf", "ssml.xml"):
        assert f'href="{base}.km.{ending}"' in page
    assert Client().get(f"{base}.bdq.txt").status_code == 404


def test_without_a_reading_the_page_says_politely_that_a_person_is_needed(scene):
    scene.approved()
    answer = Client().get(f"{scene.script.get_absolute_url()[:-1]}.km.mp3")
    assert answer.status_code == 404
    sentence = "Chưa có bản đọc tiếng Khmer. Giọng máy ở đây chỉ đọc tiếng Việt"
    assert sentence in answer.content.decode()
    assert sentence in Client().get(scene.address).content.decode()


def test_a_persons_reading_plays_until_the_translation_is_another(scene, tmp_path):
    scene.approved()
    reading = read_aloud(scene, 12)
    assert (reading.language, reading.body_sha256) == ("km", told(scene).sha256)
    answer = Client().get(f"{scene.script.get_absolute_url()[:-1]}.km.mp3")
    assert (answer.status_code, answer.headers["X-Voice"]) == (200, "person")
    assert answer.headers["Content-Disposition"].endswith('.km.mp3"')
    tags = checked_mp3(b"".join(answer), tmp_path)
    assert "ដាក់ពាក្យនៅផ្ទះ" in tags
    assert "khm" in tags
    assert "<audio" in Client().get(scene.address).content.decode()
    # The Vietnamese script has no reading by that.
    assert Client().get(f"{scene.script.get_absolute_url()[:-1]}.mp3").status_code == 404
    scene.approved(text="ថ្មី។")
    assert kept_reading(told(scene)) is None
    # Somebody reads the new one: the reading of the old one stands in nobody's way.
    assert read_aloud(scene, 12).pk != reading.pk


def test_editor_of_the_commune_reads_the_translation_in_the_admin(scene):
    broadcasts_khmer(scene)
    scene.approved()
    operator = MembershipFactory(organisation=scene.station.organisation, role=Role.WARD_OPERATOR).user
    browser = Client()
    browser.force_login(operator, backend=BACKEND)
    address = f"/admin/thu-ban-doc/{scene.script.code}/km/"
    assert address in browser.get("/admin/thu-ban-doc/").content.decode()
    page = browser.get(address).content.decode()
    assert READ[1] in page
    assert "PTV" not in page
    file = SimpleUploadedFile("doc.wav", tone(12))
    assert browser.post(address, {"file": file, "heard": "1"}).url == address
    assert RecordedReading.objects.get().language == "km"
    leader = MembershipFactory(organisation=scene.station.organisation, role=Role.APPROVER).user
    browser.force_login(leader, backend=BACKEND)
    assert f"{address}nghe.mp3" in browser.get(address).content.decode()
    assert browser.get(f"{address}nghe.mp3").status_code == 200
    sha256 = RecordedReading.objects.get().sha256
    browser.post(address, {"action": "approve", "sha256": sha256})
    assert kept_reading(told(scene)) is not None
    assert browser.get(f"/admin/thu-ban-doc/{scene.script.code}/bdq/").status_code == 404


def test_package_of_one_script_holds_every_approved_translation(scene):
    scene.approved()
    read_aloud(scene, 12)
    content = Client().get(f"{scene.script.get_absolute_url()[:-1]}.zip").content
    with zipfile.ZipFile(io.BytesIO(content)) as files:
        endings = {name.split(".", 1)[1] for name in files.namelist() if ".km." in name}
        assert {"km.txt", "km.docx", "km.ssml.xml", "km.mp3"} <= endings
        record = json.loads(files.read("bantin.json"))
    (translation,) = record["LanToa"]["BanDich"]
    assert (translation["NgonNgu"], translation["TenNgonNgu"]) == ("km", "Tiếng Khmer")
    assert translation["NoiDung"].startswith(READ[0])
    assert any(name.endswith(".km.mp3") for name in record["LanToa"]["Tep"])


def test_day_plays_the_translation_behind_its_script_where_the_station_broadcasts_it(scene):
    scene.approved()
    address = "/dai/xa-ia-grai/ngay/2026-11-23.zip"

    def names() -> list[str]:
        with zipfile.ZipFile(io.BytesIO(Client().get(address).content)) as files:
            names.order = files.read("THU-TU-PHAT.txt").decode()
            return [f"{name[:2]} {name.split('.', 1)[1]}" for name in files.namelist() if name[0] == "0"]

    assert names() == ["01 txt", "01 docx"]
    broadcasts_khmer(scene)
    assert names() == ["01 txt", "01 docx", "02 km.txt", "02 km.docx"]
    assert "02  tiếng Khmer: ដាក់ពាក្យនៅផ្ទះ – chưa có bản đọc, cần người biết tiếng đọc\n" in names.order
    read_aloud(scene, 12)
    assert names() == ["01 txt", "01 docx", "02 km.mp3", "02 km.txt", "02 km.docx"]
    page = Client().get("/dai/xa-ia-grai/").content.decode()
    assert f'hreflang="km" href="{scene.address}"' in page


def test_province_package_holds_it_and_changes_with_it(scene):
    scene.approved()
    slot, province = scene.script.slot, scene.body.place

    def key() -> str:
        return package_key(stations_in(slot, province))

    def names() -> list[str]:
        version = told(scene).version
        members = station_members(version, shelf_for([version]).of_station(version))
        return [name.split(".", 1)[1] for name, _content in members]

    plain = key()
    assert names() == ["txt", "docx", "json"]
    broadcasts_khmer(scene)
    with_khmer = key()
    assert names() == ["txt", "docx", "km.txt", "km.docx", "json"]
    scene.approved(text="ថ្មី។")
    assert len({plain, with_khmer, key()}) == 3
    assert not PackageJob.objects.exists()


def test_session_reads_the_translation_behind_its_script_and_counts_its_reading(scene):
    scene.approved()
    broadcasts_khmer(scene)
    BroadcastWindow.objects.create(
        station=scene.station, starts=NOW.time().replace(hour=5, minute=30),
        ends=NOW.time().replace(hour=6, minute=0),
    )  # fmt: skip
    day = clock.today()

    def session():
        return sessions_of(told(scene).version.station, day)[0]

    (entry,) = session().entries
    before = entry.item.seconds
    assert [each.told.language for each in entry.translations] == ["km"]
    sheet = f"/dai/xa-ia-grai/chuong-trinh/{day:%Y%m%d}-0530/"
    page = Client().get(sheet).content.decode()
    assert READ[0] in page
    assert "Tiếng Khmer · chưa có bản đọc, chưa tính vào thời lượng" in page
    read_aloud(scene, 12)
    (entry,) = session().entries
    assert entry.item.seconds == before + 12
    parts = recipe_of(session()).parts
    assert [(part.title, part.reading is None) for part in parts] == [
        ("Nộp hồ sơ", True), ("ដាក់ពាក្យនៅផ្ទះ", False),
    ]  # fmt: skip
    assert "Tiếng Khmer · bản đọc 12 giây" in Client().get(sheet).content.decode()
