"""Named questions about posts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import CharField, Exists, OuterRef, Prefetch
from django.db.models.functions import Cast
from wagtail.models import WorkflowState

from campaigns.posts.asset_facts import RELATIONS

if TYPE_CHECKING:
    pass


class PostQuerySet(models.QuerySet["Post"]):
    """Questions about posts; all of them can be chained."""

    def with_content(self) -> PostQuerySet:
        """With everything an approval covers in this room: four queries in all, however many posts."""
        media = apps.get_model("posts", "VariantMedia").objects.select_related(
            "asset", *(f"asset__{relation}" for relation in RELATIONS)
        )
        return self.select_related("organisation__place", "campaign").prefetch_related(
            "variants", Prefetch("variants__media", queryset=media.order_by("sort_order", "pk"))
        )

    def awaiting_approval(self) -> PostQuerySet:
        """Posts that were submitted and wait for a second person."""
        return self.filter(self._open_round())

    def _open_round(self) -> Exists:
        content_type = ContentType.objects.get_for_model(self.model, for_concrete_model=False)
        return Exists(
            WorkflowState.objects.filter(
                base_content_type=content_type,
                object_id=Cast(OuterRef("pk"), CharField()),
                status=WorkflowState.STATUS_IN_PROGRESS,
            )
        )
