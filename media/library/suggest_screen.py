"""Gợi ý khi gõ: phrases and titles for the search box of the library, as JSON."""

from __future__ import annotations

from django.contrib.admin.utils import quote
from django.http import HttpRequest, JsonResponse
from django.urls import reverse
from django.views.decorators.http import require_safe
from wagtail.permissions import policy_registry

from media.library.finding.answer import FoundAssets
from media.library.finding.question import Question
from media.library.finding.suggestions import phrases
from media.library.models import Asset

#: Longer than any word people look for; the rest is not looked at.
MOST_TYPED = 80
_READ, _SHOWN = 40, 6


@require_safe
def suggestions(request: HttpRequest) -> JsonResponse:
    """Answer `?q=` with {"phrases": […], "assets": [{title, kind, address}…]} out of what the person may see."""
    typed = request.GET.get("q", "").strip()[:MOST_TYPED]
    policy = policy_registry.get_by_type(Asset)
    if not typed:
        return JsonResponse({"phrases": [], "assets": []})
    rows = policy.instances_user_has_permission_for(request.user, "view").only(
        "pk", "title", "kind", "public_id"
    )
    found = FoundAssets(Question(typed), request.user, rows=rows)[0:_READ]
    shown = found[:_SHOWN]
    mine = policy.instances_user_has_permission_for(request.user, "change")
    editable = set(mine.filter(pk__in=[asset.pk for asset in shown]).values_list("pk", flat=True))
    return JsonResponse(
        {
            "phrases": phrases(typed, [asset.title for asset in found]),
            "assets": [
                {
                    "title": asset.title,
                    "kind": asset.get_kind_display(),
                    "address": reverse("wagtailsnippets_library_asset:edit", args=[quote(asset.pk)])
                    if asset.pk in editable
                    else asset.get_absolute_url(),
                }
                for asset in shown
            ],
        }
    )
