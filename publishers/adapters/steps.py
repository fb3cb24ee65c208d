"""Steps that nobody outside can see: repeating one is harmless, so a single look decides."""

from __future__ import annotations

from publishers.adapters.seam import Step


def unseen(name: str, *, polls: int = 0, poll_every: float = 3.0, optional: bool = False) -> Step:
    """Return an invisible step that may be performed again after one negative look."""
    return Step(name, optional=optional, polls=polls, poll_every=poll_every, looks=1, look_every=(0.0,))
