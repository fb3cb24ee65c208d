"""Doors for Celery."""

from celery import shared_task

from media.library import arrivals
from media.library.finding import index


@shared_task
def index_changed_assets() -> None:
    """Put into the index what changed since the last bell, and what time turned."""
    index.note_turned()
    index.index_pending()


@shared_task
def clear_uploads() -> None:
    """Throw away what was begun and never finished."""
    arrivals.clear_away()


@shared_task
def count_uses() -> None:
    """Count again how often each asset is used."""
    index.count_uses()
