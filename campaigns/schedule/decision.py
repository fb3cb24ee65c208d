"""The approver's page: exactly what is approved, and two buttons. Everybody who may see the post may read it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.permissions import policy_registry

from campaigns.posts import sockets
from campaigns.posts.checks import draft_of, findings_of
from campaigns.posts.extras import shown
from campaigns.posts.models import Post, Variant
from campaigns.posts.sockets import Preview
from campaigns.schedule.editor_page import preview_of
from campaigns.schedule.models import Slot
from campaigns.schedule.post_views import DECIDE, PostPage
from campaigns.schedule.spreading import moments_of, sentence_of
from cms.approvals import services as approvals
from cms.approvals.approvable import present_hash
from cms.approvals.models import Approval
from cms.core.errors import InputRefused, LanToaError


@dataclass
class Part:
    """One kind of channel as the approver reads it."""

    variant: Variant
    preview: Preview
    slots: list[Slot]

    @property
    def extras_shown(self) -> list[tuple[str, str]]:
        """What only this kind takes, in words."""
        return shown(self.variant.kind, self.variant.extras)


class DecisionView(PostPage):
    """Reading a post as it stands; approving it or sending it back."""

    any_permission_required = ["view", "approve"]
    page_title = gettext_lazy("Xem bài đăng")
    template_name = "approvals/decision.html"
    guard_actions = frozenset({"view", "approve"})

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self.show(request, self.get_post())

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        post = self.get_post()
        try:
            if request.POST.get("action") == "approve":
                approvals.approve(
                    post, request.user, request.POST.get("content_hash", ""), request.POST.get("comment", "")
                )
                messages.success(request, _("Đã duyệt “%(title)s”.") % {"title": post.title})
            else:
                approvals.send_back(post, request.user, request.POST.get("reason", ""))
                messages.success(request, _("Đã trả lại “%(title)s” để sửa.") % {"title": post.title})
        except InputRefused as refusal:
            return self.show(request, self.get_post(), refusal)
        except LanToaError as refusal:
            messages.error(request, refusal.sentence)
        return redirect(DECIDE, pk)

    def show(self, request: HttpRequest, post: Post, refusal: InputRefused | None = None) -> HttpResponse:
        slots = list(Slot.objects.filter(variant__post=post).exclude(state="cancelled").with_subject())
        spread = moments_of(slots)
        for slot in slots:
            slot.spread = sentence_of(slot, spread[slot.pk])
        parts = [
            Part(
                variant,
                preview_of(draft_of(variant, post.organisation)),
                [slot for slot in slots if slot.variant_id == variant.pk],
            )
            for variant in post.variants.all()
        ]
        waiting = approvals.awaiting(post)
        findings = sorted(findings_of(post), key=lambda finding: -finding.severity) if waiting else []
        policy = policy_registry.get_by_type(Post)
        context = self.get_context_data(
            post=post,
            parts=parts,
            findings=findings,
            forbidden=any(finding.forbids for finding in findings),
            approval=approvals.standing(post),
            history=_history(post),
            waiting=waiting,
            content_hash=present_hash(post) if waiting else "",
            may_decide=bool(waiting) and approvals.may_approve(post, request.user),
            may_change=policy.user_has_permission_for_instance(request.user, "change", post),
            actions=[action for offer in sockets.actions for action in offer(post, request.user)],
            refusal=refusal,
            typed=request.POST if refusal else {},
        )
        return self.render_to_response(context, status=422 if refusal else 200)


def _history(post: Post) -> list[Any]:
    """Return earlier approvals of this post that no longer count, newest first."""
    return list(
        Approval.objects.filter(
            content_type__app_label="posts",
            content_type__model="post",
            object_id=post.pk,
            voided_at__isnull=False,
        ).order_by("-approved_at")[:5]
    )
