"""Who sees and starts packages per province."""

from __future__ import annotations

from django.db.models import Q

from cms.access.policies import ScopedPolicy
from cms.access.scopes import memberships_of, reachable_organisations
from publishers.scripts.package_jobs import PackageJob, ProvincePackage


class PackagePolicy(ScopedPolicy):
    """A job belongs to the body whose post it is. People of a province may read the jobs that made a package for
    their province: they fetch their own package, whoever asked for it."""

    def __init__(self) -> None:
        super().__init__(PackageJob)

    def shared_with(self, user) -> Q | None:
        roles = self._roles(self.READING)
        provinces = provinces_of(user, roles)
        if not provinces:
            return None
        return Q(pk__in=ProvincePackage.objects.filter(province__code__in=provinces).values("job_id"))

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


def provinces_of(user, roles: frozenset[str]) -> set[str]:
    """Return the codes of the provinces in which `user` holds one of `roles`."""
    paths = [row.organisation.place.path.split("/") for row in memberships_of(user) if row.role in roles]
    return {codes[1] for codes in paths if len(codes) > 2}
