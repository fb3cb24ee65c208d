"""Phones that may confirm a broadcast: enrolled by a one-time code, known by a token, used with a PIN."""

from __future__ import annotations

import hashlib

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from cms.core.models import Dated, NFCCharField


class EnrolmentCode(Dated):
    """A code a commune officer reads out to the operator (mã ghi danh): it enrols one phone, once, within a day."""

    station = models.ForeignKey(
        "stations.Station",
        on_delete=models.PROTECT,
        related_name="enrolment_codes",
        verbose_name=_("đài truyền thanh"),
    )
    code_sha256 = models.CharField(_("mã băm của mã ghi danh"), max_length=64, unique=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("người cấp")
    )
    expires_at = models.DateTimeField(_("hết hạn lúc"))
    used_at = models.DateTimeField(_("dùng lúc"), null=True, blank=True)

    class Meta:
        verbose_name = _("mã ghi danh")
        verbose_name_plural = _("mã ghi danh")

    def __str__(self) -> str:
        return str(self.station)


class OperatorDevice(Dated):
    """One enrolled phone (điện thoại trực). The table holds hashes of its token and PIN, and no person's name."""

    station = models.ForeignKey(
        "stations.Station",
        on_delete=models.PROTECT,
        related_name="devices",
        verbose_name=_("đài truyền thanh"),
    )
    label = NFCCharField(_("tên gọi"), max_length=60)
    token_sha256 = models.CharField(_("mã băm của thiết bị"), max_length=64, unique=True)
    pin_hash = models.CharField(_("mã băm của PIN"), max_length=160)
    failures = models.PositiveSmallIntegerField(_("số lần nhập sai PIN"), default=0)
    locked_until = models.DateTimeField(_("khóa đến"), null=True, blank=True)
    last_used_at = models.DateTimeField(_("dùng gần nhất"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("thu hồi lúc"), null=True, blank=True)

    class Meta:
        verbose_name = _("điện thoại trực")
        verbose_name_plural = _("điện thoại trực")
        ordering = ["station", "-created_at"]

    def __str__(self) -> str:
        return self.label


def hashed(secret: str) -> str:
    """Return what the tables know of a token or an enrolment code; both carry too much chance to be guessed back."""
    return hashlib.sha256(secret.encode()).hexdigest()
