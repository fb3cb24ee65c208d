"""What can be cut from an asset, by key: from which of its files, for whom, within which time and memory."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from media.library.models import Asset
from media.library.versions import CLIP, PICTURE, SOUND, AssetFile, files_of
from media.renditions import recipes
from media.renditions.recipes import ClipRecipe, CutRecipe

_MEGABYTE: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class Offer:
    """One entry of the table. `seconds` is the time limit of one try, for clips per minute of the source with `seconds`
    at least; `megabytes` the most memory one program may take."""

    key: str
    label: str | Promise
    use: str | Promise
    role: str
    seconds: int
    megabytes: int
    recipe: CutRecipe | ClipRecipe | None = None
    # What only packs take is not offered on the page.
    is_shown: bool = True

    @property
    def takes_wishes(self) -> bool:
        """Whether logo, cards, captions and fit can be chosen."""
        return isinstance(self.recipe, ClipRecipe)

    @property
    def memory(self) -> int:
        """The memory limit in bytes."""
        return self.megabytes * _MEGABYTE

    def limit(self, seconds: float | None) -> int:
        """Return the time limit in seconds for a recording of `seconds`."""
        return max(self.seconds, round((seconds or 0) / 60 * self.seconds))


def _still(
    key: str, label: str | Promise, use: str | Promise, recipe: CutRecipe | None, is_shown: bool = True
) -> Offer:
    return Offer(key, label, use, PICTURE, 60, 1500, recipe, is_shown)


def _clip(recipe: ClipRecipe, label: str | Promise, use: str | Promise) -> Offer:
    return Offer(recipe.key, label, use, CLIP, 300, 3000, recipe)


A4_SHEET: Final = "a4_print"
SHEET, WAVE, LEVELLED, POSTER_FRAME = "contact_sheet", "waveform", "sound", "poster_frame"

OFFERS: Final[dict[str, Offer]] = {
    f"{offer.role}:{offer.key}": offer
    for offer in (
        _still("portal_square", _("Vuông 1080×1080"), _("Bài ảnh Facebook, Zalo"), recipes.PORTAL_SQUARE),
        _still("portal_link", _("Ngang 1200×630"), _("Ảnh đi kèm liên kết"), recipes.PORTAL_LINK),
        _still("portal_story", _("Dọc 1080×1920"), _("Tin (story), màn hình đứng"), recipes.PORTAL_STORY),
        _still("youtube_thumbnail", _("Ngang 1280×720"), _("Ảnh bìa YouTube"), recipes.YOUTUBE_THUMBNAIL),
        _still("led_board", _("Bảng LED 1920×1080"), _("Bảng điện tử nơi công cộng"), recipes.LED_BOARD),
        _still(A4_SHEET, _("Bản in A4, 300 dpi"), _("Dán bảng tin; có mã QR"), None),
        _still("facebook_photo", _("Cả hình, tối đa 2048×2048"), _("Ảnh Trang Facebook"), recipes.FACEBOOK_PHOTO),
        _still("zalo_picture", _("Cả hình, tối đa 1280×1280"), _("Ảnh bài viết Zalo"), recipes.ZALO_PICTURE),
        _still("portal_webp", _("WebP, tối đa 1600×1600"), _("Cổng thông tin điện tử"), recipes.PORTAL_WEBP),
        _still("portal_avif", _("AVIF, tối đa 1200×1200"), _("Cổng thông tin điện tử, mạng yếu"), recipes.PORTAL_AVIF),
        _still("portal_small", _("Nhỏ 640×360"), _("Danh sách trên cổng"), recipes.PORTAL_SMALL),
        _still("card", _("Thẻ cầm tay A5"), _("Gói thẻ cầm tay"), recipes.HAND_CARD, is_shown=False),
        _still("phone", _("Điện thoại, tối đa 400 KB"), _("Gói thẻ cầm tay"), recipes.PHONE, is_shown=False),
        _clip(recipes.CLIP_WIDE, _("Ngang 1280×720"), _("YouTube, Trang Facebook")),
        _clip(recipes.CLIP_FULL, _("Ngang 1920×1080"), _("YouTube, bảng LED")),
        _clip(recipes.CLIP_SQUARE, _("Vuông 1080×1080"), _("Trang Facebook, Zalo")),
        _clip(recipes.CLIP_STORY, _("Dọc 1080×1920"), _("Reels, Shorts, tin (story)")),
        Offer(POSTER_FRAME, _("Ảnh bìa 1280×720"), _("Hình đại diện của video"), CLIP, 60, 1500),
        Offer(SHEET, _("Bảng khung hình"), _("Xem nhanh cả video"), CLIP, 120, 3000),
        Offer(LEVELLED, _("Chỉ lấy tiếng, MP3 −16 LUFS"), _("Loa truyền thanh, radio"), CLIP, 120, 3000),
        Offer(WAVE, _("Dạng sóng âm thanh"), _("Xem chỗ có tiếng, chỗ lặng"), CLIP, 120, 3000),
        Offer(LEVELLED, _("MP3 cân âm lượng −16 LUFS"), _("Loa truyền thanh, radio"), SOUND, 120, 3000),
        Offer(WAVE, _("Dạng sóng âm thanh"), _("Xem chỗ có tiếng, chỗ lặng"), SOUND, 120, 3000),
    )
}  # fmt: skip


def offers_for(asset: Asset) -> dict[str, tuple[Offer, AssetFile]]:
    """Return what can be cut from `asset` as it stands, with the file it is cut from, in the order of the table."""
    files = {file.role: file for file in files_of(asset)}
    return {name: (offer, files[offer.role]) for name, offer in OFFERS.items() if offer.role in files}
