"""The screens of the vocabularies: the centre's words stand for all, a province adds its own for its branch."""

from __future__ import annotations

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.admin.viewsets.base import ViewSetGroup

from cms.access.forms import ScopedModelForm
from cms.access.roles import roles_allowing
from cms.access.viewsets import ScopedViewSet
from media.taxonomy.models import Audience, Term, Topic
from media.taxonomy.policies import leads_the_centre


class TermForm(ScopedModelForm):
    """A word; whose it is is said when it is made and never changed."""

    class Meta(ScopedModelForm.Meta):
        fields = ["organisation", "name", "order", "retired"]

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.fields.pop("organisation", None)
            return
        self.fields.pop("retired", None)
        roles = roles_allowing(self._meta.model._meta.label_lower, frozenset({"add"}))
        self.fields["organisation"].required = not leads_the_centre(self.for_user, roles)
        if not self.fields["organisation"].required:
            self.fields["organisation"].initial = None
            self.fields["organisation"].empty_label = gettext("Dùng chung cho cả nước")

    def clean_name(self) -> str:
        name = " ".join((self.cleaned_data.get("name") or "").split())
        # The centre's words are the same for all: a province that repeats one would split what is found under it.
        twins = self._meta.model.objects.filter(name__iexact=name).exclude(pk=self.instance.pk)
        if any(
            twin.organisation is None or twin.organisation.place.level == 0
            for twin in twins.select_related("organisation__place")
        ):
            self.add_error("name", _("Đã có mục này trong danh mục dùng chung."))
        return name


def _owner(term: Term) -> str:
    return term.organisation.short_name if term.organisation else gettext("Dùng chung")


class _TermViewSet(ScopedViewSet):
    list_display = [
        "name",
        Column("owner", label=_("Cơ quan đặt ra"), accessor=_owner),
        Column("order", label=_("Thứ tự"), accessor="order"),
        Column(
            "retired",
            label=_("Tình trạng"),
            accessor=lambda row: _("Ngừng dùng") if row.retired else _("Đang dùng"),
        ),
    ]
    list_per_page = 50

    def get_form_class(self, for_update=False):
        return type(
            f"{self.model.__name__}Form",
            (TermForm,),
            {"Meta": type("Meta", (TermForm.Meta,), {"model": self.model})},
        )

    def get_edit_handler(self):
        return None

    def get_queryset(self, request):
        return self.model.objects.select_related("organisation__place").order_by("order", "name")


class TopicViewSet(_TermViewSet):
    """Chủ đề."""

    model = Topic
    icon = "tag"
    menu_label = _("Chủ đề")
    url_prefix = "chu-de"
    menu_name = "chu-de"


class AudienceViewSet(_TermViewSet):
    """Đối tượng."""

    model = Audience
    icon = "group"
    menu_label = _("Đối tượng")
    url_prefix = "doi-tuong"
    menu_name = "doi-tuong"


class TaxonomyGroup(ViewSetGroup):
    """Phân loại: both vocabularies under one heading of the menu."""

    menu_label = _("Phân loại")
    menu_icon = "tag"
    menu_name = "phan-loai"
    menu_order = 285
    items = (TopicViewSet, AudienceViewSet)
