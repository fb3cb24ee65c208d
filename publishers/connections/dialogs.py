"""The addresses of the three consent dialogs, and what we ask for there (PLATFORMS §1.1, §2.1, §3.2). No wire, no table."""

from __future__ import annotations

import base64
import hashlib
import secrets
from urllib.parse import urlencode

from django.conf import settings

from publishers.connections.models import Platform

FACEBOOK_SCOPES = (
    "pages_show_list",
    "pages_manage_posts",
    "pages_read_engagement",
    "pages_manage_engagement",
    "read_insights",
    "business_management",
    "publish_video",
)
GOOGLE_SCOPES = (
    "https://www.googleapis.com/auth/youtube",
    "https://www.googleapis.com/auth/youtube.force-ssl",
    "https://www.googleapis.com/auth/yt-analytics.readonly",
)
#: Without these nothing can be posted; the others cost readings or comments only.
NEEDED_FACEBOOK = ("pages_manage_posts", "pages_read_engagement")
NEEDED_GOOGLE = GOOGLE_SCOPES[:2]


def new_verifier() -> str:
    """Return a PKCE verifier of 43 characters, which is what Zalo asks for."""
    return secrets.token_urlsafe(32)


def challenge_of(verifier: str) -> str:
    """Return base64url(SHA-256(verifier)) without padding (RFC 7636, S256)."""
    return base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).decode().rstrip("=")


def console_mode() -> bool:
    """Return whether the challenge of a Zalo app stands fixed in the developers' console (ZALO_PKCE_MODE)."""
    return settings.ZALO_PKCE_MODE == "console"


def dialog_address(platform: str, *, app_id: str, redirect_uri: str, state: str, verifier: str) -> str:
    """Return where the person is sent to allow the app `app_id` to act for an account."""
    if platform == Platform.FACEBOOK:
        query = {
            "client_id": app_id,
            "redirect_uri": redirect_uri,
            "state": state,
            "response_type": "code",
            "scope": ",".join(FACEBOOK_SCOPES),
        }
        base = settings.FACEBOOK_DIALOG_BASE.rstrip("/")
        return f"{base}/{settings.FACEBOOK_API_VERSION}/dialog/oauth?{urlencode(query)}"
    if platform == Platform.GOOGLE:
        query = {
            "client_id": app_id,
            "redirect_uri": redirect_uri,
            "response_type": "code",
            "scope": " ".join(GOOGLE_SCOPES),
            "access_type": "offline",
            # Without it a second consent brings no refresh token.
            "prompt": "consent",
            "include_granted_scopes": "true",
            "state": state,
            "code_challenge": challenge_of(verifier),
            "code_challenge_method": "S256",
        }
        return f"{settings.GOOGLE_DIALOG_BASE.rstrip('/')}/o/oauth2/v2/auth?{urlencode(query)}"
    query = {
        "app_id": app_id,
        "redirect_uri": redirect_uri,
        "code_challenge": challenge_of(verifier),
        "state": state,
    }
    return f"{settings.ZALO_OAUTH_BASE.rstrip('/')}/v4/oa/permission?{urlencode(query)}"
