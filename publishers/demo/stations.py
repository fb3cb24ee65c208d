"""The stations of the demo: one station per commune, but one commune has none and one has three."""

from __future__ import annotations

from datetime import time

from django.db import transaction
from django.utils.text import slugify

from cms.audit.services import record
from cms.core.folding import fold
from cms.organisations.models import Organisation
from cms.places.models import AdministrativeUnit
from publishers.demo.bodies import STAGE_PROVINCES
from publishers.demo.people import WARD_OF_GIA_LAI
from publishers.stations.models import BroadcastWindow, ReadingStyle, Station, Technology

# Phường Quy Nhơn keeps the three stations of the wards it was made from; one mountain commune has none yet.
THREE_STATIONS = WARD_OF_GIA_LAI
STATION_PARTS = ("khu vực Hải Cảng", "khu vực Trần Phú", "khu vực Thị Nại")
TECHNOLOGIES = (Technology.IP, Technology.FM, Technology.MIXED, Technology.WIRED, Technology.FM)
# Two of the five technologies in use are FM: the estate is mixed, as the plans say.


def commune_without_station() -> AdministrativeUnit:
    """Return the demo's commune that has no station: the last one of the first stage province."""
    return AdministrativeUnit.objects.communes().filter(parent__code=STAGE_PROVINCES[0]).latest("code")


def station_names(commune: AdministrativeUnit) -> list[str]:
    """Return the names under which the commune's stations go on air."""
    place = commune.full_name[0].lower() + commune.full_name[1:]
    if commune.code == THREE_STATIONS:
        return [f"Đài truyền thanh {place} – {part}" for part in STATION_PARTS]
    return [f"Đài truyền thanh {place}"]


def languages_of(commune: str, province: str) -> list[str]:
    """Return in which languages beside Vietnamese a station of the demo broadcasts; most in none."""
    if province == "52" and commune.startswith("Ia "):
        return ["jra"]
    return ["hmn"] if province == "38" and commune in ("Pù Nhi", "Nhi Sơn") else []


@transaction.atomic
def seed_stations() -> int:
    """Create the missing stations of the stage provinces with their windows; return how many there are in all."""
    existing = set(Station.objects.values_list("slug", flat=True))
    bodies = {body.place_id: body for body in Organisation.objects.filter(place__level=2)}
    none_here = commune_without_station()
    fresh = []
    communes = AdministrativeUnit.objects.communes().filter(parent__code__in=STAGE_PROVINCES)
    for number, commune in enumerate(communes.select_related("parent").order_by("code")):
        province = commune.parent
        if commune.pk == none_here.pk or province is None:
            continue
        for index, name in enumerate(station_names(commune)):
            slug = slugify(fold(f"{commune.full_name} {province.name}")) + (f"-{index + 1}" if index else "")
            if slug in existing:
                slug = f"{slug}-{commune.code}"
            if slug in existing:
                continue
            existing.add(slug)
            fresh.append(
                Station(
                    organisation=bodies[commune.pk], place=commune, name=name, slug=slug,
                    clusters=6 + number % 17, technology=TECHNOLOGIES[number % len(TECHNOLOGIES)],
                    reading_style=ReadingStyle.CENTRAL if province.code == "52" else ReadingStyle.NORTHERN,
                    reading_rate=(180, 190, 190, 200)[number % 4],
                    languages=languages_of(commune.name, province.code),
                )
            )  # fmt: skip
    if not Station.objects.filter(place__parent__code__in=STAGE_PROVINCES).exists():
        made = Station.objects.bulk_create(fresh, batch_size=500)
        BroadcastWindow.objects.bulk_create(
            [
                BroadcastWindow(station=station, starts=starts, ends=ends)
                for station in made
                for starts, ends in ((time(5, 30), time(6, 0)), (time(17, 0), time(17, 30)))
            ],
            batch_size=1000,
        )
        record("demo.seed_stations", made[0], count=len(made))
    return Station.objects.count()
