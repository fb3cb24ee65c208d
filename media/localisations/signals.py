"""When an original goes into the library in a new version, its copies learn that they are behind; when it is
withdrawn, they are withdrawn with it."""

from __future__ import annotations

from django.db.models.signals import post_save
from django.dispatch import receiver
from wagtail.signals import published

from media.library.models import Asset, Withdrawal
from media.library.withdrawals import lifted
from media.localisations.services import note_copy_version, note_correction
from media.localisations.urgent import lift_copies, withdraw_copies


@receiver(published, sender=Asset, dispatch_uid="localisations_note_correction")
def original_published(sender, instance: Asset, **kwargs) -> None:
    note_copy_version(instance)
    note_correction(instance)


@receiver(post_save, sender=Withdrawal, dispatch_uid="localisations_withdraw_copies")
def original_withdrawn(sender, instance: Withdrawal, created: bool, **kwargs) -> None:
    # The copies' own rows come through here too; by then the whole family is withdrawn and nothing is left to write.
    if created:
        withdraw_copies(instance)


@receiver(lifted, sender=Withdrawal, dispatch_uid="localisations_lift_copies")
def withdrawal_lifted(sender, withdrawal: Withdrawal, **kwargs) -> None:
    lift_copies(withdrawal)
