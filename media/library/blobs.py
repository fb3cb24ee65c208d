"""Blobs: file contents kept once each, below blobs/<first two letters>/<SHA-256><ending>."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import BinaryIO

from django.core.files import File
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import F

from cms.core.upload_checks import FileType
from media.library.models import Blob

_CHUNK = 1024 * 1024
_written: ContextVar[list[str] | None] = ContextVar("written_blobs", default=None)


@contextmanager
def storing() -> Iterator[None]:
    """Everything kept inside stands or falls together: rows and files.

    Opens a transaction. When it is rolled back, files that were written for it are removed again; those that were
    there before stay. One inside another is part of the outer one."""
    if _written.get() is not None:
        with transaction.atomic():
            yield
        return
    written: list[str] = []
    token = _written.set(written)
    try:
        with transaction.atomic():
            yield
    except BaseException:
        for name in written:
            if not Blob.objects.filter(file=name).exists():
                default_storage.delete(name)
        raise
    finally:
        _written.reset(token)


def keep(content: BinaryIO, kind: FileType) -> Blob:
    """Return the blob that holds `content`, made if there is none yet.

    Must be called inside `storing()`: raises RuntimeError outside. The blob is not counted until a row refers to it
    (`take`)."""
    written = _written.get()
    if written is None:
        raise RuntimeError(
            "a blob is kept inside storing() only, or a failed save would leave its file behind"
        )
    digest = sha256_of(content)
    size = content.seek(0, 2)
    content.seek(0)
    name = f"blobs/{digest[:2]}/{digest}{kind.ending}"
    if not default_storage.exists(name):
        written.append(default_storage.save(name, File(content)))
        content.seek(0)
    blob, _made = Blob.objects.get_or_create(
        sha256=digest, defaults={"size": size, "media_type": kind.media_type, "file": name}
    )
    return blob


def take(blob: Blob) -> None:
    """Count one more row that refers to `blob`."""
    Blob.objects.filter(pk=blob.pk).update(references=F("references") + 1)


def release(blob_id: int) -> None:
    """Count one row less; when it was the last, the blob goes and, once that is committed, its file."""
    Blob.objects.filter(pk=blob_id, references__gt=0).update(references=F("references") - 1)
    unused = Blob.objects.filter(pk=blob_id, references=0)
    name = unused.values_list("file", flat=True).first()
    if name is None or not unused.delete()[0]:
        return

    def remove() -> None:
        if not Blob.objects.filter(file=name).exists():
            default_storage.delete(name)

    transaction.on_commit(remove)


def sha256_of(content: BinaryIO) -> str:
    """Return the SHA-256 of `content` in hexadecimal; the file is left at its beginning."""
    digest = hashlib.sha256()
    content.seek(0)
    while chunk := content.read(_CHUNK):
        digest.update(chunk)
    content.seek(0)
    return digest.hexdigest()
