"""What goes lets go: a deleted asset of its file rows, a deleted file row of its blob, whoever deletes it."""

from __future__ import annotations

from django.db.models.signals import post_delete, pre_delete
from django.dispatch import receiver

from media.library import blobs
from media.library.file_rows import carried_rows, drop_unused
from media.library.models import Asset, LibraryDocument, LibraryImage, LibraryMedia


@receiver(pre_delete, sender=Asset, dispatch_uid="library_remember_carried_rows")
def remember_carried_rows(sender, instance: Asset, **kwargs) -> None:
    instance._carried_rows = carried_rows(instance)  # type: ignore[attr-defined]


@receiver(post_delete, sender=Asset, dispatch_uid="library_drop_carried_rows")
def drop_carried_rows(sender, instance: Asset, **kwargs) -> None:
    drop_unused(instance._carried_rows)  # type: ignore[attr-defined]


@receiver(post_delete, sender=LibraryImage, dispatch_uid="library_release_picture")
@receiver(post_delete, sender=LibraryMedia, dispatch_uid="library_release_recording")
@receiver(post_delete, sender=LibraryDocument, dispatch_uid="library_release_document")
def release_blob(sender, instance, **kwargs) -> None:
    if instance.blob_id:
        blobs.release(instance.blob_id)
