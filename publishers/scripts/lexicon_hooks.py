"""Addresses, list buttons and styles of the lexicon; registered by the room's wagtail_hooks."""

from __future__ import annotations

from django.urls import path, reverse
from django.utils.translation import gettext as _
from wagtail.admin.widgets.button import Button
from wagtail.permissions import policy_registry

from campaigns.posts.models import Post
from publishers.scripts.lexicon_screens import DoubtsView, FileView, TrialView


def addresses() -> list:
    return [
        path("tu-dien-cach-doc/doc-thu/", TrialView.as_view(), name="lexicon_trial"),
        path("tu-dien-cach-doc/tep/", FileView.as_view(), name="lexicon_file"),
        path("ban-tin/<uuid:public_id>/cach-doc/", DoubtsView.as_view(), name="lexicon_doubts"),
    ]


def buttons_of(row, user) -> list[Button]:
    """The button of a post in its list, for people who may change posts; asks nothing per row."""
    if not isinstance(row, Post) or not policy_registry.get_by_type(Post).user_has_permission(user, "change"):
        return []
    address = reverse("lexicon_doubts", args=[row.public_id])
    return [Button(_("Chọn cách đọc"), address, icon_name="openquote", priority=60)]
