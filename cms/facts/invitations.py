"""One-time links by which a commune says its own facts without signing in."""

from __future__ import annotations

import hashlib

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from cms.core.models import Dated, NFCCharField


class FactInvitation(Dated):
    """A link for one commune (liên kết tự điền): the table knows only the hash of its token. It is used once."""

    organisation = models.ForeignKey(
        "organisations.Organisation",
        on_delete=models.PROTECT,
        related_name="fact_invitations",
        verbose_name=_("cơ quan mời"),
    )
    place = models.ForeignKey(
        "places.AdministrativeUnit",
        on_delete=models.PROTECT,
        related_name="fact_invitations",
        verbose_name=_("địa bàn"),
    )
    token_sha256 = models.CharField(_("mã băm của liên kết"), max_length=64, unique=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("người mời")
    )
    expires_at = models.DateTimeField(_("hết hạn lúc"))
    used_at = models.DateTimeField(_("dùng lúc"), null=True, blank=True)
    # The position of whoever filled it in; never a name.
    used_by = NFCCharField(_("chức vụ người điền"), max_length=120, blank=True)
    revoked_at = models.DateTimeField(_("thu hồi lúc"), null=True, blank=True)

    class Meta:
        verbose_name = _("liên kết tự điền dữ kiện")
        verbose_name_plural = _("liên kết tự điền dữ kiện")
        ordering = ["-created_at"]
        indexes = [models.Index(fields=["place", "expires_at"], name="fact_invitation_place")]

    def __str__(self) -> str:
        return str(self.place)


def token_hash(token: str) -> str:
    """Return what the table knows of a link's token."""
    return hashlib.sha256(token.encode()).hexdigest()
