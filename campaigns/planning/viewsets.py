"""The screens of orientations and campaigns."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.admin.viewsets.model import ModelViewSetGroup
from wagtail.permissions import policy_registry
from wagtail.snippets.views.snippets import EditView

from campaigns.planning.models import Campaign, Orientation
from cms.access.forms import ScopedModelForm
from cms.access.viewsets import ScopedViewSet
from cms.core import clock
from cms.organisations.models import Initiative


def _day_span(campaign: Campaign) -> str:
    return f"{campaign.starts_on:%d/%m/%Y} – {campaign.ends_on:%d/%m/%Y}"


class OrientationForm(ScopedModelForm):
    """A yearly orientation; it may cite one that the person can see."""

    class Meta(ScopedModelForm.Meta):
        model = Orientation
        fields = ["organisation", "year", "title", "summary", "cites"]

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        visible = policy_registry.get_by_type(Orientation).instances_user_has_permission_for(
            self.for_user, "view"
        )
        self.fields["cites"].queryset = visible.exclude(pk=self.instance.pk)
        if self.instance.pk is None:
            self.fields["year"].initial = clock.today().year + 1


class CampaignForm(ScopedModelForm):
    """A campaign under an orientation that the person can see."""

    class Meta(ScopedModelForm.Meta):
        model = Campaign
        fields = ["organisation", "orientation", "title", "aim", "starts_on", "ends_on", "initiatives"]
        widgets = {"initiatives": forms.CheckboxSelectMultiple, "aim": forms.Textarea(attrs={"rows": 4})}

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        policy = policy_registry.get_by_type(Orientation)
        self.fields["orientation"].queryset = policy.instances_user_has_permission_for(self.for_user, "view")
        known = Initiative.objects.order_by("name")
        if known:
            self.fields["initiatives"].queryset = known
        else:
            del self.fields["initiatives"]

    def clean(self):
        cleaned = super().clean()
        start, end = cleaned.get("starts_on"), cleaned.get("ends_on")
        if start is not None and end is not None and end < start:
            self.add_error("ends_on", _("Ngày kết thúc phải sau ngày bắt đầu."))
        return cleaned


class OrientationEditView(EditView):
    """Editing an orientation, with its campaigns beneath."""

    template_name = "planning/orientation_edit.html"

    def get_context_data(self, **kwargs):
        visible = policy_registry.get_by_type(Campaign).instances_user_has_permission_for(
            self.request.user, "view"
        )
        return super().get_context_data(
            campaigns=visible.filter(orientation=self.object)
            .select_related("organisation")
            .order_by("starts_on"),
            **kwargs,
        )


class CampaignEditView(EditView):
    """Editing a campaign, with its posts beneath."""

    template_name = "planning/campaign_edit.html"

    def get_context_data(self, **kwargs):
        # The posts' room stands right of this one: its rows are reached through the relation, by its own policy.
        posts = Campaign._meta.get_field("posts").related_model
        visible = policy_registry.get_by_type(posts).instances_user_has_permission_for(
            self.request.user, "view"
        )
        return super().get_context_data(
            posts=visible.filter(campaign=self.object).with_state().select_related("organisation"), **kwargs
        )


class OrientationViewSet(ScopedViewSet):
    """Định hướng năm."""

    model = Orientation
    icon = "clipboard-list"
    menu_label = _("Định hướng năm")
    menu_name = "dinh-huong"
    url_prefix = "dinh-huong"
    edit_view_class = OrientationEditView
    edit_template_name = "planning/orientation_edit.html"
    list_display = [
        "title",
        Column("year", label=_("Năm"), accessor="year"),
        Column("organisation", label=_("Cơ quan ban hành"), accessor="organisation.name"),
        Column("cites", label=_("Căn cứ"), accessor="cites"),
    ]

    def get_form_class(self, for_update=False):
        return OrientationForm

    def get_edit_handler(self):
        return None

    def get_queryset(self, request):
        return Orientation.objects.select_related("organisation__place", "cites").order_by(
            "-year", "organisation__place__path"
        )


class CampaignViewSet(ScopedViewSet):
    """Chiến dịch."""

    model = Campaign
    icon = "calendar-alt"
    menu_label = _("Chiến dịch")
    menu_name = "chien-dich"
    url_prefix = "chien-dich"
    edit_view_class = CampaignEditView
    edit_template_name = "planning/campaign_edit.html"
    list_display = [
        "title",
        Column("span", label=_("Thời gian"), accessor=_day_span),
        Column("organisation", label=_("Cơ quan chủ trì"), accessor="organisation.name"),
        Column("orientation", label=_("Định hướng năm"), accessor="orientation"),
    ]

    def get_form_class(self, for_update=False):
        return CampaignForm

    def get_edit_handler(self):
        return None

    def get_queryset(self, request):
        return Campaign.objects.select_related("organisation__place", "orientation").order_by(
            "-starts_on", "title"
        )


class PlanningGroup(ModelViewSetGroup):
    """The menu entry under which both stand."""

    menu_label = _("Định hướng & chiến dịch")
    menu_name = "ke-hoach"
    menu_icon = "clipboard-list"
    menu_order = 210
    items = (OrientationViewSet, CampaignViewSet)
