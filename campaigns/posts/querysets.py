"""Named questions about posts."""

from __future__ import annotations

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Case, CharField, Exists, OuterRef, Prefetch, Value, When
from django.db.models.functions import Cast
from modelsearch.queryset import SearchableQuerySetMixin
from wagtail.models import WorkflowState

from campaigns.posts.states import PostState
from media.library.models import Asset


class PostQuerySet(SearchableQuerySetMixin, models.QuerySet):
    """Questions about posts; all of them can be chained."""

    def with_content(self) -> PostQuerySet:
        """With everything an approval covers in this room: four queries in all, however many posts."""
        media = apps.get_model("posts", "VariantMedia").objects.order_by("sort_order", "pk")
        return self.select_related("organisation__place", "campaign").prefetch_related(
            "variants",
            Prefetch("variants__media", queryset=media),
            Prefetch("variants__media__asset", queryset=Asset.objects.with_files()),
        )

    def awaiting_approval(self) -> PostQuerySet:
        """Posts that were submitted and wait for a second person."""
        return self.filter(self._round(WorkflowState.STATUS_IN_PROGRESS))

    def with_state(self) -> PostQuerySet:
        """With `state`, a value of PostState: where each post stands on its way to approval; no further query."""
        return self.annotate(
            state=Case(
                When(live=True, then=Value(PostState.APPROVED)),
                When(self._round(WorkflowState.STATUS_IN_PROGRESS), then=Value(PostState.AWAITING)),
                When(self._round(WorkflowState.STATUS_NEEDS_CHANGES), then=Value(PostState.SENT_BACK)),
                default=Value(PostState.DRAFT),
                output_field=CharField(),
            )
        )

    def _round(self, status: str) -> Exists:
        content_type = ContentType.objects.get_for_model(self.model, for_concrete_model=False)
        return Exists(
            WorkflowState.objects.filter(
                base_content_type=content_type, object_id=Cast(OuterRef("pk"), CharField()), status=status
            )
        )
