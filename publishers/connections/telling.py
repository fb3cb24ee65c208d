"""Who is told that a connection died or is about to: the officers in charge of the channel and its administrators."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import QuerySet
from django.urls import reverse
from wagtail.permissions import policy_registry

from cms.channels.models import Channel
from cms.core import clock
from cms.notices.models import NoticeKind
from cms.notices.services import tell


def people_to_tell(channel: Channel) -> QuerySet[Any]:
    """Return who must know about `channel`."""
    policy = policy_registry.get_by_type(Channel)
    may_connect = policy.users_with_any_permission_for_instance(["connect"], channel)
    officers = [pk for pk in (channel.responsible_id, channel.deputy_id) if pk]
    users = get_user_model().objects.filter(is_active=True)
    return users.filter(pk__in=officers) | users.filter(pk__in=may_connect.values("pk"))


def tell_about(channel: Channel, sentence: str, mark: str) -> None:
    """Tell them `sentence`, once a day for the same `mark`. Call it inside the transaction of what it is about."""
    tell(
        people_to_tell(channel), NoticeKind.CONNECTION, f"{channel.name}: {sentence}",
        cause=f"connection:{channel.pk}:{mark}:{clock.today()}", link=reverse("channel_page", args=[channel.public_id]),
    )  # fmt: skip
