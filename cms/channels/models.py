"""The register of official channels. No secret stands here: credentials live in publishers/connections."""

from datetime import datetime

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from cms.channels.kinds import ChannelKind, name_of
from cms.channels.quiet import end_of_quiet, is_quiet
from cms.core.models import Dated, NFCCharField, NFCTextField, PubliclyNumbered, nfc
from cms.core.sealed_field import SealedField
from cms.places.querysets import lies_where_named


class ChannelQuerySet(models.QuerySet):
    def named(self, words: str) -> "ChannelQuerySet":
        """Channels whose name, body or account id holds the words, or whose body sits in a place called so."""
        text = nfc(words).strip()
        own = models.Q(name__icontains=text) | models.Q(external_id=text)
        body = models.Q(organisation__name__icontains=text) | lies_where_named(text, "organisation__place")
        return self.filter(own | body)

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
    verified_phone = NFCCharField(
        _("số điện thoại đã xác thực"),
        max_length=20,
        blank=True,
        validators=[
            RegexValidator(
                r"^\+?[0-9][0-9 .]{7,17}$",
                _("Số điện thoại chỉ gồm chữ số, ví dụ: 024 3944 1234 hoặc 1900 1234."),
            )
        ],
        help_text=_("Số của cơ quan dùng xác thực tài khoản mạng xã hội (Nghị định 147/2024/NĐ-CP)."),
    )
    phone_verified_on = models.DateField(_("ngày xác thực số điện thoại"), null=True, blank=True)
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
    recovery_role = NFCCharField(
        _("đầu mối khôi phục tài khoản"),
        max_length=150,
        blank=True,
        help_text=_("Chức danh giữ thông tin khôi phục, ví dụ: Chánh Văn phòng."),
    )
    # May lead to a person: sealed, shown only to those who may connect the channel, never exported.
    recovery_contact = SealedField(_("liên hệ khôi phục"), blank=True, default="")
    account_admins = NFCTextField(
        _("ai quản trị tài khoản"),
        blank=True,
        max_length=1000,
        help_text=_("Ghi theo chức danh: ai có quyền quản trị Trang, kênh hoặc OA trên nền tảng."),
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
        return f"{self.name} ({name_of(self.kind)})"

    def is_quiet(self, at: datetime) -> bool:
        """Return whether the channel rests at the aware moment `at`."""
        return is_quiet(at, self.quiet_from, self.quiet_until)

    def end_of_quiet(self, at: datetime) -> datetime:
        """Return the first moment from `at` on at which the channel does not rest."""
        return end_of_quiet(at, self.quiet_from, self.quiet_until)


class StepState(models.TextChoices):
    TODO = "chua", _("Chưa")
    DOING = "dang-lam", _("Đang làm")
    DONE = "da-xong", _("Đã xong")
    NOT_NEEDED = "khong-ap-dung", _("Không áp dụng")


class GoLiveStep(Dated):
    """How far one step of a channel's checklist is (cms/channels/checklist.py). No row: not begun."""

    channel = models.ForeignKey(Channel, on_delete=models.CASCADE, related_name="go_live_steps")
    key = models.CharField(max_length=40)
    state = models.CharField(_("tình trạng"), max_length=15, choices=StepState, default=StepState.TODO)
    note = NFCCharField(_("ghi chú"), max_length=300, blank=True)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField()

    class Meta:
        verbose_name = _("việc trước khi vận hành kênh")
        verbose_name_plural = _("việc trước khi vận hành kênh")
        constraints = [
            models.UniqueConstraint(fields=["channel", "key"], name="one_row_per_channel_and_step")
        ]

    def __str__(self) -> str:
        return f"{self.channel}: {self.key}"
