"""Bản địa phương: the copies of one's own, one copy part by part, an update from the original.

Every view begins at what the person may see; every button calls a verb of the services."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.permissions import policy_registry

from cms.core.errors import ConflictingState, InputRefused, LanToaError
from media.library.models import Asset, AssetKind
from media.library.versions import version_hash
from media.localisations import openness, services
from media.localisations.forms import RewriteForm, TakeForm, UpdateForm, field_name
from media.localisations.models import Localisation

ROWS = 30


def visible_to(user: Any):
    """Return the copies `user` may see. Raises PermissionDenied for people who see none of any body."""
    policy = policy_registry.get_by_type(Localisation)
    if not policy.user_has_permission(user, "view"):
        raise PermissionDenied
    return policy.instances_user_has_permission_for(user, "view").with_names()


def readable_original(user: Any, public_id: Any) -> Asset:
    """Return an asset in the library that `user` may choose. Raises Http404."""
    rows = policy_registry.get_by_type(Asset).instances_user_has_any_permission_for(user, ["choose"])
    asset = rows.filter(public_id=public_id, live=True).select_related("organisation").first()
    if asset is None:
        raise Http404
    return asset


class Screen(WagtailAdminTemplateMixin, View):
    """What the room's pages share: their place in the path above, and how a refused verb is said."""

    header_icon = "copy"

    def get_breadcrumbs_items(self):
        return [
            {"url": reverse("wagtailadmin_home"), "label": _("Tổng quan")},
            {"url": reverse("localisations"), "label": _("Bản địa phương")},
            {"url": "", "label": str(self.page_title)},
        ]

    def own_copy(self, public_id) -> Localisation:
        """Return the copy, which the person may change. Raises Http404, or PermissionDenied for a mere reader."""
        row = visible_to(self.request.user).filter(public_id=public_id).first()
        if row is None:
            raise Http404
        policy = policy_registry.get_by_type(Localisation)
        if not policy.user_has_permission_for_instance(self.request.user, "change", row):
            raise PermissionDenied
        return row


class CopiesView(Screen):
    """Bản địa phương: one's own copies, those behind their original first."""

    template_name = "localisations/copies.html"
    page_title = gettext_lazy("Bản địa phương")

    def get_breadcrumbs_items(self):
        return super().get_breadcrumbs_items()[::2]

    def get(self, request: HttpRequest) -> HttpResponse:
        rows = visible_to(request.user)
        behind = rows.behind().count()
        listed = rows.behind() if request.GET.get("cho") == "cap-nhat" else rows
        page = Paginator(listed.order_by("-upstream_changed_at", "-pk"), ROWS).get_page(
            request.GET.get("trang")
        )
        return self.render_to_response(
            self.get_context_data(page=page, behind=behind, only_behind="cho" in request.GET)
        )


class TakeView(Screen):
    """Biên tập lại cho địa phương: for which body, in which language; then straight to the copy."""

    template_name = "localisations/take.html"
    page_title = gettext_lazy("Biên tập lại cho địa phương")

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        policy = policy_registry.get_by_type(Localisation)
        if not policy.user_has_permission(request.user, "add"):
            raise PermissionDenied
        self.upstream = readable_original(request.user, kwargs["public_id"])

    def get(self, request: HttpRequest, public_id) -> HttpResponse:
        return self.show(TakeForm(user=request.user, upstream=self.upstream))

    def post(self, request: HttpRequest, public_id) -> HttpResponse:
        form = TakeForm(request.POST, user=request.user, upstream=self.upstream)
        if form.is_valid():
            body, language = form.cleaned_data["organisation"], form.cleaned_data["language"]
            kept = Localisation.objects.filter(
                upstream=self.upstream, organisation=body, language=language
            ).first()
            if kept is not None:
                messages.success(request, _("Cơ quan bạn đã có bản địa phương của tài liệu này."))
                return redirect("localisation", kept.public_id)
            try:
                made = services.take(self.upstream, body, language, request.user)
            except LanToaError as refusal:
                form.add_error(None, refusal.sentence)
            else:
                messages.success(request, _("Đã tạo bản địa phương. Hãy sửa những phần được mở."))
                return redirect("localisation", made.public_id)
        return self.show(form, 422)

    def show(self, form: TakeForm, status: int = 200) -> HttpResponse:
        return self.render_to_response(
            self.get_context_data(form=form, upstream=self.upstream), status=status
        )


