"""The embedded default: SQLite, files in var/, the sandbox on loopback in place of the platforms."""

import warnings
from urllib.parse import urlsplit

from cms.settings.base import *  # noqa: F403
from cms.settings.parts.paths import VAR_DIR, env
from cms.settings.parts.sandbox import *  # noqa: F403
from cms.settings.parts.web import PUBLIC_BASE_URL

VAR_DIR.mkdir(parents=True, exist_ok=True)

DEBUG = env.bool("LANTOA_DEBUG", default=False)
TRAINING_MODE = env.bool("LANTOA_TRAINING_MODE", default=True)
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG
ALLOWED_HOSTS = [
    "127.0.0.1",
    "localhost",
    "[::1]",
    "media.lantoa.example",
    urlsplit(PUBLIC_BASE_URL).hostname,
]
# Training and trying out: whoever starts it as root on a throw-away machine needs no page of warnings for it. Tasks are
# JSON (cms/settings/parts), which is what Celery asks about here; production keeps the warning.
warnings.filterwarnings("ignore", message="You're running the worker with superuser privileges")
