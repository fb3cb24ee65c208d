"""What a platform would refuse in a text, said before anything is sent. Pure; the numbers stand in cms/channels/specs."""

from __future__ import annotations

from cms.channels.specs import REEL, WORD_OF_UNIT, Limit, Spec
from publishers.adapters.seam import Media, Request

_TOO_LONG = (
    "{field} dài {length} {unit}, quá giới hạn {longest} {unit} của {platform}. Xin rút ngắn {excess} {unit}."
)
_MISSING = "{platform} cần có {field}. Xin bổ sung rồi gửi lại."


def text_findings(platform: str, field: str, text: str, limit: Limit) -> list[str]:
    """Return a sentence when `text` is missing though required, or longer than `limit`."""
    if limit.required and not text.strip():
        return [_MISSING.format(platform=platform, field=field)]
    excess = limit.excess(text)
    if not excess:
        return []
    sentence = _TOO_LONG.format(
        platform=platform, field=field.capitalize(), length=limit.length(text), longest=limit.longest, excess=excess,
        unit=WORD_OF_UNIT[limit.unit],
    )  # fmt: skip
    return [sentence]


def picture_findings(platform: str, picture: Media, spec: Spec, types: frozenset[str]) -> list[str]:
    """Return sentences for a picture of the wrong kind or too many bytes."""
    return _file_findings(platform, "Ảnh", picture, spec.image_bytes, types, "JPG hoặc PNG")


def clip_findings(platform: str, clip: Media, spec: Spec, types: frozenset[str]) -> list[str]:
    """Return sentences for a clip of the wrong kind, empty, or too many bytes."""
    return _file_findings(platform, "Video", clip, spec.clip_bytes, types, "MP4")


def reel_findings(clip: Media) -> list[str]:
    """Return sentences for a clip that Facebook does not take as a reel; what was not measured passes."""
    name = f" “{clip.title}”" if clip.title else ""
    found = []
    if not REEL.takes_length(clip.seconds):
        found.append(
            f"Video{name} dài {_number(clip.seconds)} giây; Reel nhận từ {REEL.least_seconds} đến {REEL.longest_seconds} "
            "giây. Xin cắt lại hoặc đăng như video thường."
        )
    if not REEL.takes_size(clip.width, clip.height):
        found.append(
            f"Video{name} có khung {clip.width}×{clip.height} điểm ảnh; Reel cần ít nhất "
            f"{REEL.least_width}×{REEL.least_height}. Xin dùng bản rõ hơn."
        )
    elif not REEL.is_upright(clip.width, clip.height):
        found.append(
            f"Video{name} có khung {clip.width}×{clip.height}, không phải khung dọc 9:16 của Reel. "
            "Xin dùng bản dọc hoặc đăng như video thường."
        )
    return found


def _file_findings(
    platform: str, noun: str, media: Media, largest: int | None, types: frozenset[str], wanted: str
) -> list[str]:
    name = f" “{media.title}”" if media.title else ""
    found = []
    if media.media_type not in types:
        found.append(f"{noun}{name} không đúng loại tệp {platform} nhận. Xin dùng tệp {wanted}.")
    if media.size <= 0:
        found.append(f"{noun}{name} là tệp rỗng. Xin tải lại tệp vào kho tài liệu.")
    if largest is not None and media.size > largest:
        # Rounded up: a file one byte too large must not read as if it had exactly the allowed size.
        size = -(-media.size * 10 // (1024 * 1024)) / 10
        found.append(
            f"{noun}{name} nặng {_number(size)} MB, quá giới hạn {_number(largest / (1024 * 1024))} MB của {platform}. "
            "Xin dùng bản nhẹ hơn."
        )
    return found


def _number(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0").replace(".", ",")


def link_findings(platform: str, request: Request) -> list[str]:
    """Return a sentence for a link that is not a web address."""
    if request.link and not request.link.startswith(("https://", "http://")):
        return [f"Liên kết gửi tới {platform} phải bắt đầu bằng https://. Xin sửa lại liên kết."]
    return []
