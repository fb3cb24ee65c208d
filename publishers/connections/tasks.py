"""Doors for beat: no argument in, one call out."""

from celery import shared_task

from publishers.connections.services import refresh_expiring


@shared_task(name="publishers.connections.tasks.refresh_grants")
def refresh_grants() -> None:
    """Renew tokens that are about to die."""
    refresh_expiring()
