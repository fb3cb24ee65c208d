"""The files of every station of a slot, one package per province: made in one pass, in flat memory, and made again
only for provinces in which something has changed.

A package is told apart by its key, which is made from everything its files say; so are the files of each station in it.
Where a province has changed, the files of stations that have not are taken from its last package as they lie there, and
only the others are made. Interrupted, a job goes on with the provinces that have none; the bytes are the same as if
nothing had happened."""

from __future__ import annotations

import hashlib
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO

from django.core.files import File
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import F
from django.db.models.functions import Least

from campaigns.schedule.models import Slot
from cms.core import clock
from cms.core.leased_work import LeaseLost, WorkState, end, free, keep, ours, take
from cms.places.models import AdministrativeUnit, UnitLevel
from publishers.scripts.downloads import README, with_what_files_need
from publishers.scripts.last_package import LastPackage, last_package
from publishers.scripts.models import ScriptVersion
from publishers.scripts.package_jobs import PackageJob, ProvincePackage
from publishers.scripts.package_members import ground_key, hashed, station_members
from publishers.scripts.renderers.bulletin_package import README_NAME, BulletinPackage
from publishers.scripts.translations import TranslationShelf
from publishers.stations.models import BroadcastWindow

#: Scripts held in memory at the same time.
CHUNK = 100
#: Where packages lie in the default storage.
FOLDER = "goi-ban-tin"


def run_job(pk: int, after_each: Callable[[PackageJob], None] | None = None, seconds: float = 0.0) -> int:
    """Make the packages that job `pk` still lacks; return how many. 0 when another worker is at it, or nothing is left.

    `after_each` hears of every package made; an exception it raises interrupts the job, as a killed worker would.
    After `seconds` (0: without end) the job is given back between two provinces, so that other work gets its turn."""
    job = _take(pk)
    if job is None:
        return 0
    made, started = 0, time.monotonic()
    try:
        _count(job)
        for province in _provinces(job):
            if made and seconds and time.monotonic() - started > seconds:
                ours(job).update(lease_until=None)
                return made
            _make(job, province)
            made += 1
            if after_each is not None:
                after_each(job)
    except LeaseLost:
        return made
    _finish(job)
    return made


def run_open_jobs(seconds: float = 20.0) -> int:
    """Work on every job that waits, each for at most `seconds`; return how many packages were made."""
    return sum(run_job(pk, seconds=seconds) for pk in open_jobs())


def open_jobs() -> list[int]:
    """Return the jobs that wait, or whose worker is gone."""
    return list(free(PackageJob.objects.order_by("pk")).values_list("pk", flat=True))


# ------------------------------------------------------------------------------------------------ one job
def _take(pk: int) -> PackageJob | None:
    sentence = "Đã dựng lại nhiều lần mà không xong. Vui lòng báo quản trị hệ thống."
    return take(PackageJob.objects.filter(pk=pk), {"sentence": sentence, "finished_at": clock.now()})


def _count(job: PackageJob) -> None:
    """Write down how many scripts there are, and how many stand in packages already."""
    total = _versions(job.slot).count()
    keep(job, total=total, done=min(total, sum(job.packages.values_list("scripts", flat=True))))


def _provinces(job: PackageJob) -> list[AdministrativeUnit]:
    """The provinces with a script of the slot and no package yet, in the order of the map."""
    paths = _versions(job.slot).values_list("station__place__path", flat=True).distinct()
    codes = {path.split("/")[1] for path in paths.iterator()}
    made = job.packages.values("province_id")
    rows = AdministrativeUnit.objects.filter(code__in=codes, level=UnitLevel.PROVINCE).exclude(pk__in=made)
    return list(rows.order_by("sort_name", "code"))


def _make(job: PackageJob, province: AdministrativeUnit) -> None:
    stations = stations_in(job.slot, province)
    key = package_key(stations)
    earlier = ProvincePackage.objects.filter(key=key).order_by("pk").last()
    if earlier is not None and default_storage.exists(earlier.file):
        package = ProvincePackage(
            file=earlier.file, size=earlier.size, sha256=earlier.sha256, scripts=earlier.scripts,
            members=earlier.members, is_taken_over=True,
        )  # fmt: skip
    else:
        package = _built(job, province, key, stations)
    package.job, package.province, package.key, package.made_at = job, province, key, clock.now()
    with transaction.atomic():
        keep(job)
        package.save()
        PackageJob.objects.filter(pk=job.pk).update(
            done=Least(F("done") + package.scripts, F("total")), tries=0
        )


