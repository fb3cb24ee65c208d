"""The forms of the editor's page: the post itself and one card per kind of channel."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.permissions import policy_registry

from campaigns.planning.models import Campaign
from campaigns.posts.extras import CHOICES, HELP, LABELS, cleaned
from campaigns.posts.models import Post, Variant
from campaigns.posts.services import VariantText
from cms.access.roles import roles_allowing
from cms.access.scopes import memberships_of, reachable_organisations
from cms.channels.kinds import ChannelKind
from cms.channels.specs import Attachments, Extra, Shape, Spec, spec_for
from cms.core.models import nfc
from cms.organisations.models import Organisation
from media.library.models import Asset, AssetKind

#: So many assets are offered on a card, the newest first, beside those that are chosen already.
OFFERED_ASSETS = 40

_ASSET_KINDS = {
    Attachments.NONE: (),
    Attachments.IMAGES_OR_CLIP: (AssetKind.INFOGRAPHIC, AssetKind.CLIP),
    Attachments.ONE_CLIP: (AssetKind.CLIP,),
    Attachments.CLIP_AND_THUMBNAIL: (AssetKind.CLIP, AssetKind.INFOGRAPHIC),
    Attachments.COVER: (AssetKind.INFOGRAPHIC, AssetKind.CLIP),
    Attachments.ANY: (AssetKind.INFOGRAPHIC, AssetKind.CLIP, AssetKind.AUDIO, AssetKind.DOCUMENT),
}


class PostForm(forms.Form):
    """Title, body and campaign. The body can be chosen once only, when the post is made."""

    title = forms.CharField(
        label=_("Tên bài đăng"),
        max_length=200,
        error_messages={
            "required": _("Tên bài đăng đang để trống, vui lòng nhập."),
            "max_length": _("Tên bài đăng dài quá 200 ký tự, vui lòng rút ngắn."),
        },
    )
    organisation = forms.ModelChoiceField(
        label=_("Cơ quan đăng"),
        queryset=Organisation.objects.none(),
        empty_label=None,
        error_messages={
            "required": _("Vui lòng chọn cơ quan đăng."),
            "invalid_choice": _("Vui lòng chọn lại cơ quan đăng."),
        },
    )
    campaign = forms.ModelChoiceField(
        label=_("Chiến dịch"),
        queryset=Campaign.objects.none(),
        empty_label=_("— Chọn chiến dịch —"),
        error_messages={
            "required": _("Vui lòng chọn chiến dịch."),
            "invalid_choice": _("Vui lòng chọn lại chiến dịch."),
        },
    )

    fields: dict[str, Any]

    def __init__(self, *args: Any, user: Any, post: Post | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        roles = roles_allowing("posts.post", frozenset({"add"}))
        self.fields["organisation"].queryset = (
            reachable_organisations(user, roles).active().select_related("place")
        )
        # Whoever reaches many bodies writes for the own one most of the time.
        own = [row.organisation_id for row in memberships_of(user) if row.role in roles]
        self.fields["organisation"].initial = own[0] if own else None
        if post is not None:
            del self.fields["organisation"]
        visible = policy_registry.get_by_type(Campaign).instances_user_has_permission_for(user, "view")
        self.fields["campaign"].queryset = visible.select_related("orientation").order_by("-starts_on")


class VariantForm(forms.Form):
    """One card: the message on one kind of channel. Left empty, the post does not go to that kind."""

    title = forms.CharField(label=_("Tiêu đề"), required=False, max_length=200)
    summary = forms.CharField(
        label=_("Tóm tắt"), required=False, max_length=400, widget=forms.Textarea(attrs={"rows": 2})
    )
    text = forms.CharField(label=_("Nội dung"), required=False, widget=forms.Textarea(attrs={"rows": 8}))
    link = forms.URLField(
        label=_("Liên kết"),
        required=False,
        assume_scheme="https",
        error_messages={"invalid": _("Liên kết chưa đúng dạng, ví dụ: https://dichvucong.gov.vn/.")},
    )
    assets: Any = forms.ModelMultipleChoiceField(
        label=_("Hình ảnh, video trong kho"),
        queryset=Asset.objects.none(),
        required=False,
        error_messages={"invalid_choice": _("Có tài liệu không còn trong kho hoặc bạn không được dùng.")},
    )

    fields: dict[str, Any]

    def __init__(
        self, *args: Any, kind: str, user: Any, variant: Variant | None = None, **kwargs: Any
    ) -> None:
        self.kind = kind
        self.spec: Spec = spec_for(kind)
        self.variant = variant
        self.chosen: list[int] = []
        if variant is not None:
            self.chosen = [row.asset_id for row in variant.media.all()]
            kwargs["initial"] = {
                "title": variant.title,
                "summary": variant.summary,
                "text": variant.text,
                "link": variant.link,
                "assets": self.chosen,
                **variant.extras,
            }
        super().__init__(*args, prefix=kind, **kwargs)
        self._keep_what_the_kind_uses()
        for extra in self.spec.extras:
            self.fields[extra.name] = _field_of(kind, extra)
        self._offer_assets(user)
        self.findings: list[Any] = []

    @property
    def label(self) -> str:
        """The kind in words."""
        return str(ChannelKind(self.kind).label)

    def _keep_what_the_kind_uses(self) -> None:
        used = {"title": self.spec.uses_title, "summary": self.spec.uses_summary, "link": self.spec.uses_link}
        for name, is_used in used.items():
            if not is_used:
                del self.fields[name]
        for name in ("title", "summary", "text"):
            if name in self.fields:
                limit = getattr(self.spec, name)
                self.fields[name].widget.attrs |= {
                    "data-counted": limit.unit,
                    "data-longest": limit.longest or "",
                }
        if self.spec.attachments is Attachments.NONE:
            del self.fields["assets"]

    def _offer_assets(self, user: Any) -> None:
        if "assets" not in self.fields:
            return
        usable = policy_registry.get_by_type(Asset).instances_user_has_permission_for(user, "choose")
        self.fields["assets"].queryset = usable
        fitting = usable.of_kinds(_ASSET_KINDS[self.spec.attachments]).with_list_columns()
        wanted = list(self.chosen)
        if self.is_bound:
            sent = self.data.getlist(self.add_prefix("assets")) if hasattr(self.data, "getlist") else []
            wanted += [int(pk) for pk in sent if pk.isdecimal()]
        newest = list(fitting.order_by("-updated_at")[:OFFERED_ASSETS])
        missing = set(wanted) - {asset.pk for asset in newest}
        if missing:
            newest = [*usable.filter(pk__in=missing).with_list_columns(), *newest]
        self.offered = sorted(
            newest, key=lambda asset: wanted.index(asset.pk) if asset.pk in wanted else len(wanted)
        )
        self.checked = set(wanted if not self.is_bound else [int(pk) for pk in sent if pk.isdecimal()])

    @property
    def extra_fields(self) -> list[Any]:
        """The fields that only this kind has."""
        return [self[extra.name] for extra in self.spec.extras]

    @property
    def extras(self) -> dict[str, str]:
        """What was chosen of them, as it is kept; only once the form is valid."""
        given = {extra.name: self.cleaned_data.get(extra.name, "") for extra in self.spec.extras}
        return cleaned(self.kind, given)

    @property
    def has_content(self) -> bool:
        """Whether anything was written on this card."""
        values = [self.cleaned_data.get(name) for name in ("title", "summary", "text", "link")]
        values += [self.cleaned_data.get(extra.name) for extra in self.spec.extras]
        return any(values) or bool(self.cleaned_data.get("assets"))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for name in ("title", "summary", "text"):
            if isinstance(cleaned.get(name), str):
                cleaned[name] = nfc(cleaned[name])
        if not self.errors and self.has_content and not cleaned.get("text", "").strip():
            self.add_error(
                "text",
                _("Nội dung cho %(kind)s đang để trống, vui lòng nhập hoặc xóa hết mục này.")
                % {"kind": self.label},
            )
        return cleaned

    def in_order(self) -> list[Asset]:
        """Return the chosen assets: those chosen before in their order, then the new ones."""
        chosen = {asset.pk: asset for asset in self.cleaned_data.get("assets", ())}
        kept = [chosen.pop(pk) for pk in self.chosen if pk in chosen]
        return [*kept, *chosen.values()]

    def variant_text(self) -> VariantText:
        """Return what was written, for the verbs."""
        cleaned = self.cleaned_data
        return VariantText(
            kind=self.kind,
            title=cleaned.get("title", ""),
            summary=cleaned.get("summary", ""),
            text=cleaned.get("text", ""),
            link=cleaned.get("link", ""),
            assets=self.in_order(),
            extras=self.extras,
        )


def _field_of(kind: str, extra: Extra) -> forms.Field:
    """Return the field in which a person gives `extra`. Length is a finding, as for the texts: nothing typed is lost."""
    words: dict[str, Any] = {
        "label": LABELS[kind, extra.name],
        "help_text": HELP.get((kind, extra.name), ""),
        "required": False,
    }
    if extra.shape is Shape.CHOICE:
        return forms.ChoiceField(
            choices=list(CHOICES[kind, extra.name].items()),
            error_messages={"invalid_choice": _("Vui lòng chọn lại mục này trong danh sách.")},
            **words,
        )
    counted = {"data-counted": extra.limit.unit, "data-longest": extra.limit.longest or ""}
    if extra.shape is Shape.PARAGRAPHS:
        return forms.CharField(widget=forms.Textarea(attrs={"rows": 3, **counted}), **words)
    if extra.shape is Shape.TAGS:
        return forms.CharField(widget=forms.Textarea(attrs={"rows": 2, **counted}), **words)
    # A pasted address is longer than the id in it.
    return forms.CharField(widget=forms.TextInput(attrs={} if extra.name == "playlist" else counted), **words)
