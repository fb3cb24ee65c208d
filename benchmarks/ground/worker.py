"""`python -m benchmarks.ground.worker`: a worker process that answers the bells itself, made to be killed.

It calls the same doors as Celery's workers, a few times a second."""

from __future__ import annotations

import logging
import time


def main() -> None:
    import django

    django.setup()
    from django.conf import settings

    logging.disable(logging.WARNING)
    # The waits of the engine are scaled by its pace; the patience with a silent platform is scaled here.
    settings.PLATFORM_TIMEOUT = (1.0, 1.0)
    from publishers.delivery import tasks

    print("sẵn sàng", flush=True)
    while True:
        tasks.publish_due()
        tasks.stage_upcoming()
        time.sleep(0.1)


if __name__ == "__main__":
    main()
