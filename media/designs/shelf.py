"""The designs that are shipped, and the colours they come in. Plain data."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from media.renditions.palette import Palette, Tone, colour, palette_for

WIDTH, HEIGHT = 1080, 1350


@dataclass(frozen=True, slots=True)
class Design:
    """One design (mẫu thiết kế): which named fields it has, and between which numbers of points."""

    key: str
    name: str
    about: str
    fewest: int
    most: int
    takes_picture: bool = False
    first_colour: str = "xanh-duong"


STEPS = Design("cac-buoc", "Các bước", "Ba đến sáu bước có đánh số, cho thủ tục phải làm theo thứ tự.", 3, 6)
WARNING = Design(
    "canh-bao", "Cảnh báo", "Dấu hiệu phải tránh, nền đỏ, cho thông báo giả mạo, lừa đảo.", 2, 5, first_colour="do"
)  # fmt: skip
PICTURE = Design(
    "anh-va-y", "Ảnh và ý chính", "Một ảnh thật ở trên, hai đến bốn ý ở dưới.", 2, 4, takes_picture=True,
    first_colour="xanh-la",
)  # fmt: skip
MESSAGE = Design("loi-nhan", "Lời nhắn", "Một câu thật lớn, thêm tối đa hai ý.", 0, 2, first_colour="tim")

DESIGNS: Final[dict[str, Design]] = {design.key: design for design in (STEPS, WARNING, PICTURE, MESSAGE)}

_GUIDE = palette_for(Tone.GUIDE)
#: Every colour keeps the contrast of 4.5 of the house; a test measures it.
COLOURS: Final[dict[str, tuple[str, Palette]]] = {
    "xanh-duong": ("Xanh dương", _GUIDE),
    "xanh-la": (
        "Xanh lá",
        replace(
            _GUIDE, primary=colour("#17633B"), deep=colour("#0D4428"), glow=colour("#3C9A66"),
            tint=colour("#E3F3E9"), on_primary_soft=colour("#D9F2E3"), ink=colour("#12291C"), muted=colour("#41584B"),
            paper=colour("#F3F8F4"), line=colour("#D3E4D9"),
        ),
    ),
    "tim": (
        "Tím",
        replace(
            _GUIDE, primary=colour("#5B2A86"), deep=colour("#3C1A5B"), glow=colour("#8E5BBB"),
            tint=colour("#F0E8F7"), on_primary_soft=colour("#EBDDF7"), ink=colour("#24142F"), muted=colour("#574763"),
            paper=colour("#F8F5FA"), line=colour("#E2D6EA"),
        ),
    ),
    "do": ("Đỏ cảnh báo", palette_for(Tone.WARNING)),
}  # fmt: skip
