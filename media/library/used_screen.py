"""Nơi dùng: where an asset is used, by whom and since when; and the buttons that retire it or settle its flags."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib.admin.utils import quote
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.permissions import policy_registry

from cms.core.errors import InputRefused, LanToaError
from media.library import flags, services, withdrawals
from media.library.models import Asset, PublishedVersion, Withdrawal
from media.library.published_versions import versions_of
from media.library.uses import Use, by_province, links_for, resting_on, uses_of

MOST_SHOWN = 200


@dataclass(frozen=True, slots=True)
class ShownUse:
    """A use as this person may see it: body and day always, name and address only within their part of the tree."""

    use: Use
    named: bool


@dataclass(frozen=True, slots=True)
class ShownVersion:
    """One version that stood in the library, with what rests on it and the recall that stands against it."""

    row: PublishedVersion
    is_present: bool
    uses: list[ShownUse]
    recalled: Withdrawal | None


class UsedView(WagtailAdminTemplateMixin, View):
    """The page (GET) and its buttons (POST: ngung-dung, dung-lai, da-ra-soat, thu-hoi…); `?phien-ban` shows its versions."""

    page_title = gettext_lazy("Nơi dùng")
    header_icon = "link"
    template_name = "library/used.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any):
        policy = policy_registry.get_by_type(Asset)
        rows = policy.instances_user_has_permission_for(request.user, "change")
        asset = rows.filter(public_id=kwargs["public_id"]).select_related("organisation").first()
        if asset is None:
            if (
                policy.instances_user_has_permission_for(request.user, "view")
                .filter(public_id=kwargs["public_id"])
                .exists()
            ):
                raise PermissionDenied
            raise Http404
        self.asset = asset
        return super().dispatch(request, *args, **kwargs)

    def get_page_subtitle(self) -> str:
        return self.asset.title

    def get_breadcrumbs_items(self):
        return [
            {"url": reverse("wagtailadmin_home"), "label": _("Tổng quan")},
            {"url": reverse("wagtailsnippets_library_asset:list"), "label": _("Kho tài liệu")},
            {"url": _edit(self.asset), "label": self.asset.title},
            {"url": "", "label": str(self.page_title)},
        ]

    def get(self, request: HttpRequest, public_id) -> HttpResponse:
        uses = uses_of([self.asset.pk])
        return self.render_to_response(
            self.get_context_data(
                asset=self.asset,
                uses=shown_uses(uses[:MOST_SHOWN], request.user),
                count=len(uses),
                provinces=by_province(uses),
                flags=self.asset.flags.filter(settled_at=None).order_by("at"),
                stale=flags.stale_in(self.asset),
                edit_url=_edit(self.asset),
                withdrawal=Withdrawal.objects.standing().filter(asset=self.asset, version="").first(),
                versions=self._versions() if "phien-ban" in request.GET else None,
                links=links_for(self.asset, request.user),
            )
        )

    def _versions(self) -> list[ShownVersion]:
        """The newest versions, the present one first; what only uses "the asset" stands under the present one."""
        standing = Withdrawal.objects.standing().filter(asset=self.asset).exclude(version="")
        recalled = {row.version: row for row in standing}
        found = []
        for number, version in enumerate(versions_of(self.asset)):
            uses = shown_uses(resting_on(version)[:MOST_SHOWN], self.request.user)
            found.append(ShownVersion(version, number == 0, uses, recalled.get(version.version)))
        return found

    def post(self, request: HttpRequest, public_id) -> HttpResponse:
        act = request.POST.get("viec", "")
        try:
            if act == "ngung-dung":
                services.retire(self.asset, request.user)
                messages.success(
                    request, _("Tài liệu đã ngừng dùng: không nơi nào chọn hay gửi đi được nữa.")
                )
            elif act == "dung-lai":
                services.bring_back(self.asset, request.user)
                messages.success(request, _("Tài liệu dùng lại được."))
            elif act == "thu-hoi":
                reason = request.POST.get("ly-do", "").strip()
                withdrawals.withdraw(self.asset, request.user, reason, urgent="khan" in request.POST)
                messages.success(request, _("Đã thu hồi: mọi nơi dùng tài liệu này đều bị giữ lại."))
            elif act == "thu-hoi-phien-ban":
                self._recall_version(request)
            elif act == "go-phien-ban":
                for standing in Withdrawal.objects.standing().filter(
                    asset=self.asset, version=request.POST.get("phien-ban") or "-"
                ):
                    withdrawals.lift(standing, request.user)
                messages.success(request, _("Đã gỡ lệnh thu hồi phiên bản này."))
            elif act == "go-thu-hoi":
                for standing in Withdrawal.objects.standing().filter(asset=self.asset, version=""):
                    withdrawals.lift(standing, request.user)
                messages.success(request, _("Đã gỡ lệnh thu hồi."))
            elif act == "da-ra-soat":
                flags.settle(self.asset, request.user)
                messages.success(request, _("Đã ghi nhận: tài liệu vẫn đúng sau khi rà soát."))
        except LanToaError as refusal:
            messages.warning(request, refusal.sentence)
        return redirect("library_used", public_id=self.asset.public_id)

    def _recall_version(self, request: HttpRequest) -> None:
        version = request.POST.get("phien-ban", "")
        if not any(version == known.version for known in versions_of(self.asset)):
            raise InputRefused(_("Vui lòng chọn một phiên bản trong danh sách."))
        reason = request.POST.get("ly-do", "").strip()
        withdrawals.withdraw(self.asset, request.user, reason, version=version, urgent="khan" in request.POST)
        messages.success(
            request,
            _("Đã thu hồi phiên bản này: những nơi dựa vào nó bị giữ lại, phiên bản khác vẫn dùng được."),
        )


def _edit(asset: Asset) -> str:
    return reverse("wagtailsnippets_library_asset:edit", args=[quote(asset.pk)])


def shown_uses(uses: list[Use], user: Any) -> list[ShownUse]:
    """Ask each kind's policy once which of its rows the person may see."""
    rows: dict[type, set[int]] = {}
    for use in uses:
        rows.setdefault(type(use.row), set()).add(use.row.pk)
    seen: set[tuple[type, int]] = set()
    for model, pks in rows.items():
        policy = policy_registry.get_by_type(model, fallback=False)
        if policy is not None:
            allowed = policy.instances_user_has_permission_for(user, "view").filter(pk__in=pks)
            seen |= {(model, pk) for pk in allowed.values_list("pk", flat=True)}
    return [ShownUse(use, (type(use.row), use.row.pk) in seen) for use in uses]
