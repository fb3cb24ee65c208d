"""What can be done with an asset at the foot of its form, in the words of the library."""

from __future__ import annotations

from django.contrib.admin.utils import quote
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.permissions import policy_registry
from wagtail.snippets.action_menu import ActionMenuItem

from media.library.models import Asset


def _may_publish(context) -> bool:
    policy, user = policy_registry.get_by_type(Asset), context["request"].user
    instance = context.get("instance")
    if instance is not None and instance.pk:
        return policy.user_has_permission_for_instance(user, "publish", instance)
    return policy.user_has_permission(user, "publish")


class PutIntoLibrary(ActionMenuItem):
    """Đưa vào kho: from now on those it is shared with read it."""

    name = "action-publish"
    label = _("Đưa vào kho")
    icon_name = "upload"
    template_name = "library/action_put.html"

    def is_shown(self, context) -> bool:
        return super().is_shown(context) and _may_publish(context)


class TakeOutOfLibrary(ActionMenuItem):
    """Đưa ra khỏi kho: it stays with its body as a draft."""

    name = "action-unpublish"
    label = _("Đưa ra khỏi kho")
    icon_name = "download"

    def is_shown(self, context) -> bool:
        instance = context.get("instance")
        return super().is_shown(context) and instance is not None and instance.live and _may_publish(context)

    def get_url(self, parent_context):
        instance = parent_context["instance"]
        return reverse(instance.snippet_viewset.get_url_name("unpublish"), args=[quote(instance.pk)])
