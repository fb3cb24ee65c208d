"""The focal point (điểm chính) of an asset's picture: what every cut keeps in sight."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.images.rect import Rect
from wagtail.permissions import policy_registry

from cms.audit.services import record
from cms.core.errors import InputRefused, NotAllowed
from media.library.models import Asset

#: A focal point is kept as a square of this share of the shorter side.
_SIDE = 0.1


def focal_shares(asset: Asset) -> tuple[float, float]:
    """Return where the focal point of the asset's picture (of a clip: of its poster) lies, in shares of its width and
    height; the middle when nobody chose one."""
    image = asset.picture
    point = image.get_focal_point() if image is not None else None
    if image is None or point is None or not image.width or not image.height:
        return (0.5, 0.5)
    return (point.centroid[0] / image.width, point.centroid[1] / image.height)


@transaction.atomic
def set_focal(asset: Asset, by: Any, across: float, down: float) -> None:
    """Keep the point at `across` and `down` (shares from 0 to 1) of the asset's picture.

    Raises NotAllowed for an asset that `by` may not change, InputRefused outside the picture or without one."""
    policy = policy_registry.get_by_type(Asset)
    if not policy.user_has_permission_for_instance(by, "change", asset):
        raise NotAllowed(_("Bạn không có quyền sửa tài liệu của cơ quan này."))
    image = asset.picture
    if image is None:
        raise InputRefused(_("Tài liệu này không có hình để chọn điểm chính."))
    if not (0 <= across <= 1 and 0 <= down <= 1):
        raise InputRefused(_("Điểm chính phải nằm trong hình."))
    side = max(2, round(min(image.width, image.height) * _SIDE))
    x = min(max(across * image.width, side / 2), image.width - side / 2)
    y = min(max(down * image.height, side / 2), image.height - side / 2)
    image.set_focal_point(Rect.from_point(x, y, side, side))
    image.save()
    record("renditions.focal", asset, actor=by, across=round(across, 3), down=round(down, 3))
