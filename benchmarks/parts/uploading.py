"""(d): a large upload under way on one channel, text posts falling due on others: how late do they go out?

Runs on the database and broker it is given; without any that is the embedded default, SQLite and a folder, with the
two workers of `make run`."""

from __future__ import annotations

import hashlib
import statistics
import time
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from benchmarks.ground import processes
from benchmarks.ground.house import House
from benchmarks.ground.posts import fall_due, make_channels, make_due
from benchmarks.ground.scenery import MP4

PROMISED_LATE = 5.0
#: Bytes of the clip at full size, and the least that still takes several requests.
FULL_SIZE, LEAST_SIZE = 1 << 30, 12 << 20
#: A text post falls due this often (seconds) for as long as the upload lasts.
EVERY = 0.5
MOST_TEXTS = 200
PATIENCE = 600.0


def sparse_clip(house: House, size: int) -> Any:
    """Lay a clip of `size` bytes into the default storage: a head and a hole, nothing held in memory."""
    from django.conf import settings

    from publishers.adapters.seam import Media

    path = Path(settings.MEDIA_ROOT) / "kenh" / "rat-lon.mp4"
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        file.write(MP4)
        file.truncate(size)
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return Media(digest, "kenh/rat-lon.mp4", "video/mp4", size, title="Video rất lớn")


def text_beside_an_upload(scale: float) -> bool:
    """(d): print the longest and the median lateness of the text posts that fell due while the upload ran."""
    house = House()
    running = [
        processes.celery_worker(house, "publish", "publish", 1),
        processes.celery_worker(house, "upload", "render,upload,insights", 3),
        processes.celery_beat(house),
    ]
    try:
        house.open()
        from cms.core import clock
        from publishers.delivery.models import Attempt, Delivery
        from publishers.delivery.states import State

        size = max(LEAST_SIZE, round(FULL_SIZE * scale))
        big, *others = make_channels(house.sandbox, 11, processing_seconds=1)
        clip = sparse_clip(house, size)
        later = clock.now() + timedelta(hours=1)
        (upload,) = make_due(
            [big], 1, later, lambda request, number, addresses: replace(request, media=(clip,))
        )
        texts = make_due(others, MOST_TEXTS, later)
        for each in running:
            each.start()
        transfer = Attempt.objects.filter(delivery=upload, step="transfer")
        Delivery.objects.filter(pk=upload.pk).update(wake_at=clock.now())
        _wait(lambda: transfer.filter(finished_at=None).exists() or Delivery.objects.get(pk=upload.pk).state != State.STAGING
              and transfer.exists(), "bắt đầu tải lên")  # fmt: skip
        began = time.monotonic()
        sent: list[Any] = []
        while transfer.filter(finished_at=None).exists() and len(sent) < MOST_TEXTS:
            row = texts[len(sent)]
            fall_due([row], clock.now())
            sent.append(row)
            time.sleep(EVERY)
        seconds = time.monotonic() - began
        if not sent:
            fall_due(texts[:1], clock.now())
            sent = texts[:1]
        mine = Delivery.objects.filter(pk__in=[row.pk for row in sent])
        _wait(lambda: not mine.exclude(state=State.LIVE).exists(), "đăng hết bài chữ")
        late = [row.lateness or 0.0 for row in mine]
        outcomes = sorted(set(transfer.exclude(outcome="").values_list("outcome", flat=True)))
        print(
            f"(d) tải lên {size / (1 << 20):.0f} MB trong {seconds:.1f} giây ({', '.join(outcomes) or 'đang tải'}): "
            f"{len(late)} bài chữ ở kênh khác trễ nhiều nhất {max(late):.2f} giây, trung vị "
            f"{statistics.median(late):.2f} giây (hứa ≤ {PROMISED_LATE:g}) · {house.database}",
            flush=True,
        )
        return max(late) <= PROMISED_LATE and transfer.exists()
    except SystemExit:
        print(processes.end_of_logs(running))
        raise
    finally:
        processes.stop_all(running)
        house.close()


def _wait(is_so: Any, what: str) -> None:
    deadline = time.monotonic() + PATIENCE
    while not is_so():
        if time.monotonic() > deadline:
            raise SystemExit(f"Không {what} được trong {PATIENCE:.0f} giây.")
        time.sleep(0.1)
