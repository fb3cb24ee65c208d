"""Verbs of approval: submit, approve, send back, void; and the question whether an approval still stands.

The truth is the Approval row. Wagtail's workflow shows where a thing stands on its way there; both are moved in one
transaction, so they cannot disagree."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, cast

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Model
from django.utils.translation import gettext as _
from wagtail.models import Workflow, WorkflowContentType, WorkflowState, WorkflowTask
from wagtail.permissions import policy_registry
from wagtail.signals import workflow_approved

from cms.approvals.approvable import Approvable, present_hash, present_payload
from cms.approvals.content import content_hash
from cms.approvals.models import Approval, ApprovalTaskState, MembershipApprovalTask
from cms.audit.services import record
from cms.core import clock
from cms.core.errors import ConflictingState, InputRefused, NotAllowed
from cms.core.models import nfc

CHANGED_REASON = "Nội dung đã thay đổi sau khi được duyệt."


# ---------------------------------------------------------------------------------------------- questions
def standing(item: Approvable) -> Approval | None:
    """Return the approval of `item` that counts now: not voided, and of the content as it stands; else None."""
    return standing_for([item]).get(item.pk)


def standing_for(items: Iterable[Approvable]) -> dict[int, Approval]:
    """Return item id → the approval that counts now, for items of one model; the others are missing.

    A constant number of queries, however many items."""
    items = list(items)
    if not items:
        return {}
    model = type(items[0])
    open_rows = {
        row.object_id: row
        for row in Approval.objects.filter(
            content_type=ContentType.objects.get_for_model(cast(type[Model], model)),
            object_id__in=[item.pk for item in items],
            voided_at__isnull=True,
        ).select_related("approver", "organisation")
    }
    candidates = [item for item in items if item.pk in open_rows]
    if not candidates:
        return {}
    payloads = model.approval_payloads(candidates)
    return {
        item.pk: open_rows[item.pk]
        for item in candidates
        if content_hash(payloads[item.pk]) == open_rows[item.pk].content_hash
    }


def approval_of(item: Approvable, approved_hash: str) -> Approval | None:
    """Return the newest approval of exactly this content of `item`, whether it still stands or not; None when nobody has
    approved it."""
    model = cast(type[Model], type(item))
    return (
        Approval.objects.filter(
            content_type=ContentType.objects.get_for_model(model),
            object_id=item.pk,
            content_hash=approved_hash,
        )
        .select_related("organisation")
        .order_by("-approved_at")
        .first()
    )


def awaiting(item: Any) -> ApprovalTaskState | None:
    """Return the open task of `item` on its way to approval, or None when it has not been submitted."""
    state = WorkflowState.objects.for_instance(item).filter(status=WorkflowState.STATUS_IN_PROGRESS).first()
    return state.current_task_state.specific if state and state.current_task_state else None


def may_approve(item: Approvable, user: Any) -> bool:
    """Whether `user` is somebody who may approve `item`: reaches it as approver and did not make it."""
    return _refusal_to_approve(item, user) is None


# ---------------------------------------------------------------------------------------------- verbs
@transaction.atomic
def submit(item: Approvable, by: Any) -> ApprovalTaskState:
    """Send `item` to be approved by a second person.

    Raises NotAllowed when `by` may not change it, InputRefused with every reason that forbids its approval as it
    stands, and ConflictingState when it is waiting already or stands approved."""
    _require(item, by, "change", _("Bạn không có quyền gửi duyệt nội dung này."))
    item = _locked(item)
    if awaiting(item):
        raise ConflictingState(_("Nội dung này đang chờ duyệt rồi."))
    if standing(item):
        raise ConflictingState(_("Nội dung này đã được duyệt và chưa có gì thay đổi."))
    refusals = item.refusals()
    if refusals:
        raise InputRefused(" ".join(refusals))
    revision = cast(Any, item).save_revision(user=by, clean=False)
    cast(Any, item).latest_revision = revision
    earlier = WorkflowState.objects.for_instance(cast(Any, item)).active().first()
    if earlier is not None:
        # Sent back before: that round is over, a new one begins with a new revision.
        earlier.cancel(user=by)
    state = _workflow_of(type(item)).start(item, by)
    task_state = state.current_task_state.specific
    record("submit", cast(Model, item), actor=by, content_hash=task_state.content_hash)
    return task_state


@transaction.atomic
def approve(item: Approvable, by: Any, expected_hash: str, comment: str = "") -> Approval:
    """Approve `item` exactly as `by` saw it: `expected_hash` is the hash the page was drawn with.

    Raises NotAllowed for the author, the last editor, anybody whose membership does not reach it as approver, and
    an approver without a position to sign with; ConflictingState when the content has moved on since it was read or
    was not submitted; InputRefused when it cannot be approved as it stands."""
    item = _locked(item)
    refusal = _refusal_to_approve(item, by)
    if refusal:
        raise NotAllowed(refusal)
    task_state = awaiting(item)
    if task_state is None:
        raise ConflictingState(_("Nội dung này chưa được gửi duyệt, hoặc đã có người xử lý trước bạn."))
    payload = present_payload(item)
    digest = content_hash(payload)
    if digest != expected_hash:
        raise ConflictingState(
            _("Nội dung đã thay đổi sau khi bạn mở trang này. Vui lòng đọc lại bản mới rồi hãy duyệt.")
        )
    refusals = item.refusals()
    if refusals:
        raise InputRefused(" ".join(refusals))
    _void_open_rows(item, CHANGED_REASON)
    now = clock.now()
    approval = Approval.objects.create(
        item=item,
        organisation=item.organisation,
        content_hash=digest,
        payload=payload,
        approver=by,
        approver_name=by.get_full_name(),
        approver_position=by.position,
        approved_at=now,
    )
    # The workflow is told, not asked: its own way of finishing would publish a revision over the real rows.
    task_state.approve(user=by, update=False, comment=nfc(comment))
    workflow_state = task_state.workflow_state
    workflow_state.status = WorkflowState.STATUS_APPROVED
    workflow_state.save()
    workflow_approved.send(sender=WorkflowState, instance=workflow_state, user=by)
    _set_live(item, True)
    record("approve", cast(Model, item), actor=by, content_hash=digest, approval=approval.pk, comment=comment)
    return approval


@transaction.atomic
def send_back(item: Approvable, by: Any, reason: str) -> None:
    """Give `item` back to its editors with a reason they can act on.

    Raises NotAllowed like `approve` (but needs no position), InputRefused without a reason, ConflictingState when it
    is not waiting."""
    item = _locked(item)
    refusal = _refusal_to_decide(item, by)
    if refusal:
        raise NotAllowed(refusal)
    reason = nfc(reason).strip()
    if not reason:
        raise InputRefused(_("Vui lòng ghi lý do trả lại để người soạn biết cần sửa gì."), field="reason")
    task_state = awaiting(item)
    if task_state is None:
        raise ConflictingState(_("Nội dung này không còn chờ duyệt."))
    task_state.reject(user=by, comment=reason)
    record("send_back", cast(Model, item), actor=by, reason=reason)


@transaction.atomic
def void(item: Approvable, reason: str, by: Any = None) -> bool:
    """End the approval of `item`, if it has one; return whether there was one. `by` None: the system did it."""
    ended = _void_open_rows(item, reason)
    if ended:
        _set_live(item, False)
        record("void_approval", cast(Model, item), actor=by, reason=reason)
    return bool(ended)


@transaction.atomic
def follow_change(item: Approvable, by: Any) -> None:
    """Called by every verb that changed `item`: ends an approval of other content, and calls back what was
    submitted, so that nobody approves a page that has moved on."""
    open_row = _open_rows(item).first()
    if open_row is not None and present_hash(item) != open_row.content_hash:
        void(item, CHANGED_REASON, by)
    task_state = awaiting(item)
    if task_state is not None and task_state.content_hash != present_hash(item):
        task_state.workflow_state.cancel(user=by)
        record("withdraw_submission", cast(Model, item), actor=by, reason=CHANGED_REASON)


@transaction.atomic
def withdraw(item: Approvable, by: Any) -> None:
    """Take `item` back from those who were to approve it. Raises NotAllowed or ConflictingState."""
    _require(item, by, "change", _("Bạn không có quyền rút lại nội dung này."))
    task_state = awaiting(_locked(item))
    if task_state is None:
        raise ConflictingState(_("Nội dung này không còn chờ duyệt."))
    task_state.workflow_state.cancel(user=by)
    record("withdraw_submission", cast(Model, item), actor=by)


# ---------------------------------------------------------------------------------------------- parts
def _refusal_to_decide(item: Approvable, user: Any) -> str | None:
    policy = policy_registry.get_by_type(type(item), fallback=False)
    if policy is None or not policy.user_has_permission_for_instance(user, "approve", item):
        return _("Bạn không có quyền duyệt nội dung của cơ quan này.")
    if user.pk in item.made_by_ids():
        return _("Người soạn hoặc sửa nội dung không được tự duyệt; cần một người thứ hai.")
    return None


def _refusal_to_approve(item: Approvable, user: Any) -> str | None:
    refusal = _refusal_to_decide(item, user)
    if refusal is None and not user.position.strip():
        return _("Tài khoản của bạn chưa ghi chức vụ nên chưa ký duyệt được. Vui lòng báo quản trị hệ thống.")
    return refusal


def _require(item: Approvable, user: Any, action: str, sentence: str) -> None:
    policy = policy_registry.get_by_type(type(item), fallback=False)
    if policy is None or not policy.user_has_permission_for_instance(user, action, item):
        raise NotAllowed(sentence)


def _locked(item: Approvable) -> Approvable:
    model = cast(type[Model], type(item))
    return cast(Approvable, model._base_manager.select_for_update().get(pk=item.pk))


def _open_rows(item: Approvable):
    return Approval.objects.filter(
        content_type=ContentType.objects.get_for_model(cast(type[Model], type(item))),
        object_id=item.pk,
        voided_at__isnull=True,
    )


def _void_open_rows(item: Approvable, reason: str) -> int:
    return _open_rows(item).update(voided_at=clock.now(), void_reason=reason[:250])


def _set_live(item: Approvable, live: bool) -> None:
    cast(type[Model], type(item))._base_manager.filter(pk=item.pk).update(live=live)
    item.live = live


def _workflow_of(model: type) -> Workflow:
    """Return the workflow whose screen shows approvals of `model`; made when it is first needed."""
    content_type = ContentType.objects.get_for_model(model, for_concrete_model=False)
    link = (
        WorkflowContentType.objects.filter(content_type=content_type, workflow__active=True)
        .select_related("workflow")
        .first()
    )
    if link is not None:
        return link.workflow
    task = MembershipApprovalTask.objects.filter(active=True).first()
    if task is None:
        task = MembershipApprovalTask.objects.create(name="Người thứ hai duyệt")
    workflow = Workflow.objects.create(name=f"Phê duyệt {content_type.name}"[:255])
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=1)
    WorkflowContentType.objects.create(content_type=content_type, workflow=workflow)
    return workflow
