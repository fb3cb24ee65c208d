"""Kept outputs of the renderers. After a change that is wanted, LANTOA_GOLDEN=write writes them anew: then look at
each before it is committed."""

from __future__ import annotations

import os
from pathlib import Path

FOLDER = Path(__file__).parent / "golden"


def same_as_golden(name: str, content: bytes | str) -> None:
    """Compare `content` with the kept file `name`."""
    made = content.encode() if isinstance(content, str) else content
    kept = FOLDER / name
    if os.environ.get("LANTOA_GOLDEN") == "write":
        FOLDER.mkdir(exist_ok=True)
        kept.write_bytes(made)
    assert made == kept.read_bytes(), f"{name} is not as it was kept"
