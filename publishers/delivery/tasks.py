"""Doors for beat: a bell in, one call out. What is due stands in the database; a lost bell costs seconds."""

from celery import shared_task

from publishers.delivery import lanes
from publishers.delivery.services import booking, broadcasting, following, native, pulse, speaking
from publishers.delivery.states import Lane


@shared_task(name="publishers.delivery.tasks.publish_due")
def publish_due() -> None:
    """Make the visible calls that are due, and look after lost answers."""
    pulse.beat_of_clock()
    lanes.run(Lane.PUBLISH)


@shared_task(name="publishers.delivery.tasks.stage_upcoming")
def stage_upcoming() -> None:
    """Bring media up ahead of time, invisibly."""
    pulse.beat_of_clock()
    lanes.run(Lane.UPLOAD)


@shared_task(name="publishers.delivery.tasks.book_approved")
def book_approved() -> None:
    """Turn approved slots into deliveries."""
    pulse.beat_of_clock()
    booking.book_due()


@shared_task(name="publishers.delivery.tasks.speak_due")
def speak_due() -> None:
    """Carry due scripts to the stations."""
    pulse.beat_of_clock()
    pulse.beat_of_lane(Lane.SPEAK)
    speaking.speak_due(lanes.worker_name(Lane.SPEAK))


@shared_task(name="publishers.delivery.tasks.follow_withdrawals")
def follow_withdrawals() -> None:
    """Hold what carries an asset that was withdrawn from the library."""
    following.follow_withdrawals()


@shared_task(name="publishers.delivery.tasks.follow_recalls")
def follow_recalls() -> None:
    """Take open recalls and corrections further, until every copy is proven."""
    following.follow_recalls()


@shared_task(name="publishers.delivery.tasks.read_native")
def read_native() -> None:
    """Read what people posted on our own accounts by hand."""
    native.read_due()


@shared_task(name="publishers.delivery.tasks.send_broadcasts")
def send_broadcasts() -> None:
    """Send approved Zalo broadcasts, each once."""
    broadcasting.send_due()
