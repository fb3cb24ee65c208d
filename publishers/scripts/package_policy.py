"""Who sees and starts packages per province."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from campaigns.schedule.models import Slot
from cms.access.policies import ScopedPolicy
from cms.access.roles import roles_allowing
from cms.access.scopes import memberships_of, reachable_organisations
from cms.places.models import AdministrativeUnit
from cms.places.querysets import lies_within
from publishers.scripts.package_jobs import PackageJob, ProvincePackage


class PackagePolicy(ScopedPolicy):
    """A job belongs to the body whose post it is. People of a province may read the jobs that made a package for
    their province, or are about to: they fetch their own package, whoever asked for it."""

    def __init__(self) -> None:
        super().__init__(PackageJob)

    def shared_with(self, user) -> Q | None:
        roles = self._roles(self.READING)
        provinces = provinces_of(user, roles)
        if not provinces:
            return None
        made = ProvincePackage.objects.filter(province__code__in=provinces)
        return Q(pk__in=made.values("job_id")) | for_stations_of(provinces, "slot")

    def packages_for(self, user, job: PackageJob):
        """Return the packages of `job` that `user` may fetch: all of an own job, else those of own provinces."""
        rows = job.packages.select_related("province")
        owned = self.reaches(user, job)
        return (
            rows if owned else rows.filter(province__code__in=provinces_of(user, self._roles(self.READING)))
        )

    def reaches(self, user, job: PackageJob) -> bool:
        """Whether `job` belongs to a body within reach of `user`, so that all of it may be seen."""
        return (
            reachable_organisations(user, self._roles(self.READING)).filter(pk=job.organisation_id).exists()
        )


def slots_packed_by(user) -> QuerySet[Slot]:
    """Return the slots whose scripts `user` may ask to be packed: those of bodies within reach, and those that go to
    stations of an own province only, whoever wrote them. What goes to several provinces is its body's to pack."""
    roles = roles_allowing(PackageJob._meta.label_lower, frozenset({"operate"}))
    own = Q(variant__post__organisation__in=reachable_organisations(user, roles))
    return Slot.objects.filter(own | for_stations_of(provinces_of(user, roles)))


def for_stations_of(provinces: set[str], slot: str = "") -> Q:
    """Return the condition "the slot goes to stations of one of these provinces or of a place in it"; `slot` is the
    path from the row to the slot."""
    field = f"{slot}__stations_of" if slot else "stations_of"
    condition = Q(pk__in=[])
    for unit in AdministrativeUnit.objects.filter(code__in=provinces):
        condition |= lies_within(unit, field)
    return condition


def provinces_of(user, roles: frozenset[str]) -> set[str]:
    """Return the codes of the provinces in which `user` holds one of `roles`."""
    paths = [row.organisation.place.path.split("/") for row in memberships_of(user) if row.role in roles]
    return {codes[1] for codes in paths if len(codes) > 2}
