"""The facts of the demo: true ones for the country, sample ones for the communes. As in a real province most communes have
said most things, some have not, and a few values have run out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction

from cms.audit.services import record
from cms.core import clock
from cms.facts.models import Fact, FactKey
from cms.organisations.models import Organisation
from cms.places.models import AdministrativeUnit
from publishers.demo.bodies import STAGE_PROVINCES, lead_of

SAMPLE_SOURCE = "Số liệu minh họa, dựng để tập huấn"
HOURS = (
    "7h30–17h00, thứ 2 – thứ 6",
    "7h00–11h30 và 13h30–17h00, thứ 2 – thứ 6",
    "7h30–16h30, thứ 2 – thứ 6",
)
#: Province → how its fixed lines begin. No line of a subscriber begins with 0 behind it: nobody is rung up by the demo.
AREA = {"38": "0237", "52": "0269"}
FEES = ("không thu lệ phí khi nộp trực tuyến", "giảm 50% lệ phí khi nộp trực tuyến")
#: Of so many communes one has not given its hotline, its fee; of so many one has let the value run out. The first of a
#: province has everything: it is the one that reads previews.
NO_HOTLINE, NO_FEE, ENDED = 9, 13, 40


@dataclass(frozen=True)
class Sample:
    """One value of a commune and the days on which it holds."""

    key: FactKey
    value: str
    valid_from: date
    valid_to: date | None = None


@transaction.atomic
def seed_facts() -> int:
    """Write the facts scripts rely on, those of communes marked as samples; return how many there are."""
    if Fact.objects.exists():
        return Fact.objects.count()
    lead = lead_of("00")
    today = clock.today()
    facts = list(_of_the_country(lead, today))
    bodies = {body.place_id: body for body in Organisation.objects.filter(place__level=2)}
    communes = AdministrativeUnit.objects.communes().filter(parent__code__in=STAGE_PROVINCES)
    for number, commune in enumerate(communes.select_related("parent").order_by("code")):
        facts += [
            Fact(
                organisation=bodies[commune.pk], place=commune, key=sample.key, value=sample.value,
                valid_from=sample.valid_from, valid_to=sample.valid_to, source=SAMPLE_SOURCE, is_sample=True,
            )
            for sample in samples_of(commune, number, today)
        ]  # fmt: skip
    Fact.objects.bulk_create(facts, batch_size=500)
    record("demo.seed_facts", lead, count=len(facts))
    return len(facts)


def samples_of(commune: AdministrativeUnit, number: int, today: date) -> Iterator[Sample]:
    """Yield what the commune, the `number`-th of the demo, has said. What the campaign's own script names holds
    everywhere, or a station would wait for it."""
    day = today.replace(month=1, day=1)
    place = commune.full_name[0].lower() + commune.full_name[1:]
    yield Sample(FactKey.CENTRE_NAME, f"Trung tâm Phục vụ hành chính công {place}", day)
    yield Sample(FactKey.CENTRE_ADDRESS, f"trụ sở Ủy ban nhân dân {place}", day)
    yield Sample(FactKey.CENTRE_HOURS, HOURS[number % len(HOURS)], day)
    last_year = day.replace(year=day.year - 1)
    if number % NO_HOTLINE != 4:
        assert commune.parent is not None
        line = f"{AREA[commune.parent.code]} 0{number // 100:02d} {number % 100:02d}00"
        if number % ENDED == 1:
            yield Sample(FactKey.HOTLINE, line, last_year, day - timedelta(days=1))
        else:
            yield Sample(FactKey.HOTLINE, line, day)
    if number % NO_FEE != 7:
        fee = FEES[number % len(FEES)]
        if number % ENDED == 2:
            yield Sample(FactKey.FEE, fee, last_year, day - timedelta(days=1))
        else:
            ends = today + timedelta(days=20) if number % ENDED == 3 else None
            yield Sample(FactKey.FEE, fee, day, ends)


def _of_the_country(lead: Organisation, today: date) -> Iterator[Fact]:
    centre = AdministrativeUnit.objects.get(level=0)
    for key, value, source in (
        (FactKey.NATIONAL_HOTLINE, "18001096", "Cổng Dịch vụ công quốc gia, mục Hỗ trợ"),
        (
            FactKey.PORTAL,
            "dichvucong.gov.vn",
            "Cổng Dịch vụ công quốc gia là địa chỉ duy nhất từ ngày 01/7/2025",
        ),
    ):
        yield Fact(
            organisation=lead, place=centre, key=key, value=value, source=source,
            valid_from=today.replace(month=1, day=1),
        )  # fmt: skip
