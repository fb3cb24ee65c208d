"""A second factor shown again, now: asked for before a person may do what could not be undone by signing out."""

from __future__ import annotations

import time
from urllib.parse import urlencode

from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

#: Seconds for which a second factor counts as fresh.
FRESH_FOR = 300


def has_fresh_second_factor(request: HttpRequest) -> bool:
    """Return whether this session showed a second factor within the last five minutes; a password does not count.

    Training mode, which every page announces and no production allows, lets everybody through."""
    if settings.TRAINING_MODE:
        return True
    shown = [
        record["at"]
        for record in get_authentication_records(request, request.user)
        if record.get("method") == "mfa"
    ]
    return bool(shown) and time.time() - max(shown) < FRESH_FOR


def ask_second_factor(request: HttpRequest, back_to: str) -> HttpResponse:
    """Send the person to show the second factor (or to enrol one), and from there to the address `back_to`."""
    kinds = set(Authenticator.objects.filter(user=request.user).values_list("type", flat=True))
    if Authenticator.Type.TOTP in kinds:
        door = "mfa_reauthenticate"
    elif Authenticator.Type.WEBAUTHN in kinds:
        door = "mfa_reauthenticate_webauthn"
    else:
        door = "mfa_index"
    return redirect(f"{reverse(door)}?{urlencode({'next': back_to})}")
