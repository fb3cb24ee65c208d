"""Who approved exactly what, and the task type that makes Wagtail's workflow ask for it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Task, TaskState, WorkflowContentType
from wagtail.permissions import policy_registry

from cms.approvals.approvable import present_hash
from cms.core.models import NFCCharField


class Approval(models.Model):
    """The truth about an approval: this person, in this position, approved the content with this hash at this time.

    It counts only while the thing's present hash is the one that was approved and nobody has voided it."""

    content_type = models.ForeignKey(ContentType, on_delete=models.PROTECT, related_name="+")
    object_id = models.PositiveBigIntegerField()
    item = GenericForeignKey("content_type", "object_id")
    organisation = models.ForeignKey(
        "organisations.Organisation",
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("cơ quan duyệt"),
    )
    content_hash = models.CharField(_("mã băm nội dung"), max_length=64)
    # What was approved, word for word: the evidence stays when the thing itself has moved on.
    payload = models.JSONField(_("nội dung đã duyệt"), default=dict)
    approver = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="approvals",
        verbose_name=_("người duyệt"),
    )
    approver_name = NFCCharField(_("tên người duyệt"), max_length=120)
    approver_position = NFCCharField(_("chức vụ người duyệt"), max_length=120, blank=True)
    approved_at = models.DateTimeField(_("duyệt lúc"))
    voided_at = models.DateTimeField(_("hết giá trị lúc"), null=True, blank=True)
    void_reason = NFCCharField(_("lý do hết giá trị"), max_length=250, blank=True)

    class Meta:
        verbose_name = _("phê duyệt")
        verbose_name_plural = _("phê duyệt")
        ordering = ["-approved_at"]
        indexes = [models.Index(fields=["content_type", "object_id"], name="approval_item")]
        constraints = [
            models.UniqueConstraint(
                fields=["content_type", "object_id"],
                condition=models.Q(voided_at__isnull=True),
                name="one_standing_approval_per_item",
            )
        ]

    def __str__(self) -> str:
        return f"{self.approver_name} – {self.content_hash[:12]}"


class ApprovalTaskState(TaskState):
    """A thing that waits to be approved, and the hash of what was submitted."""

    content_hash = models.CharField(_("mã băm nội dung"), max_length=64)

    class Meta:
        verbose_name = _("lượt chờ duyệt")
        verbose_name_plural = _("lượt chờ duyệt")


class MembershipApprovalTask(Task):
    """The task type behind every approval: it asks memberships, makes no exception for superusers, and does what
    the verbs of this room do, whichever button was pressed."""

    task_state_class = ApprovalTaskState

    # Filled from ApprovalsConfig.ready() with the room's own verbs, which need the models above.
    verbs: dict[str, Callable[[Any, Any, ApprovalTaskState, str], Any]] = {}

    class Meta:
        verbose_name = _("bước duyệt theo tư cách thành viên")
        verbose_name_plural = _("bước duyệt theo tư cách thành viên")

    def start(self, workflow_state, user=None) -> ApprovalTaskState:
        """Start waiting, with the hash of the content as it stands."""
        item = workflow_state.content_object
        return ApprovalTaskState.objects.create(
            workflow_state=workflow_state,
            status=TaskState.STATUS_IN_PROGRESS,
            revision=item.get_latest_revision(),
            task=self,
            content_hash=present_hash(item),
        )

    def _may_decide(self, item, user) -> bool:
        policy = policy_registry.get_by_type(type(item), fallback=False)
        return (
            policy is not None
            and policy.user_has_permission_for_instance(user, "approve", item)
            and user.pk not in item.made_by_ids()
        )

    def user_can_access_editor(self, obj, user) -> bool:
        return self._may_decide(obj, user)

    def locked_for_user(self, obj, user) -> bool:
        return False

    def get_actions(self, obj, user):
        if not self._may_decide(obj, user):
            return []
        return [("reject", _("Trả lại để sửa"), True), ("approve", _("Duyệt"), False)]

    def on_action(self, task_state, user, action_name, **kwargs) -> None:
        """Do the verb of this room. Raises the verb's own errors; an unknown action does nothing."""
        verb = self.verbs.get(action_name)
        if verb is not None:
            verb(
                task_state.workflow_state.content_object, user, task_state.specific, kwargs.get("comment", "")
            )

    def get_task_states_user_can_moderate(self, user, **kwargs):
        """Open task states of things that `user` reaches as an approver and did not make."""
        waiting = self.task_states.filter(status=TaskState.STATUS_IN_PROGRESS)
        allowed = []
        for model in self._models():
            policy = policy_registry.get_by_type(model, fallback=False)
            if policy is None:
                continue
            items = policy.instances_user_has_permission_for(user, "approve")
            content_type = ContentType.objects.get_for_model(model, for_concrete_model=False)
            ids = waiting.filter(workflow_state__base_content_type=content_type).values_list(
                "workflow_state__object_id", flat=True
            )
            allowed += [
                (content_type.pk, str(item.pk))
                for item in items.filter(pk__in=list(ids))
                if user.pk not in item.made_by_ids()
            ]
        condition = models.Q(pk__in=[])
        for content_type_id, object_id in allowed:
            condition |= models.Q(
                workflow_state__base_content_type_id=content_type_id, workflow_state__object_id=object_id
            )
        return waiting.filter(condition)

    def _models(self) -> list[type[models.Model]]:
        links = WorkflowContentType.objects.filter(workflow__workflow_tasks__task=self).select_related(
            "content_type"
        )
        return [model for link in links if (model := link.content_type.model_class())]

    @classmethod
    def get_description(cls) -> str:
        return str(
            _("Người có vai trò duyệt của cơ quan, không phải người soạn, duyệt đúng nội dung đã gửi.")
        )
