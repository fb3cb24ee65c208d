"""Doors for beat: no argument in, one call out."""

from celery import shared_task

from publishers.connections.checking import check_all
from publishers.connections.services import refresh_expiring


@shared_task(name="publishers.connections.tasks.refresh_grants")
def refresh_grants() -> None:
    """Renew tokens that are about to die."""
    refresh_expiring()


@shared_task(name="publishers.connections.tasks.check_health")
def check_health() -> None:
    """Look at every account once a day, and say what is about to die."""
    check_all()
