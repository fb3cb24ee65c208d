"""The bodies of the demo: the centre, a set for every province, and the committees of two provinces' communes."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction

from cms.audit.services import record
from cms.core import clock
from cms.organisations.models import Initiative, LeadBody, Organisation, OrganisationKind
from cms.places.models import AdministrativeUnit

# The provinces whose communes, stations and posts the demo fills in, by code of the present map.
STAGE_PROVINCES = ("38", "52")  # Thanh Hóa, Gia Lai

CENTRAL_LEAD = "Cục Chuyển đổi số quốc gia"


@dataclass(frozen=True)
class Central:
    name: str
    short_name: str
    kind: OrganisationKind
    parent: str = ""


CENTRAL_BODIES = (
    Central("Bộ Khoa học và Công nghệ", "Bộ KH&CN", OrganisationKind.MINISTRY),
    Central(CENTRAL_LEAD, CENTRAL_LEAD, OrganisationKind.CENTRAL_UNIT, "Bộ Khoa học và Công nghệ"),
    Central("Bộ Văn hóa, Thể thao và Du lịch", "Bộ VHTTDL", OrganisationKind.MINISTRY),
    Central(
        "Cục Thông tin cơ sở và Thông tin đối ngoại", "Cục TTCS&TTĐN", OrganisationKind.CENTRAL_UNIT,
        "Bộ Văn hóa, Thể thao và Du lịch",
    ),
    Central("Văn phòng Chính phủ", "Văn phòng Chính phủ", OrganisationKind.MINISTRY),
    Central(
        "Cục Kiểm soát thủ tục hành chính", "Cục Kiểm soát TTHC", OrganisationKind.CENTRAL_UNIT, "Văn phòng Chính phủ"
    ),
    Central("Trung ương Hội Liên hiệp Phụ nữ Việt Nam", "Hội LHPN Việt Nam", OrganisationKind.MASS_ORGANISATION),
    Central("Trung ương Đoàn TNCS Hồ Chí Minh", "Trung ương Đoàn", OrganisationKind.MASS_ORGANISATION),
)  # fmt: skip


def provincial_bodies(province: AdministrativeUnit) -> list[tuple[str, str, OrganisationKind]]:
    """Return name, short name and kind of the bodies of a province that take part in this work."""
    place = province.full_name[0].lower() + province.full_name[1:]
    return [
        (f"Ủy ban nhân dân {place}", f"UBND {place}", OrganisationKind.PEOPLES_COMMITTEE),
        (f"Văn phòng UBND {place}", f"Văn phòng UBND {place}", OrganisationKind.DEPARTMENT),
        (f"Sở Khoa học và Công nghệ {place}", f"Sở KH&CN {province.name}", OrganisationKind.DEPARTMENT),
        (f"Sở Văn hóa, Thể thao và Du lịch {place}", f"Sở VHTTDL {province.name}", OrganisationKind.DEPARTMENT),
        (
            f"Trung tâm Phục vụ hành chính công {place}", f"Trung tâm PVHCC {province.name}",
            OrganisationKind.SERVICE_CENTRE,
        ),
    ]  # fmt: skip


def lead_name(province: AdministrativeUnit) -> str:
    """Return which body leads in the province. In Gia Lai it is not the department one would expect (a setting)."""
    place = province.full_name[0].lower() + province.full_name[1:]
    return f"Văn phòng UBND {place}" if province.code == "52" else f"Sở Khoa học và Công nghệ {place}"


@transaction.atomic
def seed_bodies() -> int:
    """Create what is missing of the demo's bodies, lead bodies and initiatives; return how many bodies there are."""
    centre = AdministrativeUnit.objects.get(level=0)
    known = {(body.place_id, body.name): body for body in Organisation.objects.all()}
    for spec in CENTRAL_BODIES:
        if (centre.pk, spec.name) not in known:
            known[centre.pk, spec.name] = Organisation.objects.create(
                name=spec.name, short_name=spec.short_name, kind=spec.kind, place=centre,
                parent=known[centre.pk, spec.parent] if spec.parent else None,
            )  # fmt: skip
    provinces = list(AdministrativeUnit.objects.provinces())
    fresh = [
        Organisation(name=name, short_name=short, kind=kind, place=province)
        for province in provinces
        for name, short, kind in provincial_bodies(province)
        if (province.pk, name) not in known
    ]
    communes = AdministrativeUnit.objects.communes().filter(parent__code__in=STAGE_PROVINCES)
    for commune in communes:
        place = commune.full_name[0].lower() + commune.full_name[1:]
        if (commune.pk, f"Ủy ban nhân dân {place}") not in known:
            fresh.append(
                Organisation(
                    name=f"Ủy ban nhân dân {place}", short_name=f"UBND {place}", place=commune,
                    kind=OrganisationKind.PEOPLES_COMMITTEE,
                )
            )  # fmt: skip
    Organisation.objects.bulk_create(fresh, batch_size=500)
    _name_leads(centre, provinces)
    initiative, created = Initiative.objects.get_or_create(
        code="de-an-1588",
        defaults={
            "name": "Đề án tuyên truyền, phổ biến dịch vụ công trực tuyến",
            "legal_basis": "Quyết định số 1588/QĐ-TTg ngày 17/12/2024 của Thủ tướng Chính phủ",
            "valid_from": "2024-12-17",
            "valid_to": "2030-12-31",
        },
    )
    if fresh or created:
        record("demo.seed_bodies", initiative, count=len(fresh), day=clock.today().isoformat())
    return Organisation.objects.count()


def _name_leads(centre: AdministrativeUnit, provinces: list[AdministrativeUnit]) -> None:
    bodies = {(body.place_id, body.name): body for body in Organisation.objects.all()}
    led = set(LeadBody.objects.values_list("place_id", flat=True))
    wanted = [(centre, bodies[centre.pk, CENTRAL_LEAD])]
    wanted += [(province, bodies[province.pk, lead_name(province)]) for province in provinces]
    wanted += [
        (body.place, body)
        for body in Organisation.objects.filter(
            place__level=2, kind=OrganisationKind.PEOPLES_COMMITTEE
        ).select_related("place")
    ]
    LeadBody.objects.bulk_create(
        [LeadBody(place=place, organisation=body) for place, body in wanted if place.pk not in led],
        batch_size=500,
    )


def lead_of(code: str) -> Organisation:
    """Return the lead body of the place with this code."""
    return LeadBody.objects.select_related("organisation__place").get(place__code=code).organisation
