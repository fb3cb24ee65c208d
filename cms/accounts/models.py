"""People and what they are to a body."""

from typing import Any

from django.contrib import auth
from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext_lazy as _

from cms.core.models import Dated, NFCCharField


class Role(models.TextChoices):
    """What a person does for a body. What each role may do stands in cms/access/roles.py."""

    CENTRAL_EDITOR = "bien-tap-tw", _("Biên tập viên trung ương")
    APPROVER = "duyet", _("Người duyệt")
    PROVINCIAL_COMMUNICATOR = "truyen-thong-tinh", _("Cán bộ truyền thông cấp tỉnh")
    COMMUNE_OFFICER = "can-bo-xa", _("Cán bộ văn hóa – xã hội cấp xã")
    WARD_OPERATOR = "truyen-thanh", _("Cán bộ đài truyền thanh")
    ADMINISTRATOR = "quan-tri", _("Quản trị hệ thống")


class User(AbstractUser):
    """A person with one account. Names and positions are those the person signs with."""

    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]
    full_name = NFCCharField(_("họ và tên"), max_length=120)
    position = NFCCharField(_("chức vụ"), max_length=120, blank=True, help_text=_("Ghi dưới chữ ký duyệt."))

    REQUIRED_FIELDS = ["full_name"]

    class Meta:
        verbose_name = _("người dùng")
        verbose_name_plural = _("người dùng")

    def get_full_name(self) -> str:
        return self.full_name or self.username

    def get_short_name(self) -> str:
        return self.full_name or self.username

    def has_perm(self, perm: str, obj: models.Model | None = None) -> bool:
        """Ask the backends and nothing else: Django's word "superuser" opens nothing in this house."""
        return any(backend.has_perm(self, perm, obj) for backend in _backends_with("has_perm"))

    def has_module_perms(self, app_label: str) -> bool:
        """Like `has_perm`, for an app as a whole."""
        return any(
            backend.has_module_perms(self, app_label) for backend in _backends_with("has_module_perms")
        )

    def __str__(self) -> str:
        return self.get_full_name()


def _backends_with(method: str) -> list[Any]:
    return [backend for backend in auth.get_backends() if hasattr(backend, method)]


class MembershipQuerySet(models.QuerySet):
    def active(self) -> "MembershipQuerySet":
        """Memberships that count: neither ended nor of a switched-off account or body."""
        return self.filter(ended_at__isnull=True, user__is_active=True, organisation__is_active=True)


class Membership(Dated):
    """A person holds a role in a body. A person may hold several, also in several bodies."""

    user = models.ForeignKey(
        "accounts.User", on_delete=models.CASCADE, related_name="memberships", verbose_name=_("người dùng")
    )
    organisation = models.ForeignKey(
        "organisations.Organisation",
        on_delete=models.CASCADE,
        related_name="memberships",
        verbose_name=_("cơ quan, đơn vị"),
    )
    role = models.CharField(_("vai trò"), max_length=20, choices=Role)
    ended_at = models.DateTimeField(_("kết thúc lúc"), null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("tư cách thành viên")
        verbose_name_plural = _("tư cách thành viên")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "organisation", "role"],
                condition=models.Q(ended_at__isnull=True),
                name="one_open_membership_per_user_body_role",
            )
        ]

    def __str__(self) -> str:
        return f"{self.user} – {self.get_role_display()} – {self.organisation}"
