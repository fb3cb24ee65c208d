"""Draws the demo's infographic and makes its clip from the same words."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from cms.core import clock
from media.renditions.content import Callout, InfographicContent, Step
from media.renditions.recipes import CLIP_WIDE, PORTRAIT
from media.renditions.scenes import storyboard
from media.renditions.stills import draw_infographic

# Seconds of the finished clip.
CLIP_SECONDS = 24.0


@dataclass(frozen=True)
class Made:
    """A file that was made, what it says in words, and the captions beside a clip."""

    path: Path
    in_words: str
    captions: Path | None = None


def words(issuer: str) -> InfographicContent:
    """Return what graphic and clip say."""
    return InfographicContent(
        title="Nộp hồ sơ trực tuyến: sáu bước làm tại nhà",
        kicker="Dịch vụ công trực tuyến",
        lead="Cả nước dùng chung một địa chỉ",
        steps=(
            Step("Vào dichvucong.gov.vn", "Địa chỉ duy nhất của Cổng Dịch vụ công quốc gia", icon="globe"),
            Step("Đăng nhập bằng VNeID mức 2", "Tài khoản định danh điện tử của chính mình", icon="mobile"),
            Step("Tìm đúng thủ tục", "Gõ tên thủ tục vào ô tìm kiếm", icon="magnifier"),
            Step("Điền thông tin, đính kèm giấy tờ", "Theo hướng dẫn trên màn hình", icon="document"),
            Step("Kiểm tra rồi gửi", "Nộp phí trực tuyến nếu có", icon="check"),
            Step("Theo dõi, nhận kết quả", "Giữ lại mã hồ sơ", icon="clock"),
        ),
        callouts=(Callout("Tổng đài hỗ trợ", "1800 1096", icon="phone"),),
        issuer=issuer,
        issued_on=clock.today(),
        verify_address=f"{settings.PUBLIC_BASE_URL}/xac-minh/",
        show_qr=False,
    )


def _folder() -> Path:
    folder = Path(settings.VAR_DIR) / "demo-drawings"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def draw_graphic(issuer: str) -> Made:
    """Draw the infographic (1080 × 1350 pixels, PNG)."""
    drawn = draw_infographic(words(issuer), PORTRAIT, _folder() / "sau-buoc.png")
    return Made(drawn.path, drawn.in_words)


def film_clip(issuer: str, progress: Callable[[float], None]) -> Made:
    """Make the clip (1280 × 720, captions burnt in and beside it), or take the one made from the same words before.

    `progress` hears shares from 0 to 1. A clip appears complete or not at all, so one that is there is whole."""
    content = words(issuer)
    stem = f"sau-buoc-{hashlib.sha256(repr(content).encode()).hexdigest()[:12]}"
    target, captions = _folder() / f"{stem}.mp4", _folder() / f"{stem}.srt"
    if not (target.exists() and captions.exists()):
        from media.renditions.moving import make_clip  # numpy and drawing: only needed here

        scenes = storyboard(content, seconds=CLIP_SECONDS)
        make_clip(scenes, CLIP_WIDE, target, captions=captions, progress=progress)
    return Made(target, content.in_words(), captions)
