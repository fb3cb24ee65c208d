"""The page behind a one-time link: one commune says its own facts, without signing in."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.http import require_http_methods

from cms.core import clock
from cms.core.errors import ConflictingState, InputRefused, NotAllowed
from cms.facts.coverage import LOCAL_KEYS, Source, coverage
from cms.facts.invitations import FactInvitation
from cms.facts.models import FactKey
from cms.facts.services import LONGEST_VALUE, asker_of, fill_by_link, invitation_of, is_open

GONE = 410
#: An example per kind: people copy the form they see.
EXAMPLES = {
    FactKey.CENTRE_NAME: "Trung tâm Phục vụ hành chính công xã …",
    FactKey.CENTRE_ADDRESS: "số nhà, đường, thôn …",
    FactKey.CENTRE_HOURS: "7h30 đến 17h00, từ thứ 2 đến thứ 6",
    FactKey.HOTLINE: "0269 382 4000",
    FactKey.FEE: "không thu lệ phí khi nộp trực tuyến",
}


@never_cache
@csrf_protect
@require_http_methods(["GET", "HEAD", "POST"])
def fill(request: HttpRequest, token: str) -> HttpResponse:
    """Show the commune's own fields and keep them once. A link nobody made is 404; one that is over says so (410)."""
    with translation.override("vi"):
        invitation = invitation_of(token)
        if invitation is None:
            raise Http404
        if not is_open(invitation):
            return _answer(request, invitation, over=True)
        if request.method != "POST":
            return _answer(request, invitation)
        try:
            changed = fill_by_link(token, request.POST.dict(), request.POST.get("position", ""))
        except InputRefused as refusal:
            return _answer(request, invitation, refusal=refusal)
        except (ConflictingState, NotAllowed):
            return _answer(request, invitation, over=True)
        return _answer(request, invitation, done=True, changed=changed)


def _answer(
    request: HttpRequest, invitation: FactInvitation, refusal: InputRefused | None = None, **more: Any
) -> HttpResponse:
    (row,) = coverage([invitation.place], clock.today())
    own = {cell.key: cell for cell in row.cells}
    fields = [
        {
            "key": str(key),
            "label": FactKey(key).label,
            "value": request.POST.get(str(key), "")
            if refusal
            else (own[str(key)].value if own[str(key)].source is Source.OWN else ""),
            "shared": own[str(key)].value if own[str(key)].source is Source.INHERITED else "",
            "expired": own[str(key)].source is Source.EXPIRED,
            "example": EXAMPLES[key],
            "wrong": refusal.sentence if refusal and refusal.field == str(key) else "",
        }
        for key in LOCAL_KEYS
    ]
    name = invitation.place.full_name
    context = {
        "invitation": invitation,
        "asker": asker_of(invitation),
        "place": f"{name[0].lower()}{name[1:]}",
        "fields": fields,
        "refusal": refusal,
        "most": LONGEST_VALUE,
        **more,
    }
    context["position"] = request.POST.get("position", "") if refusal else ""
    status = GONE if more.get("over") else 422 if refusal else 200
    response = render(request, "facts/fill.html", context, status=status)
    # The address is the key: no other site may learn it, no robot may keep it. "no-referrer" would be too much: with
    # it a browser sends a form with "Origin: null", which the protection against forged requests refuses.
    response.headers["Referrer-Policy"] = "same-origin"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    response.headers["Content-Language"] = "vi"
    return response
