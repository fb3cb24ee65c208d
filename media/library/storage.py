"""Where blobs lie: the default storage, from which nobody but the blobs' own keeper may delete."""

from __future__ import annotations

from django.core.files.storage import Storage, default_storage
from django.utils.deconstruct import deconstructible


@deconstructible
class BlobStorage(Storage):
    """Reads and writes the default storage; deleting does nothing.

    Pictures, clips and documents share the file of a blob. Wagtail deletes a row's file with the row, from receivers
    and tasks of its own; a file that another row still needs must survive every one of them. What nobody refers to any
    more is removed by `media.library.blobs`, which asks the default storage directly."""

    def _open(self, name, mode="rb"):
        return default_storage.open(name, mode)

    def _save(self, name, content):
        return default_storage.save(name, content)

    def delete(self, name) -> None:
        """Keep the file."""

    def exists(self, name) -> bool:
        return default_storage.exists(name)

    def size(self, name) -> int:
        return default_storage.size(name)

    def path(self, name) -> str:
        return default_storage.path(name)

    def url(self, name) -> str:
        """Blobs have no address of their own: the library's door gives them one per asset."""
        raise NotImplementedError("a blob is served through the asset that carries it")

    def listdir(self, path):
        return default_storage.listdir(path)

    def get_modified_time(self, name):
        return default_storage.get_modified_time(name)


def blob_storage() -> BlobStorage:
    """Return the storage of blobs (a callable, so that migrations do not freeze it)."""
    return BlobStorage()
