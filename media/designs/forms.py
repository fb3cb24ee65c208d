"""The named fields of a design as a form; whatever does not fit is said at its field."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.permissions import policy_registry

from cms.core import clock
from cms.core.errors import InputRefused
from cms.organisations.models import Organisation
from media.designs.shelf import COLOURS, Design
from media.designs.words import Words
from media.library.forms import own_bodies
from media.library.models import Asset, AssetKind, LibraryImage
from media.library.usability import refusal_at, refusal_for_good
from media.library.widgets import AssetChooser
from media.renditions.errors import RenditionError

#: What a sentence of the drawing calls a field → the form's field.
_FIELDS = {"tiêu đề": "title", "dòng chủ đề": "kicker", "dòng dẫn": "lead"}


class DrawingForm(forms.Form):
    """Words, colour and picture. Name, logo, hotline and address are not asked: they are the body's record."""

    organisation: Any = forms.ModelChoiceField(label=_("Cơ quan"), queryset=Organisation.objects.none())
    kicker = forms.CharField(label=_("Dòng chủ đề"), max_length=60, required=False)
    title = forms.CharField(label=_("Tiêu đề"), max_length=200)
    lead = forms.CharField(label=_("Dòng dẫn"), max_length=200, required=False)
    points = forms.CharField(
        label=_("Các ý"), required=False, max_length=2000,
        widget=forms.Textarea(attrs={"rows": 6}), help_text=_("Mỗi dòng một ý."),
    )  # fmt: skip
    picture: Any = forms.ModelChoiceField(
        label=_("Ảnh trong kho"), queryset=Asset.objects.none(), required=False,
    )  # fmt: skip
    colour = forms.ChoiceField(
        label=_("Màu"), choices=[(key, name) for key, (name, _palette) in COLOURS.items()]
    )

    def __init__(self, *args: Any, design: Design, user: Any, body: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.design, self.body = design, body
        bodies = own_bodies(user)
        self.fields["organisation"].queryset = bodies  # type: ignore[attr-defined]
        if body is not None or bodies.count() == 1:
            self.body = body or bodies.first()
            del self.fields["organisation"]
        if design.takes_picture:
            chosen = policy_registry.get_by_type(Asset).instances_user_has_permission_for(user, "choose")
            self.fields["picture"].widget = AssetChooser([AssetKind.INFOGRAPHIC])
            self.fields["picture"].queryset = chosen.filter(image__isnull=False)  # type: ignore[attr-defined]
        else:
            del self.fields["picture"]
        self.fields["points"].help_text = _("Mỗi dòng một ý, từ %(fewest)d đến %(most)d ý.") % {
            "fewest": design.fewest,
            "most": design.most,
        }

    def clean_picture(self) -> Asset | None:
        asset = self.cleaned_data.get("picture")
        if asset is None:
            return None
        now = clock.now()
        if sentence := refusal_for_good(asset, now) or refusal_at(asset, now):
            raise forms.ValidationError(sentence)
        return asset

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        self.body = self.body or given.get("organisation")
        if not self.errors:
            try:
                self.words = Words(
                    self.design.key,
                    given["title"],
                    given.get("kicker", ""),
                    given.get("lead", ""),
                    tuple(given.get("points", "").splitlines()),
                    given["colour"],
                )
            except RenditionError as refusal:
                self.refused(InputRefused(str(refusal), getattr(refusal, "field", "points")))
        return given

    @property
    def picture_row(self) -> LibraryImage | None:
        asset = self.cleaned_data.get("picture")
        return asset.image if asset is not None else None

    def refused(self, refusal: InputRefused) -> None:
        """Say a refusal of the drawing where the person can mend it."""
        named = refusal.field or ""
        field = _FIELDS.get(named, "points" if named.startswith(("ý ", "bước ", "points")) else None)
        self.add_error(field if field in self.fields else None, refusal.sentence)
