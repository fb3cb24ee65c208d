"""Where else a loudspeaker text is dealt with: links on the page where its post is read, and translations that wait on the
first page of who may approve them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.permissions import policy_registry

from campaigns.posts.models import Post
from campaigns.posts.sockets import PostAction
from cms.channels.kinds import ChannelKind
from cms.core.home_panels import HomePanel, HomeRow
from publishers.scripts.languages import LanguageState, LanguageVersion, source_hash


def reading_links(post: Post, user: Any) -> list[PostAction]:
    """Offer the reading of a post with a loudspeaker text, and its translations."""
    if not post.variants.filter(kind=ChannelKind.LOUDSPEAKER).exists():
        return []
    return [
        PostAction(_("Xem bản đọc"), reverse("script_page", args=[post.public_id])),
        PostAction(_("Xem bản dịch"), reverse("script_languages", args=[post.public_id])),
    ]


class TranslationsWaiting(HomePanel):
    """Bản dịch chờ duyệt: translations of texts this person approves for and has not brought."""

    name = "ban-dich-cho-duyet"
    order = 96
    title = gettext_lazy("Bản dịch của bản tin chờ bạn duyệt")
    nothing = gettext_lazy("Không có bản dịch nào chờ duyệt.")

    def is_for(self, user: Any) -> bool:
        return bool(self._waiting(user))

    def count(self, user: Any) -> int:
        return len(self._waiting(user))

    def rows(self, user: Any) -> Sequence[HomeRow]:
        return [
            HomeRow(
                row.title,
                reverse("script_languages", args=[row.variant.post.public_id]),
                f"{row.get_language_display()} · {row.variant.post.title}",
            )
            for row in self._waiting(user)[: self.most]
        ]

    def _waiting(self, user: Any) -> list[LanguageVersion]:
        """The latest of each language, where it still belongs to the text as it stands."""
        rows = (
            _drafts_for(user).exclude(made_by=user).select_related("variant__post").order_by("-number", "pk")
        )
        latest: dict[tuple[int, str], LanguageVersion] = {}
        for row in rows:
            latest.setdefault((row.variant_id, row.language), row)
        return [row for row in latest.values() if row.source_sha256 == source_hash(row.variant.text)]


def _drafts_for(user: Any) -> QuerySet[LanguageVersion]:
    posts = policy_registry.get_by_type(Post, fallback=False).instances_user_has_permission_for(
        user, "approve"
    )
    return LanguageVersion.objects.filter(state=LanguageState.DRAFT, variant__post__in=posts.values("pk"))