class RewriteView(Screen):
    """One copy, part by part: open parts in fields, the locked core beside them with the reason."""

    template_name = "localisations/rewrite.html"
    page_title = gettext_lazy("Biên tập bản địa phương")

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.copy = self.own_copy(kwargs["public_id"])

    def _form(self, data=None) -> RewriteForm:
        base, local, keys = services.parts(self.copy)
        moves = self.copy.asset.kind == AssetKind.CLIP
        return RewriteForm(data, base=base, local=local, keys=keys, moves=moves)

    def _may_publish(self) -> bool:
        policy = policy_registry.get_by_type(Asset)
        return policy.user_has_permission_for_instance(self.request.user, "publish", self.copy.asset)

    def get(self, request: HttpRequest, public_id) -> HttpResponse:
        return self.show(self._form())

    def post(self, request: HttpRequest, public_id) -> HttpResponse:
        if request.POST.get("action") == "offer":
            return self._offer(request)
        form = self._form(request.POST)
        into_library = request.POST.get("action") == "put" and self._may_publish()
        if form.is_valid():
            try:
                services.rewrite(
                    self.copy,
                    form.values(),
                    form.additions(),
                    actor=request.user,
                    put_into_library=into_library,
                )
            except InputRefused as refusal:
                name = field_name(refusal.field or "")
                form.add_error(name if name in form.fields else None, refusal.sentence)
            except ConflictingState as refusal:
                form.add_error(None, refusal.sentence)
            else:
                shown = {"title": self.copy.asset.title}
                done = (
                    _("Đã đưa “%(title)s” vào kho.") if into_library else _("Đã lưu bản nháp “%(title)s”.")
                ) % shown
                messages.success(request, done)
                return redirect("localisation", public_id)
        return self.show(form, 422)

    def _offer(self, request: HttpRequest) -> HttpResponse:
        try:
            services.offer(self.copy, request.POST.get("note", "")[:300], request.user)
        except LanToaError as refusal:
            messages.error(request, refusal.sentence)
        else:
            messages.success(request, _("Đã giới thiệu bản này với cơ quan làm bản gốc."))
        return redirect("localisation", self.copy.public_id)

    def show(self, form: RewriteForm, status: int = 200) -> HttpResponse:
        waiting = services.waiting_changes(self.copy) if self.copy.is_behind else []
        context = self.get_context_data(
            form=form, copy=self.copy, reason=openness.reason(self.copy), waiting=len(waiting),
            may_publish=self._may_publish(),
        )  # fmt: skip
        return self.render_to_response(context, status=status)


class UpdateView(Screen):
    """Cập nhật từ bản gốc: what it changed, side by side where the place changed it too."""

    template_name = "localisations/update.html"
    page_title = gettext_lazy("Cập nhật từ bản gốc")

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.copy = self.own_copy(kwargs["public_id"])

    def get(self, request: HttpRequest, public_id) -> HttpResponse:
        return self.show(self._form())

    def _form(self, data=None) -> UpdateForm:
        seen = version_hash(Asset.objects.with_files().get(pk=self.copy.upstream_id))
        return UpdateForm(data, changes=services.waiting_changes(self.copy), initial={"seen": seen})

    def post(self, request: HttpRequest, public_id) -> HttpResponse:
        form = self._form(request.POST)
        if form.is_valid():
            try:
                live = services.update(self.copy, form.choices(), form.cleaned_data["seen"], request.user)
            except LanToaError as refusal:
                form = self._form()
                messages.error(request, refusal.sentence)
            else:
                messages.success(
                    request,
                    _("Đã cập nhật; bản trong kho cũng đã đổi.")
                    if live
                    else _("Đã cập nhật vào bản nháp của bạn."),
                )
                return redirect("localisation", public_id)
        return self.show(form, 422)

    def show(self, form: UpdateForm, status: int = 200) -> HttpResponse:
        asked = len(form.asked)
        context = self.get_context_data(
            form=form, copy=self.copy, asked=asked, changed=asked + len(form.taken)
        )
        return self.render_to_response(context, status=status)
