"""Doors for Celery: a bell in, one call out."""

from celery import shared_task

from publishers.scripts import province_packages, sound_making


@shared_task(name="publishers.scripts.tasks.pack_provinces")
def pack_provinces() -> None:
    """Go on with the packages per province that somebody has asked for."""
    province_packages.run_open_jobs()


@shared_task(name="publishers.scripts.tasks.make_sounds")
def make_sounds() -> None:
    """Go on with the sounds that somebody has asked for."""
    sound_making.make_waiting()
