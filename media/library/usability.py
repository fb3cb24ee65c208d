"""Whether an asset may go out at a moment: asked by posts while they are written and by delivery right before it sends."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from cms.core import clock
from cms.core.clock import in_vietnam, spoken_stamp
from media.library.identity_cards import told
from media.library.models import Asset, Withdrawal


def refusal_at(asset: Asset, moment: datetime) -> str | None:
    """Return the Vietnamese sentence why `asset` may not be used at `moment`; None: it may.

    Embargo and expiry bind its own body too: what the rights do not allow, nobody publishes."""
    shown = {"title": asset.title}
    if asset.retired_at is not None and asset.retired_at <= moment:
        return _("Tài liệu “%(title)s” đã ngừng dùng. Vui lòng chọn tài liệu thay thế.") % shown
    if asset.usable_from is not None and moment < asset.usable_from:
        return _("Tài liệu “%(title)s” chưa được dùng trước %(at)s.") % {
            **shown,
            "at": spoken_stamp(asset.usable_from),
        }
    if asset.usable_until is not None and in_vietnam(moment).date() > asset.usable_until:
        return _("Tài liệu “%(title)s” chỉ được dùng đến hết ngày %(day)s.") % {
            **shown,
            "day": f"{asset.usable_until:%d/%m/%Y}",
        }
    return None


def refusal_for_good(asset: Asset, moment: datetime) -> str | None:
    """Return the sentence why `asset` can not go out at `moment` or later; None: waiting may help, or nothing hinders.

    A file that shows an identity card goes out nowhere, not even in a post of its own body."""
    if asset.shows_identity_card:
        return told(asset.kind)
    begun = asset.usable_from is None or asset.usable_from <= moment
    return refusal_at(asset, moment) if begun else None


def download_refusal(asset: Asset) -> str | None:
    """Return the sentence why nothing made from `asset` may be handed out now; None: it may. At most one question."""
    shown = {"title": asset.title}
    if not asset.live:
        return _("Tài liệu “%(title)s” chưa được đưa vào kho nên chưa đóng gói được.") % shown
    if Withdrawal.objects.standing().filter(asset=asset, version="").exists():
        return _("Tài liệu “%(title)s” đang bị thu hồi nên không tải về được.") % shown
    return refusal_at(asset, clock.now())
