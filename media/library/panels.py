"""Which fields an asset's form shows, in which order. Fields that the kind does not have are left out by the form."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, HelpPanel, MultiFieldPanel, ObjectList

from media.library.forms import AssetForm

_LONG = forms.Textarea(attrs={"rows": 4})
_DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def asset_edit_handler() -> ObjectList:
    """Return the panels of the asset's form."""
    return ObjectList(
        [
            FieldPanel("title", required_on_save=True),
            FieldPanel("organisation", widget=forms.Select),
            MultiFieldPanel(
                [
                    FieldPanel("document_number"),
                    FieldPanel("document_status"),
                    FieldPanel("body"),
                    HelpPanel(template="library/current_file.html"),
                    FieldPanel("upload"),
                    FieldPanel("alt_text", widget=_LONG),
                    FieldPanel("captions_file"),
                    FieldPanel("transcript", widget=forms.Textarea(attrs={"rows": 8})),
                    FieldPanel("summary", widget=_LONG),
                ],
                heading=_("Nội dung tài liệu"),
            ),
            MultiFieldPanel(
                [
                    FieldPanel("topics", widget=forms.CheckboxSelectMultiple),
                    FieldPanel("audiences", widget=forms.CheckboxSelectMultiple),
                ],
                heading=_("Chủ đề và đối tượng"),
            ),
            MultiFieldPanel(
                [
                    FieldPanel("source_note"),
                    FieldPanel("sources", widget=forms.CheckboxSelectMultiple),
                    FieldPanel("relies_on", widget=forms.CheckboxSelectMultiple),
                    FieldPanel("machine_made"),
                    FieldPanel("review_by", widget=_DAY),
                ],
                heading=_("Nguồn và rà soát"),
                classname="collapsed",
            ),
            MultiFieldPanel(
                [FieldPanel("sharing", widget=forms.RadioSelect)],
                heading=_("Chia sẻ"),
                help_text=_(
                    "Chỉ có hiệu lực sau khi tài liệu được đưa vào kho. Bản nháp luôn chỉ cơ quan sở hữu đọc được."
                ),
            ),
        ],
        base_form_class=AssetForm,
    )
