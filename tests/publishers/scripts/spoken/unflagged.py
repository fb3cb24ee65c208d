"""What the engine says where it has no doubt."""

from publishers.scripts.spoken import speak


def said(text: str) -> str:
    """Return `text` as it is spoken; an assertion fails where anything in it is flagged."""
    spoken = speak(text)
    assert spoken.colour == "", [flag.written for flag in spoken.flags]
    return spoken.text
