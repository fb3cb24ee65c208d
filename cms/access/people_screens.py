"""Người dùng: who holds which role where. An administrator sees and changes the people of the bodies within reach."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column

from cms.access.forms import ScopedModelForm
from cms.access.roles import roles_allowing
from cms.access.scopes import reachable_organisations
from cms.access.viewsets import ScopedViewSet
from cms.accounts import services
from cms.accounts.models import Membership, User
from cms.core.errors import LanToaError

KIND = "accounts.membership"


def _answers_for(administrator: Any, person: User) -> bool:
    """Whether every active role of `person` lies within the administrator's reach: only then may the account itself
    (password, second factor, switching off) be touched. Otherwise a province could take over a central account."""
    reach = reachable_organisations(administrator, roles_allowing(KIND, frozenset({"change"})))
    active = Membership.objects.filter(user=person, ended_at__isnull=True)
    return not active.exclude(organisation__in=reach).exists()


class NewPersonForm(ScopedModelForm):
    """A role for a new account, or one more role for a person whom the administrator answers for."""

    username = forms.CharField(
        label=_("Tên đăng nhập"),
        max_length=150,
        help_text=_("Nếu tên này đã có trong cơ quan bạn quản lý, người đó được thêm vai trò."),
    )
    full_name = forms.CharField(label=_("Họ và tên"), max_length=120, required=False)
    position = forms.CharField(label=_("Chức vụ"), max_length=120, required=False)
    password = forms.CharField(
        label=_("Mật khẩu lần đầu"),
        required=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("Trao tận tay cho người dùng; ít nhất 12 ký tự."),
    )

    class Meta(ScopedModelForm.Meta):
        model = Membership
        fields = ["organisation", "role"]

    field_order = ["username", "full_name", "position", "password", "organisation", "role"]

    def clean(self):
        cleaned = super().clean()
        username = (cleaned.get("username") or "").strip().lower()
        self.known = User.objects.filter(username__iexact=username).first()
        if self.known is None:
            for name in ("full_name", "password"):
                if not cleaned.get(name):
                    self.add_error(name, _("Vui lòng nhập, vì đây là tài khoản mới."))
        elif not _answers_for(self.for_user, self.known):
            self.add_error("username", _("Tên đăng nhập này đã có người dùng."))
        if not self.errors:
            self._save_or_say(cleaned, username)
        return cleaned

    def _save_or_say(self, cleaned: dict[str, Any], username: str) -> None:
        # The verbs say what is wrong; a refused one leaves nothing behind.
        try:
            with transaction.atomic():
                person = self.known or services.create_person(
                    username=username, full_name=cleaned["full_name"], position=cleaned["position"],
                    password=cleaned["password"], actor=self.for_user,
                )  # fmt: skip
                self.instance = services.give_role(
                    person, cleaned["organisation"], cleaned["role"], actor=self.for_user
                )
        except LanToaError as refused:
            field = getattr(refused, "field", None)
            self.add_error(field if field in self.fields else None, refused.sentence)

    def _post_clean(self) -> None:
        """The row is made by the verbs, not by the form."""

    def save(self, commit: bool = True) -> Membership:
        return self.instance


class PersonForm(ScopedModelForm):
    """One role of a person, and what the administrator may do to the account behind it."""

    full_name = forms.CharField(label=_("Họ và tên"), max_length=120)
    position = forms.CharField(label=_("Chức vụ"), max_length=120, required=False)
    end_role = forms.BooleanField(label=_("Kết thúc vai trò này"), required=False)
    active = forms.BooleanField(
        label=_("Tài khoản được đăng nhập"),
        required=False,
        help_text=_("Bỏ chọn để ngừng tài khoản; mọi phiên đang mở kết thúc ngay."),
    )
    reset_second_factor = forms.BooleanField(
        label=_("Đặt lại lớp xác thực thứ hai"),
        required=False,
        help_text=_("Dùng khi người này mất điện thoại hoặc khóa; lần đăng nhập sau sẽ phải thiết lập lại."),
    )
    password = forms.CharField(
        label=_("Mật khẩu mới"),
        required=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("Để trống nếu không đổi. Trao tận tay cho người dùng; ít nhất 12 ký tự."),
    )

    class Meta(ScopedModelForm.Meta):
        model = Membership
        fields: list[str] = []

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        person = self.instance.user
        self.fields["full_name"].initial = person.full_name
        self.fields["position"].initial = person.position
        self.fields["active"].initial = person.is_active
        if self.instance.ended_at is not None:
            del self.fields["end_role"]

    def clean(self):
        cleaned = super().clean()
        if self.errors:
            return cleaned
        person = self.instance.user
        touches_account = (
            cleaned["active"] != person.is_active
            or cleaned["reset_second_factor"]
            or cleaned["password"]
            or (cleaned["full_name"], cleaned["position"]) != (person.full_name, person.position)
        )
        if touches_account and not _answers_for(self.for_user, person):
            raise ValidationError(
                _(
                    "Người này còn vai trò ở cơ quan ngoài phạm vi của bạn, nên bạn chỉ có thể kết thúc vai trò ở đây."
                )
            )
        if person.pk == self.for_user.pk and (cleaned.get("end_role") or not cleaned["active"]):
            raise ValidationError(_("Bạn không tự ngừng tài khoản hoặc vai trò của chính mình được."))
        self._carry_out(cleaned, person)
        return cleaned

    def _carry_out(self, cleaned: dict[str, Any], person: User) -> None:
        actor = self.for_user
        try:
            with transaction.atomic():
                services.rename_person(
                    person, full_name=cleaned["full_name"], position=cleaned["position"], actor=actor
                )
                if cleaned["password"]:
                    services.set_first_password(person, cleaned["password"], actor=actor)
                if cleaned["reset_second_factor"]:
                    services.reset_second_factor(person, actor=actor)
                services.switch_account(person, active=cleaned["active"], actor=actor)
                if cleaned.get("end_role"):
                    services.end_role(self.instance, actor=actor)
        except LanToaError as refused:
            field = getattr(refused, "field", None)
            self.add_error(field if field in self.fields else None, refused.sentence)

    def _post_clean(self) -> None:
        """The rows are changed by the verbs, not by the form."""

    def save(self, commit: bool = True) -> Membership:
        return self.instance


def _standing(membership: Membership) -> str:
    if not membership.user.is_active:
        return str(_("Tài khoản đã ngừng"))
    return str(_("Đã kết thúc")) if membership.ended_at else str(_("Đang hoạt động"))


class PeopleViewSet(ScopedViewSet):
    """The roles of the people of the bodies within reach."""

    model = Membership
    icon = "user"
    menu_label = _("Người dùng")
    menu_name = "nguoi-dung"
    menu_order = 295
    add_to_admin_menu = True
    base_url_path = "nguoi-dung"
    chooser_base_url_path = "nguoi-dung/chon"
    search_fields = ["user__full_name", "user__username", "organisation__name"]
    list_display = [
        Column("person", label=_("Họ và tên"), accessor="user.full_name"),
        Column("username", label=_("Tên đăng nhập"), accessor="user.username"),
        Column("role", label=_("Vai trò"), accessor="get_role_display"),
        Column("organisation", label=_("Cơ quan"), accessor="organisation.name"),
        Column("standing", label=_("Tình trạng"), accessor=_standing),
    ]

    def get_form_class(self, for_update=False):
        return PersonForm if for_update else NewPersonForm

    def get_edit_handler(self):
        return None

    def get_queryset(self, request):
        return Membership.objects.select_related("user", "organisation").order_by(
            "ended_at", "organisation__name", "user__full_name"
        )
