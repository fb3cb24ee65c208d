"""Opens an uploaded picture safely: its first bytes decide what it is, its header how large it may become."""

import re
import warnings
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, UnidentifiedImageError

from .errors import UnreadableStill
from .recipes import StillFormat

MOST_BYTES = 40_000_000
MOST_PIXELS = 60_000_000
LONGEST_SIDE = 20_000
TOO_LARGE = "Hình cần quá nhiều bộ nhớ để cắt nên đã dừng. Vui lòng thu nhỏ hình rồi tải lên lại."
_GPS_TAG = 0x8825
_SENTENCE_LIST = "Hệ thống nhận ảnh PNG, JPEG, WebP và AVIF."
# Code in front of, behind or inside a picture: harmless to Pillow, not to a browser that guesses types.
_CODE = re.compile(rb"<(?:!doctype\s+html|html|script|svg|\?php|iframe|body)[\s>]|<\?php", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class StillFacts:
    """What is known of a picture after it was decoded to its last line.

    `width` and `height` are as seen (after the camera's turn); `located` tells that the file carries a
    place (GPS).
    """

    file_format: StillFormat
    width: int
    height: int
    size_bytes: int
    has_alpha: bool
    frames: int
    turned: bool
    located: bool
    has_metadata: bool


def kind_of(head: bytes) -> StillFormat | None:
    """The format by the first 32 bytes, whatever the file is called."""
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return StillFormat.PNG
    if head.startswith(b"\xff\xd8\xff"):
        return StillFormat.JPEG
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return StillFormat.WEBP
    if head[4:8] == b"ftyp" and head[8:12] in (b"avif", b"avis"):
        return StillFormat.AVIF
    return None


def inspect_still(path: Path) -> StillFacts:
    """Reads and decodes a picture. Raises UnreadableStill with the reason as a Vietnamese sentence."""
    size = path.stat().st_size
    if size == 0:
        raise UnreadableStill("Tệp rỗng, không có nội dung. Vui lòng chọn lại tệp ảnh.")
    if size > MOST_BYTES:
        raise UnreadableStill(
            f"Ảnh nặng {size / 1e6:.0f} MB, quá mức {MOST_BYTES // 1_000_000} MB. Vui lòng giảm kích thước ảnh."
        )
    data = path.read_bytes()
    kind = kind_of(data[:32])
    if kind is None:
        raise UnreadableStill(_stranger(data[:512]))
    if _CODE.search(data):
        raise UnreadableStill("Tệp ảnh có lẫn mã lệnh nên bị từ chối. Vui lòng xuất lại ảnh từ tệp gốc.")
    try:
        # Phones write odd EXIF that Pillow warns about and skips; our own limit refuses what is too large.
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return _decoded(path, kind, size)
    except UnreadableStill:
        raise
    except Image.DecompressionBombError as error:
        raise UnreadableStill(_too_many_pixels()) from error
    except MemoryError as error:
        raise UnreadableStill(TOO_LARGE) from error
    except (
        UnidentifiedImageError,
        OSError,
        SyntaxError,
        ValueError,
        EOFError,
    ) as error:
        raise UnreadableStill("Ảnh bị hỏng hoặc chưa tải lên đủ. Vui lòng tải lại tệp ảnh.") from error


def _decoded(path: Path, kind: StillFormat, size: int) -> StillFacts:
    with Image.open(path, formats=[kind.value]) as picture:
        width, height = picture.size
        if width * height > MOST_PIXELS or max(width, height) > LONGEST_SIDE:
            raise UnreadableStill(_too_many_pixels(width, height))
        exif = picture.getexif()
        turned = exif.get(0x0112, 1) not in (0, 1)
        located = bool(exif.get_ifd(_GPS_TAG))
        metadata = bool(exif) or any(
            key in picture.info for key in ("icc_profile", "xmp", "XML:com.adobe.xmp", "comment")
        )
        alpha = picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info
        frames = int(getattr(picture, "n_frames", 1))
        if kind is StillFormat.JPEG:
            # An eighth of the size still reads every byte, with a sixtieth of the memory.
            picture.draft("RGB", (max(1, width // 8), max(1, height // 8)))
        picture.load()
        if exif.get(0x0112, 1) in (5, 6, 7, 8):
            width, height = height, width
    return StillFacts(kind, width, height, size, alpha, frames, turned, located, metadata)


def _too_many_pixels(width: int = 0, height: int = 0) -> str:
    shown = f" {width}×{height} điểm ảnh" if width else ""
    return f"Ảnh{shown} quá lớn, hệ thống nhận tối đa {MOST_PIXELS // 1_000_000} triệu điểm ảnh. Vui lòng thu nhỏ ảnh."


def _stranger(head: bytes) -> str:
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<svg", b"<?xml")):
        return f"Tệp SVG có thể chứa mã lệnh nên không được nhận. {_SENTENCE_LIST}"
    if head.startswith(b"%PDF"):
        return f"Đây là tệp PDF, không phải ảnh. {_SENTENCE_LIST}"
    if head.startswith((b"GIF8", b"BM", b"II*\x00", b"MM\x00*")) or b"ftyphei" in head[:16]:
        return f"Định dạng ảnh này chưa được nhận. {_SENTENCE_LIST} Vui lòng lưu lại ảnh theo một trong các định dạng đó."
    return f"Tệp này không phải là ảnh. {_SENTENCE_LIST}"
