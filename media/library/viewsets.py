"""The editor's screens of the library."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.permissions import policy_registry
from wagtail.snippets.views.snippets import CreateView, DeleteView, EditView

from cms.access.choosers import ScopedChooserViewSet
from cms.access.roles import roles_allowing
from cms.access.scopes import memberships_of
from cms.access.viewsets import ScopedViewSet
from media.library import blobs
from media.library.choosers import KIND_PARAMETER, AssetChooseResultsView, AssetChooseView
from media.library.columns import ICONS
from media.library.filters import AssetFilterSet
from media.library.flags import stale_in
from media.library.forms import own_bodies
from media.library.listing import AssetIndexView
from media.library.models import Asset, AssetKind
from media.library.panels import asset_edit_handler
from media.library.services import in_use
from media.library.similar import warnings_about
from media.library.uses import is_used

# What each card of the first step says, in the order of the cards.
KIND_CARDS = [
    (AssetKind.ARTICLE, _("Viết ngay tại đây: các đoạn văn, các bước, lời cảnh báo.")),
    (AssetKind.INFOGRAPHIC, _("Tải lên một hình đã thiết kế, kèm lời mô tả.")),
    (AssetKind.CLIP, _("Tải lên một video, kèm lời thoại hoặc phụ đề.")),
    (AssetKind.AUDIO, _("Tải lên một bản ghi âm, kèm lời đọc.")),
    (AssetKind.DOCUMENT, _("Lưu một văn bản nguồn với số, ký hiệu và tình trạng hiệu lực.")),
]


class _KeepsFiles:
    """A view whose form may bring a file: the file and the rows stand or fall together."""

    request: HttpRequest
    object: Asset | None
    action: str
    error_message = _("Chưa lưu được tài liệu. Vui lòng xem lại những chỗ ghi màu đỏ.")

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        # Saving while the person types would send the file again and again.
        self.autosave_enabled = False

    def get_form(self, *args, **kwargs):
        form = super().get_form(*args, **kwargs)
        form.puts_into_library = self.action == "publish"
        return form

    def form_valid(self, form):
        new = form.instance.pk is None
        with blobs.storing():
            answer = super().form_valid(form)
        self._say_what_is_stale(form.instance)
        if new or form.changed_data:
            for sentence in warnings_about(form.instance, self.request.user):
                messages.warning(self.request, sentence)
        return answer

    def _say_what_is_stale(self, asset: Asset) -> None:
        """Saving is never refused for old words; the person is told, once, where they stand and what holds now."""
        for stale in stale_in(asset)[:5]:
            messages.warning(self.request, stale.sentence)

    def get_success_message(self, instance=None):
        shown = {"title": str(instance or self.object)}
        if self.action == "publish":
            return gettext("Đã đưa “%(title)s” vào kho.") % shown
        return gettext("Đã lưu bản nháp “%(title)s”. Người khác chưa thấy nội dung này.") % shown

    def get_available_actions(self):
        """Putting into the library asks for the row's own body, not for the model."""
        actions = super().get_available_actions()
        if "publish" in actions and not self._may_publish():
            actions.remove("publish")
        return actions

    def _may_publish(self) -> bool:
        policy, user = policy_registry.get_by_type(Asset), self.request.user
        if self.object is not None and self.object.pk:
            return policy.user_has_permission_for_instance(user, "publish", self.object)
        return policy.user_has_permission(user, "publish")


class AssetCreateView(_KeepsFiles, CreateView):
    """First the kind is chosen, on calm cards; then comes its form."""

    page_title = _("Tạo tài liệu")

    @property
    def kind(self) -> str | None:
        wanted = self.request.GET.get(KIND_PARAMETER, "")
        return wanted if wanted in AssetKind.values else None

    def get(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        return super().get(request, *args, **kwargs) if self.kind else self._cards(request)

    def post(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        return super().post(request, *args, **kwargs) if self.kind else self._cards(request)

    def _cards(self, request: HttpRequest) -> HttpResponse:
        address = reverse(self.add_url_name)
        cards = [
            {
                "label": kind.label,
                "text": text,
                "icon": ICONS[kind.value],
                "url": f"{address}?{KIND_PARAMETER}={kind.value}",
            }
            for kind, text in KIND_CARDS
        ]
        return TemplateResponse(
            request,
            "library/choose_kind.html",
            {
                "cards": cards,
                "page_title": self.page_title,
                "header_icon": self.header_icon,
                "breadcrumbs_items": self.get_breadcrumbs_items(),
            },
        )

    def get_initial_form_instance(self):
        return Asset(kind=self.kind, organisation=own_bodies(self.request.user).first())

    def get_page_subtitle(self):
        return AssetKind(self.kind).label if self.kind else ""

    def get_breadcrumbs_items(self):
        label = (
            _("Tạo %(kind)s") % {"kind": self.get_page_subtitle().lower()} if self.kind else self.page_title
        )
        return [*super().get_breadcrumbs_items()[:-1], {"url": "", "label": label}]

    def get_add_url(self):
        return f"{super().get_add_url()}?{KIND_PARAMETER}={self.kind or ''}"

    def _may_publish(self) -> bool:
        chosen = self.request.POST.get("organisation", "")
        bodies = own_bodies(self.request.user)
        body = bodies.filter(pk=chosen).first() if chosen.isdecimal() else bodies.first()
        roles = roles_allowing(Asset._meta.label_lower, frozenset({"publish"}))
        return body is not None and any(
            membership.role in roles and membership.organisation_id == body.pk
            for membership in memberships_of(self.request.user)
        )


class AssetEditView(_KeepsFiles, EditView):
    """The form of an asset that is there already."""


class AssetDeleteView(DeleteView):
    """Deletes what nothing uses; what is used is retired instead, on the page that says where it is used."""

    def dispatch(self, request, *args, **kwargs):
        if is_used(self.object):
            messages.error(request, in_use())
            return redirect("library_used", public_id=self.object.public_id)
        return super().dispatch(request, *args, **kwargs)


class AssetChooserViewSet(ScopedChooserViewSet):
    """The modal in which other rooms let a person choose an asset; `?loai=` keeps it to kinds."""

    choose_view_class = AssetChooseView
    choose_results_view_class = AssetChooseResultsView
    preserve_url_parameters = ["multiple", KIND_PARAMETER]
    page_title = _("Chọn tài liệu trong kho")
    choose_one_text = _("Chọn tài liệu")
    choose_another_text = _("Chọn tài liệu khác")
    edit_item_text = _("Mở tài liệu này")


class AssetViewSet(ScopedViewSet):
    """Kho tài liệu."""

    model = Asset
    icon = "folder-open-inverse"
    menu_label = _("Kho tài liệu")
    menu_name = "kho-tai-lieu"
    menu_order = 100
    add_to_admin_menu = True
    base_url_path = "kho-tai-lieu"
    chooser_base_url_path = "kho-tai-lieu/chon"
    index_view_class = AssetIndexView
    index_results_template_name = "library/index_results.html"
    add_view_class = AssetCreateView
    edit_view_class = AssetEditView
    delete_view_class = AssetDeleteView
    chooser_viewset_class = AssetChooserViewSet
    chooser_per_page = 12
    filterset_class = AssetFilterSet

    def get_edit_handler(self):
        return asset_edit_handler().bind_to_model(self.model)
