"""Where else a loudspeaker text is dealt with: links on the page where its post is read, and translations that wait on the
first page of who may approve them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
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
    _found: list[LanguageVersion] | None = None

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
        """The newest of each language, where it still belongs to the text as it stands. Asked once for a page: a panel
        is made anew for each."""
        if self._found is None:
            rows = _drafts_for(user).exclude(made_by=user).select_related("variant__post").defer("text")
            self._found = [
                row
                for row in rows.order_by("-number", "pk")
                if row.source_sha256 == source_hash(row.variant.text)
            ]
        return self._found


def _drafts_for(user: Any) -> QuerySet[LanguageVersion]:
    posts = policy_registry.get_by_type(Post, fallback=False).instances_user_has_permission_for(
        user, "approve"
    )
    rows = LanguageVersion.objects.filter(state=LanguageState.DRAFT, variant__post__in=posts.values("pk"))
    # A draft that a newer number has replaced waits for nobody, whatever became of the newer one.
    newer = LanguageVersion.objects.filter(
        variant=OuterRef("variant"), language=OuterRef("language"), number__gt=OuterRef("number")
    )
    return rows.exclude(Exists(newer))
