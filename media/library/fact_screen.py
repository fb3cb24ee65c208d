"""What a fact touches: every asset that relies on it, every post, copy and script that uses one, every script filled
with its value. Names are shown only to those who may see the thing; the count is of all."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.permissions import policy_registry

from cms.facts.models import Fact
from media.library.flags import touched_by
from media.library.models import Asset, AssetFlag
from media.library.used_screen import MOST_SHOWN, shown_uses


class FactTouchesView(WagtailAdminTemplateMixin, View):
    """The page; reading only."""

    page_title = gettext_lazy("Dữ kiện này chạm tới")
    header_icon = "info-circle"
    template_name = "library/fact_touches.html"

    def get_breadcrumbs_items(self):
        return [
            {"url": reverse("wagtailadmin_home"), "label": _("Tổng quan")},
            {"url": reverse("wagtailsnippets_facts_fact:list"), "label": _("Dữ kiện")},
            {"url": "", "label": str(self.page_title)},
        ]

    def get(self, request: HttpRequest, fact_id: int) -> HttpResponse:
        facts = policy_registry.get_by_type(Fact).instances_user_has_permission_for(request.user, "view")
        fact = facts.filter(pk=fact_id).select_related("place", "organisation").first()
        if fact is None:
            raise Http404
        touched = touched_by(fact)
        assets = policy_registry.get_by_type(Asset)
        pks = [asset.pk for asset in touched.assets]
        seen = set(
            assets.instances_user_has_permission_for(request.user, "view")
            .filter(pk__in=pks)
            .values_list("pk", flat=True)
        )
        flagged = set(
            AssetFlag.objects.filter(asset__in=pks, settled_at=None).values_list("asset_id", flat=True)
        )
        rows: list[dict[str, Any]] = [
            {"asset": asset, "named": asset.pk in seen, "flagged": asset.pk in flagged}
            for asset in touched.assets[:MOST_SHOWN]
        ]
        return self.render_to_response(
            self.get_context_data(
                fact=fact,
                rows=rows,
                assets_count=len(touched.assets),
                uses=shown_uses(touched.uses[:MOST_SHOWN], request.user),
                uses_count=len(touched.uses),
            )
        )
