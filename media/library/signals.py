"""What goes lets go: a deleted asset of its file rows, a deleted file row of its blob, whoever deletes it.

And what changed is noted for the index, in the same transaction."""

from __future__ import annotations

from django.db.models import Q
from django.db.models.signals import post_delete, post_save, pre_delete, pre_save
from django.dispatch import receiver
from wagtail.signals import published

from cms.facts.models import Fact
from cms.organisations.models import Organisation
from media.library import blobs
from media.library.file_rows import carried_rows, drop_unused
from media.library.finding import index
from media.library.flags import flag_for
from media.library.models import Asset, LibraryDocument, LibraryImage, LibraryMedia
from media.library.published_versions import note_published


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


@receiver(post_save, sender=Asset, dispatch_uid="library_note_changed")
@receiver(post_delete, sender=Asset, dispatch_uid="library_note_gone")
def note_for_the_index(sender, instance: Asset, **kwargs) -> None:
    index.note([instance.pk])


@receiver(published, sender=Asset, dispatch_uid="library_note_published")
def note_the_version(sender, instance: Asset, **kwargs) -> None:
    note_published(instance)


@receiver(pre_save, sender=Fact, dispatch_uid="library_remember_fact")
def remember_what_the_fact_said(sender, instance: Fact, **kwargs) -> None:
    said = ("key", "value", "valid_from", "valid_to", "place_id")
    before = Fact.objects.filter(pk=instance.pk).values_list(*said).first()
    now = tuple(getattr(instance, name) for name in said)
    instance._said_otherwise = before is not None and before != now  # type: ignore[attr-defined]


@receiver(post_save, sender=Fact, dispatch_uid="library_flag_assets_of_fact")
def flag_assets_of_a_changed_fact(sender, instance: Fact, **kwargs) -> None:
    if getattr(instance, "_said_otherwise", False):
        flag_for(instance)
    if kwargs.get("created"):
        # A new value of the same kind in the same place takes the place of the one assets rely on.
        for former in Fact.objects.filter(key=instance.key, place=instance.place_id).exclude(pk=instance.pk):
            flag_for(former)


@receiver(pre_save, sender=Organisation, dispatch_uid="library_remember_body")
def remember_where_the_body_was(sender, instance: Organisation, **kwargs) -> None:
    before = Organisation.objects.filter(pk=instance.pk).values_list("place_id", "parent_id").first()
    instance._moved = before is not None and before != (instance.place_id, instance.parent_id)  # type: ignore[attr-defined]


@receiver(post_save, sender=Organisation, dispatch_uid="library_note_moved_body")
def note_assets_of_a_moved_body(sender, instance: Organisation, **kwargs) -> None:
    """Who may see an asset follows the body's place and parents."""
    if getattr(instance, "_moved", False):
        below = Q(organisation=instance) | Q(organisation__parent=instance)
        below |= Q(organisation__parent__parent=instance)
        index.note(Asset.objects.filter(below).values_list("pk", flat=True))
