"""What every page's template may know about the sign-in."""

from django.conf import settings
from django.http import HttpRequest


def training_notice(request: HttpRequest) -> dict[str, bool]:
    """`training_mode`: the page must say that the second factor is not asked for."""
    return {"training_mode": settings.TRAINING_MODE}
