"""Which fields an asset's form shows, in which order. Fields that the kind does not have are left out by the form."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, HelpPanel, MultiFieldPanel, ObjectList

from cms.core.upload_checks import CLIPS, DOCUMENTS, PICTURES, SOUNDS
from media.library.comparison import FileComparison
from media.library.forms import AssetForm

#: What a person's file dialog offers where any kind of file may be chosen.
ACCEPTED_EVERYWHERE = ",".join(
    each
    for kinds in (PICTURES, CLIPS, SOUNDS, DOCUMENTS)
    for kind in kinds
    for each in (kind.media_type, kind.ending)
)
_LONG = forms.Textarea(attrs={"rows": 4})
_DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
_MOMENT = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")


class FilesPanel(FieldPanel):
    """The field of the upload; in a comparison it stands for the files that the two versions carry."""

    class BoundPanel(FieldPanel.BoundPanel):
        def get_comparison(self):
            return [FileComparison]


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
                    FilesPanel("upload"),
                    FieldPanel("version_note"),
                    FieldPanel("alt_text", widget=_LONG),
                    FieldPanel("captions_file"),
                    FieldPanel("end_card"),
                    FieldPanel("transcript", widget=forms.Textarea(attrs={"rows": 8})),
                    FieldPanel("summary", widget=_LONG),
                ],
                heading=_("Nội dung tài liệu"),
            ),
            MultiFieldPanel(
                [
                    FieldPanel("topics", widget=forms.CheckboxSelectMultiple),
                    FieldPanel("audiences", widget=forms.CheckboxSelectMultiple),
                    FieldPanel("language", widget=forms.Select),
                    FieldPanel("procedure_code"),
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
                help_text=_("Cần có nguồn và ngày rà soát trước khi chia sẻ cho nơi khác."),
            ),
            MultiFieldPanel(
                [
                    FieldPanel("rights_holder"),
                    FieldPanel("licence", widget=forms.Select),
                    FieldPanel("consent", widget=forms.Select),
                    FieldPanel("consent_note"),
                    FieldPanel("usable_from", widget=_MOMENT),
                    FieldPanel("usable_until", widget=_DAY),
                ],
                heading=_("Quyền sử dụng"),
                help_text=_("Cần có chủ sở hữu và quyền sử dụng trước khi chia sẻ cho nơi khác."),
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
