"""What a channel would refuse or a reader would stumble over: findings about one variant, as sentences.

Pure: no Django. An ERROR forbids approval; a WARNING is said and may be overruled; a NOTE only informs."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum
from typing import Final
from urllib.parse import urlsplit

from campaigns.posts.imprint import signed
from cms.channels.specs import MB, WORD_OF_UNIT, Attachments, Limit, Spec, spec_for
from cms.facts.placeholders import LABELS, find_placeholders, has_loose_braces, unknown_placeholders


class Severity(IntEnum):
    NOTE = 0
    WARNING = 1
    ERROR = 2


@dataclass(frozen=True, slots=True)
class Finding:
    """One sentence about one place: `kind` is the channel kind, `field` the place on the form ("" : the whole)."""

    severity: Severity
    sentence: str
    field: str = ""
    kind: str = ""

    @property
    def forbids(self) -> bool:
        """Whether this finding forbids approval."""
        return self.severity is Severity.ERROR


@dataclass(frozen=True, slots=True)
class MediaFacts:
    """What the rules need to know about one chosen asset. `kind` is "image", "clip", "audio" or "other"."""

    kind: str
    title: str = ""
    size: int = 0  # bytes
    alt_text: str = ""
    transcript: str = ""
    # Why the library refuses to let it go out ("" : it does not), for example a draft among its sources.
    refusal: str = ""
    # Of a clip; 0 where nobody knows.
    seconds: float = 0.0
    width: int = 0  # points
    height: int = 0


#: Words on the form, for the sentences.
_FIELD_WORDS: Final = {"title": "Tiêu đề", "summary": "Tóm tắt", "text": "Nội dung"}
_KIND_WORDS: Final = {
    "facebook": "bài trên Trang Facebook",
    "youtube": "video trên Kênh YouTube",
    "zalo": "bài viết trên Zalo OA",
    "loudspeaker": "bản tin phát thanh",
    "portal": "bài trên Cổng thông tin điện tử",
    "tiktok": "video trên Kênh TikTok",
    "sms": "tin nhắn",
    "notice-board": "bài trên bảng tin",
    "press": "bài gửi báo chí",
}
#: Links of these hosts are refused by Facebook as the link of a post.
_FACEBOOK_HOSTS: Final = ("facebook.com", "fb.com", "fb.me", "fb.watch")


def findings(
    kind: str,
    *,
    title: str = "",
    summary: str = "",
    text: str = "",
    link: str = "",
    media: Sequence[MediaFacts] = (),
    closing: str = "",
) -> list[Finding]:
    """Return what stands against this variant on a channel of `kind`, the gravest first. Raises KeyError for an
    unknown kind. Texts are counted in NFC as the platform counts them; `closing` are the lines the text will end
    with (imprint), which count with it."""
    spec = spec_for(kind)
    found = [
        *_lengths(spec, closing, title=title, summary=summary, text=text),
        *_forbidden_signs(spec, title=title, text=text),
        *_control_signs(title=title, summary=summary, text=text),
        *_placeholders(spec, title=title, summary=summary, text=text),
        *_link(spec, link),
        *_attachments(spec, media),
    ]
    return sorted((replace(finding, kind=kind) for finding in found), key=lambda finding: -finding.severity)


def _lengths(spec: Spec, closing: str, **texts: str) -> Iterable[Finding]:
    used = {"title": spec.uses_title, "summary": spec.uses_summary, "text": True}
    for field, value in texts.items():
        limit: Limit = getattr(spec, field)
        word = _FIELD_WORDS[field]
        if not used[field]:
            continue
        if not value.strip():
            if limit.required:
                yield Finding(
                    Severity.ERROR,
                    f"{word} của {_KIND_WORDS[spec.kind]} đang để trống, vui lòng nhập.",
                    field,
                )
            continue
        with_closing = signed(value, closing) if field == "text" else value
        excess = limit.excess(with_closing)
        if excess:
            unit = WORD_OF_UNIT[limit.unit]
            yield Finding(
                Severity.ERROR,
                f"{word} của {_KIND_WORDS[spec.kind]} dài {_figure(limit.length(with_closing))} {unit}"
                f"{' (kể cả dòng ghi cơ quan ban hành)' if with_closing != value else ''}, "
                f"tối đa {_figure(limit.longest or 0)} {unit}: vui lòng rút ngắn {_figure(excess)} {unit}.",
                field,
            )


def _forbidden_signs(spec: Spec, title: str, text: str) -> Iterable[Finding]:
    places = [("text", spec.forbidden_in_text, text)]
    if spec.uses_title:
        places.insert(0, ("title", spec.forbidden_in_title, title))
    for field, forbidden, value in places:
        present = [sign for sign in forbidden if sign in value]
        if present:
            signs = " và ".join(f"“{sign}”" for sign in present)
            yield Finding(
                Severity.ERROR,
                f"{_FIELD_WORDS[field]} của {_KIND_WORDS[spec.kind]} không được chứa dấu {signs}.",
                field,
            )


def _control_signs(**texts: str) -> Iterable[Finding]:
    for field, value in texts.items():
        if any(unicodedata.category(char) == "Cc" and char not in "\n\r\t" for char in value):
            yield Finding(
                Severity.ERROR,
                f"{_FIELD_WORDS[field]} có ký tự điều khiển không nhìn thấy, vui lòng xóa và gõ lại đoạn đó.",
                field,
            )


def _placeholders(spec: Spec, **texts: str) -> Iterable[Finding]:
    for field, value in texts.items():
        if not spec.takes_placeholders:
            if find_placeholders(value) or has_loose_braces(value):
                yield Finding(
                    Severity.ERROR,
                    f"{_FIELD_WORDS[field]} có dấu “{{{{…}}}}”: chỗ điền tự động chỉ dùng cho bản tin phát thanh.",
                    field,
                )
            continue
        for name in unknown_placeholders(value):
            known = ", ".join(f"{{{{{key}}}}}" for key in LABELS)
            yield Finding(
                Severity.ERROR,
                f"Không có chỗ điền tự động nào tên “{{{{{name}}}}}”. Các tên dùng được: {known}.",
                field,
            )
        if has_loose_braces(value):
            yield Finding(
                Severity.ERROR,
                f"{_FIELD_WORDS[field]} có dấu “{{{{” hoặc “}}}}” đứng lẻ, vui lòng viết đủ cặp.",
                field,
            )


def _link(spec: Spec, link: str) -> Iterable[Finding]:
    if not link:
        return
    if not spec.uses_link:
        yield Finding(
            Severity.WARNING,
            "Bản tin phát thanh không dùng liên kết; địa chỉ cần đọc hãy viết trong nội dung.",
            "link",
        )
        return
    host = (urlsplit(link).hostname or "").lower()
    if spec.kind == "facebook" and any(host == own or host.endswith(f".{own}") for own in _FACEBOOK_HOSTS):
        yield Finding(
            Severity.ERROR,
            "Facebook không nhận liên kết trỏ về chính Facebook, vui lòng chọn địa chỉ khác.",
            "link",
        )


def _attachments(spec: Spec, media: Sequence[MediaFacts]) -> Iterable[Finding]:
    images = [item for item in media if item.kind == "image"]
    clips = [item for item in media if item.kind == "clip"]
    what = _KIND_WORDS[spec.kind]
    for item in media:
        if item.refusal:
            yield Finding(Severity.ERROR, item.refusal, "media")
    if spec.attachments is Attachments.NONE:
        if media:
            yield Finding(
                Severity.WARNING, f"Tài liệu kèm theo sẽ không đi cùng {what}: kênh này chỉ có lời.", "media"
            )
        return
    if spec.attachments in (Attachments.ONE_CLIP, Attachments.CLIP_AND_THUMBNAIL):
        if len(clips) != 1:
            yield Finding(
                Severity.ERROR, f"Cần chọn đúng một video cho {what}, hiện có {len(clips)}.", "media"
            )
        if images and spec.attachments is Attachments.ONE_CLIP:
            yield Finding(Severity.WARNING, f"Hình ảnh kèm theo sẽ không đi cùng {what}.", "media")
        elif len(images) > 1:
            yield Finding(
                Severity.ERROR, f"Một {what} chỉ có một ảnh đại diện, hiện có {len(images)} hình.", "media"
            )
    if spec.attachments is Attachments.IMAGES_OR_CLIP:
        if images and clips:
            yield Finding(
                Severity.ERROR, f"Một {what} mang hình ảnh hoặc một video, không mang cả hai.", "media"
            )
        if len(clips) > 1:
            yield Finding(Severity.ERROR, f"Một {what} chỉ mang được một video.", "media")
        if len(images) > spec.most_images:
            yield Finding(
                Severity.ERROR,
                f"Một {what} mang tối đa {spec.most_images} hình ảnh, hiện có {len(images)}.",
                "media",
            )
    if spec.attachments is Attachments.COVER:
        if not images and not clips:
            yield Finding(
                Severity.ERROR,
                f"Cần chọn ít nhất một hình ảnh làm ảnh bìa, hoặc một video, cho {what}.",
                "media",
            )
        if len(clips) > 1:
            yield Finding(Severity.ERROR, f"Một {what} chỉ mang được một video.", "media")
    if spec.attachments is not Attachments.ANY:
        yield from _files(spec, images, clips)


def _files(spec: Spec, images: Sequence[MediaFacts], clips: Sequence[MediaFacts]) -> Iterable[Finding]:
    if spec.attachments not in (Attachments.ONE_CLIP, Attachments.CLIP_AND_THUMBNAIL):
        for image in images:
            if not image.alt_text.strip():
                yield Finding(
                    Severity.WARNING,
                    f"Hình “{image.title}” chưa có lời mô tả cho người khiếm thị.",
                    "media",
                )
            if spec.image_bytes and image.size > spec.image_bytes:
                yield Finding(
                    Severity.ERROR,
                    f"Hình “{image.title}” nặng {_megabytes(image.size)} MB, kênh này nhận tối đa "
                    f"{_megabytes(spec.image_bytes)} MB.",
                    "media",
                )
    for clip in clips:
        if not clip.transcript.strip():
            yield Finding(Severity.WARNING, f"Video “{clip.title}” chưa có lời thoại, phụ đề.", "media")
        if spec.clip_bytes and clip.size > spec.clip_bytes:
            yield Finding(
                Severity.ERROR,
                f"Video “{clip.title}” nặng {_megabytes(clip.size)} MB, kênh này nhận tối đa "
                f"{_megabytes(spec.clip_bytes)} MB.",
                "media",
            )


def _figure(number: int) -> str:
    return f"{number:,}".replace(",", ".")


def _megabytes(size: int) -> str:
    """Rounded up to a tenth, so that what is too heavy never reads as exactly the limit."""
    tenths = -(-size * 10 // MB)
    return f"{tenths / 10:.1f}".replace(".", ",").removesuffix(",0")
