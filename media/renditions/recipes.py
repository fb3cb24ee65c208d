"""The sizes and limits of every file we cut, as plain data. Lengths are pixels, weights are bytes."""

from dataclasses import dataclass
from enum import StrEnum

#: A text smaller than this share of the width cannot be read on a phone 360 px wide (28 px of 1080).
READABLE_SHARE = 28 / 1080


class StillFormat(StrEnum):
    PNG = "PNG"
    JPEG = "JPEG"
    WEBP = "WEBP"
    AVIF = "AVIF"

    @property
    def mime(self) -> str:
        return f"image/{self.value.lower()}"

    @property
    def suffix(self) -> str:
        return ".jpg" if self is StillFormat.JPEG else f".{self.value.lower()}"


@dataclass(frozen=True, slots=True)
class Recipe:
    """A still that is drawn from texts.

    `print_dpi` is set for paper; on paper the smallest text is 9 point instead of the phone's share of
    the width. `shows_step_text` is off where only the headings of the steps have room.
    """

    key: str
    label: str
    width: int
    height: int
    file_format: StillFormat = StillFormat.PNG
    shows_step_text: bool = True
    print_dpi: int | None = None

    @property
    def ratio(self) -> float:
        return self.width / self.height

    @property
    def smallest_text(self) -> int:
        """The smallest allowed text size in pixels."""
        if self.print_dpi:
            return round(9 / 72 * self.print_dpi)
        return -(-self.width * 28 // 1080)


@dataclass(frozen=True, slots=True)
class ClipRecipe:
    """A clip: frame size, frame rate and x264 settings."""

    key: str
    label: str
    width: int
    height: int
    fps: int = 25
    crf: int = 21
    preset: str = "veryfast"

    @property
    def ratio(self) -> float:
        return self.width / self.height


@dataclass(frozen=True, slots=True)
class CutRecipe:
    """A still that is cut from an uploaded picture.

    With `crop` the result has exactly width × height and keeps the focal point inside; without it the
    picture only shrinks until it lies within width × height. `formats` lists what the channel takes, the
    preferred one first.
    """

    key: str
    label: str
    width: int
    height: int
    formats: tuple[StillFormat, ...]
    max_bytes: int
    crop: bool = False
    quality: int = 90
    lowest_quality: int = 60


SQUARE = Recipe("square", "vuông 1080×1080", 1080, 1080)
LINK_CARD = Recipe("link_card", "ngang 1200×630", 1200, 630, shows_step_text=False)
STORY = Recipe("story", "dọc 1080×1920", 1080, 1920)
WIDE = Recipe("wide", "ngang 1280×720", 1280, 720, shows_step_text=False)
PORTRAIT = Recipe("portrait", "dọc 1080×1350", 1080, 1350)
A4_PRINT = Recipe("a4_print", "in A4 300 dpi", 2480, 3508, print_dpi=300)

STILLS: dict[str, Recipe] = {r.key: r for r in (SQUARE, LINK_CARD, STORY, WIDE, PORTRAIT, A4_PRINT)}

CLIP_WIDE = ClipRecipe("clip_wide", "video ngang 1280×720", 1280, 720)
CLIP_FULL = ClipRecipe("clip_full", "video ngang 1920×1080", 1920, 1080)
CLIP_SQUARE = ClipRecipe("clip_square", "video vuông 1080×1080", 1080, 1080)
CLIP_STORY = ClipRecipe("clip_story", "video dọc 1080×1920", 1080, 1920)

CLIPS: dict[str, ClipRecipe] = {r.key: r for r in (CLIP_WIDE, CLIP_FULL, CLIP_SQUARE, CLIP_STORY)}

_JPEG, _PNG, _WEBP, _AVIF = StillFormat.JPEG, StillFormat.PNG, StillFormat.WEBP, StillFormat.AVIF

#: Facebook Page photo: JPEG or PNG, at most 4 MB.
FACEBOOK_PHOTO = CutRecipe("facebook_photo", "ảnh Trang Facebook", 2048, 2048, (_PNG, _JPEG), 4_000_000)
#: Zalo article cover or body picture: Zalo fetches it itself; at most 1 MB, at most 1280 px wide.
ZALO_PICTURE = CutRecipe("zalo_picture", "ảnh bài viết Zalo", 1280, 1280, (_JPEG,), 1_000_000)
#: YouTube thumbnail: exactly 1280×720, at most 2 MB.
YOUTUBE_THUMBNAIL = CutRecipe(
    "youtube_thumbnail", "ảnh bìa YouTube", 1280, 720, (_JPEG,), 2_000_000, crop=True
)
PORTAL_LINK = CutRecipe(
    "portal_link", "ảnh liên kết cổng", 1200, 630, (_JPEG,), 1_000_000, crop=True, quality=85
)
PORTAL_SQUARE = CutRecipe(
    "portal_square", "ảnh vuông", 1080, 1080, (_JPEG,), 2_000_000, crop=True, quality=85
)
PORTAL_STORY = CutRecipe("portal_story", "ảnh dọc", 1080, 1920, (_JPEG,), 2_000_000, crop=True, quality=85)
PORTAL_SMALL = CutRecipe("portal_small", "ảnh nhỏ", 640, 360, (_JPEG,), 300_000, crop=True, quality=82)
PORTAL_WEBP = CutRecipe("portal_webp", "ảnh cổng WebP", 1600, 1600, (_WEBP,), 1_000_000, quality=82)
PORTAL_AVIF = CutRecipe(
    "portal_avif", "ảnh cổng AVIF", 1200, 1200, (_AVIF,), 1_000_000, quality=65, lowest_quality=45
)
#: LED boards at crossroads and public squares: 16:9, JPEG, read from afar, so the whole picture fills the board.
LED_BOARD = CutRecipe(
    "led_board", "bảng LED 1920×1080", 1920, 1080, (_JPEG,), 3_000_000, crop=True, quality=90
)

CUTS: dict[str, CutRecipe] = {
    r.key: r
    for r in (
        FACEBOOK_PHOTO,
        ZALO_PICTURE,
        YOUTUBE_THUMBNAIL,
        PORTAL_LINK,
        PORTAL_SQUARE,
        PORTAL_STORY,
        PORTAL_SMALL,
        PORTAL_WEBP,
        PORTAL_AVIF,
        LED_BOARD,
    )
}

#: A hand card of A5 for community digital teams.
HAND_CARD = CutRecipe("card", "thẻ A5", 1400, 1000, (_JPEG,), 1_000_000, quality=85)
#: A phone shows it whole and sends it on with one tap.
PHONE = CutRecipe("phone", "điện thoại", 1080, 1920, (_JPEG,), 400_000, quality=84, lowest_quality=54)

#: Cuts that only download packs take.
PACK_CUTS: dict[str, CutRecipe] = {r.key: r for r in (HAND_CARD, PHONE)}
