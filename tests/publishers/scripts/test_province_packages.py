"""Packages per province: made once, continued after a crash, made again only where something changed, and shown to
those whose they are."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile

import pytest
from django.core.files.storage import default_storage
from django.test import Client

from cms.accounts.models import Role
from cms.audit.models import AuditRow
from cms.core import clock
from publishers.scripts import province_packages
from publishers.scripts.models import PackageJob, ProvincePackage, ScriptVersion
from publishers.scripts.package_jobs import JobState
from publishers.scripts.province_packages import open_jobs, run_job, run_open_jobs
from tests.factories.campaigns import PostFactory, SlotFactory, VariantFactory
from tests.factories.cms import MembershipFactory, OrganisationFactory, PlaceFactory
from tests.factories.publishers import PackageJobFactory, ScriptVersionFactory, StationFactory

pytestmark = [pytest.mark.django_db, pytest.mark.database]
BACKEND = "cms.access.backends.MembershipBackend"


@pytest.fixture(autouse=True)
def _files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    settings.TRAINING_MODE = True


@pytest.fixture
def slot():
    """One slot with two stations in province A and one in province B."""
    body = OrganisationFactory(name="Cơ quan Mẫu Trung ương", place=PlaceFactory(province=True), leads=True)
    slot = SlotFactory(variant=VariantFactory(post=PostFactory(organisation=body)), channel=None,
                       stations_of=body.place)  # fmt: skip
    first, second = PlaceFactory(province=True, name="An"), PlaceFactory(province=True, name="Bình")
    for parent, slug in ((first, "dai-a1"), (first, "dai-a2"), (second, "dai-b1")):
        station = StationFactory(place=PlaceFactory(commune=True, parent=parent), slug=slug)
        ScriptVersionFactory(slot=slot, station=station)
    return slot


def ask(slot) -> PackageJob:
    return PackageJobFactory(slot=slot)


def content_of(row: ProvincePackage) -> bytes:
    with default_storage.open(row.file) as file:
        return file.read()


def test_each_province_gets_one_package_with_every_station(slot):
    job = ask(slot)
    assert run_open_jobs() == 2
    job.refresh_from_db()
    assert (job.state, job.done, job.total) == (JobState.DONE, 3, 3)
    rows = list(job.packages.all())
    assert [(row.province.name, row.scripts) for row in rows] == [("An", 2), ("Bình", 1)]
    content = content_of(rows[0])
    assert (len(content), hashlib.sha256(content).hexdigest()) == (rows[0].size, rows[0].sha256)
    with zipfile.ZipFile(io.BytesIO(content)) as files:
        assert files.testzip() is None
        names = files.namelist()
        assert [name.split("/")[0] for name in names] == [
            "DOC-TRUOC.txt",
            *["dai-a1"] * 3,
            *["dai-a2"] * 3,
            "SHA256SUMS",
        ]
        assert [name.rsplit(".", 1)[-1] for name in names[1:4]] == ["txt", "docx", "json"]
        assert files.read(names[1]).decode() == "Kính chào bà con.\n"
        assert json.loads(files.read("dai-a1/bantin.json"))["DichID"] == "dai-a1"
        sums = files.read("SHA256SUMS").decode()
        assert f"{hashlib.sha256(files.read(names[2])).hexdigest()}  {names[2]}\n" in sums
    assert open_jobs() == []


def test_interrupted_job_goes_on_with_what_is_missing_and_gives_the_same_bytes(slot):
    whole = ask(slot)
    run_job(whole.pk)
    kept = {row.province_id: row.sha256 for row in whole.packages.all()}
    ProvincePackage.objects.all().delete()
    for folder in default_storage.listdir(province_packages.FOLDER)[0]:
        for name in default_storage.listdir(f"{province_packages.FOLDER}/{folder}")[1]:
            default_storage.delete(f"{province_packages.FOLDER}/{folder}/{name}")
    job = ask(slot)

    def killed(row: PackageJob) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run_job(job.pk, killed)
    job.refresh_from_db()
    assert (job.state, job.packages.count()) == (JobState.RUNNING, 1)
    # Nobody takes it over while the lease of the dead worker runs.
    assert run_job(job.pk) == 0
    PackageJob.objects.filter(pk=job.pk).update(lease_until=clock.now())
    assert run_job(job.pk) == 1
    job.refresh_from_db()
    assert (job.state, job.done) == (JobState.DONE, 3)
    assert {row.province_id: row.sha256 for row in job.packages.all()} == kept


def test_worker_that_lost_its_lease_writes_nothing_more(slot):
    job = ask(slot)

    def taken_over(row: PackageJob) -> None:
        PackageJob.objects.filter(pk=row.pk).update(fence=row.fence + 1)

    assert run_job(job.pk, taken_over) == 1
    assert job.packages.count() == 1
    job.refresh_from_db()
    assert job.state == JobState.RUNNING


def test_a_correction_makes_only_its_province_anew(slot):
    run_job(ask(slot).pk)
    old = ScriptVersion.objects.get(station__slug="dai-b1")
    ScriptVersion.objects.filter(pk=old.pk).update(state="superseded", ended_at=clock.now())
    ScriptVersionFactory(slot=slot, station=old.station, number=2, title="Nộp hồ sơ tại nhà, đã sửa")
    job = ask(slot)
    run_job(job.pk)
    assert {row.province.name: row.is_taken_over for row in job.packages.all()} == {"An": True, "Bình": False}


def correct(slug: str) -> None:
    """One station of the slot gets another text."""
    old = ScriptVersion.objects.live().get(station__slug=slug)
    ScriptVersion.objects.filter(pk=old.pk).update(state="superseded", ended_at=clock.now())
    ScriptVersionFactory(slot=old.slot, station=old.station, number=old.number + 1, title="Nộp hồ sơ, đã sửa")


def test_only_files_of_corrected_stations_are_rendered_and_the_bytes_are_as_if_all_were(slot, monkeypatch):
    run_job(ask(slot).pk)
    correct("dai-a2")
    rendered: list[str] = []
    made = province_packages.station_members

    def watched(version, translations):
        rendered.append(version.station.slug)
        return made(version, translations)

    monkeypatch.setattr(province_packages, "station_members", watched)
    job = ask(slot)
    run_job(job.pk)
    assert rendered == ["dai-a2"]
    row = job.packages.get(province__name="An")
    assert (row.scripts, row.renewed, row.is_taken_over) == (2, 1, False)
    kept = content_of(row)
    with zipfile.ZipFile(io.BytesIO(kept)) as files:
        assert files.testzip() is None
    # Made from nothing, it is the same file.
    target = io.BytesIO()
    assert province_packages.write_package(target, province_packages.stations_in(slot, row.province)) == 2
    assert target.getvalue() == kept


def test_a_damaged_package_is_not_taken_from(slot):
    run_job(ask(slot).pk)
    first = ProvincePackage.objects.get(province__name="An")
    with default_storage.open(first.file, "r+b") as file:
        file.seek(200)
        file.write(b"damaged")
    correct("dai-a2")
    job = ask(slot)
    run_job(job.pk)
    row = job.packages.get(province__name="An")
    assert row.renewed == 2
    with zipfile.ZipFile(io.BytesIO(content_of(row))) as files:
        assert files.testzip() is None


def test_key_of_a_package_changes_with_whatever_its_files_say(slot, settings):
    province = ScriptVersion.objects.get(station__slug="dai-b1").station.place.parent

    def key() -> str:
        return province_packages.package_key(province_packages.stations_in(slot, province))

    seen = [key()]
    station = ScriptVersion.objects.get(station__slug="dai-b1").station
    station.name = "Đài truyền thanh khác"
    station.save()
    seen.append(key())
    station.windows.create(starts="05:30", ends="06:00")
    seen.append(key())
    settings.PUBLIC_BASE_URL = "https://dia-chi-khac.example"
    seen.append(key())
    settings.BULLETIN_CODES = {"*": {"LoaiBanTin": {"phat-thanh": "PT"}}}
    seen.append(key())
    assert len(set(seen)) == 5


def test_a_job_that_takes_long_lets_others_have_their_turn(slot, monkeypatch):
    job = ask(slot)
    times = iter(range(0, 1000, 30))
    monkeypatch.setattr(province_packages.time, "monotonic", lambda: next(times))
    assert run_job(job.pk, seconds=20.0) == 1
    assert open_jobs() == [job.pk]
    assert run_job(job.pk, seconds=20.0) == 1
    assert open_jobs() == []


def test_job_that_fails_again_and_again_is_shown_to_a_person(slot):
    job = ask(slot)
    PackageJob.objects.filter(pk=job.pk).update(tries=5)
    assert run_job(job.pk) == 0
    job.refresh_from_db()
    assert job.state == JobState.FAILED
    assert "Vui lòng báo quản trị hệ thống" in job.sentence


# ------------------------------------------------------------------------------------------------- screens
def signed_in(person) -> Client:
    browser = Client()
    browser.force_login(person, backend=BACKEND)
    return browser


def test_editor_asks_sees_progress_stops_and_downloads(slot, django_capture_on_commit_callbacks, monkeypatch):
    rung = []
    monkeypatch.setattr("publishers.scripts.package_screens.pack_provinces.delay", lambda: rung.append(1))
    editor = MembershipFactory(organisation=slot.variant.post.organisation, role=Role.CENTRAL_EDITOR).user
    browser = signed_in(editor)
    page = browser.get("/admin/goi-ban-tin/").content.decode()
    assert slot.variant.post.title in page
    assert "3 bản tin" in page
    with django_capture_on_commit_callbacks(execute=True):
        answer = browser.post("/admin/goi-ban-tin/", {"slot": slot.pk})
    job = PackageJob.objects.get()
    assert answer.url == f"/admin/goi-ban-tin/{job.public_id}/"
    assert rung == [1]
    assert AuditRow.objects.filter(verb="ask_for_packages", actor=editor).count() == 1
    # Asked twice, made once.
    browser.post("/admin/goi-ban-tin/", {"slot": slot.pk})
    assert PackageJob.objects.count() == 1
    waiting = browser.get(answer.url).content.decode()
    assert "0/3 bản tin" in waiting
    assert 'data-refresh="3000"' in waiting
    run_open_jobs()
    done = browser.get(answer.url).content.decode()
    assert "3/3 bản tin" in done
    assert "data-refresh" not in done
    row = job.packages.get(province__name="An")
    file = browser.get(f"/admin/goi-ban-tin/{job.public_id}/{row.province.code}.zip")
    assert file.headers["X-Content-SHA256"] == row.sha256
    assert "_goi_ban_tin_" in file.headers["Content-Disposition"]
    assert file.headers["Content-Disposition"].isascii()
    assert b"".join(file.streaming_content) == content_of(row)


def test_stopped_job_stops_and_keeps_what_it_made(slot):
    editor = MembershipFactory(organisation=slot.variant.post.organisation, role=Role.CENTRAL_EDITOR).user
    job = ask(slot)
    browser = signed_in(editor)
    assert run_job(job.pk, lambda row: browser.post(f"/admin/goi-ban-tin/{job.public_id}/")) == 1
    job.refresh_from_db()
    assert (job.state, job.packages.count()) == (JobState.STOPPED, 1)
    assert run_open_jobs() == 0


def test_province_fetches_its_own_package_and_no_other(slot):
    job = ask(slot)
    run_job(job.pk)
    own, other = (
        job.packages.get(province__name="An").province,
        job.packages.get(province__name="Bình").province,
    )
    person = MembershipFactory(
        organisation=OrganisationFactory(place=own), role=Role.PROVINCIAL_COMMUNICATOR
    ).user
    browser = signed_in(person)
    page = browser.get(f"/admin/goi-ban-tin/{job.public_id}/").content.decode()
    assert own.full_name in page
    assert other.full_name not in page
    assert browser.get(f"/admin/goi-ban-tin/{job.public_id}/{own.code}.zip").status_code == 200
    assert browser.get(f"/admin/goi-ban-tin/{job.public_id}/{other.code}.zip").status_code == 404
    # Somebody else's slot is not theirs to pack or to stop.
    assert browser.post("/admin/goi-ban-tin/", {"slot": slot.pk}).status_code == 404
    third = MembershipFactory(
        organisation=OrganisationFactory(place=PlaceFactory(province=True)), role=Role.PROVINCIAL_COMMUNICATOR
    ).user
    assert signed_in(third).get(f"/admin/goi-ban-tin/{job.public_id}/").status_code == 404


def test_list_asks_the_same_number_of_questions_for_one_slot_and_for_five(
    slot, django_assert_max_num_queries
):
    editor = MembershipFactory(organisation=slot.variant.post.organisation, role=Role.CENTRAL_EDITOR).user
    browser = signed_in(editor)
    browser.get("/admin/goi-ban-tin/")
    with django_assert_max_num_queries(200) as one:
        browser.get("/admin/goi-ban-tin/")
    for _number in range(4):
        more = SlotFactory(variant=slot.variant, channel=None, stations_of=slot.stations_of)
        ScriptVersionFactory(slot=more, station=ScriptVersion.objects.first().station)
        ask(more)
    with django_assert_max_num_queries(len(one.captured_queries)):
        browser.get("/admin/goi-ban-tin/")


def test_province_has_the_centres_script_packed_for_its_own_stations(
    slot, django_capture_on_commit_callbacks
):
    own = PlaceFactory(province=True, name="Cam")
    person = MembershipFactory(
        organisation=OrganisationFactory(place=own), role=Role.PROVINCIAL_COMMUNICATOR
    ).user
    for_province = SlotFactory(variant=slot.variant, channel=None, stations_of=own)
    station = StationFactory(place=PlaceFactory(commune=True, parent=own), slug="dai-c1")
    ScriptVersionFactory(slot=for_province, station=station)
    browser = signed_in(person)
    assert browser.get("/admin/goi-ban-tin/").content.decode().count('name="slot"') == 1
    with django_capture_on_commit_callbacks(execute=True):
        answer = browser.post("/admin/goi-ban-tin/", {"slot": for_province.pk})
    # The page of the job opens at once, before anything is made.
    assert browser.get(answer.url).status_code == 200
    job = PackageJob.objects.get()
    run_job(job.pk)
    assert browser.get(f"{answer.url}{own.code}.zip").status_code == 200
    # Stopping is the business of the body whose script it is.
    browser.post(answer.url)
    job.refresh_from_db()
    assert job.state == JobState.DONE
