"""Pages that say in a whole sentence what did not work and where to go next."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "core/400.html", status=400)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "core/404.html", status=404)


def not_allowed(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "core/403.html", status=403)


def form_not_trusted(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form came without its token or from another address: mostly a page that lay open since an earlier sign-in."""
    return render(request, "core/403_form.html", status=403)


def broken(request: HttpRequest) -> HttpResponse:
    return render(request, "core/500.html", status=500)
