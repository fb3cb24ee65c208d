"""What stands against a post because of an asset it carries: a fact the asset relies on has changed."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from campaigns.posts.content_rules import Finding, Severity
from campaigns.posts.models import Post
from media.library.models import AssetFlag


def flagged_assets(post: Post) -> Iterable[Finding]:
    """Return a warning for each asset of `post` that waits to be looked at again. One question."""
    flags = AssetFlag.objects.filter(settled_at=None, asset__used_in_variants__variant__post=post)
    for title, sentence in flags.values_list("asset__title", "sentence").order_by("asset__title").distinct():
        yield Finding(
            Severity.WARNING, _("Tài liệu “%(title)s”: %(why)s") % {"title": title, "why": sentence}
        )
