"""The spoken text for the text box of a vendor's voice: what a machine should say and nothing else. Pure: no Django."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import Final

from publishers.scripts.blocks import Block

#: Signs that are seen and not said: control and format characters, byte order marks. A machine stumbles over them.
_UNSAID: Final = ("Cc", "Cf", "Cs", "Co", "Cn")
# Joiners shape letters in Khmer and its neighbours: taking them out would misspell.
_KEPT: Final = frozenset("\u200b\u200c\u200d")
_BLANKS = re.compile(r"[\s\u00a0\u2028\u2029]+")
_ENDS: Final = (".", "!", "?", "…", ":", "។", "៕")


def voice_text(blocks: Iterable[Block]) -> str:
    """Return what is said, one paragraph per announcer's turn with an empty line between: no label, no music, no
    written form in brackets. NFC, ends with a line end; empty when nothing is said."""
    turns = [said for block in blocks if block.sentences and (said := plain(block.spoken))]
    return "\n\n".join(turns) + "\n" if turns else ""


def plain(text: str) -> str:
    """Return `text` on one line, NFC, without signs that are not said, with a stop at its end."""
    text = _BLANKS.sub(" ", unicodedata.normalize("NFC", text))
    text = "".join(
        sign for sign in text if sign in _KEPT or unicodedata.category(sign) not in _UNSAID
    ).strip()
    return text if not text or text.endswith(_ENDS) else f"{text}."
