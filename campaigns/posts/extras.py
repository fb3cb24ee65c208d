"""What a post on one kind of channel carries beside texts and media: the words for it, and how it is cleaned.

Which extras a kind has, and their limits, is data in cms/channels/specs. Kept are only those that differ from the
usual, so that a post without any looks as if there were none."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qs, urlsplit

from django.utils.translation import gettext_lazy as _

from cms.channels.specs import Shape, spec_for, tags_of
from cms.core.models import nfc

LABELS: dict[tuple[str, str], Any] = {
    ("facebook", "form"): _("Dạng video"),
    ("facebook", "first_comment"): _("Bình luận đầu tiên"),
    ("youtube", "tags"): _("Thẻ từ khóa"),
    ("youtube", "category"): _("Danh mục"),
    ("youtube", "playlist"): _("Danh sách phát"),
    ("youtube", "thumbnail"): _("Ảnh đại diện"),
    ("youtube", "captions"): _("Phụ đề"),
    ("zalo", "form"): _("Dạng bài viết"),
    ("zalo", "cover"): _("Ảnh bìa"),
    ("zalo", "author"): _("Tên tác giả"),
}
HELP: dict[tuple[str, str], Any] = {
    ("facebook", "form"): _("Reel cần video dọc 9:16, dài từ 3 đến 90 giây."),
    ("facebook", "first_comment"): _("Trang tự bình luận ngay dưới bài, ví dụ để đặt liên kết hướng dẫn."),
    ("youtube", "tags"): _("Viết các thẻ cách nhau bằng dấu phẩy."),
    ("youtube", "playlist"): _("Dán liên kết hoặc mã danh sách phát của kênh; để trống nếu không cần."),
    ("youtube", "thumbnail"): _("Hình chọn trong kho được dùng trước, sau đó là ảnh bìa của video."),
    ("zalo", "form"): _("Bài video chỉ hiện tiêu đề, tóm tắt và video; phần nội dung không hiện trên Zalo."),
    ("zalo", "author"): _("Để trống thì ghi tên cơ quan đăng. Tối đa 50 ký tự."),
}
#: The words of every choice; "" is the usual.
CHOICES: dict[tuple[str, str], dict[str, Any]] = {
    ("facebook", "form"): {"": _("Video thường"), "reel": _("Reel (video dọc ngắn)")},
    ("youtube", "category"): {
        "": _("Tin tức và chính trị"),
        "27": _("Giáo dục"),
        "28": _("Khoa học và công nghệ"),
        "22": _("Con người và đời sống"),
        "26": _("Hướng dẫn và phong cách"),
        "29": _("Hoạt động xã hội, phi lợi nhuận"),
    },
    ("youtube", "thumbnail"): {
        "": _("Dùng hình đã chọn hoặc ảnh bìa của video"),
        "none": _("Để YouTube tự chọn"),
    },
    ("youtube", "captions"): {"": _("Gửi kèm phụ đề có trong kho"), "none": _("Không gửi phụ đề")},
    ("zalo", "form"): {"": _("Bài viết"), "video": _("Bài video")},
    ("zalo", "cover"): {
        "": _("Hình đầu tiên làm ảnh bìa"),
        "horizontal": _("Video làm bìa, khung ngang"),
        "vertical": _("Video làm bìa, khung dọc"),
        "square": _("Video làm bìa, khung vuông"),
    },
}


def cleaned(kind: str, given: Mapping[str, str]) -> dict[str, str]:
    """Return of `given` what `kind` has and what differs from the usual, as it is kept: NFC, tags parted by ", ", a
    playlist by its id. A choice that is not offered is left as it is: it is a finding."""
    kept = {}
    for extra in spec_for(kind).extras:
        value = nfc(str(given.get(extra.name) or "")).replace("\r\n", "\n").strip()
        if extra.shape is Shape.TAGS:
            value = ", ".join(tags_of(value))
        elif extra.name == "playlist":
            value = _playlist(value)
        if value:
            kept[extra.name] = value
    return kept


def shown(kind: str, extras: Mapping[str, str]) -> list[tuple[str, str]]:
    """Return the extras in words, in the order of the form: label and value."""
    rows = []
    for extra in spec_for(kind).extras:
        value = extras.get(extra.name, "")
        if value:
            words = CHOICES.get((kind, extra.name), {}).get(value, value)
            rows.append((str(LABELS[kind, extra.name]), str(words)))
    return rows


def _playlist(value: str) -> str:
    """Take the id out of an address that was pasted."""
    if "list=" not in value:
        return value
    named = parse_qs(urlsplit(value).query).get("list", [""])
    return named[0] or value
