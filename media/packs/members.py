"""Which assets a pack holds: what the person may read, what may be used at this moment, and nothing else."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from django.utils.translation import gettext as _
from wagtail.permissions import policy_registry

from media.library.models import Asset, Sharing
from media.library.usability import download_refusal
from media.packs.models import Pack, PackKind

#: One pack of a topic holds at most so many assets, the newest.
MOST_ASSETS: Final = 60
#: The audience whose material a lesson kit takes, by its name in the centre's vocabulary.
PUPILS: Final = "Học sinh, sinh viên"


def readable(user: Any):
    """Return the assets that stand in the library and that `user` may read."""
    policy = policy_registry.get_by_type(Asset, fallback=False)
    return policy.instances_user_has_permission_for(user, "view").filter(live=True)


def members_of(pack: Pack) -> list[Asset]:
    """Return the assets that belong into `pack` now, in a fixed order; those that may not be used are left out."""
    rows = readable(pack.asked_by).with_files().prefetch_related("audiences", "topics")
    if pack.asset_id:
        rows = rows.filter(pk=pack.asset_id)
    else:
        rows = rows.filter(topics=pack.topic_id)
        if pack.kind == PackKind.LESSON:
            rows = rows.filter(audiences__name=PUPILS)
    chosen = rows.order_by("-last_published_at", "-pk").distinct()
    fit = [asset for asset in chosen if refusal(asset, pack.kind) is None]
    return sorted(fit[:MOST_ASSETS], key=lambda asset: asset.pk)


def refusal(asset: Asset, kind: str) -> str | None:
    """Return the sentence why `asset` may not go into a pack of this kind now; None: it may."""
    if kind == PackKind.PRESS and asset.sharing != Sharing.PUBLIC:
        return _(
            "Gói cho báo chí chỉ gồm tài liệu chia sẻ công khai; tài liệu “%(title)s” chưa được công khai."
        ) % {"title": asset.title}
    return download_refusal(asset)


def lost_since(pack: Pack) -> str | None:
    """Return why a finished pack may not be fetched any more: something inside is out of the person's reach or may not
    be used now. None: it may be fetched."""
    inside = {asset.pk: asset for asset in readable(pack.asked_by).filter(pk__in=pack.assets_inside)}
    if set(pack.assets_inside) - set(inside):
        return _("Trong gói có tài liệu mà bạn không còn được xem. Vui lòng yêu cầu đóng gói lại.")
    return first_refusal(inside.values(), pack.kind)


def first_refusal(assets: Iterable[Asset], kind: str) -> str | None:
    return next((sentence for asset in assets if (sentence := refusal(asset, kind))), None)
