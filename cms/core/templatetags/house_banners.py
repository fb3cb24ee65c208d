"""The line above every page of the admin."""

from __future__ import annotations

from typing import Any

from django import template

from cms.core.banners import banners_for

register = template.Library()


@register.inclusion_tag("core/banners.html", takes_context=True)
def house_banners(context: template.Context) -> dict[str, Any]:
    """Draw what rooms have plugged into `cms.core.banners`."""
    request = context.get("request")
    return {"banners": banners_for(request) if request is not None else []}
