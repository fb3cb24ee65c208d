"""Zalo broadcasts: proposed by one person, approved by a second, sent once, never sent again."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cms.core.models import Dated, NFCCharField, NFCTextField, PubliclyNumbered


class BroadcastState(models.TextChoices):
    PROPOSED = "proposed", _("Chờ duyệt")
    REJECTED = "rejected", _("Không duyệt")
    APPROVED = "approved", _("Đã duyệt, chờ gửi")
    SENDING = "sending", _("Đang gửi")
    SENT = "sent", _("Đã gửi")
    UNCLEAR = "unclear", _("Chưa rõ kết quả")
    REFUSED = "refused", _("Không gửi được")
    NOT_SENT = "not-sent", _("Đã xác nhận chưa gửi")


class Broadcast(PubliclyNumbered, Dated):
    """One message to everybody who follows an OA, carrying one to five of its shown articles."""

    channel = models.ForeignKey(
        "channels.Channel", on_delete=models.PROTECT, related_name="broadcasts", verbose_name=_("Zalo OA")
    )
    organisation = models.ForeignKey(
        "organisations.Organisation", on_delete=models.PROTECT, related_name="+", verbose_name=_("cơ quan, đơn vị")
    )  # fmt: skip
    state = models.CharField(
        _("tình trạng"), max_length=8, choices=BroadcastState, default=BroadcastState.PROPOSED
    )
    note = NFCCharField(_("lý do gửi thông báo"), max_length=250)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("người đề xuất")
    )
    proposed_at = models.DateTimeField(_("đề xuất lúc"))
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+",
        verbose_name=_("người duyệt"),
    )  # fmt: skip
    decided_at = models.DateTimeField(_("duyệt lúc"), null=True)
    # Committed before the wire is touched: from then on it is never sent again.
    sent_at = models.DateTimeField(_("gửi lúc"), null=True)
    message_id = models.CharField(_("mã thông báo trên Zalo"), max_length=200, blank=True, default="")
    quota_before = models.IntegerField(_("hạn mức trước khi gửi"), null=True)
    quota_after = models.IntegerField(_("hạn mức sau khi gửi"), null=True)
    sentence = NFCTextField(_("giải thích"), blank=True, default="")
    exchange = models.JSONField(default=dict, editable=False)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+",
        verbose_name=_("người xác nhận kết quả"),
    )  # fmt: skip

    class Meta:
        verbose_name = _("thông báo Zalo")
        verbose_name_plural = _("thông báo Zalo")
        ordering = ["-proposed_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("proposed_by")),
                name="broadcast_decided_by_a_second_person",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["proposed", "rejected"]) | Q(decided_by__isnull=False),
                name="broadcast_goes_out_approved",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["sending", "sent", "unclear"]) | Q(sent_at__isnull=False),
                name="broadcast_sent_at_a_moment",
            ),
            models.UniqueConstraint(
                fields=["channel"], condition=Q(state="sending"), name="one_broadcast_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.channel}: {self.note}"


class BroadcastArticle(models.Model):
    """One article that a broadcast carries, in order: the live delivery that put it on the OA."""

    broadcast = models.ForeignKey(Broadcast, on_delete=models.CASCADE, related_name="articles")
    delivery = models.ForeignKey("delivery.Delivery", on_delete=models.PROTECT, related_name="broadcast_in")
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["broadcast", "delivery"], name="an_article_once_per_broadcast")
        ]

    def __str__(self) -> str:
        return f"{self.broadcast_id}: {self.delivery_id}"
