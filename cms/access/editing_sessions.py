"""Wagtail lets anybody ask to end anybody's editing session and answers 200: this door knows only one's own."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from wagtail.admin.models import EditingSession
from wagtail.admin.views.editing_sessions import release


def guarded_release(request: HttpRequest, session_id: int) -> HttpResponse:
    """End the editing session when it is the person's own; 404 otherwise."""
    if not EditingSession.objects.filter(pk=session_id, user_id=request.user.pk).exists():
        raise Http404
    return release(request, session_id)
