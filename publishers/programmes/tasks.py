"""Doors for Celery: a bell in, one call out."""

from celery import shared_task

from publishers.programmes import sounds_ahead


@shared_task(name="publishers.programmes.tasks.prepare_sounds")
def prepare_sounds() -> None:
    """Want the sounds of the sessions to come, for the stations that work with them."""
    sounds_ahead.ask_ahead()
