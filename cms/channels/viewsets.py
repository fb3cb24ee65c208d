"""The screens of the channel register."""

from __future__ import annotations

import django_filters
from django import forms
from django.contrib.auth import get_user_model
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.widgets import Button

from cms.access.forms import ScopedModelForm
from cms.access.province_filter import ProvinceFilter
from cms.access.viewsets import NamedIndexView, ScopedViewSet
from cms.accounts.models import Membership
from cms.channels.kinds import ChannelKind
from cms.channels.models import Channel
from cms.core.models import nfc
from cms.core.sealed_field import Secret


class ChannelForm(ScopedModelForm):
    """A channel of a body; the people in charge are members of bodies within reach."""

    recovery_contact = forms.CharField(
        label=_("Liên hệ khôi phục"),
        max_length=200,
        required=False,
        help_text=_(
            "Số máy hoặc hộp thư công vụ. Được mã hóa; chỉ người có quyền kết nối kênh thấy, không có trong tệp tải về."
        ),
    )

    class Meta(ScopedModelForm.Meta):
        model = Channel
        fields = [
            "organisation",
            "kind",
            "name",
            "external_id",
            "address",
            "decision_number",
            "decision_date",
            "verified_phone",
            "phone_verified_on",
            "responsible",
            "deputy",
            "recovery_role",
            "recovery_contact",
            "account_admins",
            "minimum_gap",
            "quiet_from",
            "quiet_until",
            "is_active",
        ]
        widgets = {
            "quiet_from": forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
            "quiet_until": forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
        }

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        bodies = self.fields["organisation"].queryset
        members = Membership.objects.active().filter(organisation__in=bodies).values("user_id")
        for name in ("responsible", "deputy"):
            self.fields[name].queryset = get_user_model().objects.filter(pk__in=members).order_by("full_name")
        self.initial["recovery_contact"] = self.instance.recovery_contact.reveal() if self.instance.pk else ""
        if self.instance.pk:
            # Slots, approvals and credentials hang on the account: another kind is another channel.
            self.fields["kind"].disabled = True

    def clean_recovery_contact(self) -> Secret:
        return Secret(nfc(self.cleaned_data["recovery_contact"]).strip())

    def clean(self):
        cleaned = super().clean()
        responsible, deputy = cleaned.get("responsible"), cleaned.get("deputy")
        if responsible is not None and responsible == deputy:
            self.add_error("deputy", _("Người phụ trách thay phải là một người khác."))
        self._check_quiet_hours(cleaned)
        return cleaned

    def _check_quiet_hours(self, cleaned) -> None:
        if self.errors.keys() & {"quiet_from", "quiet_until"}:
            return
        start, end = cleaned.get("quiet_from"), cleaned.get("quiet_until")
        if (start is None) != (end is None):
            self.add_error(
                "quiet_until" if end is None else "quiet_from",
                _("Giờ nghỉ cần cả giờ bắt đầu và giờ kết thúc."),
            )
        elif start is not None and start == end:
            self.add_error("quiet_until", _("Giờ bắt đầu và giờ kết thúc giờ nghỉ phải khác nhau."))


def page_of(channel: Channel) -> str:
    """Return the address of the channel's page."""
    return reverse("channel_page", args=[channel.public_id])


class ChannelIndex(NamedIndexView):
    """The list, with the register to take along."""

    @property
    def header_more_buttons(self):
        register = Button(_("Tải sổ đăng ký (XLSX)"), url=reverse("channel_register"), icon_name="download")
        return [*super().header_more_buttons, register]


class ChannelFilterSet(WagtailFilterSet):
    """By kind, by province, and by whether the channel is in use."""

    kind = django_filters.ChoiceFilter(
        label=_("Loại kênh"), choices=ChannelKind.choices, empty_label=_("Tất cả")
    )
    province = ProvinceFilter("organisation__place")
    is_active = django_filters.ChoiceFilter(
        label=_("Đang dùng"), choices=[("True", _("Có")), ("False", _("Không"))], empty_label=_("Tất cả")
    )

    class Meta:
        model = Channel
        fields = ["kind", "province", "is_active"]


class ChannelViewSet(ScopedViewSet):
    """Kênh: the register of official channels."""

    model = Channel
    icon = "globe"
    menu_label = _("Kênh")
    menu_name = "kenh"
    menu_order = 270
    add_to_admin_menu = True
    url_prefix = "kenh"
    index_view_class = ChannelIndex
    filterset_class = ChannelFilterSet
    list_display = [
        TitleColumn("name", label=_("Tên kênh"), get_url=page_of),
        Column("kind", label=_("Loại kênh"), accessor="get_kind_display"),
        Column("organisation", label=_("Cơ quan, đơn vị"), accessor="organisation.name"),
        Column("decision_number", label=_("Số quyết định"), accessor="decision_number"),
        Column("responsible", label=_("Người phụ trách"), accessor="responsible"),
        Column(
            "is_active", label=_("Đang dùng"), accessor=lambda row: _("Có") if row.is_active else _("Không")
        ),
    ]

    def get_form_class(self, for_update=False):
        return ChannelForm

    def get_edit_handler(self):
        return None

    def get_queryset(self, request):
        return Channel.objects.select_related("organisation__place", "responsible").order_by(
            "organisation__place__path", "kind", "name"
        )
