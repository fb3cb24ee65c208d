"""A file row that goes lets go of its blob, whoever deletes it."""

from __future__ import annotations

from django.db.models.signals import post_delete
from django.dispatch import receiver

from media.library import blobs
from media.library.models import LibraryDocument, LibraryImage, LibraryMedia


@receiver(post_delete, sender=LibraryImage, dispatch_uid="library_release_picture")
@receiver(post_delete, sender=LibraryMedia, dispatch_uid="library_release_recording")
@receiver(post_delete, sender=LibraryDocument, dispatch_uid="library_release_document")
def release_blob(sender, instance, **kwargs) -> None:
    if instance.blob_id:
        blobs.release(instance.blob_id)
