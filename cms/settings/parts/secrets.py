"""Keys. Production must be given its own; the embedded default makes them once and keeps them in var/."""

import os
from pathlib import Path

from cms.settings.parts.paths import VAR_DIR, env


def kept_key(name: str, make) -> str:
    """Return the key kept in `var/keys/<name>`, made on first use and readable by its owner only."""
    path = VAR_DIR / "keys" / name
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        _keep(path, make())
    return path.read_text().strip()


def _keep(path: Path, key: str) -> None:
    """Let `path` appear with `key` whole: of several processes that start together one wins, none reads half a key."""
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(key)
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()


def new_django_key() -> str:
    from django.core.management.utils import get_random_secret_key

    return get_random_secret_key()


def new_fernet_key() -> str:
    from cryptography.fernet import Fernet

    return Fernet.generate_key().decode()


SECRET_KEY = env.str("LANTOA_SECRET_KEY", default="") or kept_key("django", new_django_key)
# Newest first; the others can still be read (`rotate_field_keys` re-writes what they sealed).
FIELD_KEYS = env.list("LANTOA_FIELD_KEYS", default=[]) or [kept_key("field", new_fernet_key)]
