"""Base addresses of the platforms. Every one is a setting, so that the sandbox can stand in for all of them."""

from cms.settings.parts.paths import env

FACEBOOK_API_VERSION = "v26.0"
FACEBOOK_GRAPH_BASE = env.str("FACEBOOK_GRAPH_BASE", default="https://graph.facebook.com")
FACEBOOK_VIDEO_BASE = env.str("FACEBOOK_VIDEO_BASE", default="https://graph-video.facebook.com")
FACEBOOK_UPLOAD_BASE = env.str("FACEBOOK_UPLOAD_BASE", default="https://rupload.facebook.com")
FACEBOOK_DIALOG_BASE = env.str("FACEBOOK_DIALOG_BASE", default="https://www.facebook.com")
YOUTUBE_BASE = env.str("YOUTUBE_BASE", default="https://youtube.googleapis.com")
YOUTUBE_ANALYTICS_BASE = env.str("YOUTUBE_ANALYTICS_BASE", default="https://youtubeanalytics.googleapis.com")
GOOGLE_TOKEN_BASE = env.str("GOOGLE_TOKEN_BASE", default="https://oauth2.googleapis.com")
GOOGLE_DIALOG_BASE = env.str("GOOGLE_DIALOG_BASE", default="https://accounts.google.com")
ZALO_API_BASE = env.str("ZALO_API_BASE", default="https://openapi.zalo.me")
ZALO_OAUTH_BASE = env.str("ZALO_OAUTH_BASE", default="https://oauth.zaloapp.com")

# Zalo fetches cover pictures itself: approved renditions are opened under this address (promise 4).
PUBLIC_MEDIA_BASE = env.str("PUBLIC_MEDIA_BASE", default="https://media.lantoa.example")

# Where we fetch those pictures ourselves before Zalo is told about them. Set it to another address of the same server where
# our own workers cannot reach the public one, and to nothing where they can reach none: then Zalo's answer must do.
PUBLIC_MEDIA_CHECK_BASE = env.str("PUBLIC_MEDIA_CHECK_BASE", default=PUBLIC_MEDIA_BASE)

# Where the read-back of a station's served script is asked: our own public address.
STATION_READBACK_BASE = env.str("STATION_READBACK_BASE", default="http://127.0.0.1:8000")

# Set only where the sandbox stands in for the platforms (demo, tests): the demo counts effects there.
SANDBOX_BASE = env.str("SANDBOX_BASE", default="")

# Zalo's PKCE: "request" sends a fresh challenge with every consent, "console" the one that stands in the app's page at
# Zalo Developers. Which of the two an app obeys shows on the first real connection (docs/connect-zalo.md).
ZALO_PKCE_MODE = env.str("ZALO_PKCE_MODE", default="request")
