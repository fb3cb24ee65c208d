"""The form of an asset: its kind decides which fields it shows and what it must carry."""

from __future__ import annotations

from typing import Final

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.blocks import StreamBlockValidationError
from wagtail.permissions import policy_registry

from cms.access.roles import roles_allowing
from cms.access.scopes import memberships_of
from cms.core import clock
from cms.core.clock import in_vietnam
from cms.core.errors import UploadRefused
from cms.core.models import nfc
from cms.core.upload_checks import CLIPS, DOCUMENTS, MEGABYTE, PICTURES, SOUNDS
from cms.facts.models import Fact
from cms.organisations.models import Organisation
from media.library import end_cards
from media.library.captions import MOST_CHARACTERS, as_webvtt
from media.library.locks import locked_fields
from media.library.models import Asset, AssetKind, Sharing
from media.library.requirements import Content, missing, missing_for_sharing
from media.library.services import CheckedFile, attach, check_file, mark_picture, mark_recording
from media.library.sources import refusal_of

ACCEPTED: Final = {
    AssetKind.INFOGRAPHIC: PICTURES,
    AssetKind.ARTICLE: PICTURES,
    AssetKind.CLIP: CLIPS,
    AssetKind.AUDIO: SOUNDS,
    AssetKind.DOCUMENT: DOCUMENTS,
}
_UPLOAD_LABELS: Final = {
    AssetKind.INFOGRAPHIC: _("Tệp hình"),
    AssetKind.ARTICLE: _("Hình minh họa (không bắt buộc)"),
    AssetKind.CLIP: _("Tệp video"),
    AssetKind.AUDIO: _("Tệp âm thanh"),
    AssetKind.DOCUMENT: _("Tệp văn bản"),
}
_UPLOAD_HELP: Final = {
    AssetKind.INFOGRAPHIC: _(
        "JPG, PNG hoặc WebP, tối đa 20 MB. Vị trí và thông tin máy ảnh trong tệp được xóa khi tải lên."
    ),
    AssetKind.ARTICLE: _("JPG, PNG hoặc WebP, tối đa 20 MB."),
    AssetKind.CLIP: _("MP4 hoặc WebM, tối đa 1 GB."),
    AssetKind.AUDIO: _("MP3, M4A, WAV hoặc OGG, tối đa 200 MB."),
    AssetKind.DOCUMENT: _("PDF, DOCX hoặc TXT, tối đa 20 MB. Có thể để trống nếu đã nhập nội dung văn bản."),
}
# Fields that only some kinds have; all others every kind has.
_ONLY: Final = {
    "alt_text": {AssetKind.INFOGRAPHIC, AssetKind.ARTICLE},
    "transcript": {AssetKind.CLIP, AssetKind.AUDIO},
    "captions_file": {AssetKind.CLIP},
    "end_card": {AssetKind.CLIP},
    "body": {AssetKind.ARTICLE, AssetKind.DOCUMENT},
    "document_status": {AssetKind.DOCUMENT},
    "document_number": {AssetKind.DOCUMENT},
    "sources": {AssetKind.INFOGRAPHIC, AssetKind.CLIP, AssetKind.AUDIO, AssetKind.ARTICLE},
    "relies_on": {AssetKind.INFOGRAPHIC, AssetKind.CLIP, AssetKind.AUDIO, AssetKind.ARTICLE},
    "consent": {AssetKind.INFOGRAPHIC, AssetKind.CLIP, AssetKind.AUDIO, AssetKind.ARTICLE},
    "consent_note": {AssetKind.INFOGRAPHIC, AssetKind.CLIP, AssetKind.AUDIO, AssetKind.ARTICLE},
    "machine_made": {AssetKind.INFOGRAPHIC, AssetKind.CLIP, AssetKind.AUDIO},
}


