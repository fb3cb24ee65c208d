"""Variant × channel × time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from campaigns.schedule.querysets import SlotQuerySet
from cms.core.models import Dated

if TYPE_CHECKING:
    from cms.approvals.models import Approval


class SlotState(models.TextChoices):
    """Where a slot stands. `booked` and later are written down here by delivery."""

    PLANNED = "planned", _("Dự kiến")
    BOOKED = "booked", _("Đã lên lịch đăng")
    DONE = "done", _("Đã đăng")
    HELD = "held", _("Tạm giữ")
    CANCELLED = "cancelled", _("Đã hủy")


class LateRule(models.TextChoices):
    """What happens to a slot that could not be kept within its window."""

    SEND = "send", _("Vẫn đăng muộn")
    HOLD = "hold", _("Tạm giữ để người phụ trách quyết định")
    DROP = "drop", _("Bỏ, không đăng nữa")


class Slot(Dated):
    """One time (giờ đăng) at which a variant goes out on one channel, or to every station of a place."""

    variant = models.ForeignKey(
        "posts.Variant", on_delete=models.PROTECT, related_name="slots", verbose_name=_("nội dung theo kênh")
    )
    channel = models.ForeignKey(
        "channels.Channel",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="slots",
        verbose_name=_("kênh"),
    )
    stations_of = models.ForeignKey(
        "places.AdministrativeUnit",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="station_slots",
        verbose_name=_("các đài truyền thanh của địa bàn"),
    )
    at = models.DateTimeField(_("giờ đăng"), db_index=True)
    late_rule = models.CharField(_("nếu trễ giờ"), max_length=8, choices=LateRule, default=LateRule.HOLD)
    late_after = models.PositiveIntegerField(_("coi là trễ sau (giây)"), default=2 * 3600)
    state = models.CharField(
        _("tình trạng"), max_length=12, choices=SlotState, default=SlotState.PLANNED, editable=False
    )

    # When delivery last wrote down what became of it.
    settled_at = models.DateTimeField(_("ghi nhận lúc"), null=True, blank=True, editable=False)

    objects = SlotQuerySet.as_manager()

    # Set by SlotQuerySet.approved(): the approval under which it may go out.
    approval: Approval | None = None
    # Set by screens: said when equal texts on many channels are spread over time (spreading.sentence_of).
    spread: str = ""

    class Meta:
        verbose_name = _("giờ đăng")
        verbose_name_plural = _("giờ đăng")
        ordering = ["at", "pk"]
        indexes = [models.Index(fields=["state", "at"], name="slot_state_at")]
        constraints = [
            models.CheckConstraint(
                condition=Q(channel__isnull=False, stations_of__isnull=True)
                | Q(channel__isnull=True, stations_of__isnull=False),
                name="slot_is_for_a_channel_or_for_stations",
            ),
            models.UniqueConstraint(
                fields=["variant", "channel", "at"],
                condition=Q(channel__isnull=False),
                name="slot_once_per_channel",
            ),
            models.UniqueConstraint(
                fields=["variant", "stations_of", "at"],
                condition=Q(stations_of__isnull=False),
                name="slot_once_per_place",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.variant} – {self.channel or self.stations_of}"

    @property
    def lateness_words(self) -> str:
        """What happens when the time cannot be kept: "trễ quá 120 phút: Vẫn đăng muộn"."""
        return str(_("trễ quá %(minutes)s phút: %(rule)s")) % {
            "minutes": self.late_after // 60,
            "rule": self.get_late_rule_display(),
        }
