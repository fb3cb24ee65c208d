"""The files of every station of a slot, one package per province: made in one pass, in flat memory, and made again
only for provinces in which something has changed.

A package is told apart by its key, which is made from everything its files say. Interrupted, a job goes on with the
provinces that have none; the bytes are the same as if nothing had happened."""

from __future__ import annotations

import hashlib
import json
import tempfile
import time
from collections.abc import Callable
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
from publishers.scripts.downloads import README, add_paper_files, bulletin_codes, with_what_files_need
from publishers.scripts.models import ScriptVersion
from publishers.scripts.package_jobs import PackageJob, ProvincePackage
from publishers.scripts.renderers.bulletin_package import README_NAME, BulletinPackage
from publishers.scripts.renderers.bulletin_record import FORMAT
from publishers.scripts.renderers.sheet_layout import SHEET_LAYOUT
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
    key = package_key(job.slot, province)
    earlier = ProvincePackage.objects.filter(key=key).order_by("pk").last()
    if earlier is not None and default_storage.exists(earlier.file):
        package = ProvincePackage(
            file=earlier.file, size=earlier.size, sha256=earlier.sha256, scripts=earlier.scripts, is_taken_over=True
        )  # fmt: skip
    else:
        package = _built(job, province, key)
    package.job, package.province, package.key, package.made_at = job, province, key, clock.now()
    with transaction.atomic():
        keep(job)
        package.save()
        PackageJob.objects.filter(pk=job.pk).update(
            done=Least(F("done") + package.scripts, F("total")), tries=0
        )


def _built(job: PackageJob, province: AdministrativeUnit, key: str) -> ProvincePackage:
    with tempfile.TemporaryFile() as target:
        scripts = write_package(job.slot, province, target, lambda: keep(job))
        size = target.tell()
        target.seek(0)
        digest = hashlib.file_digest(target, "sha256").hexdigest()  # type: ignore[arg-type]
        target.seek(0)
        name = f"{FOLDER}/{key[:2]}/{key}.zip"
        if not default_storage.exists(name):
            name = default_storage.save(name, File(target))
    return ProvincePackage(file=name, size=size, sha256=digest, scripts=scripts)


def _finish(job: PackageJob) -> None:
    end(job, WorkState.DONE, finished_at=clock.now())


# ------------------------------------------------------------------------------------------------ one package
def write_package(
    slot: Slot, province: AdministrativeUnit, target: BinaryIO, alive: Callable[[], None] | None = None
) -> int:
    """Write the package of `province` to `target` and return how many scripts it holds. Holds CHUNK scripts in memory;
    `alive` is called after each CHUNK."""
    package = BulletinPackage(target)
    package.add(README_NAME, README.encode())
    count = 0
    rows = with_what_files_need(_versions(slot, province)).order_by("station__slug")
    for version in rows.iterator(chunk_size=CHUNK):
        add_paper_files(package, version, f"{version.station.slug}/")
        count += 1
        if alive is not None and count % CHUNK == 0:
            alive()
    package.close()
    return count


def package_key(slot: Slot, province: AdministrativeUnit) -> str:
    """Return the content address of a package: a SHA-256 over everything its files say."""
    digest = hashlib.sha256()

    def feed(*parts: object) -> None:
        digest.update("\0".join(map(str, parts)).encode() + b"\n")

    feed(SHEET_LAYOUT, FORMAT, README, json.dumps(bulletin_codes(province.code).values, sort_keys=True))
    rows = _versions(slot, province).order_by("station__slug")
    for row in rows.values_list(
        "code", "body_sha256", "seconds", "issued_at", "on_air_at", "organisation__name", "station__slug",
        "station__name", "station__organisation__name", "station__place__full_name",
    ).iterator():  # fmt: skip
        feed(*row)
    windows = BroadcastWindow.objects.filter(station__scripts__in=_versions(slot, province))
    for window in windows.order_by("station__slug", "starts").values_list("station__slug", "starts", "ends"):
        feed(*window)
    return digest.hexdigest()


def _versions(slot: Slot, province: AdministrativeUnit | None = None):
    rows = ScriptVersion.objects.live().filter(slot=slot)
    return rows.filter(station__place__path__startswith=province.path) if province else rows


def package_name(slot: Slot, province: AdministrativeUnit) -> str:
    """Return the ASCII name under which a package is downloaded."""
    stamp: datetime = clock.in_vietnam(slot.at)
    place = "_".join(province.folded_full.split())
    return f"{stamp:%Y%m%d_%H%M}_goi_ban_tin_{place}.zip"
