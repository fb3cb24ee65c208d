"""One message, and what it becomes on each kind of channel."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.fields import GenericRelation
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.models import DraftStateMixin, Orderable, RevisionMixin, WorkflowMixin
from wagtail.search import index

from campaigns.posts import approval_payload
from campaigns.posts.checks import findings_of
from campaigns.posts.querysets import PostQuerySet
from campaigns.posts.states import PostState
from campaigns.posts.verify_code import new_code
from cms.channels.kinds import ChannelKind, name_of
from cms.core.models import Dated, NFCCharField, NFCTextField, PubliclyNumbered


class Post(
    WorkflowMixin, DraftStateMixin, RevisionMixin, index.Indexed, Dated, PubliclyNumbered, ClusterableModel
):
    """One message (bài đăng) of a campaign. It is the unit of approval: variants, media, channels and times together."""

    organisation = models.ForeignKey(
        "organisations.Organisation",
        on_delete=models.PROTECT,
        related_name="posts",
        verbose_name=_("cơ quan đăng"),
    )
    campaign = models.ForeignKey(
        "planning.Campaign", on_delete=models.PROTECT, related_name="posts", verbose_name=_("chiến dịch")
    )
    title = NFCCharField(
        _("tên bài đăng"), max_length=200, help_text=_("Tên gọi nội bộ, người dân không thấy.")
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("người soạn"),
    )
    last_edited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("người sửa cuối"),
    )
    _revisions = GenericRelation("wagtailcore.Revision", related_query_name="post")
    workflow_states = GenericRelation(
        "wagtailcore.WorkflowState",
        content_type_field="base_content_type",
        object_id_field="object_id",
        related_query_name="post",
        for_concrete_model=False,
    )
    # Short, unambiguous code of the public verify address /xac-minh/<code>.
    verify_code = models.CharField(
        _("mã xác minh"), max_length=12, unique=True, editable=False, default=new_code
    )

    objects = PostQuerySet.as_manager()

    search_fields = [
        index.SearchField("title", boost=2),
        index.AutocompleteField("title"),
        index.RelatedFields(
            "variants",
            [index.SearchField("title"), index.SearchField("text"), index.AutocompleteField("text")],
        ),
        index.FilterField("organisation_id"),
        index.FilterField("campaign_id"),
    ]

    # Wagtail's bulk actions would go past the verbs (cms/access/bulk.py).
    only_one_by_one = True

    # Set by PostQuerySet.with_state().
    state: str

    class Meta:
        verbose_name = _("bài đăng")
        verbose_name_plural = _("bài đăng")
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return self.title

    @property
    def verify_address(self) -> str:
        """The whole public address at which a citizen checks this post."""
        return f"{settings.PUBLIC_BASE_URL}/xac-minh/{self.verify_code}"

    @property
    def revisions(self):
        return self._revisions

    @classmethod
    def approval_payloads(cls, items: Iterable[Post]) -> dict[int, dict[str, Any]]:
        """Return, per post id, everything an approval covers, read afresh: a constant number of queries."""
        return approval_payload.payloads(
            cls._default_manager.filter(pk__in=[item.pk for item in items]).with_content()
        )

    @property
    def state_label(self) -> str:
        """The words for `state`, which PostQuerySet.with_state annotates."""
        return str(PostState(self.state).label)

    def made_by_ids(self) -> frozenset[int]:
        """Return the ids of its author and its last editor: neither may approve it."""
        return frozenset(pk for pk in (self.created_by_id, self.last_edited_by_id) if pk)

    def refusals(self) -> list[str]:
        """Return the sentences of every finding that forbids approval, each once."""
        return list(dict.fromkeys(finding.sentence for finding in findings_of(self) if finding.forbids))


class Variant(Dated, Orderable, ClusterableModel):
    """The message as it stands on one kind of channel (nội dung theo kênh)."""

    post = ParentalKey(Post, on_delete=models.CASCADE, related_name="variants", verbose_name=_("bài đăng"))
    kind = models.CharField(_("loại kênh"), max_length=20, choices=ChannelKind)
    title = NFCCharField(_("tiêu đề"), max_length=200, blank=True)
    summary = NFCCharField(_("tóm tắt"), max_length=400, blank=True)
    text = NFCTextField(_("nội dung"))
    link = models.URLField(_("liên kết"), blank=True)
    # What only this kind takes, by the names of cms/channels/specs; only what differs from the usual.
    extras = models.JSONField(_("tùy chọn riêng của kênh"), default=dict, blank=True)

    class Meta(Orderable.Meta):
        verbose_name = _("nội dung theo kênh")
        verbose_name_plural = _("nội dung theo kênh")
        constraints = [
            models.UniqueConstraint(fields=["post", "kind"], name="one_variant_per_kind"),
            models.CheckConstraint(condition=~models.Q(text=""), name="variant_has_text"),
        ]

    def __str__(self) -> str:
        return f"{self.post} – {name_of(self.kind)}"


class VariantMedia(Orderable):
    """A picture, clip or sound of the library that goes out with a variant, in order."""

    variant = ParentalKey(Variant, on_delete=models.CASCADE, related_name="media", verbose_name=_("nội dung"))
    asset = models.ForeignKey(
        "library.Asset", on_delete=models.PROTECT, related_name="used_in_variants", verbose_name=_("tài liệu")
    )

    class Meta(Orderable.Meta):
        verbose_name = _("tài liệu kèm theo")
        verbose_name_plural = _("tài liệu kèm theo")
        constraints = [models.UniqueConstraint(fields=["variant", "asset"], name="asset_once_per_variant")]
