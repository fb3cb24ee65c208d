"""The base form of the house's editor screens: days as dd/mm/yyyy, and only bodies the person may write for."""

from __future__ import annotations

from django import forms
from django.db import models
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.widgets import AdminDateInput

from cms.access.place_field import PlaceField
from cms.access.roles import roles_allowing
from cms.access.scopes import reachable_organisations, suggested_organisation
from cms.organisations.models import Organisation
from cms.places.models import AdministrativeUnit


def house_formfield(db_field: models.Field, **kwargs) -> forms.Field | None:
    """Return the form field for a model's field: days as dd/mm/yyyy, places typed by name."""
    if isinstance(db_field, models.DateField) and not isinstance(db_field, models.DateTimeField):
        return db_field.formfield(widget=AdminDateInput(), **kwargs)
    if isinstance(db_field, models.ForeignKey) and db_field.remote_field.model is AdministrativeUnit:
        return PlaceField(
            queryset=AdministrativeUnit.objects.all(),
            label=db_field.verbose_name,
            required=not db_field.blank,
            help_text=db_field.help_text,
        )
    return db_field.formfield(**kwargs)


class ScopedModelForm(WagtailAdminModelForm):
    """A form whose `organisation` field offers only bodies for which `for_user` may add or change such rows."""

    class Meta:
        formfield_callback = house_formfield

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields.get("organisation")
        if field is None:
            return
        field.queryset = self._bodies()
        if self.instance.pk is None:
            field.initial = suggested_organisation(self.for_user, field.queryset)

    def _bodies(self) -> models.QuerySet[Organisation]:
        actions = frozenset({"change"} if self.instance.pk else {"add"})
        roles = roles_allowing(self._meta.model._meta.label_lower, actions)
        return reachable_organisations(self.for_user, roles).select_related("place")
