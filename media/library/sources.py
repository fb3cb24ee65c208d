"""Where source documents stand: a draft or expired one may not feed what goes out to citizens."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from cms.core.folding import fold
from media.library.models import Asset, DocumentStatus, Sharing

# An item with these words in its title asks for opinions on a draft, which is the one thing a draft may feed.
_ASKING = "lay y kien"


def asks_for_opinions(title: str) -> bool:
    """Return whether the title labels the item as one that asks for opinions ("lấy ý kiến")."""
    return _ASKING in fold(title)


def refusal_of(title: str, sources: Iterable[Asset]) -> str | None:
    """Return why an item with this title may not go out to citizens while it rests on `sources`; None: it may."""
    if asks_for_opinions(title):
        return None
    for source in sources:
        if source.document_status == DocumentStatus.DRAFT:
            return _(
                "Văn bản nguồn “%(title)s” còn là dự thảo nên chưa được dùng cho nội dung công khai. "
                "Chỉ tài liệu ghi rõ “lấy ý kiến” trong tên mới được dùng dự thảo."
            ) % {"title": source.title}
        if source.document_status == DocumentStatus.EXPIRED:
            return _(
                "Văn bản nguồn “%(title)s” đã hết hiệu lực nên không được dùng cho nội dung công khai. "
                "Vui lòng thay bằng văn bản còn hiệu lực."
            ) % {"title": source.title}
    return None


def sources_refusal(asset: Asset) -> str | None:
    """Return the Vietnamese sentence why `asset` may not be used in a post or shown to citizens; None: it may.

    A document is judged by its own status as well as by the documents it was written from."""
    own = [asset] if asset.document_status else []
    return refusal_of(asset.title, [*own, *asset.sources.all()])


def public_uses_of(document: Asset) -> list[Asset]:
    """Return the assets that are public today and rest on `document`: what a change of its status touches."""
    return [asset for asset in document.feeds.filter(live=True, sharing=Sharing.PUBLIC)]
