"""A commune's own notices (thông báo của địa phương): written there, approved there, frozen after."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cms.approvals.content import content_hash
from cms.core.models import Dated, NFCCharField, NFCTextField
from publishers.scripts.blocks import Block, from_json
from publishers.scripts.plans import Priority
from publishers.scripts.timing import length_in_words


class NoticeState(models.TextChoices):
    DRAFT = "draft", _("Đang soạn")
    WAITING = "waiting", _("Chờ duyệt")
    APPROVED = "approved", _("Đã duyệt")
    WITHDRAWN = "withdrawn", _("Đã thu hồi")


class LocalNotice(Dated):
    """A notice that one station reads in its sessions from the first to the last day. Once approved nothing in it
    changes but its state: a correction is another notice."""

    organisation = models.ForeignKey(
        "organisations.Organisation",
        on_delete=models.PROTECT,
        related_name="local_notices",
        verbose_name=_("cơ quan ban hành"),
    )
    station = models.ForeignKey(
        "stations.Station",
        on_delete=models.PROTECT,
        related_name="notices",
        verbose_name=_("đài truyền thanh"),
    )
    title = NFCCharField(_("tiêu đề"), max_length=150)
    text = NFCTextField(_("nội dung"))
    priority = models.CharField(_("mức ưu tiên"), max_length=12, choices=Priority, default=Priority.NORMAL)
    first_day = models.DateField(_("phát từ ngày"))
    last_day = models.DateField(_("phát đến hết ngày"))
    state = models.CharField(_("tình trạng"), max_length=10, choices=NoticeState, default=NoticeState.DRAFT)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("người soạn")
    )
    last_edited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("người sửa cuối")
    )
    # Everything below is written at the approval, and stays.
    code = models.CharField(_("mã xác minh"), max_length=12, blank=True, db_index=True)
    blocks = models.JSONField(_("các đoạn"), default=list, blank=True)
    seconds = models.PositiveIntegerField(_("thời lượng (giây)"), default=0)
    approved_hash = models.CharField(_("mã băm nội dung đã duyệt"), max_length=64, blank=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("người duyệt"),
    )
    approver_name = NFCCharField(_("tên người duyệt"), max_length=120, blank=True)
    approver_position = NFCCharField(_("chức vụ người duyệt"), max_length=120, blank=True)
    approved_at = models.DateTimeField(_("duyệt lúc"), null=True, blank=True)
    ended_at = models.DateTimeField(_("thu hồi lúc"), null=True, blank=True)
    end_reason = NFCCharField(_("lý do"), max_length=250, blank=True)

    class Meta:
        verbose_name = _("thông báo của địa phương")
        verbose_name_plural = _("thông báo của địa phương")
        ordering = ["-first_day", "-pk"]
        indexes = [models.Index(fields=["station", "first_day", "last_day"], name="notice_station_days")]
        constraints = [
            models.CheckConstraint(condition=~Q(text="") & ~Q(title=""), name="notice_is_never_empty"),
            models.CheckConstraint(
                condition=Q(last_day__gte=F("first_day")), name="notice_ends_after_it_starts"
            ),
            models.CheckConstraint(
                condition=~Q(state="approved")
                | (~Q(approved_hash="") & ~Q(code="") & Q(approved_at__isnull=False)),
                name="notice_approved_knows_by_whom",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def present_hash(self) -> str:
        """The SHA-256 of everything an approver reads and approves."""
        return content_hash(
            {
                "station": self.station_id,
                "title": self.title,
                "text": self.text,
                "priority": self.priority,
                "first_day": self.first_day.isoformat(),
                "last_day": self.last_day.isoformat(),
            }
        )

    @property
    def is_frozen(self) -> bool:
        return self.state in (NoticeState.APPROVED, NoticeState.WITHDRAWN)

    @property
    def length_text(self) -> str:
        return length_in_words(self.seconds)

    def composed(self) -> tuple[Block, ...]:
        return from_json(self.blocks)

    def get_absolute_url(self) -> str:
        """The public reading page; `station` must have been fetched."""
        return reverse("portal:notice", args=[self.station.slug, self.code])
