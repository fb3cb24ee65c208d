"""Tests: a SQLite file or the PostgreSQL named in DATABASE_URL, cheap passwords, tasks run where they are called."""

import tempfile
from pathlib import Path

from cms.settings.base import *  # noqa: F403
from cms.settings.parts.database import DATABASES
from cms.settings.parts.sandbox import *  # noqa: F403

VAR_DIR = Path(tempfile.mkdtemp(prefix="lantoa-test-"))
MEDIA_ROOT = VAR_DIR / "media"
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["NAME"] = str(VAR_DIR / "unused.sqlite3")
    # A file, not memory: threads and the live server must meet the same locks as in production.
    DATABASES["default"]["TEST"] = {"NAME": str(VAR_DIR / "test.sqlite3")}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
TRAINING_MODE = False
# No web server stands for the public media host; tests that want one name it.
PUBLIC_MEDIA_CHECK_BASE = ""
# The same on every machine: the tests of that door name a program of their own.
TESSERACT = ""
CELERY_TASK_ALWAYS_EAGER = True
CELERY_TASK_EAGER_PROPAGATES = True
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost", "media.lantoa.example"]
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
