"""Doors for Celery: a bell in, one call out."""

from celery import shared_task

from media.packs import making


@shared_task
def make_packs() -> None:
    """Make the download packs that somebody has asked for."""
    making.make_open_packs()


@shared_task
def clear_packs() -> None:
    """Throw away packs nobody will fetch any more."""
    making.clear_old_packs()
