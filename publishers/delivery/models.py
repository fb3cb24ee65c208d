"""The promise to send one slot, every try that was made for it, and what the other side confirmed."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from campaigns.schedule.models import LateRule
from cms.channels.kinds import ChannelKind
from cms.core.models import Dated, NFCCharField, NFCTextField, PubliclyNumbered
from cms.core.sealed_field import SealedField
from publishers.delivery import states
from publishers.delivery.state_words import LABELS, REASON_LABELS
from publishers.delivery.states import Lane, Reason, State

STATE_CHOICES = [(state.value, LABELS[state]) for state in State]
REASON_CHOICES = [(reason.value, REASON_LABELS[reason]) for reason in Reason if reason]
LANE_CHOICES = [(lane.value, lane.value) for lane in Lane]


class Purpose(models.TextChoices):
    """What a delivery does to its channel. All but `publish` and `repost` are about an earlier delivery's post."""

    PUBLISH = "publish", _("Đăng bài")
    REPOST = "repost", _("Đăng lại bản đúng")
    TAKE_DOWN = "take-down", _("Gỡ bài")
    HIDE = "hide", _("Ẩn bài")
    CORRECT = "correct", _("Đính chính")
    COMMENT = "comment", _("Bình luận đính chính")


#: These make a new post; the others change or remove one that is there.
NEW_POSTS = frozenset({Purpose.PUBLISH, Purpose.REPOST})


DONE_WORDS = {
    Purpose.TAKE_DOWN: _("Đã gỡ"),
    Purpose.HIDE: _("Đã ẩn"),
    Purpose.CORRECT: _("Đã đính chính"),
    Purpose.COMMENT: _("Đã bình luận đính chính"),
}


def _values(named: frozenset[State]) -> list[str]:
    return sorted(state.value for state in named)


_UNCLEAR, _BLIND = Q(state=State.UNCLEAR.value), Q(state=State.HELD.value, reason=Reason.BLIND.value)
#: The platform has accepted it, what became of it could not be asked.
_ACCEPTED_BLIND = _BLIND & Q(accepted_at__isnull=False)


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    def open(self) -> DeliveryQuerySet:
        """Deliveries that have not ended."""
        return self.exclude(state__in=_values(states.TERMINAL))

    def claimable(self, lane: Lane, now: datetime) -> DeliveryQuerySet:
        """What the workers of `lane` should take now, the longest waiting first."""
        return self.filter(lane=lane, wake_at__lte=now).order_by("wake_at", "pk")

    def overdue(self, before: datetime) -> DeliveryQuerySet:
        """Due before `before` and neither ended nor visibly held: what the watchdog barks at."""
        return self.open().exclude(state=State.HELD).filter(due_at__lt=before)

    def publications(self) -> DeliveryQuerySet:
        """Deliveries that make a new post, not those that correct or remove one: what counts as having been posted."""
        return self.filter(purpose__in=NEW_POSTS)

    def needing_a_look(self) -> DeliveryQuerySet:
        """Held, and whether the post is there is not known: a person can tell."""
        return self.filter(state=State.HELD, reason__in=sorted(states.MAYBE_THERE))


