"""Doors for Celery."""

from celery import shared_task

from cms.notices import digest


@shared_task(name="cms.notices.tasks.send_digests")
def send_digests() -> None:
    """Write the daily letters."""
    digest.send_digests()
