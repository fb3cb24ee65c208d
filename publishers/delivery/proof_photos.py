"""A photo as proof of what was done by hand: drawn again (so it carries neither place nor program), kept by content."""

from __future__ import annotations

import hashlib
import re
from typing import BinaryIO

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from cms.core.errors import UploadRefused
from media.library.identity_cards import told as card_told
from media.library.uploads import check_picture

#: Folder in the default storage.
FOLDER = "bang-chung"
_NAME = re.compile(rf"{FOLDER}/[0-9a-f]{{2}}/[0-9a-f]{{64}}\.(?:jpg|png|webp)")
TYPES = {"jpg": "image/jpeg", "png": "image/png", "webp": "image/webp"}


def keep_photo(file: BinaryIO, name: str) -> str:
    """Check and keep a photo; return its name in the default storage. Raises UploadRefused, which names `photo`.

    A photo that shows an identity card is refused: a proof is looked at by others and cannot be replaced."""
    checked = check_picture(file, "photo", name)
    if checked.shows_identity_card:
        raise UploadRefused(card_told(), "photo")
    checked.content.seek(0)
    content = checked.content.read()
    digest = hashlib.sha256(content).hexdigest()
    kept = f"{FOLDER}/{digest[:2]}/{digest}{checked.kind.ending}"
    if not default_storage.exists(kept):
        default_storage.save(kept, ContentFile(content))
    return kept


def media_type_of(name: str) -> str:
    """Return the media type of a kept photo. Raises LookupError for a name this room did not make."""
    if not _NAME.fullmatch(name):
        raise LookupError(name)
    return TYPES[name.rsplit(".", 1)[-1]]
