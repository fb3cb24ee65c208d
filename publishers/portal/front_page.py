"""The front page: what this is, and the three things anybody may do here."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from publishers.portal.public_pages import public_page


@public_page
def front(request: HttpRequest) -> HttpResponse:
    """Find a station, verify an item, or sign in to work."""
    return render(request, "portal/front.html")
