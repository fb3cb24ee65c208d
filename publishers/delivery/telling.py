"""Who is told what about deliveries, in the transaction of what happened; the same cause once."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.permissions import policy_registry

from cms.access.roles import roles_allowing
from cms.accounts.models import Membership, Role
from cms.channels.models import Channel
from cms.core import clock
from cms.notices.models import NoticeKind
from cms.notices.services import tell
from cms.places.models import UnitLevel
from publishers.delivery.models import Batch, Broadcast, Delivery, Freeze, Recall
from publishers.delivery.states import Reason, State

#: What a person chose needs no notice, and a stop is told by itself.
SILENT = frozenset({Reason.NONE, Reason.BY_PERSON, Reason.FROZEN})
UNCONNECTED = frozenset({Reason.RECONNECT, Reason.BLIND})
KIND_OF = {
    Reason.RECONNECT: NoticeKind.CONNECTION,
    Reason.BLIND: NoticeKind.CONNECTION,
    Reason.SETTINGS: NoticeKind.CONNECTION,
    Reason.BY_HAND: NoticeKind.BY_HAND,
    Reason.WITHDRAWN: NoticeKind.LIBRARY,
}


def in_charge_of(channel: Channel | None, delivery: Delivery | None = None) -> list[Any]:
    """Return who answers for a channel: its responsible officer and deputy; where the register names nobody, those
    of its body who run deliveries; where there is nobody either, everybody who reaches it."""
    if channel is not None:
        named = [person for person in (channel.responsible, channel.deputy) if person is not None]
        if any(person.is_active for person in named):
            return named
    body = channel.organisation_id if channel is not None else delivery.organisation_id if delivery else None
    own = _members({body} if body else set(), "operate")
    if own.exists() or delivery is None:
        return list(own)
    policy = policy_registry.get_by_type(Delivery)
    return list(policy.users_with_any_permission_for_instance(["operate"], delivery))


def _members(bodies: Any, action: str, kind: str = "delivery.delivery") -> QuerySet:
    roles = roles_allowing(kind, frozenset({action}))
    holders = Membership.objects.active().filter(role__in=roles, organisation__in=bodies)
    return get_user_model().objects.filter(pk__in=holders.values("user_id"), is_active=True)


def page_of(delivery: Delivery) -> str:
    return reverse("delivery_page", args=[delivery.public_id])


def held(delivery: Delivery, reason: Reason, sentence: str) -> None:
    """Tell whoever answers for the channel that a post waits for a person. That a connection died is told where it
    dies (connections), once however many posts it holds; a channel that never had one is told here, once."""
    channel = delivery.channel
    if reason in SILENT:
        return
    if reason in UNCONNECTED and getattr(channel, "connection", None) is not None:
        return
    where = str(channel or delivery.station)
    cause = f"held:{delivery.pk}:{delivery.fence}:{reason.value}"
    words = f"{where}: {sentence}"
    if reason in UNCONNECTED and channel is not None:
        cause = f"not-connected:{channel.pk}"
    if delivery.recall_id is not None:
        cause = f"recall:{delivery.pk}:{delivery.fence}"
        words = f"{delivery.get_purpose_display()} · {words}"
    kind = NoticeKind.RECALL if delivery.recall_id is not None else KIND_OF.get(reason, NoticeKind.LOOK)
    tell(in_charge_of(channel, delivery), kind, words, cause=cause, link=page_of(delivery))


def stations_held(batch: Batch, number: int) -> None:
    """Tell those who run the body's deliveries that stations of a batch wait for a person."""
    post = batch.slot.variant.post
    tell(
        _members({post.organisation_id}, "operate"),
        NoticeKind.LOOK,
        _("Bản tin “%(title)s”: có đài bị tạm giữ (%(number)s đài). Vui lòng xem lý do.")
        % {"title": post.title, "number": number},
        cause=f"stations:{batch.pk}:{batch.request_sha256[:16]}",
        link=f"{reverse('delivery_queue')}?loai=loudspeaker&tinh-trang=held",
    )


def overdue(delivery: Delivery) -> None:
    """Tell whoever answers for the channel that a post is due and neither out nor held."""
    tell(
        in_charge_of(delivery.channel, delivery),
        NoticeKind.OVERDUE,
        _("%(where)s: bài hẹn %(at)s chưa đăng được và chưa tạm giữ. Vui lòng báo quản trị hệ thống.")
        % {"where": delivery.channel or delivery.station, "at": clock.spoken_stamp(delivery.due_at)},
        cause=f"overdue:{delivery.pk}",
        link=page_of(delivery),
    )


def waits(delivery: Delivery, sentence: str, until: datetime) -> None:
    """Tell whoever answers for the channel that a post will miss its time because something is used up until `until`.

    Once a day: it may wait again tomorrow."""
    tell(
        in_charge_of(delivery.channel, delivery),
        NoticeKind.OVERDUE,
        f"{delivery.channel}: {sentence}",
        cause=f"waits:{delivery.pk}:{until:%Y-%m-%d}",
        link=page_of(delivery),
    )


def left_out(delivery: Delivery, sentence: str) -> None:
    """Tell whoever answers for the channel that a post is out without some of its parts."""
    words = f"{delivery.channel}: {sentence}"
    cause = f"left-out:{delivery.pk}:{delivery.fence}"
    tell(
        in_charge_of(delivery.channel, delivery), NoticeKind.LOOK, words, cause=cause, link=page_of(delivery)
    )