class AssetForm(WagtailAdminModelForm):
    """Checks everything before anything is kept: a refused form leaves neither row nor file."""

    upload = forms.FileField(label=_("Tệp"), required=False, allow_empty_file=True)
    captions_file = forms.FileField(
        label=_("Tệp phụ đề"),
        required=False,
        help_text=_("SRT hoặc WebVTT. Có phụ đề thì không bắt buộc nhập lời thoại."),
    )

    #: Set by the view: whether the person pressed "Đưa vào kho".
    puts_into_library = False

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.checked: CheckedFile | None = None
        kind = self.instance.kind
        for name, kinds in _ONLY.items():
            if kind and kind not in kinds:
                self.fields.pop(name, None)
        self._set_up_upload(kind)
        self._set_up_owner()
        self._set_up_choices()
        self._set_up_locks()

    # ------------------------------------------------------------------ setting up
    def _set_up_upload(self, kind: str) -> None:
        if kind not in ACCEPTED or "upload" not in self.fields:
            return
        field = self.fields["upload"]
        field.label = _UPLOAD_LABELS[AssetKind(kind)]
        field.help_text = _UPLOAD_HELP[AssetKind(kind)]
        if self._carries_file():
            field.help_text = _("Để trống để giữ tệp hiện có. %(kinds)s") % {"kinds": field.help_text}
        accepted = [each for kind_ in ACCEPTED[AssetKind(kind)] for each in (kind_.media_type, kind_.ending)]
        field.widget.attrs["accept"] = ",".join(accepted)
        if "body" in self.fields:
            self.fields["body"].required = False

    def _set_up_owner(self) -> None:
        if "organisation" not in self.fields:
            return
        if self.instance.pk:
            del self.fields["organisation"]
            return
        own = own_bodies(self.for_user)
        first = own.first()
        if first is not None and own.count() == 1:
            self.instance.organisation = first
            del self.fields["organisation"]
            return
        field = self.fields["organisation"]
        field.queryset = own
        field.empty_label = None
        field.initial = first.pk if first is not None else None

    def _set_up_choices(self) -> None:
        if "sources" in self.fields:
            policy = policy_registry.get_by_type(Asset)
            readable = policy.instances_user_has_permission_for(self.for_user, "choose").source_documents()
            kept = self.instance.sources.all() if self.instance.pk else []
            self.fields["sources"].queryset = Asset.objects.filter(pk__in=readable.values("pk")).exclude(
                pk=self.instance.pk
            ) | Asset.objects.filter(pk__in=[source.pk for source in kept])
            self.fields["sources"].label_from_instance = _named_with_status
        if "relies_on" in self.fields:
            owner = (
                self.instance.organisation
                if self.instance.organisation_id
                else own_bodies(self.for_user).first()
            )
            facts = Fact.objects.none()
            if owner is not None:
                facts = (
                    Fact.objects.for_path(owner.place.path).valid_on(clock.today()).select_related("place")
                )
            self.fields["relies_on"].queryset = facts
        paths = [body.place.path for body in own_bodies(self.for_user)]
        for name in ("topics", "audiences"):
            if name in self.fields:
                field = self.fields[name]
                carried = getattr(self.instance, name).all() if self.instance.pk else []
                offered = field.queryset.model.objects.for_paths(paths).in_use()
                field.queryset = field.queryset.model.objects.filter(
                    Q(pk__in=offered.values("pk")) | Q(pk__in=[term.pk for term in carried])
                )
        for name in ("licence", "consent", "language"):
            if name in self.fields:
                self.fields[name].required = False
        if "document_status" in self.fields:
            self.fields["document_status"].required = False

    def _set_up_locks(self) -> None:
        for name, reason in locked_fields(self.instance).items():
            field = self.fields.get(name)
            if field is None:
                continue
            if name == "body":
                # A StreamField has no disabled look: it would seem open and lose what is typed.
                del self.fields[name]
                continue
            field.disabled, field.help_text = True, reason

    # ------------------------------------------------------------------ checking
    def clean_title(self) -> str:
        return nfc(self.cleaned_data.get("title") or "").strip()

    def clean_language(self) -> str:
        return self.cleaned_data.get("language") or self.instance.language

    def clean_upload(self):
        upload = self.cleaned_data.get("upload")
        if upload and self.instance.kind:
            try:
                self.checked = check_file(self.instance.kind, upload, upload.name)
            except UploadRefused as refused:
                raise forms.ValidationError(refused.sentence) from None
        return upload

    def clean_captions_file(self):
        upload = self.cleaned_data.get("captions_file")
        if not upload:
            return None
        if upload.size > 4 * MOST_CHARACTERS:
            raise forms.ValidationError(
                _("Tệp phụ đề quá lớn (%(size)s MB).") % {"size": upload.size // MEGABYTE}
            )
        try:
            self.cleaned_data["captions"] = as_webvtt(upload.read().decode("utf-8-sig"))
        except UnicodeDecodeError:
            raise forms.ValidationError(_("Tệp phụ đề không phải văn bản UTF-8.")) from None
        except ValueError as unreadable:
            raise forms.ValidationError(str(unreadable)) from None
        return upload

    def clean_end_card(self) -> str:
        said = nfc(self.cleaned_data.get("end_card") or "").strip()
        body = self.cleaned_data.get("organisation") or getattr(self.instance, "organisation", None)
        if said and body is not None and (sentence := end_cards.refusal(body, said)):
            raise forms.ValidationError(sentence)
        return said

    def clean(self):
        data = super().clean()
        if data is None:
            data = self.cleaned_data
        kind, new = self.instance.kind, self.checked is not None
        content = Content(
            kind=kind,
            title=data.get("title") or "",
            has_picture=new or bool(self.instance.image_id),
            has_recording=new or bool(self.instance.clip_id),
            has_document=new or bool(self.instance.document_id),
            has_body=bool(data.get("body")) if "body" in data else bool(self.instance.body),
            alt_text=data.get("alt_text") or "",
            transcript=data.get("transcript") or "",
            captions=data.get("captions") or self.instance.captions,
            summary=data.get("summary") or "",
            source=data.get("source_note") or "",
            rights_holder=data.get("rights_holder") or "",
            licence=data.get("licence") or "",
            consent=data.get("consent") or "",
            consent_note=data.get("consent_note") or "",
            review_by=data.get("review_by"),
            shows_identity_card=self._shows_identity_card(),
        )
        lacks = missing(content)
        if self.puts_into_library and data.get("sharing") not in ("", None, Sharing.OWN):
            lacks |= missing_for_sharing(content)
        for field, sentence in lacks.items():
            if field in self.errors:
                if field == "title":
                    self._errors["title"] = self.error_class([sentence])
                continue
            said = StreamBlockValidationError(non_block_errors=[sentence]) if field == "body" else sentence
            self.add_error(field if field in self.fields else None, said)
        if new and self._carries_file() and not (data.get("version_note") or "").strip():
            self.add_error(
                "version_note" if "version_note" in self.fields else None,
                _("Vui lòng ghi phiên bản này đổi gì, vì tệp cũ được thay bằng tệp mới."),
            )
        begins, ends = data.get("usable_from"), data.get("usable_until")
        if begins and ends and in_vietnam(begins).date() > ends:
            self.add_error("usable_until", _("Ngày hết hạn dùng phải sau lúc bắt đầu được dùng."))
        if data.get("sharing") == Sharing.PUBLIC:
            self._refuse_unfit_sources(data)
        return data

    def _refuse_unfit_sources(self, data) -> None:
        status = data.get("document_status") or ""
        own = [Asset(title=data.get("title") or "", document_status=status)] if status else []
        refusal = refusal_of(data.get("title") or "", [*own, *(data.get("sources") or [])])
        if refusal:
            self.add_error("document_status" if own else "sources", refusal)

    # ------------------------------------------------------------------ keeping
    def save(self, commit=True):
        """Keep the file and the asset. Inside `blobs.storing()` only, which the views open."""
        if self.cleaned_data.get("captions"):
            self.instance.captions = self.cleaned_data["captions"]
        if not self.instance.pk and self.for_user is not None:
            self.instance.created_by = self.for_user
        if self.checked is not None:
            attach(self.instance, self.checked, self.for_user)
            self.checked = None
        elif self.instance.machine_made and self.instance.image_id:
            mark_picture(self.instance, self.for_user)
        elif self.instance.machine_made and self.instance.clip_id:
            mark_recording(self.instance, self.for_user)
        return super().save(commit=commit)

    def _shows_identity_card(self) -> bool:
        if self.checked is not None:
            return self.checked.shows_identity_card
        return self.instance.shows_identity_card

    def _carries_file(self) -> bool:
        return bool(self.instance.image_id or self.instance.clip_id or self.instance.document_id)


def own_bodies(user):
    """Return the bodies for which `user` may add assets: those that the user is a member of in such a role."""
    roles = roles_allowing(Asset._meta.label_lower, frozenset({"add"}))
    ids = [membership.organisation_id for membership in memberships_of(user) if membership.role in roles]
    return Organisation.objects.filter(pk__in=ids).select_related("place").order_by("name")


def _named_with_status(document: Asset) -> str:
    return f"{document.title} ({document.get_document_status_display()})"
