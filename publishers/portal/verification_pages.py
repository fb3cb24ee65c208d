"""The verify page: a form for the code, and the answer at a short address of its own."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import slugify

from campaigns.posts.verify_code import tidy
from publishers.portal.public_pages import public_page
from publishers.portal.verification import verify

LONGEST_CODE = 20


@public_page
def ask(request: HttpRequest) -> HttpResponse:
    """The form; `ma` in the query leads to the answer's own address, so that it can be shared."""
    typed = request.GET.get("ma", "")[:60]
    code = slugify(tidy(typed)).upper()[:LONGEST_CODE]
    if code:
        return redirect("portal:verdict", code=code)
    return render(request, "portal/verify.html", {"asked_without_code": "ma" in request.GET})


@public_page
def answer(request: HttpRequest, code: str) -> HttpResponse:
    """What stands behind `code`; a kind sentence and 404 when nothing does."""
    verdict = verify(code[:LONGEST_CODE])
    status = 200 if verdict else 404
    return render(
        request, "portal/verify.html", {"code": tidy(code)[:LONGEST_CODE], "verdict": verdict}, status=status
    )
