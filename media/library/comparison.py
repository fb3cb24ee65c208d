"""Two versions of the files an asset carries, side by side where Wagtail compares versions: pictures are looked at."""

from __future__ import annotations

import base64
from typing import Final

from django.template.defaultfilters import filesizeformat
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext, gettext_lazy

from media.library.models import Asset, LibraryImage
from media.library.versions import AssetFile, files_of

#: The picture as it is compared: small enough to stand in the page itself. An earlier picture has no address: the door
#: serves what an asset carries now.
_SMALL: Final = "max-640x640|bgcolor-ffffff|format-jpeg|jpegquality-80"


class FileComparison:
    """What Wagtail's comparison asks of a field. Pictures and clips' poster frames are shown, other files named."""

    is_field = True
    is_child_relation = False

    def __init__(self, before: Asset, after: Asset) -> None:
        self._versions = (before, after)
        self._files = (files_of(before), files_of(after))

    def field_label(self):
        return gettext_lazy("Tệp")

    def has_changed(self) -> bool:
        before, after = ([file.blob.sha256 for file in files] for files in self._files)
        return before != after

    def htmldiff(self) -> SafeString:
        sides = zip(
            (gettext("Trước"), gettext("Sau")),
            ("deletion", "addition"),
            self._versions,
            self._files,
            strict=True,
        )
        return format_html(
            '<div class="library-compare">{}</div>',
            format_html_join(
                "",
                '<figure>{}<figcaption><strong>{}</strong> <span class="{}">{}</span></figcaption></figure>',
                ((_shown(asset, when), when, kind, _named(files)) for when, kind, asset, files in sides),
            ),
        )


def _shown(asset: Asset, when: str) -> SafeString | str:
    picture = asset.picture
    if picture is None:
        return ""
    content, width, height = _small(picture)
    if not content:
        return format_html("<p>{}</p>", gettext("Không còn tệp hình của phiên bản này."))
    alt = f"{when}: {asset.alt_text or asset.title}"
    return format_html(
        '<img src="data:image/jpeg;base64,{}" width="{}" height="{}" alt="{}">',
        base64.b64encode(content).decode(), width, height, alt,
    )  # fmt: skip


def _small(picture: LibraryImage) -> tuple[bytes, int, int]:
    try:
        rendition = picture.get_rendition(_SMALL)
        with rendition.file.open("rb") as file:
            return file.read(), rendition.width, rendition.height
    except (OSError, ValueError):
        return b"", 0, 0


def _named(files: list[AssetFile]) -> str:
    if not files:
        return gettext("không có tệp")
    first = files[0]
    measures = (
        f"{first.width}×{first.height}" if first.width else f"{first.seconds:.0f} s" if first.seconds else ""
    )
    parts = [
        first.blob.media_type,
        filesizeformat(first.blob.size),
        measures,
        f"SHA-256 {first.blob.sha256[:12]}",
    ]
    return ", ".join(part for part in parts if part)
