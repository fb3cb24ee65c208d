"""The page of a text's translations: bring one, approve it as a second person, take it back."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.permissions import policy_registry

from campaigns.posts.models import Post
from cms.core.errors import InputRefused, LanToaError
from cms.core.pasted_text import PastedText
from media.taxonomy.languages import other_languages
from publishers.scripts.language_services import (
    LONGEST,
    approve_translation,
    keep_translation,
    withdraw_translation,
)
from publishers.scripts.languages import LanguageState, LanguageVersion, source_hash
from publishers.scripts.script_page import ScriptPage


class TranslationForm(forms.Form):
    """One translation as it is brought. What cannot be kept is said by the verb."""

    language = forms.ChoiceField(label=gettext_lazy("Ngôn ngữ"), choices=other_languages)
    title = forms.CharField(label=gettext_lazy("Tiêu đề"), max_length=200)
    text = PastedText(
        label=gettext_lazy("Nội dung"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 8})
    )
    translator = forms.CharField(label=gettext_lazy("Người dịch (chức danh, đơn vị)"), max_length=120)
    checker = forms.CharField(label=gettext_lazy("Người soát (chức danh, đơn vị)"), max_length=120)


class LanguagesPage(ScriptPage):
    """Bản dịch: to everybody who may see the post; bringing to editors, approving to a second person."""

    page_title = gettext_lazy("Bản dịch của bản tin")
    template_name = "scripts/languages_page.html"

    def get(self, request: HttpRequest, public_id: Any, form: TranslationForm | None = None) -> HttpResponse:
        policy = policy_registry.get_by_type(Post, fallback=False)
        may_approve = policy.user_has_permission_for_instance(request.user, "approve", self.post_row)
        now = source_hash(self.variant.text)
        rows = [
            {
                "version": row,
                "is_stale": row.source_sha256 != now,
                "hash": row.present_hash(),
                "may_approve": may_approve
                and row.state == LanguageState.DRAFT
                and row.made_by_id != request.user.pk,
            }
            for row in LanguageVersion.objects.filter(variant=self.variant).select_related("made_by")
        ]
        context = self.get_context_data(
            post=self.post_row,
            variant=self.variant,
            rows=rows,
            form=form or TranslationForm(),
            may_change=self.may_change,
        )
        return self.render_to_response(context, status=422 if form else 200)

    def post(self, request: HttpRequest, public_id: Any) -> HttpResponse:
        verb, _bar, number = request.POST.get("action", "").partition("|")
        try:
            if verb == "keep":
                form = TranslationForm(request.POST)
                if not form.is_valid():
                    return self.get(request, public_id, form)
                try:
                    keep_translation(self.variant, request.user, **form.cleaned_data)
                except InputRefused as refusal:
                    form.add_error(refusal.field if refusal.field in form.fields else None, refusal.sentence)
                    return self.get(request, public_id, form)
                messages.success(request, _("Đã lưu bản dịch, chờ người thứ hai duyệt."))
            elif verb in ("approve", "withdraw"):
                row = LanguageVersion.objects.filter(
                    variant=self.variant, pk=int(number) if number.isdecimal() else 0
                ).first()
                if row is None:
                    raise Http404
                if verb == "approve":
                    approve_translation(row, request.user, request.POST.get(f"hash-{row.pk}", ""))
                    messages.success(request, _("Đã duyệt bản dịch."))
                else:
                    withdraw_translation(row, request.user)
                    messages.success(request, _("Đã thu hồi bản dịch."))
            else:
                raise Http404
        except LanToaError as refusal:
            messages.error(request, refusal.sentence)
        return redirect(request.path)
