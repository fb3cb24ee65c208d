"""The screens of bodies. They stand here because bodies themselves stand left of permission."""

from __future__ import annotations

import django_filters
from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column

from cms.access.forms import ScopedModelForm
from cms.access.province_filter import ProvinceFilter
from cms.access.roles import roles_allowing
from cms.access.scopes import lead_paths_of, memberships_of, reachable_organisations
from cms.access.viewsets import NamedIndexView, ScopedViewSet
from cms.organisations.models import Organisation, OrganisationKind
from cms.places.models import AdministrativeUnit


class OrganisationForm(ScopedModelForm):
    """A body, in a place and under a body within reach."""

    class Meta(ScopedModelForm.Meta):
        model = Organisation
        fields = ["name", "short_name", "kind", "place", "parent", "address", "hotline", "is_active"]

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        roles = roles_allowing("organisations.organisation", frozenset({"add", "change"}))
        self.fields["parent"].queryset = reachable_organisations(self.for_user, roles).exclude(
            pk=self.instance.pk
        )
        place = self.fields["place"]
        place.queryset = _places_of(self.for_user, roles)
        place.offer(place.queryset.select_related("parent").order_by("level", "sort_name")[:200])

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("parent") is None and self.instance.pk is None:
            own = {membership.organisation.place.path for membership in memberships_of(self.for_user)}
            place = cleaned.get("place")
            leads = [path for paths in lead_paths_of(self.for_user).values() for path in paths]
            if (
                place is not None
                and not any(place.path.startswith(path) for path in leads)
                and place.path not in own
            ):
                raise forms.ValidationError(_("Bạn không có quyền lập cơ quan ở địa bàn này."))
        return cleaned


def _places_of(user, roles):
    paths = [path for paths in lead_paths_of(user).values() for path in paths]
    paths += [row.organisation.place.path for row in memberships_of(user) if row.role in roles]
    found = AdministrativeUnit.objects.none()
    for path in set(paths):
        found = found | AdministrativeUnit.objects.filter(path__startswith=path)
    return found


class OrganisationFilterSet(WagtailFilterSet):
    """By kind and by province."""

    kind = django_filters.ChoiceFilter(
        label=_("Loại"), choices=OrganisationKind.choices, empty_label=_("Tất cả")
    )
    province = ProvinceFilter()

    class Meta:
        model = Organisation
        fields = ["kind", "province"]


class OrganisationViewSet(ScopedViewSet):
    """Cơ quan, đơn vị: list, add, edit."""

    model = Organisation
    icon = "group"
    menu_label = _("Cơ quan")
    menu_name = "co-quan"
    menu_order = 290
    add_to_admin_menu = True
    url_prefix = "co-quan"
    index_view_class = NamedIndexView
    filterset_class = OrganisationFilterSet
    list_display = [
        "name",
        Column("kind", label=_("Loại"), accessor="get_kind_display"),
        Column("place", label=_("Địa bàn"), accessor="place.full_name"),
        Column("hotline", label=_("Đường dây nóng"), accessor="hotline"),
        Column(
            "is_active",
            label=_("Đang hoạt động"),
            accessor=lambda row: _("Có") if row.is_active else _("Không"),
        ),
    ]

    def get_form_class(self, for_update=False):
        return OrganisationForm

    def get_edit_handler(self):
        return None

    def get_queryset(self, request):
        return Organisation.objects.select_related("place").order_by("place__path", "name")
