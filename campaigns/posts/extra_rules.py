"""What stands against the extras of one variant: a reel that is too long, a playlist that is none.

Pure: no Django. The limits are data in cms/channels/specs."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from campaigns.posts.content_rules import Finding, MediaFacts, Severity
from campaigns.posts.imprint import signed
from cms.channels.specs import REEL, WORD_OF_UNIT, Shape, Spec, spec_for
from cms.facts.placeholders import find_placeholders, has_loose_braces

#: Words on the form, for the sentences.
_WORDS = {
    "first_comment": "Bình luận đầu tiên",
    "tags": "Các thẻ từ khóa",
    "playlist": "Danh sách phát",
    "author": "Tên tác giả",
}
_PLAYLIST = re.compile(r"[A-Za-z0-9_-]{10,64}")


def findings(
    kind: str,
    extras: Mapping[str, str],
    *,
    summary: str = "",
    media: Sequence[MediaFacts] = (),
    closing: str = "",
) -> list[Finding]:
    """Return what stands against `extras` on a channel of `kind`. Raises KeyError for an unknown kind.

    A video article of Zalo has no text: its summary ends with `closing` and is counted so."""
    spec = spec_for(kind)
    found = [*_texts(spec, extras), *_choices(spec, extras)]
    clips = [item for item in media if item.kind == "clip"]
    if kind == "facebook" and extras.get("form") == "reel":
        found += _reel(clips)
    if kind == "youtube":
        found += _youtube(extras, clips)
    if kind == "zalo":
        found += _zalo(spec, extras, clips, summary, closing)
    return [replace(finding, kind=kind) for finding in found]


def _texts(spec: Spec, extras: Mapping[str, str]) -> Iterable[Finding]:
    for extra in spec.extras:
        value = extras.get(extra.name, "")
        if not value or extra.shape is Shape.CHOICE:
            continue
        word, excess = _WORDS[extra.name], extra.limit.excess(value)
        if excess:
            unit = WORD_OF_UNIT[extra.limit.unit]
            yield Finding(
                Severity.ERROR,
                f"{word} dài {extra.limit.length(value)} {unit}, tối đa {extra.limit.longest} {unit}: "
                f"vui lòng rút ngắn {excess} {unit}.",
                extra.name,
            )
        if find_placeholders(value) or has_loose_braces(value):
            yield Finding(
                Severity.ERROR,
                f"{word} có dấu “{{{{…}}}}”: chỗ điền tự động chỉ dùng cho bản tin phát thanh.",
                extra.name,
            )
        if any(unicodedata.category(char) == "Cc" and char not in "\n\t" for char in value):
            yield Finding(
                Severity.ERROR,
                f"{word} có ký tự điều khiển không nhìn thấy, vui lòng xóa và gõ lại đoạn đó.",
                extra.name,
            )


def _choices(spec: Spec, extras: Mapping[str, str]) -> Iterable[Finding]:
    for extra in spec.extras:
        value = extras.get(extra.name, "")
        if extra.shape is Shape.CHOICE and value and value not in extra.choices:
            yield Finding(Severity.ERROR, "Lựa chọn này không còn dùng được, vui lòng chọn lại.", extra.name)


def _reel(clips: Sequence[MediaFacts]) -> Iterable[Finding]:
    if len(clips) != 1:
        yield Finding(Severity.ERROR, f"Reel cần đúng một video, hiện có {len(clips)}.", "form")
        return
    clip = clips[0]
    if not REEL.takes_length(clip.seconds):
        yield Finding(
            Severity.ERROR,
            f"Video “{clip.title}” dài {_seconds(clip.seconds)} giây; Reel nhận từ {REEL.least_seconds} đến "
            f"{REEL.longest_seconds} giây.",
            "form",
        )
    if not REEL.takes_size(clip.width, clip.height):
        yield Finding(
            Severity.ERROR,
            f"Video “{clip.title}” có khung {clip.width}×{clip.height} điểm ảnh; Reel cần ít nhất "
            f"{REEL.least_width}×{REEL.least_height}.",
            "form",
        )
    elif not REEL.is_upright(clip.width, clip.height):
        yield Finding(
            Severity.ERROR,
            f"Video “{clip.title}” có khung {clip.width}×{clip.height}, không phải khung dọc 9:16 của Reel.",
            "form",
        )


def _youtube(extras: Mapping[str, str], clips: Sequence[MediaFacts]) -> Iterable[Finding]:
    playlist = extras.get("playlist", "")
    if playlist and not _PLAYLIST.fullmatch(playlist):
        yield Finding(
            Severity.ERROR,
            "Danh sách phát chưa đúng dạng. Vui lòng dán liên kết có “list=” hoặc mã danh sách phát.",
            "playlist",
        )
    for sign in "<>":
        if sign in extras.get("tags", ""):
            yield Finding(Severity.ERROR, f"Các thẻ từ khóa không được chứa dấu “{sign}”.", "tags")
    if extras.get("captions") == "none" and any(clip.transcript.strip() for clip in clips):
        yield Finding(
            Severity.WARNING,
            "Video có phụ đề trong kho nhưng bạn chọn không gửi; người khiếm thính sẽ không theo dõi được.",
            "captions",
        )


def _zalo(
    spec: Spec, extras: Mapping[str, str], clips: Sequence[MediaFacts], summary: str, closing: str
) -> Iterable[Finding]:
    is_video = extras.get("form") == "video"
    for name, wants in (("form", is_video), ("cover", bool(extras.get("cover")))):
        if wants and len(clips) != 1:
            word = "Bài video trên Zalo" if name == "form" else "Bìa bằng video"
            yield Finding(Severity.ERROR, f"{word} cần đúng một video, hiện có {len(clips)}.", name)
    if is_video and extras.get("cover"):
        yield Finding(
            Severity.WARNING, "Bài video tự có khung của video nên không dùng ảnh bìa riêng.", "cover"
        )
    if is_video and extras.get("author"):
        yield Finding(Severity.WARNING, "Bài video trên Zalo không hiện tên tác giả.", "author")
    if is_video and summary.strip():
        whole = signed(summary, closing)
        excess = spec.summary.excess(whole)
        if excess:
            yield Finding(
                Severity.ERROR,
                f"Tóm tắt của bài video dài {spec.summary.length(whole)} ký tự (kể cả dòng ghi cơ quan ban hành), "
                f"tối đa {spec.summary.longest} ký tự: vui lòng rút ngắn {excess} ký tự.",
                "summary",
            )


def _seconds(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0").replace(".", ",")
