"""The verb of a station that is not a form: keep the rate of a timed reading."""

from __future__ import annotations

from django.db import transaction

from cms.audit.services import record
from publishers.stations.models import Station


@transaction.atomic
def keep_rate(station: Station, rate: int, *, device_label: str) -> None:
    """Keep `rate` (syllables a minute) as the station's own; scripts issued from now on are timed with it. The caller
    has proved the phone that timed it."""
    row = Station.objects.select_for_update().get(pk=station.pk)
    before, row.reading_rate = row.reading_rate, rate
    row.save(update_fields=["reading_rate", "updated_at"])
    record("calibrate_station", row, before=before, rate=rate, device=device_label)
