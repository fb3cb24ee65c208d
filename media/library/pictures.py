"""Pictures as they are kept: decoded and drawn again, so that nothing but the picture remains.

Drawing again drops the place and the camera (EXIF, GPS, XMP), comments, colour profiles and whatever was hung on
behind the picture; the turn that a phone only notes is carried out."""

from __future__ import annotations

import io
import warnings
from typing import Any, BinaryIO, Final

from django.utils.translation import gettext as _
from PIL import Image, ImageOps

from cms.core.errors import UploadRefused
from cms.core.upload_checks import JPEG, PICTURES, PNG, WEBP, FileType, check_upload, shown_name

# A phone of today takes 50 million points; four such pictures fill half a gigabyte when decoded.
MOST_POINTS: Final = 60_000_000
LEAST_SIDE: Final = 32

_SAVE: Final[dict[FileType, tuple[str, dict[str, Any]]]] = {
    JPEG: ("JPEG", {"quality": 92, "optimize": True, "subsampling": 0}),
    PNG: ("PNG", {"optimize": False}),
    WEBP: ("WEBP", {"quality": 92, "method": 4}),
}
_MODES: Final = {
    JPEG: ("RGB", "L"),
    PNG: ("RGB", "RGBA", "L", "LA"),
    WEBP: ("RGB", "RGBA"),
}


def clean_picture(
    file: BinaryIO, field: str | None = None, name: str = ""
) -> tuple[io.BytesIO, FileType, tuple[int, int]]:
    """Return the picture of `file` drawn again, its type and its size in points (width, height).

    Raises UploadRefused, which names `field`, when it is no picture, cut off, or larger than can be shown."""
    kind = check_upload(file, PICTURES, field, name)
    shown = shown_name(name)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(file, formats=[_SAVE[kind][0]]) as picture:
                _check_size(picture, shown, field)
                picture.load()
                drawn = _drawn_again(picture, kind)
    except UploadRefused:
        raise
    except Image.DecompressionBombError:
        raise UploadRefused(
            _("Hình %(name)s khai kích thước quá lớn để xử lý. Vui lòng thu nhỏ hình.") % {"name": shown},
            field,
        ) from None
    except (OSError, ValueError, SyntaxError, MemoryError, EOFError):
        raise UploadRefused(
            _(
                "Hình %(name)s bị hỏng hoặc bị thiếu phần cuối nên không mở được. Vui lòng tải lại hình đầy đủ."
            )
            % {"name": shown},
            field,
        ) from None
    finally:
        file.seek(0)
    target = io.BytesIO()
    form, options = _SAVE[kind]
    try:
        drawn.save(target, form, **options)
    except OSError:
        # Pillow sizes its buffer for pictures; one of pure noise overflows it while the tables are optimised.
        target = io.BytesIO()
        drawn.save(target, form, **{**options, "optimize": False})
    target.seek(0)
    return target, kind, drawn.size


def _check_size(picture: Image.Image, shown: str, field: str | None) -> None:
    width, height = picture.size
    if width * height > MOST_POINTS:
        raise UploadRefused(
            _(
                "Hình %(name)s có kích thước %(width)s × %(height)s điểm ảnh, quá lớn để xử lý. Vui lòng thu nhỏ hình."
            )
            % {"name": shown, "width": width, "height": height},
            field,
        )
    if min(width, height) < LEAST_SIDE:
        raise UploadRefused(
            _("Hình %(name)s quá nhỏ (%(width)s × %(height)s điểm ảnh), người xem sẽ không nhìn rõ.")
            % {"name": shown, "width": width, "height": height},
            field,
        )


def _drawn_again(picture: Image.Image, kind: FileType) -> Image.Image:
    turned = ImageOps.exif_transpose(picture)
    allowed = _MODES[kind]
    if turned.mode not in allowed:
        see_through = "A" in turned.getbands() or "transparency" in turned.info
        turned = turned.convert("RGBA" if see_through and "RGBA" in allowed else "RGB")
    # A new image of the same points carries none of the old one's notes.
    fresh = Image.new(turned.mode, turned.size)
    fresh.paste(turned)
    return fresh
