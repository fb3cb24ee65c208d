"""Verbs of the packages per province: ask for them, stop them."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.permissions import policy_registry

from campaigns.schedule.models import Slot
from cms.audit.services import record
from cms.core import clock
from cms.core.errors import InputRefused, NotAllowed
from cms.core.leased_work import OPEN
from publishers.scripts.models import ScriptVersion
from publishers.scripts.package_jobs import JobState, PackageJob
from publishers.scripts.package_policy import slots_packed_by


@transaction.atomic
def ask_for_packages(slot: Slot, by: Any) -> PackageJob:
    """Return the job that makes the packages of `slot`; the one under way when there is one already.

    Raises NotAllowed for somebody else's slot, InputRefused when no station has a script of it."""
    body = slot.variant.post.organisation
    if not slots_packed_by(by).filter(pk=slot.pk).exists():
        raise NotAllowed(_("Bạn không được dựng gói bản tin của cơ quan này."))
    # Two people who press at the same moment take turns here.
    Slot.objects.select_for_update().get(pk=slot.pk)
    standing = PackageJob.objects.filter(slot=slot, state__in=OPEN).first()
    if standing is not None:
        return standing
    total = ScriptVersion.objects.live().filter(slot=slot).count()
    if not total:
        raise InputRefused(_("Chưa đài nào có bản tin của giờ phát này, nên chưa có gì để đóng gói."))
    job = PackageJob.objects.create(slot=slot, organisation=body, asked_by=by, total=total)
    record("ask_for_packages", job, actor=by, scripts=total)
    return job


@transaction.atomic
def stop_packages(job: PackageJob, by: Any) -> None:
    """Stop a job; what it has made stays. Raises NotAllowed. Stopping one that has ended changes nothing."""
    policy = policy_registry.get_by_type(PackageJob)
    if not policy.user_has_permission_for_instance(by, "operate", job):
        raise NotAllowed(_("Bạn không được dừng việc đóng gói này."))
    stopped = PackageJob.objects.filter(pk=job.pk, state__in=OPEN).update(
        state=JobState.STOPPED, finished_at=clock.now(), lease_until=None
    )
    if stopped:
        record("stop_packages", job, actor=by)
