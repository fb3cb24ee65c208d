"""Point every platform address at the sandbox. Only the embedded default and the tests read this."""

from cms.settings.parts.paths import env

# The public media host is imaginary here; the web server that stands for it is our own.
PUBLIC_MEDIA_CHECK_BASE = env.str(
    "PUBLIC_MEDIA_CHECK_BASE", default=env.str("STATION_READBACK_BASE", default="http://127.0.0.1:8000")
)
SANDBOX_BASE = env.str("SANDBOX_BASE", default="http://127.0.0.1:8100")

FACEBOOK_GRAPH_BASE = f"{SANDBOX_BASE}/graph"
FACEBOOK_VIDEO_BASE = f"{SANDBOX_BASE}/graph-video"
FACEBOOK_UPLOAD_BASE = f"{SANDBOX_BASE}/rupload"
FACEBOOK_DIALOG_BASE = f"{SANDBOX_BASE}/facebook-www"
YOUTUBE_BASE = f"{SANDBOX_BASE}/youtube"
YOUTUBE_ANALYTICS_BASE = f"{SANDBOX_BASE}/youtube-analytics"
GOOGLE_TOKEN_BASE = f"{SANDBOX_BASE}/google-token"
GOOGLE_DIALOG_BASE = f"{SANDBOX_BASE}/google-accounts"
ZALO_API_BASE = f"{SANDBOX_BASE}/zalo"
ZALO_OAUTH_BASE = f"{SANDBOX_BASE}/zalo-oauth"
