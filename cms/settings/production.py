"""Production: PostgreSQL, Redis, S3-compatible storage, TLS. Every secret comes from the environment."""

from cms.settings.base import *  # noqa: F403
from cms.settings.parts.paths import env
from cms.settings.parts.web import STORAGES

DEBUG = False
TRAINING_MODE = False
SECRET_KEY = env.str("LANTOA_SECRET_KEY")
FIELD_KEYS = env.list("LANTOA_FIELD_KEYS")
ALLOWED_HOSTS = env.list("LANTOA_HOSTS")
# Names under which the processes reach each other inside the compose network; never shown to people.
INTERNAL_HOSTS = env.list("LANTOA_INTERNAL_HOSTS", default=["127.0.0.1", "web"])
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS]

ALLOWED_HOSTS += INTERNAL_HOSTS

SECURE_SSL_REDIRECT = env.bool("LANTOA_SSL_REDIRECT", default=True)
# The health probe and the read-back of served scripts come from inside, without TLS; both pages are public.
SECURE_REDIRECT_EXEMPT = [r"^suc-khoe/$", r"^dai/"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
SESSION_COOKIE_AGE = env.int("LANTOA_SESSION_SECONDS", default=15 * 60)
SESSION_SAVE_EVERY_REQUEST = True

STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
if env.str("S3_BUCKET", default=""):
    STORAGES["default"] = {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "bucket_name": env.str("S3_BUCKET"),
            "endpoint_url": env.str("S3_ENDPOINT", default=None),
            "default_acl": "private",
            "querystring_auth": True,
            "file_overwrite": False,
        },
    }
