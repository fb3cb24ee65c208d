"""`python -m tests.lint`: everything about the code that a machine can judge, in few processes."""

from __future__ import annotations

import os
import subprocess
import sys

# Production settings without a production: throw-away keys, so that Django's deploy checks can run.
DEPLOY = {
    "DJANGO_SETTINGS_MODULE": "cms.settings.production",
    "LANTOA_SECRET_KEY": "x7Kq2" * 12 + "!lint-only-not-a-key",
    "LANTOA_FIELD_KEYS": "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=",
    "LANTOA_HOSTS": "lantoa.example",
}

DJANGO_CHECKS = """
import django
django.setup()
from django.core.management import call_command
call_command("makemigrations", check=True, dry_run=True, verbosity=1)
call_command("check", deploy=True, fail_level="WARNING")
"""

IMPORTS = "from importlinter.cli import lint_imports; import sys; sys.exit(lint_imports(no_cache=True))"

STEPS: list[tuple[str, list[str], dict[str, str]]] = [
    ("ruff check", ["-m", "ruff", "check", "."], {}),
    ("ruff format", ["-m", "ruff", "format", "--check", "--quiet", "."], {}),
    ("import-linter", ["-c", IMPORTS], {}),
    ("migration và kiểm tra triển khai của Django", ["-c", DJANGO_CHECKS], DEPLOY),
    ("mypy", ["-m", "mypy"], {}),
]


def main() -> int:
    failed = []
    for name, arguments, environment in STEPS:
        print(f"→ {name}", flush=True)  # noqa: T201
        done = subprocess.run([sys.executable, *arguments], env={**os.environ, **environment}, check=False)
        if done.returncode:
            failed.append(name)
    if failed:
        print("Chưa đạt: " + ", ".join(failed))  # noqa: T201
        return 1
    print("Mã nguồn đạt mọi phép soát.")  # noqa: T201
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
