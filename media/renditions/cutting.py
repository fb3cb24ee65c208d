"""Cuts an uploaded picture to a channel's size and weight; metadata (place, camera, comments) never travel
along.
"""

import hashlib
import io
import os
import warnings
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageCms, ImageOps
from PIL.PngImagePlugin import PngInfo

from .errors import StillTooHeavy, UnreadableStill
from .inspection import StillFacts, inspect_still
from .recipes import CutRecipe, StillFormat

_SMALLEST_SHARE = 0.5
_WIDEST_PROFILE = 1_000_000


@dataclass(frozen=True, slots=True)
class Cut:
    """A written cut; `quality` is None for PNG."""

    path: Path
    width: int
    height: int
    file_format: StillFormat
    size_bytes: int
    sha256: str
    quality: int | None


def reencode_still(
    source: Path,
    recipe: CutRecipe,
    target: Path,
    *,
    focal: tuple[float, float] = (0.5, 0.5),
    facts: StillFacts | None = None,
    mark: bytes = b"",
) -> Cut:
    """Writes the picture as the channel takes it, with the focal point (shares of width and height) kept in
    sight.

    `target` appears complete or not at all; its suffix is the caller's choice, the result tells the
    format taken. `facts` of an earlier `inspect_still` of the same bytes spare a second inspection. `mark` is an XMP packet that
    goes into the file (“made by a machine”).
    Raises UnreadableStill for a bad source and StillTooHeavy when even half the size at the lowest
    quality is over the limit.
    """
    facts = facts or inspect_still(source)
    picture, profile = decode(source, facts.file_format, jpeg_share(facts, recipe))
    return write_cut(framed(picture, profile, recipe, focal), facts.file_format, recipe, target, mark)


