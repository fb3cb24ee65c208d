"""Where things live on disk. Everything that changes at run time is below `VAR_DIR`."""

from pathlib import Path

import environ

env = environ.Env()

BASE_DIR = Path(__file__).resolve().parents[3]
environ.Env.read_env(BASE_DIR / ".env")

VAR_DIR = Path(env.str("LANTOA_VAR_DIR", default=str(BASE_DIR / "var")))
MEDIA_ROOT = VAR_DIR / "media"
# Files on their way, of which only a part has arrived; with several web servers, a folder they share.
LIBRARY_PARTS_DIR = Path(env.str("LANTOA_PARTS_DIR", default=str(VAR_DIR / "parts")))
STATIC_ROOT = VAR_DIR / "static"
STATIC_URL = "/static/"
# Wagtail's stock file addresses are not served at all: every file goes through the library's own door,
# which asks the permission policy (media/library/urls.py).
MEDIA_URL = "/tep-khong-phuc-vu/"