class Delivery(PubliclyNumbered, Dated):
    """The promise (lượt đăng) to send one slot to one channel or one station. Its request is frozen at booking.

    `wake_at` is the moment at which a worker has something to do here: the start of staging, the due time, the next
    try, the next look, or the end of a lease whose worker went silent. NULL: nothing (held or ended). `fence` grows
    with every claim; a worker writes only under the fence it was given."""

    slot = models.ForeignKey(
        "schedule.Slot", on_delete=models.PROTECT, related_name="deliveries", verbose_name=_("giờ đăng")
    )
    channel = models.ForeignKey(
        "channels.Channel",
        null=True,
        on_delete=models.PROTECT,
        related_name="deliveries",
        verbose_name=_("kênh"),
    )
    station = models.ForeignKey(
        "stations.Station", null=True, on_delete=models.PROTECT, related_name="deliveries",
        verbose_name=_("đài truyền thanh"),
    )  # fmt: skip
    kind = models.CharField(_("loại kênh"), max_length=20, choices=ChannelKind)
    # The body that owns the channel or station: its people see the delivery, whoever made the post.
    organisation = models.ForeignKey(
        "organisations.Organisation", on_delete=models.PROTECT, related_name="deliveries",
        verbose_name=_("cơ quan, đơn vị"),
    )  # fmt: skip
    purpose = models.CharField(
        _("việc"), max_length=10, choices=Purpose, default=Purpose.PUBLISH, editable=False
    )
    # The delivery whose post this one corrects, removes or replaces, and the recall that asks for it.
    about = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, related_name="remedies", editable=False
    )
    recall = models.ForeignKey(
        "delivery.Recall", null=True, on_delete=models.PROTECT, related_name="deliveries", editable=False
    )
    # The stop that held it last; kept after the stop was lifted.
    freeze = models.ForeignKey(
        "delivery.Freeze", null=True, on_delete=models.SET_NULL, related_name="held", editable=False
    )
    state = models.CharField(_("tình trạng"), max_length=12, choices=STATE_CHOICES, default=State.BOOKED)
    lane = models.CharField(max_length=8, choices=LANE_CHOICES, default=Lane.UPLOAD, editable=False)
    reason = models.CharField(_("lý do"), max_length=12, choices=REASON_CHOICES, blank=True, default="")
    sentence = NFCTextField(_("giải thích"), blank=True, default="")

    due_at = models.DateTimeField(_("giờ đăng"))
    late_after = models.PositiveIntegerField(_("coi là trễ sau (giây)"), default=2 * 3600)
    late_rule = models.CharField(_("nếu trễ giờ"), max_length=8, choices=LateRule, default=LateRule.HOLD)
    wake_at = models.DateTimeField(null=True, editable=False)

    request = models.JSONField(default=dict, editable=False)
    request_sha256 = models.CharField(max_length=64, editable=False)
    approval = models.ForeignKey("approvals.Approval", null=True, on_delete=models.PROTECT, related_name="+")
    approval_hash = models.CharField(max_length=64, blank=True, editable=False)

    fence = models.PositiveIntegerField(default=0, editable=False)
    lease_until = models.DateTimeField(null=True, editable=False)
    worker = models.CharField(max_length=80, blank=True, default="", editable=False)
    heartbeat_at = models.DateTimeField(null=True, editable=False)

    next_step = models.CharField(max_length=40, blank=True, default="", editable=False)
    handles = models.JSONField(default=dict, editable=False)
    sealed_handles = SealedField(blank=True, default="", editable=False)
    tries = models.PositiveSmallIntegerField(_("số lần gửi chưa thành"), default=0, editable=False)
    polls = models.PositiveSmallIntegerField(default=0, editable=False)
    looks = models.PositiveSmallIntegerField(default=0, editable=False)
    # What is unclear while the state is (or while it is held blind): since when, looks that could not be made, and the
    # platform's refusal that is being read back before anybody believes it.
    doubt = models.JSONField(default=dict, blank=True, editable=False)
    # When the platform accepted the visible call; from then on nothing is ever sent again without a person.
    accepted_at = models.DateTimeField(null=True, editable=False)
    ended_at = models.DateTimeField(_("kết thúc lúc"), null=True, editable=False)
    alarmed_at = models.DateTimeField(null=True, editable=False)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = _("lượt đăng")
        verbose_name_plural = _("lượt đăng")
        ordering = ["-due_at", "-pk"]
        indexes = [
            # The question every worker asks every second or two; rows that need nothing are not in it.
            models.Index(
                fields=["lane", "wake_at", "id"], condition=Q(wake_at__isnull=False), name="delivery_wake"
            ),
            models.Index(fields=["organisation", "-due_at"], name="delivery_organisation"),
            models.Index(fields=["state", "-due_at"], name="delivery_state_due"),
            models.Index(fields=["slot", "state"], name="delivery_slot_state"),
            models.Index(
                fields=["freeze", "due_at"], condition=Q(freeze__isnull=False), name="delivery_held_by_freeze"
            ),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=_values(frozenset(State))), name="delivery_state_is_known"),
            models.CheckConstraint(
                condition=Q(channel__isnull=False, station__isnull=True)
                | Q(channel__isnull=True, station__isnull=False),
                name="delivery_is_for_a_channel_or_a_station",
            ),
            models.UniqueConstraint(
                fields=["slot", "channel"],
                condition=Q(channel__isnull=False, purpose=Purpose.PUBLISH),
                name="one_delivery_per_slot_channel",
            ),
            models.UniqueConstraint(
                fields=["slot", "station"], condition=Q(station__isnull=False), name="one_delivery_per_slot_station"
            ),
            models.UniqueConstraint(
                fields=["recall", "about", "purpose"],
                condition=Q(recall__isnull=False),
                name="a_recall_does_one_thing_once_to_a_post",
            ),
            models.CheckConstraint(
                condition=Q(purpose=Purpose.PUBLISH, about__isnull=True, recall__isnull=True)
                | (~Q(purpose=Purpose.PUBLISH) & Q(about__isnull=False, recall__isnull=False)),
                name="delivery_is_about_a_post_unless_it_makes_one",
            ),
            # One channel works on one publish at a time.
            models.UniqueConstraint(
                fields=["channel"],
                condition=Q(state=State.SENDING.value, channel__isnull=False),
                name="one_sending_per_channel",
            ),
            # Who is at work keeps a lease; who has ended, waits or is held keeps none.
            models.CheckConstraint(
                condition=Q(state__in=_values(states.LEASED), lease_until__isnull=False)
                | Q(state__in=_values(states.WATCHED))
                | Q(state__in=_values(frozenset(State) - states.LEASED - states.WATCHED), lease_until__isnull=True),
                name="delivery_lease_fits_its_state",
            ),
            # Held and ended rows wake nobody; every other row has a moment at which somebody looks at it.
            models.CheckConstraint(
                condition=Q(state__in=_values(states.TERMINAL | {State.HELD}), wake_at__isnull=True)
                | Q(state__in=_values(states.OPEN - {State.HELD}), wake_at__isnull=False),
                name="delivery_wakes_unless_held_or_ended",
            ),
            models.CheckConstraint(
                condition=~Q(state=State.HELD.value) | (~Q(reason="") & ~Q(sentence="")),
                name="delivery_held_with_a_reason",
            ),
            # What is unclear remembers since when, and nothing else is in doubt.
            models.CheckConstraint(
                condition=((_UNCLEAR | _BLIND) & ~Q(doubt={})) | ((~(_UNCLEAR | _BLIND) | _ACCEPTED_BLIND) & Q(doubt={})),
                name="delivery_in_doubt_says_since_when",
            ),
            models.CheckConstraint(
                condition=Q(state__in=_values(states.TERMINAL), ended_at__isnull=False)
                | Q(state__in=_values(states.OPEN), ended_at__isnull=True),
                name="delivery_ends_once",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.channel or self.station} – {self.due_at:%d/%m/%Y %H:%M} UTC"

    @property
    def state_words(self) -> str:
        """The words for its state: a delivery that took a post down ends as taken down, not as posted."""
        if self.state == State.LIVE and self.purpose in DONE_WORDS:
            return str(DONE_WORDS[Purpose(self.purpose)])
        return str(self.get_state_display())

    @property
    def lateness(self) -> float | None:
        """Seconds between the due time and the platform's acceptance; None while it is not live."""
        return (self.accepted_at - self.due_at).total_seconds() if self.accepted_at else None

    @property
    def may_be_there(self) -> bool:
        """Whether, held as it is, citizens may see it although nobody has confirmed that."""
        return self.state == State.HELD and (
            self.reason in states.MAYBE_THERE or self.accepted_at is not None
        )


