"""Doors for Celery: a bell in, one call out."""

from celery import shared_task

from media.renditions import making


@shared_task
def make_renditions() -> None:
    """Make the files for channels that somebody has asked for."""
    making.make_waiting()


@shared_task
def clear_renditions() -> None:
    """Throw away files for channels that nobody fetches."""
    making.clear_away()
