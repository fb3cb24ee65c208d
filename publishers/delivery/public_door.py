"""The door through which a platform fetches an approved file itself (promise 4): unguessable, and closed in time."""

from __future__ import annotations

import re

from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.views.decorators.http import require_safe

from cms.core import clock
from publishers.delivery import pace
from publishers.delivery.models import PublicFile
from publishers.delivery.prepared_files import local_path

#: What booking makes tokens of; anything else is not asked for (PostgreSQL breaks on a NUL).
_TOKEN = re.compile(r"[A-Za-z0-9_-]{1,60}")


@require_safe
def public_file(request: HttpRequest, token: str, ending: str) -> HttpResponseBase:
    """Serve the file behind `token` until its delivery has ended plus seven days; 404 for everything else."""
    if not _TOKEN.fullmatch(token):
        raise Http404
    row = PublicFile.objects.select_related("delivery").filter(token=token).first()
    if row is None or not row.path.endswith(f".{ending}"):
        raise Http404
    ended = row.delivery.ended_at
    if ended is not None and (clock.now() - ended).total_seconds() > pace.PUBLIC_FILE_LIFE:
        raise Http404
    try:
        # Closed by the response when it has been sent.
        content = open(local_path(row.path), "rb")  # noqa: SIM115
    except OSError:
        raise Http404 from None
    response = FileResponse(content, content_type=row.media_type)
    response["Cache-Control"] = "private, max-age=3600"
    response["X-Robots-Tag"] = "noindex"
    return response
