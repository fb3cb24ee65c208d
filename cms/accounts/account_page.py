"""Tài khoản của tôi: one's name, the language of the screens, and the way to password and second factor."""

from __future__ import annotations

from typing import Any

from allauth.mfa.models import Authenticator
from django import forms
from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.auth import require_admin_access
from wagtail.users.models import UserProfile

from cms.accounts.models import User
from cms.audit.services import record
from cms.core.models import nfc


class AccountForm(forms.Form):
    """What a person may change about the own account."""

    full_name = forms.CharField(label=gettext_lazy("Họ và tên"), max_length=120)
    language = forms.ChoiceField(label=gettext_lazy("Ngôn ngữ hiển thị"), choices=settings.LANGUAGES)
    theme = forms.ChoiceField(label=gettext_lazy("Nền màn hình"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        themes = UserProfile.AdminColorThemes
        self.fields["theme"].choices = [  # type: ignore[attr-defined]
            (themes.SYSTEM, _("Theo máy của bạn")),
            (themes.LIGHT, _("Sáng")),
            (themes.DARK, _("Tối")),
        ]

    def clean_full_name(self) -> str:
        return nfc(self.cleaned_data["full_name"])


def save_account(user: User, *, full_name: str, language: str, theme: str) -> None:
    """Store what the person chose, and say in the audit log that they did."""
    with transaction.atomic():
        user.full_name = full_name
        user.save(update_fields=["full_name"])
        profile = UserProfile.get_for_user(user)
        profile.preferred_language, profile.theme = language, theme
        profile.save()
        record("accounts.change_own", user, actor=user, language=language)


@require_admin_access
def account_page(request: HttpRequest) -> HttpResponse:
    """Show and store the own account. The language chosen here also holds for the pages around the sign-in."""
    user: Any = request.user
    profile = UserProfile.get_for_user(user)
    stands = {
        "full_name": user.full_name,
        "language": profile.preferred_language or translation.get_language(),
        "theme": profile.theme,
    }
    form = AccountForm(request.POST if request.method == "POST" else None, initial=stands)
    if request.method == "POST" and form.is_valid():
        save_account(user, **form.cleaned_data)
        with translation.override(form.cleaned_data["language"]):
            messages.success(request, _("Đã lưu tài khoản của bạn."))
        answer = redirect("wagtailadmin_account")
        answer.set_cookie(settings.LANGUAGE_COOKIE_NAME, form.cleaned_data["language"], samesite="Lax")
        return answer
    context = {
        "form": form,
        "memberships": user.memberships.active().select_related("organisation"),
        "protected": Authenticator.objects.filter(
            user=user, type__in=[Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
        ).exists(),
    }
    return render(request, "accounts/account.html", context)