def jpeg_share(facts: StillFacts, recipe: CutRecipe) -> int:
    """By how much a JPEG's decoder may divide the sides while it reads (1, 2, 4 or 8), so that the cut still shrinks; 1 for
    any other kind.
    """
    if facts.file_format is not StillFormat.JPEG:
        return 1
    wide, high = recipe.width, recipe.height
    if not recipe.crop:
        share = min(1.0, wide / facts.width, high / facts.height)
        wide, high = round(facts.width * share) or 1, round(facts.height * share) or 1
    room = min(facts.width // wide, facts.height // high)
    return next((share for share in (8, 4, 2) if room >= share), 1)


def decode(source: Path, kind: StillFormat, share: int) -> tuple[Image.Image, bytes | None]:
    """The picture, upright, its sides divided by `share`; and its colour profile. Raises UnreadableStill."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(source, formats=[kind.value]) as opened:
                profile = opened.info.get("icc_profile")
                if kind is StillFormat.JPEG:
                    opened.draft("RGB", (max(1, opened.width // share), max(1, opened.height // share)))
                opened.load()
                # In place: a copy of a large picture costs as much again.
                ImageOps.exif_transpose(opened, in_place=True)
                return opened, profile
    except (OSError, ValueError, SyntaxError) as error:
        raise UnreadableStill("Ảnh bị hỏng hoặc chưa tải lên đủ. Vui lòng tải lại tệp ảnh.") from error


def write_cut(framed: Image.Image, kind: StillFormat, recipe: CutRecipe, target: Path, mark: bytes) -> Cut:
    """Encodes and writes a framed picture. `kind` is what the source was.

    Raises StillTooHeavy as `reencode_still` does.
    """
    for file_format in _order(recipe, kind):
        fitted = _within_limit(framed, file_format, recipe, mark)
        if fitted is not None:
            data, size, quality = fitted
            _write(data, target)
            return Cut(target, *size, file_format, len(data), hashlib.sha256(data).hexdigest(), quality)
    raise StillTooHeavy(
        f"Không thể đưa ảnh về dưới {recipe.max_bytes / 1e6:g} MB cho {recipe.label} mà vẫn rõ. "
        "Vui lòng chọn ảnh đơn giản hơn hoặc nhỏ hơn."
    )


def framed(
    picture: Image.Image, profile: bytes | None, recipe: CutRecipe, focal: tuple[float, float]
) -> Image.Image:
    """The part of a decoded picture that the recipe shows, in its size, in sRGB; the decoded picture stays as it is."""
    if picture.mode in ("P", "PA", "LA") or "transparency" in picture.info:
        picture = picture.convert("RGBA")
    width, height = picture.size
    if recipe.crop:
        box = crop_box(width, height, recipe.width / recipe.height, focal)
        size = (recipe.width, recipe.height)
        return _plain(picture.resize(size, Image.Resampling.LANCZOS, box=box, reducing_gap=2.0), profile)
    share = min(1.0, recipe.width / width, recipe.height / height)
    if share < 1.0:
        size = (max(1, round(width * share)), max(1, round(height * share)))
        return _plain(picture.resize(size, Image.Resampling.LANCZOS, reducing_gap=2.0), profile)
    # `_plain` takes the notes off; the decoded picture keeps its own for the next cut.
    return _plain(picture.copy(), profile)


def crop_box(
    width: int, height: int, ratio: float, focal: tuple[float, float]
) -> tuple[float, float, float, float]:
    """The largest box of the ratio inside width × height whose middle lies as near as possible to the focal
    point.
    """
    if width / height > ratio:
        wide, high = height * ratio, float(height)
    else:
        wide, high = float(width), width / ratio
    left = min(max(focal[0] * width - wide / 2, 0.0), width - wide)
    top = min(max(focal[1] * height - high / 2, 0.0), height - high)
    return left, top, left + wide, top + high


def _plain(picture: Image.Image, profile: bytes | None) -> Image.Image:
    """RGB or RGBA in sRGB, without palette, profile or other cargo."""
    if profile and len(profile) <= _WIDEST_PROFILE and picture.mode in ("RGB", "RGBA", "CMYK"):
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            mode = "RGBA" if picture.mode == "RGBA" else "RGB"
            turned = ImageCms.profileToProfile(
                picture, source, ImageCms.createProfile("sRGB"), outputMode=mode
            )
            picture = turned if turned is not None else picture
        except (ImageCms.PyCMSError, OSError, ValueError):
            # A broken profile is cargo like any other: the numbers are then read as sRGB.
            pass
    if picture.mode not in ("RGB", "RGBA"):
        picture = picture.convert("RGB")
    if picture.mode == "RGBA" and picture.getextrema()[3] == (255, 255):
        picture = picture.convert("RGB")
    # What is left in `info` (comment, profile, resolution) would be written out again by the encoders.
    picture.info = {}
    return picture


def _order(recipe: CutRecipe, source: StillFormat) -> tuple[StillFormat, ...]:
    """Drawings stay PNG where the channel takes it; photographs do not become PNG."""
    if StillFormat.PNG in recipe.formats and source is not StillFormat.PNG and len(recipe.formats) > 1:
        return tuple(f for f in recipe.formats if f is not StillFormat.PNG)
    return recipe.formats


def _within_limit(
    picture: Image.Image, file_format: StillFormat, recipe: CutRecipe, mark: bytes
) -> tuple[bytes, tuple[int, int], int | None] | None:
    """The best encoding under the limit: first lower quality, then, unless the size is fixed, a smaller
    picture.
    """
    if file_format is StillFormat.PNG:
        data = _encoded(picture, file_format, 0, mark)
        return (data, picture.size, None) if len(data) <= recipe.max_bytes else None
    share = 1.0
    while share >= _SMALLEST_SHARE:
        sized = picture
        if share < 1.0:
            sized = picture.resize(
                (round(picture.width * share), round(picture.height * share)), reducing_gap=2.0
            )
        for quality in range(recipe.quality, recipe.lowest_quality - 1, -10):
            data = _encoded(sized, file_format, quality, mark)
            if len(data) <= recipe.max_bytes:
                return data, sized.size, quality
        if recipe.crop:
            return None
        share -= 0.125
    return None


def _encoded(picture: Image.Image, file_format: StillFormat, quality: int, mark: bytes) -> bytes:
    sheet = io.BytesIO()
    xmp: dict[str, bytes] = {"xmp": mark} if mark else {}
    if file_format is StillFormat.JPEG:
        flat = picture
        if picture.mode == "RGBA":
            flat = Image.new("RGB", picture.size, (255, 255, 255))
            flat.paste(picture, mask=picture.getchannel("A"))
        try:
            flat.save(sheet, "JPEG", quality=quality, optimize=True, progressive=True, **xmp)
        except OSError:
            # Pillow sizes its buffer for pictures; one of pure noise overflows it while the tables are optimised.
            sheet = io.BytesIO()
            flat.save(sheet, "JPEG", quality=quality, **xmp)
    elif file_format is StillFormat.PNG:
        notes = PngInfo()
        if mark:
            notes.add_itxt("XML:com.adobe.xmp", mark.decode())
        picture.save(sheet, "PNG", compress_level=6, pnginfo=notes)
    elif file_format is StillFormat.WEBP:
        picture.save(sheet, "WEBP", quality=quality, method=3, **xmp)
    else:
        picture.save(sheet, "AVIF", quality=quality, speed=8, max_threads=2, **xmp)
    return sheet.getvalue()


def _write(data: bytes, target: Path) -> None:
    partial = target.with_name(f".{target.name}.part")
    try:
        partial.write_bytes(data)
        os.replace(partial, target)
    finally:
        partial.unlink(missing_ok=True)