class Attempt(models.Model):
    """One try (lần gửi) of one step. Committed before the wire is touched; its result right after.

    Without `finished_at` nobody knows what happened: such a row is read back, never resent."""

    delivery = models.ForeignKey(Delivery, on_delete=models.CASCADE, related_name="attempts")
    number = models.PositiveIntegerField(_("lần"))
    step = models.CharField(_("bước"), max_length=40)
    visible = models.BooleanField(default=False)
    # Not a send but a look whether an earlier try had happened.
    is_look = models.BooleanField(default=False)
    fence = models.PositiveIntegerField()
    worker = models.CharField(max_length=80, blank=True, default="")
    started_at = models.DateTimeField(_("bắt đầu"))
    finished_at = models.DateTimeField(_("kết thúc"), null=True)
    outcome = models.CharField(_("kết quả"), max_length=12, blank=True, default="")
    code = models.CharField(_("mã"), max_length=60, blank=True, default="")
    sentence = NFCTextField(_("giải thích"), blank=True, default="")
    http_status = models.PositiveSmallIntegerField(null=True)
    exchange = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("lần gửi")
        verbose_name_plural = _("lần gửi")
        ordering = ["delivery_id", "number"]
        constraints = [
            models.UniqueConstraint(fields=["delivery", "number"], name="attempt_number_once"),
            models.UniqueConstraint(
                fields=["delivery"],
                condition=Q(finished_at__isnull=True),
                name="one_open_attempt_per_delivery",
            ),
            models.CheckConstraint(
                condition=Q(finished_at__isnull=True, outcome="")
                | (Q(finished_at__isnull=False) & ~Q(outcome="")),
                name="attempt_result_with_its_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.delivery_id} · {self.number} · {self.step}"


class Evidence(models.TextChoices):
    """How we know that it is there. Declared figures are never shown as evidence."""

    PLATFORM = "platform", _("Nền tảng xác nhận")
    SERVED = "served", _("Đọc lại từ trang của đài")
    DECLARED = "declared", _("Người đăng khai báo")


class Receipt(models.Model):
    """What the other side confirmed (biên nhận)."""

    delivery = models.OneToOneField(Delivery, on_delete=models.CASCADE, related_name="receipt")
    remote_id = models.CharField(_("mã trên nền tảng"), max_length=200, blank=True)
    permalink = models.URLField(_("liên kết"), max_length=500, blank=True)
    confirmed_at = models.DateTimeField(_("xác nhận lúc"))
    evidence = models.CharField(_("bằng chứng"), max_length=10, choices=Evidence)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("người ghi"),
    )
    note = NFCCharField(_("ghi chú"), max_length=250, blank=True)
    # A photo as proof of what was posted by hand: its name in the default storage, which is its SHA-256.
    photo = models.CharField(_("ảnh chụp"), max_length=120, blank=True, default="")

    class Meta:
        verbose_name = _("biên nhận")
        verbose_name_plural = _("biên nhận")
        constraints = [
            models.CheckConstraint(
                condition=~Q(remote_id="") | ~Q(permalink="") | ~Q(note="") | ~Q(photo=""),
                name="receipt_says_something",
            ),
        ]

    def __str__(self) -> str:
        return self.permalink or self.remote_id


class Freeze(Dated):
    """A stop (dừng đăng toàn bộ) for one body, or for a place and everything below it."""

    organisation = models.ForeignKey(
        "organisations.Organisation", null=True, blank=True, on_delete=models.PROTECT, related_name="freezes",
        verbose_name=_("cơ quan, đơn vị"),
    )  # fmt: skip
    place = models.ForeignKey(
        "places.AdministrativeUnit", null=True, blank=True, on_delete=models.PROTECT, related_name="freezes",
        verbose_name=_("địa bàn"),
    )  # fmt: skip
    reason = NFCCharField(_("lý do"), max_length=250)
    started_at = models.DateTimeField(_("từ"))
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("người dừng")
    )
    lifted_at = models.DateTimeField(_("đến"), null=True, blank=True)
    lifted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+",
        verbose_name=_("người gỡ"),
    )  # fmt: skip

    class Meta:
        verbose_name = _("lệnh dừng đăng")
        verbose_name_plural = _("lệnh dừng đăng")
        ordering = ["-started_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(organisation__isnull=False, place__isnull=True)
                | Q(organisation__isnull=True, place__isnull=False),
                name="freeze_is_for_a_body_or_a_place",
            )
        ]

    def __str__(self) -> str:
        return f"{self.organisation or self.place}: {self.reason}"


