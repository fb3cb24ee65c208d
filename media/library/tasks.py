"""Doors for Celery."""

from celery import shared_task

from media.library.finding import index


@shared_task
def index_changed_assets() -> None:
    """Put into the index what changed since the last bell."""
    index.index_pending()
