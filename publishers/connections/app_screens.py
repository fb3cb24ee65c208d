"""Ứng dụng trên nền tảng: what a body registered with Meta, Google and Zalo. Secrets go in and never come out."""

from __future__ import annotations

from typing import cast

from django import forms
from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column

from cms.access.forms import ScopedModelForm
from cms.access.viewsets import ScopedViewSet
from cms.core.models import nfc
from cms.core.sealed_field import Secret
from publishers.connections.dialogs import challenge_of, console_mode, new_verifier
from publishers.connections.models import Platform, PlatformApp

#: What a Google project has a day; of no meaning to the others.
LIMITS = ("daily_units", "daily_inserts")


class PlatformAppForm(ScopedModelForm):
    """An app and its secret. The secret is asked for once; left empty later, the stored one stays."""

    new_secret = forms.CharField(
        label=_("Khóa bí mật"),
        max_length=500,
        required=False,
        widget=forms.PasswordInput(render_value=False, attrs={"autocomplete": "off"}),
    )

    class Meta(ScopedModelForm.Meta):
        model = PlatformApp
        fields = ["organisation", "platform", "name", "app_id", *LIMITS]

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["new_secret"]
        for name in LIMITS:
            self.fields[name].required = False
        if self.instance.pk:
            # Connections and their tokens are bound to the app: another id is another app.
            self.fields["platform"].disabled = self.fields["app_id"].disabled = True
            field.help_text = (
                _("Đã lưu, được mã hóa và không hiện lại. Để trống nếu không đổi.")
                if self.instance.secret
                else _("Chưa lưu khóa nào.")
            )
            self.fields["name"].help_text = _to_register(self.instance)
            if self.instance.platform != Platform.GOOGLE:
                for name in LIMITS:
                    del self.fields[name]
        else:
            field.required = True
            for name in LIMITS:
                self.fields[name].help_text = _(
                    "Chỉ dùng cho dự án Google. Giữ nguyên nếu chưa xin Google tăng hạn mức."
                )
            field.help_text = _("App Secret (Facebook), client secret (Google) hoặc Secret key (Zalo).")

    def clean_app_id(self) -> str:
        app_id = nfc(self.cleaned_data["app_id"]).strip()
        if not app_id.isascii() or any(letter.isspace() for letter in app_id):
            raise forms.ValidationError(_("Mã ứng dụng chỉ gồm chữ không dấu, số và dấu chấm, gạch ngang."))
        return app_id

    def clean_daily_units(self) -> int:
        return self._limit("daily_units")

    def clean_daily_inserts(self) -> int:
        return self._limit("daily_inserts")

    def _limit(self, name: str) -> int:
        """Left empty, a limit is what Google gives to everybody."""
        given = self.cleaned_data[name]
        return getattr(PlatformApp(), name) if given is None else given

    def save(self, commit: bool = True) -> PlatformApp:
        given = self.cleaned_data.get("new_secret")
        if given:
            self.instance.secret = Secret(given.strip())
        if self.instance.platform == Platform.ZALO and console_mode() and not self.instance.console_verifier:
            # Its challenge has to stand in the developers' console before the first consent.
            self.instance.console_verifier = Secret(new_verifier())
        return super().save(commit)


def _to_register(app: PlatformApp) -> str:
    """What has to stand in the platform's own console for this app. Of a verifier only the challenge is ever shown."""
    address = f"{settings.PUBLIC_BASE_URL.rstrip('/')}{reverse(f'channel_connect_return_{app.platform}')}"
    said = __("Địa chỉ quay lại phải đăng ký với nền tảng: %(address)s") % {"address": address}
    verifier = cast(Secret, app.console_verifier)
    if app.platform == Platform.ZALO and console_mode() and verifier:
        challenge = challenge_of(verifier.reveal())
        said += " " + __("Giá trị code_challenge để dán vào trang Zalo Developers: %(challenge)s") % {
            "challenge": challenge
        }
    return said


class PlatformAppViewSet(ScopedViewSet):
    """The apps of the bodies within reach; administrators only."""

    model = PlatformApp
    icon = "key"
    menu_label = _("Ứng dụng nền tảng")
    menu_name = "ung-dung-nen-tang"
    menu_order = 285
    add_to_admin_menu = True
    base_url_path = "ung-dung-nen-tang"
    chooser_base_url_path = "ung-dung-nen-tang/chon"
    list_display = [
        "name",
        Column("platform", label=_("Nền tảng"), accessor="get_platform_display"),
        Column("app_id", label=_("Mã ứng dụng"), accessor="app_id"),
        Column("organisation", label=_("Cơ quan đăng ký"), accessor="organisation.name"),
        Column(
            "secret",
            label=_("Khóa bí mật"),
            accessor=lambda app: _("Đã lưu") if app.secret else _("Chưa lưu"),
        ),
    ]

    def get_form_class(self, for_update=False):
        return PlatformAppForm

    def get_edit_handler(self):
        return None

    def get_queryset(self, request):
        return PlatformApp.objects.select_related("organisation").order_by("platform", "name")
