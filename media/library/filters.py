"""What a list of the library can be narrowed to."""

from __future__ import annotations

import django_filters
from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.permissions import policy_registry

from cms.organisations.models import Organisation
from media.library.models import Asset, AssetKind, DocumentStatus, Sharing
from media.taxonomy.models import Audience, Topic


def _owners(request):
    """Bodies that own something the reader sees; nobody else's name is shown."""
    if request is None:
        return Organisation.objects.none()
    policy = policy_registry.get_by_type(Asset)
    seen = policy.instances_user_has_permission_for(request.user, "view")
    return Organisation.objects.filter(pk__in=seen.values("organisation_id")).order_by("name")


class AssetFilterSet(WagtailFilterSet):
    """Kind, topic, audience, owner, sharing and the status of source documents."""

    kind = django_filters.MultipleChoiceFilter(
        label=_("Loại"), choices=AssetKind.choices, widget=forms.CheckboxSelectMultiple
    )
    topics = django_filters.ModelMultipleChoiceFilter(
        label=_("Chủ đề"), queryset=Topic.objects.all(), widget=forms.CheckboxSelectMultiple
    )
    audiences = django_filters.ModelMultipleChoiceFilter(
        label=_("Đối tượng"), queryset=Audience.objects.all(), widget=forms.CheckboxSelectMultiple
    )
    organisation = django_filters.ModelMultipleChoiceFilter(
        label=_("Cơ quan"), queryset=_owners, widget=forms.CheckboxSelectMultiple
    )
    sharing = django_filters.MultipleChoiceFilter(
        label=_("Phạm vi"), choices=Sharing.choices, widget=forms.CheckboxSelectMultiple
    )
    document_status = django_filters.MultipleChoiceFilter(
        label=_("Hiệu lực văn bản"),
        choices=[choice for choice in DocumentStatus.choices if choice[0]],
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = Asset
        fields: list[str] = []
