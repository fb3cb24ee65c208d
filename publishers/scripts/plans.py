"""How one loudspeaker text is to be broadcast: its priority, and what stays when it is cut short. Part of what is
approved: a change ends the approval, like a change of the text."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from cms.core.models import Dated
from publishers.scripts.blocks import Keep
from publishers.scripts.local_wording import paragraphs_of


class Priority(models.TextChoices):
    """The three classes in which a commune's system plays a bulletin."""

    NORMAL = "thong-thuong", _("Thông thường")
    PREFERRED = "uu-tien", _("Ưu tiên")
    URGENT = "khan-cap", _("Khẩn cấp")


class ScriptPlan(Dated):
    """The choices of an editor for one loudspeaker text; a text without a row is normal and unmarked.

    `keeps` maps a paragraph's key (`paragraph_key`) to its mark, so that a mark follows its paragraph when others
    change, and falls away when the paragraph itself is rewritten."""

    variant = models.OneToOneField("posts.Variant", on_delete=models.CASCADE, related_name="script_plan")
    priority = models.CharField(_("mức ưu tiên"), max_length=12, choices=Priority, default=Priority.NORMAL)
    keeps = models.JSONField(_("đoạn giữ lại khi cắt ngắn"), default=dict, blank=True)
    updated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("người đặt")
    )

    class Meta:
        verbose_name = _("cách phát bản tin")
        verbose_name_plural = _("cách phát bản tin")

    def __str__(self) -> str:
        return str(self.get_priority_display())

    def marks(self, text: str) -> tuple[Keep, ...]:
        """Return the mark of each paragraph of `text`, in order."""
        return tuple(
            Keep(self.keeps.get(paragraph_key(" ".join(sentences)), Keep.USUAL))
            for sentences in paragraphs_of(text)
        )


def paragraph_key(paragraph: str) -> str:
    """Return the short content address of one written paragraph, its blanks tidied."""
    return hashlib.sha256(" ".join(paragraph.split()).encode()).hexdigest()[:16]


def plan_of(variant_id: int) -> ScriptPlan | None:
    """Return the plan of a variant, or None where nobody has chosen anything."""
    return ScriptPlan.objects.filter(variant_id=variant_id).first()


def plans_for_approval(posts: Iterable[Any]) -> dict[int, list[dict[str, Any]]]:
    """Return post id → its plans as an approval covers them; posts without any are missing. One query."""
    found: dict[int, list[dict[str, Any]]] = {}
    rows = ScriptPlan.objects.filter(variant__post__in=[post.pk for post in posts])
    for post_id, kind, priority, keeps in rows.values_list(
        "variant__post_id", "variant__kind", "priority", "keeps"
    ):
        # What says nothing is not part of anything: a plan set back to what everybody has.
        if keeps or priority != Priority.NORMAL:
            found.setdefault(post_id, []).append(
                {"kind": kind, "priority": priority, "keeps": dict(sorted(keeps.items()))}
            )
    return found
