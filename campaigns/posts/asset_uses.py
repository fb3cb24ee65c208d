"""Which posts use an asset of the library: plugged into the library's list of uses."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _

from campaigns.posts.models import VariantMedia
from media.library.uses import Use


def uses_in_posts(pks: list[int]) -> Iterable[Use]:
    """Return each variant that carries one of these assets. One question."""
    rows = VariantMedia.objects.filter(asset_id__in=pks).select_related(
        "variant__post__organisation__place__parent__parent"
    )
    for row in rows:
        variant = row.variant
        post = variant.post
        yield Use(
            row.asset_id,
            _("Bài đăng, %(channel)s") % {"channel": variant.get_kind_display()},
            post.title,
            post.organisation,
            post.created_at,
            reverse("wagtailsnippets_posts_post:edit", args=[post.pk]),
            post,
        )