class BatchState(models.TextChoices):
    RUNNING = "running", _("Đang chạy")
    DONE = "done", _("Xong")


class Batch(Dated):
    """All stations of one slot, worked through in chunks. Interrupted, it goes on with what is not settled.

    `request` is the frozen request of all its deliveries; their own `request` stays empty."""

    slot = models.OneToOneField("schedule.Slot", on_delete=models.PROTECT, related_name="batch")
    request = models.JSONField(default=dict, editable=False)
    request_sha256 = models.CharField(max_length=64, editable=False)
    state = models.CharField(_("tình trạng"), max_length=8, choices=BatchState, default=BatchState.RUNNING)
    total = models.PositiveIntegerField(_("tổng số đài"), default=0)
    done = models.PositiveIntegerField(_("đã xong"), default=0)
    held = models.PositiveIntegerField(_("tạm giữ"), default=0)
    lease_until = models.DateTimeField(null=True, editable=False)
    fence = models.PositiveIntegerField(default=0, editable=False)
    started_at = models.DateTimeField(_("bắt đầu"), null=True)
    finished_at = models.DateTimeField(_("kết thúc"), null=True)

    class Meta:
        verbose_name = _("lô bản tin")
        verbose_name_plural = _("lô bản tin")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(done__lte=F("total")), name="batch_never_does_more_than_all")
        ]

    def __str__(self) -> str:
        return f"{self.slot} – {self.done}/{self.total}"


# Tables with a subject of their own; Django looks for them here.
from publishers.delivery.broadcast_models import Broadcast, BroadcastArticle  # noqa: E402, F401
from publishers.delivery.carried_models import CarriedAsset  # noqa: E402, F401
from publishers.delivery.machinery_models import Heartbeat, Parking, PublicFile  # noqa: E402, F401
from publishers.delivery.native_models import NativePost, NativeReading  # noqa: E402, F401
from publishers.delivery.recall_models import Recall, RecalledStation  # noqa: E402, F401
