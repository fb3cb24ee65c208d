"""Which posts were frozen with one version of an asset: plugged into what rests on that version."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _

from media.library.models import PublishedVersion
from media.library.uses import Use
from publishers.delivery.carried_models import CarriedAsset


def posts_carrying(version: PublishedVersion) -> Iterable[Use]:
    """Return each variant of which a slot was booked with this version, at its latest slot. One question."""
    rows = (
        CarriedAsset.objects.filter(asset=version.asset_id, version=version.version)
        .select_related("slot__variant__post__organisation__place__parent__parent")
        .order_by("-slot__at")
    )
    told: set[int] = set()
    for slot in (row.slot for row in rows):
        if slot.variant_id in told:
            continue
        told.add(slot.variant_id)
        post = slot.variant.post
        yield Use(
            version.asset_id,
            _("Bài đăng, %(channel)s") % {"channel": slot.variant.get_kind_display()},
            post.title,
            post.organisation,
            slot.at,
            reverse("wagtailsnippets_posts_post:edit", args=[post.pk]),
            post,
        )
