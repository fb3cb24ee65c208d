"""What a list of the library can be narrowed to."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import django_filters
from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.permissions import policy_registry

from cms.access.scopes import memberships_of
from cms.core import clock
from cms.organisations.models import Organisation
from cms.places.models import AdministrativeUnit, UnitLevel
from media.library.finding.question import Question
from media.library.models import Asset, AssetKind, DocumentStatus, Sharing
from media.taxonomy.languages import LANGUAGES
from media.taxonomy.models import Audience, Topic

#: "Sắp đến hạn" means within so many days.
DUE_WITHIN = timedelta(days=30)
#: So many bodies are offered by name; the others are reached through their place or by searching.
MOST_BODIES = 40


def _owners(request) -> QuerySet[Organisation]:
    """Bodies that own something the reader sees, nobody else's name is shown; the reader's own bodies and those that
    lead come first when there are many."""
    if request is None:
        return Organisation.objects.none()
    policy = policy_registry.get_by_type(Asset)
    seen = policy.instances_user_has_permission_for(request.user, "view")
    owners = Organisation.objects.filter(pk__in=seen.values("organisation_id"))
    asked = [value for value in request.GET.getlist("organisation") if value.isdecimal()]
    own = [membership.organisation_id for membership in memberships_of(request.user)]
    first = list(owners.order_by("place__level", "name").values_list("pk", flat=True)[: MOST_BODIES + 1])
    if len(first) <= MOST_BODIES:
        return owners.order_by("name")
    return owners.filter(Q(pk__in=first) | Q(pk__in=asked) | Q(pk__in=own)).order_by("name")


def _terms(model):
    """Return the question for the words of a vocabulary that the reader may see."""

    def readable(request) -> QuerySet:
        if request is None:
            return model.objects.none()
        return policy_registry.get_by_type(model).instances_user_has_permission_for(request.user, "view")

    return readable


def _provinces(request) -> QuerySet[AdministrativeUnit]:
    return AdministrativeUnit.objects.filter(level__lte=UnitLevel.PROVINCE).order_by("level", "sort_name")


class AssetFilterSet(WagtailFilterSet):
    """Kind, topic, audience, language, owner, place, standing, sharing, status of sources, due for review."""

    kind = django_filters.MultipleChoiceFilter(
        label=_("Loại"), choices=AssetKind.choices, widget=forms.CheckboxSelectMultiple
    )
    topics = django_filters.ModelMultipleChoiceFilter(
        label=_("Chủ đề"), queryset=_terms(Topic), widget=forms.CheckboxSelectMultiple
    )
    audiences = django_filters.ModelMultipleChoiceFilter(
        label=_("Đối tượng"), queryset=_terms(Audience), widget=forms.CheckboxSelectMultiple
    )
    language = django_filters.MultipleChoiceFilter(
        label=_("Ngôn ngữ"), choices=LANGUAGES, widget=forms.CheckboxSelectMultiple
    )
    place = django_filters.ModelMultipleChoiceFilter(
        label=_("Địa bàn"),
        queryset=_provinces,
        method="in_places",
        widget=forms.CheckboxSelectMultiple,
    )
    organisation = django_filters.ModelMultipleChoiceFilter(
        label=_("Cơ quan"), queryset=_owners, widget=forms.CheckboxSelectMultiple
    )
    standing = django_filters.MultipleChoiceFilter(
        label=_("Tình trạng"),
        choices=[("trong-kho", _("Trong kho")), ("ban-nhap", _("Bản nháp")), ("ngung-dung", _("Ngừng dùng"))],
        method="standing_so",
        widget=forms.CheckboxSelectMultiple,
    )
    sharing = django_filters.MultipleChoiceFilter(
        label=_("Phạm vi"), choices=Sharing.choices, widget=forms.CheckboxSelectMultiple
    )
    document_status = django_filters.MultipleChoiceFilter(
        label=_("Hiệu lực văn bản"),
        choices=[choice for choice in DocumentStatus.choices if choice[0]],
        widget=forms.CheckboxSelectMultiple,
    )
    procedure = django_filters.CharFilter(label=_("Mã thủ tục"), field_name="procedure_code")
    due = django_filters.MultipleChoiceFilter(
        label=_("Rà soát"),
        choices=[("on", _("Sắp đến hạn hoặc quá hạn"))],
        method="due_soon",
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = Asset
        fields: list[str] = []

    def in_places(self, rows: QuerySet[Asset], name: str, places: QuerySet[AdministrativeUnit]):
        """Assets of bodies that sit in any of the places or below; the centre means what is the centre's own."""
        wanted = Q()
        for place in places:
            wanted |= _in_place(place)
        return rows.filter(wanted) if wanted else rows

    def standing_so(self, rows: QuerySet[Asset], name: str, values: list[str]):
        """Assets that stand in the library, drafts, or retired ones; any of the chosen."""
        wanted = Q()
        if "trong-kho" in values:
            wanted |= Q(live=True, retired_at__isnull=True)
        if "ban-nhap" in values:
            wanted |= Q(live=False, retired_at__isnull=True)
        if "ngung-dung" in values:
            wanted |= Q(retired_at__isnull=False)
        return rows.filter(wanted) if values else rows

    def due_soon(self, rows: QuerySet[Asset], name: str, wanted: list[str]):
        """Assets in the library whose day of review is near or past."""
        return rows.filter(live=True, review_by__lte=clock.today() + DUE_WITHIN) if wanted else rows


def _in_place(place: AdministrativeUnit) -> Q:
    if place.level == UnitLevel.CENTRE:
        return Q(organisation__place=place)
    return Q(organisation__place__path__startswith=place.path)


#: Field of the form → filter of the index.
_INDEXED = {
    "kind": "kind",
    "topics": "topic",
    "audiences": "audience",
    "language": "language",
    "organisation": "body",
    "standing": "standing",
    "sharing": "sharing",
    "document_status": "document",
}


def question_of(text: str, chosen: Mapping[str, Any]) -> Question:
    """Return the question to the index for what was typed and the form's cleaned values."""
    narrowed = {
        name: tuple(str(getattr(value, "pk", value)) for value in chosen.get(field) or ())
        for field, name in _INDEXED.items()
    }
    if chosen.get("procedure"):
        narrowed["procedure"] = (str(chosen["procedure"]).strip(),)
    narrowed["seat"] = tuple(
        place.path if place.level > UnitLevel.CENTRE else f"={place.path}"
        for place in chosen.get("place") or ()
    )
    return Question(
        text=text,
        narrowed={name: values for name, values in narrowed.items() if values},
        due_until=clock.today() + DUE_WITHIN if chosen.get("due") else None,
    )