def _built(
    job: PackageJob, province: AdministrativeUnit, key: str, stations: Sequence[StationFiles]
) -> ProvincePackage:
    with tempfile.TemporaryFile() as target, last_package(job.slot, province) as last:
        renewed = write_package(target, stations, last, lambda: keep(job))
        size = target.tell()
        target.seek(0)
        digest = hashlib.file_digest(target, "sha256").hexdigest()  # type: ignore[arg-type]
        target.seek(0)
        name = f"{FOLDER}/{key[:2]}/{key}.zip"
        if not default_storage.exists(name):
            name = default_storage.save(name, File(target))
    return ProvincePackage(
        file=name, size=size, sha256=digest, scripts=len(stations), renewed=renewed,
        members={row.slug: row.key for row in stations},
    )  # fmt: skip


def _finish(job: PackageJob) -> None:
    end(job, WorkState.DONE, finished_at=clock.now())


# ------------------------------------------------------------------------------------------------ one package
@dataclass(frozen=True, slots=True)
class StationFiles:
    """What a package holds for one station: the files of `version` (its id), told apart by `key`."""

    slug: str
    version: int
    key: str


def write_package(
    target: BinaryIO,
    stations: Sequence[StationFiles],
    last: LastPackage | None = None,
    alive: Callable[[], None] | None = None,
) -> int:
    """Write the package of `stations` to `target`; return for how many of them files were made. A station whose key
    `last` knows gets its files from there. Holds CHUNK scripts in memory; `alive` is called after each CHUNK."""
    package = BulletinPackage(target)
    package.add(README_NAME, README.encode())
    fresh = [row for row in stations if last is None or not last.has(row.slug, row.key)]
    renewed = {row.slug for row in fresh}
    made = _members_of(fresh)
    for count, row in enumerate(stations, 1):
        if last is not None and row.slug not in renewed:
            last.copy(row.slug, package)
        else:
            for name, content in next(made):
                package.add(f"{row.slug}/{name}", content)
        if alive is not None and count % CHUNK == 0:
            alive()
    package.close()
    return len(renewed)


def _members_of(stations: Sequence[StationFiles]) -> Iterator[Iterator[tuple[str, bytes]]]:
    """Yield the files of each of these stations, in the order of their addresses."""
    # By id: a version never changes, so the files are those of the keys even if it is corrected meanwhile.
    versions = ScriptVersion.objects.filter(pk__in=[row.version for row in stations])
    shelf = _shelf(versions)
    rows = with_what_files_need(versions).order_by("station__slug")
    for version in rows.iterator(chunk_size=CHUNK):
        yield station_members(version, shelf.of_station(version))


def stations_in(slot: Slot, province: AdministrativeUnit) -> list[StationFiles]:
    """Return the stations of a package in the order in which they stand there, each with the content address of its
    files. Five queries for any number."""
    versions = _versions(slot, province)
    shelf = _shelf(versions)
    windows: dict[str, list[object]] = {}
    hours = BroadcastWindow.objects.filter(station__scripts__in=versions).order_by("station__slug", "starts")
    for slug, *window in hours.values_list("station__slug", "starts", "ends"):
        windows.setdefault(slug, []).extend(window)
    ground = ground_key(province.code)
    rows = versions.order_by("station__slug").values_list(
        "pk", "station__slug", "slot__variant_id", "approval_hash", "station__languages", "code", "body_sha256",
        "seconds", "approved_as", "issued_at", "on_air_at", "organisation__public_id", "organisation__place__code",
        "organisation__place__full_name", "station__name", "station__organisation__name", "station__place__code",
        "station__place__full_name",
    )  # fmt: skip
    found = []
    for version, slug, variant, approved, languages, *said in rows.iterator():
        beside = [row for row in shelf.rows_for(variant, approved) if row.language in languages]
        told = [(row.language, row.number, row.approved_hash) for row in beside]
        key = hashed((ground, slug, *said, *windows.get(slug, ()), *told))
        found.append(StationFiles(slug, version, key))
    return found


def package_key(stations: Iterable[StationFiles]) -> str:
    """Return the content address of a package from those of its stations' files."""
    return hashed((README, *(f"{row.slug}={row.key}" for row in stations)))


def _shelf(versions) -> TranslationShelf:
    return TranslationShelf(versions.order_by().values_list("slot__variant_id", "approval_hash").distinct())


def _versions(slot: Slot, province: AdministrativeUnit | None = None):
    rows = ScriptVersion.objects.live().filter(slot=slot)
    return rows.filter(station__place__path__startswith=province.path) if province else rows


def package_name(slot: Slot, province: AdministrativeUnit) -> str:
    """Return the ASCII name under which a package is downloaded."""
    stamp: datetime = clock.in_vietnam(slot.at)
    place = "_".join(province.folded_full.split())
    return f"{stamp:%Y%m%d_%H%M}_goi_ban_tin_{place}.zip"
