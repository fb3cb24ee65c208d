"""Pages of a station: what it reads today, and one script to read aloud."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from publishers.scripts.models import ScriptVersion


def script(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """One script of one station, as it is read aloud."""
    version = get_object_or_404(
        ScriptVersion.objects.select_related("station__place"), code=code.upper(), station__slug=slug
    )
    response = render(request, "portal/script.html", {"version": version})
    response["X-Script-SHA256"] = version.body_sha256
    return response
