"""Every act that Wagtail logs (create, edit, publish, lock, workflow steps, delete) is an audit row too."""

from __future__ import annotations

from django.db import transaction
from django.db.models.signals import post_save
from django.dispatch import receiver
from wagtail.models import ModelLogEntry

from cms.audit.models import AuditRow
from cms.audit.services import SYSTEM_NAME


@receiver(post_save, sender=ModelLogEntry, dispatch_uid="audit_mirror_of_model_log")
def mirror_log_entry(sender, instance: ModelLogEntry, created: bool, **kwargs) -> None:
    """Write the audit row beside Wagtail's log entry, in the transaction of the act."""
    if not created:
        return
    target = instance.content_type.model_class()
    row = None
    if target is not None and not instance.deleted:
        row = target._default_manager.filter(pk=instance.object_id).first()
    actor = instance.user
    with transaction.atomic():
        AuditRow.objects.create(
            at=instance.timestamp,
            actor=actor,
            actor_name=(actor.get_full_name() if actor else SYSTEM_NAME)[:150],
            verb=instance.action,
            target_type=f"{instance.content_type.app_label}.{instance.content_type.model}",
            target_id=str(instance.object_id)[:40],
            target_name=instance.label[:200],
            organisation_id=getattr(row, "organisation_id", None),
            detail={"content_changed": instance.content_changed},
        )
