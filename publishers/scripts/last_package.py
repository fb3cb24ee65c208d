"""The package a province had before: what of it stands unchanged is written into the next one as it lies there, neither
rendered nor pressed again."""

from __future__ import annotations

import hashlib
import logging
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import BinaryIO, cast

from django.core.files.storage import default_storage

from campaigns.schedule.models import Slot
from cms.core.steady_zip import KeptZip
from cms.places.models import AdministrativeUnit
from publishers.scripts.package_jobs import ProvincePackage
from publishers.scripts.renderers.bulletin_package import SUMS_NAME, BulletinPackage

log = logging.getLogger(__name__)


class LastPackage:
    """An earlier package: `keys` says station's address → key of its files."""

    def __init__(self, source: BinaryIO, keys: Mapping[str, str]) -> None:
        self._zip, self._keys = KeptZip(source), keys
        self._names: dict[str, list[str]] = {}
        for name in self._zip.names():
            self._names.setdefault(name.partition("/")[0], []).append(name)
        lines = self._zip.read(SUMS_NAME).decode("ascii").splitlines()
        self._sums = {name: digest for digest, name in (line.split("  ", 1) for line in lines)}

    def has(self, slug: str, key: str) -> bool:
        """Say whether the files of a station stand here as `key` wants them."""
        return self._keys.get(slug) == key and slug in self._names

    def copy(self, slug: str, package: BulletinPackage) -> None:
        """Write the files of a station into `package`, as they lie here."""
        for name in self._names[slug]:
            package.add_packed(name, self._zip.packed(name), self._sums[name])


@contextmanager
def last_package(slot: Slot, province: AdministrativeUnit) -> Iterator[LastPackage | None]:
    """Open the newest package of a province for `slot`; None when there is none, or when the file is not the one that
    was kept: then everything is made anew."""
    row = ProvincePackage.objects.filter(job__slot=slot, province=province).order_by("pk").last()
    if row is None or not row.members or not default_storage.exists(row.file):
        yield None
        return
    with default_storage.open(row.file) as kept:
        yield _opened(cast(BinaryIO, kept), row)


def _opened(source: BinaryIO, row: ProvincePackage) -> LastPackage | None:
    if hashlib.file_digest(source, "sha256").hexdigest() != row.sha256:  # type: ignore[arg-type]
        log.warning("package %s is not the file that was kept", row.pk)
        return None
    source.seek(0)
    try:
        return LastPackage(source, row.members)
    except (zipfile.BadZipFile, KeyError, ValueError) as error:
        log.warning("package %s cannot be read: %s", row.pk, type(error).__name__)
        return None
