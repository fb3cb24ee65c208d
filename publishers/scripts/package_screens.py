"""Screens of the packages per province: ask for them, see how far they are, fetch them.

Every view begins at what the person may see; every button calls a verb of the services."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Count
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.permissions import policy_registry

from campaigns.schedule.models import Slot
from cms.core.errors import LanToaError
from publishers.scripts.models import PackageJob, ScriptVersion
from publishers.scripts.package_policy import PackagePolicy, slots_packed_by
from publishers.scripts.package_services import ask_for_packages, stop_packages
from publishers.scripts.province_packages import package_name
from publishers.scripts.tasks import pack_provinces

#: Newest slots and jobs shown.
SHOWN = 20


def _policy() -> PackagePolicy:
    policy = policy_registry.get_by_type(PackageJob)
    assert isinstance(policy, PackagePolicy)
    return policy


def visible_to(user: Any):
    """Return the jobs `user` may see. Raises PermissionDenied for people who see none of any body."""
    if not _policy().user_has_permission(user, "view"):
        raise PermissionDenied
    return _policy().instances_user_has_permission_for(user, "view")


class _Screen(WagtailAdminTemplateMixin, View):
    header_icon = "download"
    page_title = gettext_lazy("Gói bản tin theo tỉnh")

    def get_breadcrumbs_items(self):
        return [
            {"url": reverse("wagtailadmin_home"), "label": _("Tổng quan")},
            {"url": reverse("script_packages"), "label": _("Gói bản tin theo tỉnh")},
        ]


class PackagesView(_Screen):
    """What can be packed, and what has been."""

    template_name = "scripts/packages.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        jobs = visible_to(request.user).select_related("slot__variant__post", "organisation", "asked_by")
        return self.render_to_response(
            self.get_context_data(jobs=jobs.order_by("-pk")[:SHOWN], slots=self._slots(request.user))
        )

    def post(self, request: HttpRequest) -> HttpResponse:
        wanted = request.POST.get("slot", "")
        slot = self._packable(request.user).filter(pk=int(wanted)).first() if wanted.isdecimal() else None
        if slot is None:
            raise Http404
        try:
            job = ask_for_packages(slot, request.user)
        except LanToaError as refusal:
            messages.error(request, refusal.sentence)
            return redirect("script_packages")
        transaction.on_commit(pack_provinces.delay)
        messages.success(request, _("Đã bắt đầu dựng gói bản tin."))
        return redirect("script_package_job", job.public_id)

    def _packable(self, user: Any):
        visible_to(user)
        return slots_packed_by(user)

    def _slots(self, user: Any) -> list[dict[str, Any]]:
        scripts = ScriptVersion.objects.live().filter(slot__in=self._packable(user))
        numbers = dict(
            scripts.order_by().values_list("slot").annotate(number=Count("pk")).order_by("-slot__at")[:SHOWN]
        )
        slots = (
            Slot.objects.filter(pk__in=numbers).select_related("variant__post", "stations_of").order_by("-at")
        )
        return [{"slot": slot, "scripts": numbers[slot.pk]} for slot in slots]


class PackageJobView(_Screen):
    """One job: how far it is, and the packages that are ready."""

    template_name = "scripts/package_job.html"

    def get_job(self, public_id) -> PackageJob:
        rows = visible_to(self.request.user).select_related("slot__variant__post", "organisation", "asked_by")
        job = rows.filter(public_id=public_id).first()
        if job is None:
            raise Http404
        return job

    def get(self, request: HttpRequest, public_id) -> HttpResponse:
        job = self.get_job(public_id)
        packages = list(_policy().packages_for(request.user, job))
        may_stop = job.is_open and _policy().user_has_permission_for_instance(request.user, "operate", job)
        return self.render_to_response(
            self.get_context_data(
                job=job, packages=packages, sees_all=_policy().reaches(request.user, job), may_stop=may_stop
            )
        )

    def post(self, request: HttpRequest, public_id) -> HttpResponse:
        job = self.get_job(public_id)
        try:
            stop_packages(job, request.user)
        except LanToaError as refusal:
            messages.error(request, refusal.sentence)
        else:
            messages.success(request, _("Đã dừng. Các gói đã dựng xong vẫn tải được."))
        return redirect("script_package_job", public_id)


def package_file(request: HttpRequest, public_id, province: str) -> HttpResponseBase:
    """Download the package of one province; its SHA-256 stands in a header and on the page."""
    job = visible_to(request.user).filter(public_id=public_id).select_related("slot").first()
    row = _policy().packages_for(request.user, job).filter(province__code=province).first() if job else None
    if job is None or row is None:
        raise Http404
    try:
        # Closed by the response when it has been sent.
        content = default_storage.open(row.file, "rb")
    except FileNotFoundError:
        raise Http404 from None
    response = FileResponse(
        content,
        as_attachment=True,
        filename=package_name(job.slot, row.province),
        content_type="application/zip",
    )
    response.headers["X-Content-SHA256"] = row.sha256
    return response
