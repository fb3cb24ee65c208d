"""The list of the library (Kho tài liệu dùng chung): everything the reader may see, found by words and filters."""

from __future__ import annotations

from typing import Final

from django.contrib.admin.utils import quote
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.admin.widgets.button import HeaderButton
from wagtail.permissions import policy_registry
from wagtail.snippets.views.snippets import IndexView

from media.library.columns import DayColumn, SharingColumn, StandingColumn, ThumbnailColumn
from media.library.filters import question_of
from media.library.finding import index
from media.library.finding.answer import DUE_SOON, MOST_USED, NEWEST, RELEVANCE, FoundAssets
from media.library.models import Asset
from media.library.strips import strips_of

# Columns that a phone has no room for.
_WIDE = "library-wide"
_ORDER = "xep"
ORDERS: Final = {
    RELEVANCE: _("Phù hợp nhất"),
    NEWEST: _("Mới nhất"),
    MOST_USED: _("Dùng nhiều nhất"),
    DUE_SOON: _("Sắp đến hạn rà soát"),
}


class AssetIndexView(IndexView):
    """The list (Kho tài liệu dùng chung): everything the reader may see, newest change first."""

    page_title = _("Kho tài liệu dùng chung")
    default_ordering = "-updated_at"
    editable: frozenset[int] = frozenset()

    @cached_property
    def columns(self):
        return [
            ThumbnailColumn("picture", label="", width="5rem"),
            self._get_title_column("title", label=_("Tên tài liệu")),
            Column("kind", label=_("Loại"), accessor="get_kind_display", sort_key="kind", classname=_WIDE),
            Column("owner", label=_("Cơ quan sở hữu"), accessor="organisation.short_name", classname=_WIDE),
            StandingColumn("standing", label=_("Tình trạng")),
            SharingColumn("sharing", label=_("Phạm vi"), classname=_WIDE),
            DayColumn("updated_at", label=_("Cập nhật"), sort_key="updated_at", classname=_WIDE),
        ]

    def _get_custom_column(self, field_name, column_class=Column, **kwargs):
        kwargs.setdefault("label", self.model._meta.get_field(field_name).verbose_name)
        return column_class(field_name, sort_key=field_name, **kwargs)

    def get_base_queryset(self):
        return super().get_base_queryset().with_list_columns()

    def get_edit_url(self, instance):
        if instance.pk in self.editable:
            return reverse(self.edit_url_name, args=(quote(instance.pk),))
        return None

    def get_inspect_url(self, instance):
        """Those who may not edit it read it."""
        return None if instance.pk in self.editable else instance.get_absolute_url()

    def get_delete_url(self, instance):
        return super().get_delete_url(instance) if instance.pk in self.editable else None

    @cached_property
    def header_buttons(self):
        buttons = super().header_buttons
        if policy_registry.get_by_type(Asset).user_has_permission(self.request.user, "add"):
            buttons.append(
                HeaderButton(
                    label=_("Tải lên nhiều tệp"), url=reverse("library_many_files"), icon_name="upload"
                )
            )
        return buttons

    @cached_property
    def add_item_label(self):
        return _("Tạo tài liệu")

    # ------------------------------------------------------------------ finding
    @cached_property
    def found(self) -> FoundAssets:
        """The answer of the index to the words and filters of this page."""
        filters = self.filters.form.cleaned_data if self.filters and self.filters.is_valid() else {}
        return FoundAssets(
            question_of(self.search_query, filters),
            self.request.user,
            rows=self.get_base_queryset(),
            order=self.found_order,
        )

    @cached_property
    def found_order(self) -> str:
        wanted = self.request.GET.get(_ORDER, "")
        return wanted if wanted in ORDERS else RELEVANCE if self.is_searching else ""

    def get_queryset(self):
        """Words and an order of the index are answered by the index; a plain list by the table itself."""
        if self.is_searching or self.found_order:
            return self.found
        return super().get_queryset()

    def get_context_data(self, *args, **kwargs):
        context = super().get_context_data(*args, **kwargs)
        policy = policy_registry.get_by_type(Asset)
        mine = policy.instances_user_has_permission_for(self.request.user, "change")
        shown = [asset.pk for asset in context["object_list"]]
        self.editable = frozenset(mine.filter(pk__in=shown).values_list("pk", flat=True))
        context["strips"] = strips_of(self.found, self.request.GET)
        context["orders"] = [
            {
                "label": label,
                "chosen": order == self.found_order,
                "address": self._ordered_by(order),
            }
            for order, label in ORDERS.items()
            if order != RELEVANCE or self.is_searching
        ]
        context["lag"] = index.lag()
        return context

    def _ordered_by(self, order: str) -> str:
        query = self.request.GET.copy()
        query.pop("p", None)
        query[_ORDER] = order
        return f"{self.index_url}?{query.urlencode()}"
