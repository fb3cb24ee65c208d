"""The register of official channels. No secret stands here: credentials live in publishers/connections."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from cms.channels.kinds import ChannelKind
from cms.channels.quiet import end_of_quiet, is_quiet
from cms.core.models import Dated, NFCCharField, PubliclyNumbered


class ChannelQuerySet(models.QuerySet):
    def active(self) -> "ChannelQuerySet":
        return self.filter(is_active=True, organisation__is_active=True)


class Channel(Dated, PubliclyNumbered):
    """An official channel of a body: which account, under which decision, in whose care."""

    organisation = models.ForeignKey(
        "organisations.Organisation",
        on_delete=models.PROTECT,
        related_name="channels",
        verbose_name=_("cơ quan, đơn vị"),
    )
    kind = models.CharField(_("loại kênh"), max_length=20, choices=ChannelKind)
    name = NFCCharField(_("tên kênh"), max_length=150)
    external_id = models.CharField(
        _("mã trên nền tảng"),
        max_length=100,
        blank=True,
        help_text=_("Mã Trang, mã kênh YouTube hoặc mã OA."),
    )
    address = models.URLField(_("địa chỉ kênh"), blank=True)
    decision_number = NFCCharField(_("số quyết định lập kênh"), max_length=80, blank=True)
    decision_date = models.DateField(_("ngày quyết định"), null=True, blank=True)
    responsible = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="channels_in_charge",
        verbose_name=_("người phụ trách"),
    )
    deputy = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="channels_as_deputy",
        verbose_name=_("người phụ trách thay"),
    )
    minimum_gap = models.PositiveIntegerField(_("khoảng cách tối thiểu giữa hai bài (giây)"), default=0)
    quiet_from = models.TimeField(
        _("giờ nghỉ, từ"),
        null=True,
        blank=True,
        help_text=_(
            "Trong giờ nghỉ kênh không đăng bài; bài đến giờ sẽ đợi tới hết giờ nghỉ. Ví dụ: từ 22:00 đến 05:30."
        ),
    )
    quiet_until = models.TimeField(_("giờ nghỉ, đến"), null=True, blank=True)
    is_active = models.BooleanField(_("đang dùng"), default=True)

    objects = ChannelQuerySet.as_manager()

    class Meta:
        verbose_name = _("kênh")
        verbose_name_plural = _("kênh")
        ordering = ["organisation__place__path", "kind", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "external_id"],
                condition=~models.Q(external_id=""),
                name="one_channel_per_account",
            ),
            models.CheckConstraint(
                condition=models.Q(quiet_from__isnull=True, quiet_until__isnull=True)
                | models.Q(quiet_from__isnull=False, quiet_until__isnull=False),
                name="quiet_hours_have_both_ends",
                violation_error_message=_("Giờ nghỉ cần cả giờ bắt đầu và giờ kết thúc."),
            ),
            models.CheckConstraint(
                condition=models.Q(quiet_from__isnull=True) | ~models.Q(quiet_from=models.F("quiet_until")),
                name="quiet_hours_leave_time_to_post",
                violation_error_message=_("Giờ bắt đầu và giờ kết thúc giờ nghỉ phải khác nhau."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.get_kind_display()})"

    def is_quiet(self, at: datetime) -> bool:
        """Return whether the channel rests at the aware moment `at`."""
        return is_quiet(at, self.quiet_from, self.quiet_until)

    def end_of_quiet(self, at: datetime) -> datetime:
        """Return the first moment from `at` on at which the channel does not rest."""
        return end_of_quiet(at, self.quiet_from, self.quiet_until)