def silent(part: str, words: Any, since: datetime) -> None:
    """Tell the administrators of the centre that a part of the machinery has fallen silent; once per silence."""
    central = Membership.objects.active().filter(
        role=Role.ADMINISTRATOR, organisation__place__level=UnitLevel.CENTRE
    )
    people = get_user_model().objects.filter(pk__in=central.values("user_id"), is_active=True)
    tell(
        people,
        NoticeKind.OVERDUE,
        words % {"since": clock.spoken_stamp(since)},
        cause=f"silent:{part}:{since.isoformat()}",
        link=reverse("delivery_queue"),
    )


def stopped(freeze: Freeze, bodies: QuerySet, *, lifted: bool = False) -> None:
    """Tell everybody who sees deliveries of the covered bodies that posting is stopped, or that it goes on."""
    where = freeze.place or freeze.organisation
    sentence = (
        _("Đã gỡ lệnh dừng đăng toàn bộ cho %(where)s.") % {"where": where}
        if lifted
        else _("Dừng đăng toàn bộ cho %(where)s: %(reason)s") % {"where": where, "reason": freeze.reason}
    )
    tell(
        _members(bodies, "view"),
        NoticeKind.STOP,
        sentence,
        cause=f"freeze:{freeze.pk}:{'lifted' if lifted else 'on'}",
        link=reverse("delivery_stop", args=[freeze.pk]),
    )


def recall_started(recall: Recall) -> None:
    """Tell those who answer for each channel that a post of theirs is taken back or corrected."""
    people: dict[int, Any] = {}
    for delivery in recall.deliveries.select_related("channel__responsible", "channel__deputy"):
        for person in in_charge_of(delivery.channel, delivery):
            people[person.pk] = person
    tell(
        people.values(),
        NoticeKind.RECALL,
        f"{recall.get_kind_display()} “{recall.post.title}”: {recall.reason}",
        cause=f"recall-started:{recall.pk}",
        link=reverse("delivery_recall", args=[recall.public_id]),
    )


def station_not_proven(recall: Recall) -> None:
    """Tell whoever started a recall that a station's page does not show it: somebody must look."""
    tell(
        [recall.started_by],
        NoticeKind.RECALL,
        _("Có đài chưa xác nhận được việc thu hồi, đính chính “%(title)s”. Vui lòng xem danh sách đài.")
        % {"title": recall.post.title},
        cause=f"recall-station:{recall.pk}",
        link=reverse("delivery_recall", args=[recall.public_id]),
    )


def asset_withdrawn(withdrawal: Any, post: Any) -> None:
    """Tell those of the post's body who may recall it that it is out with an asset that was withdrawn."""
    tell(
        _members({post.organisation_id}, "recall", "posts.post"),
        NoticeKind.RECALL,
        _(
            "Tài liệu “%(asset)s” đã bị thu hồi (%(reason)s). Bài “%(post)s” đã đăng đang dùng tài liệu này: vui lòng "
            "thu hồi hoặc đính chính."
        )
        % {"asset": withdrawal.asset.title, "reason": withdrawal.reason, "post": post.title},
        cause=f"withdrawn:{withdrawal.pk}:{post.pk}",
        link=reverse("delivery_recall_start", args=[post.pk]),
    )


def broadcast_proposed(row: Broadcast) -> None:
    """Tell those who may approve for the body that a Zalo broadcast waits for them; never its proposer."""
    people = _members({row.organisation_id}, "approve", "posts.post").exclude(pk=row.proposed_by_id)
    tell(
        people,
        NoticeKind.APPROVAL,
        _("Thông báo Zalo chờ duyệt, %(channel)s: %(note)s")
        % {"channel": row.channel.name, "note": row.note},
        cause=f"broadcast:{row.pk}:proposed",
        link=reverse("delivery_broadcast", args=[row.public_id]),
    )


def broadcast_needs_a_person(row: Broadcast) -> None:
    """Tell whoever answers for the OA that a broadcast was refused, or that nobody knows whether it was sent."""
    tell(
        in_charge_of(row.channel) or [row.proposed_by],
        NoticeKind.LOOK,
        f"{row.channel.name}: {row.sentence or row.get_state_display()}",
        cause=f"broadcast:{row.pk}:{row.state}",
        link=reverse("delivery_broadcast", args=[row.public_id]),
    )


def asset_usable_again(sender: Any, withdrawal: Any, **kwargs: Any) -> None:
    """When a withdrawal is lifted: tell whoever answers for a post it held that a person may let it go on."""
    held_by_it = Delivery.objects.filter(
        slot__carried__asset=withdrawal.asset_id,
        state=State.HELD,
        reason=Reason.WITHDRAWN,
        channel__isnull=False,
    )
    if withdrawal.version:
        held_by_it = held_by_it.filter(slot__carried__version=withdrawal.version)
    for delivery in held_by_it.select_related(
        "channel__responsible", "channel__deputy", "organisation"
    ).distinct():
        tell(
            in_charge_of(delivery.channel, delivery),
            NoticeKind.LIBRARY,
            _(
                "Tài liệu “%(asset)s” được dùng lại. Bài trên %(channel)s vẫn tạm giữ: vui lòng gửi lại hoặc hủy."
            )
            % {"asset": withdrawal.asset.title, "channel": delivery.channel},
            cause=f"usable:{withdrawal.pk}:{delivery.pk}",
            link=page_of(delivery),
        )
