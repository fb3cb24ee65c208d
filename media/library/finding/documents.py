"""The words inside documents: read once per content, by a process of its own that may take little time and memory."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from django.core.files.storage import default_storage

from media.library.finding.tables import DocumentText
from media.library.models import Blob

#: Seconds a document may take; characters kept of it.
PATIENCE: Final = 20
MOST_CHARACTERS: Final = 400_000
_ROOT: Final = Path(__file__).resolve().parents[3]


def read_documents(pks: Iterable[int]) -> int:
    """Read the documents of these assets whose content was not read before; return how many were. Not to be called
    inside a transaction: reading may take seconds."""
    blobs = Blob.objects.filter(documents__assets__in=list(pks), words__isnull=True).distinct()
    count = 0
    for blob in blobs:
        text, complaint = words_in(blob)
        DocumentText.objects.update_or_create(blob=blob, defaults={"text": text, "complaint": complaint})
        count += 1
    return count


def words_in(blob: Blob) -> tuple[str, str]:
    """Return the text inside the document and "", or "" and why there is none ("too slow", "unreadable", "missing")."""
    try:
        with default_storage.open(str(blob.file.name), "rb") as content:
            data = content.read()
    except FileNotFoundError:
        return "", "missing"
    command = [sys.executable, "-m", "media.library.finding.document_reader", blob.media_type]
    try:
        done = subprocess.run(  # noqa: S603
            command, input=data, capture_output=True, timeout=PATIENCE, check=False, cwd=_ROOT, env=_clean()
        )
    except subprocess.TimeoutExpired:
        return "", "too slow"
    if done.returncode:
        return "", "unreadable"
    return json.loads(done.stdout)["text"][:MOST_CHARACTERS], ""


def _clean() -> dict[str, str]:
    """Return an environment without secrets: the reader needs none."""
    return {"PYTHONDONTWRITEBYTECODE": "1", "PYTHONPATH": str(_ROOT), "PATH": ""}
