"""The verb that keeps how a loudspeaker text is to be broadcast."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.permissions import policy_registry

from campaigns.posts.models import Post, Variant
from cms.approvals import services as approvals
from cms.audit.services import record
from cms.channels.kinds import ChannelKind
from cms.core.errors import InputRefused, NotAllowed
from publishers.scripts.blocks import Keep
from publishers.scripts.local_wording import paragraphs_of
from publishers.scripts.plans import Priority, ScriptPlan, paragraph_key


@transaction.atomic
def keep_plan(variant: Variant, by: Any, *, priority: str, marks: Mapping[int, int]) -> ScriptPlan:
    """Keep the priority of a loudspeaker text and the mark of each paragraph (by its position, from 0).

    Ends an approval of the post when anything has changed. Raises NotAllowed for a person who may not change the
    post, InputRefused for another kind of channel or for values that do not exist."""
    # The post first: whoever approves or edits it meanwhile waits here or has finished.
    post = Post.objects.select_for_update().get(pk=variant.post_id)
    policy = policy_registry.get_by_type(Post, fallback=False)
    if not policy.user_has_permission_for_instance(by, "change", post):
        raise NotAllowed(_("Bạn không có quyền sửa bài đăng này."))
    if variant.kind != ChannelKind.LOUDSPEAKER:
        raise InputRefused(_("Chỉ bản tin phát thanh mới có cách phát."))
    if priority not in Priority.values:
        raise InputRefused(_("Mức ưu tiên của bản tin không hợp lệ."), field="priority")
    keeps: dict[str, int] = {}
    for number, sentences in enumerate(paragraphs_of(variant.text)):
        mark = marks.get(number, Keep.USUAL)
        if mark not in list(Keep):
            raise InputRefused(_("Cách giữ đoạn %(number)s không hợp lệ.") % {"number": number + 1})
        if mark != Keep.USUAL:
            keeps[paragraph_key(" ".join(sentences))] = int(mark)
    plan = ScriptPlan.objects.filter(variant=variant).first() or ScriptPlan(variant=variant)
    if plan.pk and (plan.priority, plan.keeps) == (priority, keeps):
        return plan
    plan.priority, plan.keeps, plan.updated_by = priority, keeps, by
    plan.save()
    post.last_edited_by = by
    post.save()
    record("plan_script", post, actor=by, priority=priority, marked=len(keeps))
    approvals.follow_change(post, by)
    return plan
