"""Screens of the designs: choose one, fill its fields, look, keep; draw again; the logo of a body."""

from __future__ import annotations

import base64
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.permissions import policy_registry

from cms.core import clock
from cms.core.errors import InputRefused
from media.designs.forms import DrawingForm
from media.designs.models import Logo
from media.designs.services import (
    behind_their_photo,
    draw_again,
    draw_new,
    drawing_of,
    drawn,
    keep_logo,
    newer_photo,
    record_of,
)
from media.designs.shelf import DESIGNS, Design
from media.designs.words import Words
from media.library.forms import own_bodies
from media.library.models import Asset
from media.library.usability import refusal_at, refusal_for_good

#: Newest drawings shown.
MOST_SHOWN = 20

SAMPLES = {
    "cac-buoc": Words("cac-buoc", "Nộp hồ sơ tại nhà", "Dịch vụ công trực tuyến", "", (
        "Mở Cổng Dịch vụ công", "Đăng nhập VNeID", "Điền thông tin rồi gửi")),
    "canh-bao": Words("canh-bao", "Cảnh giác người giả danh cán bộ", "Cảnh báo giả mạo", "", (
        "Không đọc mã xác thực cho bất kỳ ai", "Không bấm đường dẫn lạ")),
    "anh-va-y": Words("anh-va-y", "Hướng dẫn tại nhà văn hóa", "Nơi hỗ trợ người dân", "", (
        "Mang theo căn cước", "Hướng dẫn miễn phí")),
    "loi-nhan": Words("loi-nhan", "Đừng cho ai mượn tài khoản VNeID", "An toàn thông tin"),
}  # fmt: skip


class _Screen(WagtailAdminTemplateMixin, View):
    header_icon = "image"
    page_title = gettext_lazy("Đồ họa theo mẫu")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any):
        if not policy_registry.get_by_type(Asset).user_has_permission(request.user, "add"):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self):
        return [
            {"url": reverse("wagtailadmin_home"), "label": _("Tổng quan")},
            {"url": reverse("wagtailsnippets_library_asset:list"), "label": _("Kho tài liệu")},
            {"url": reverse("designs"), "label": _("Đồ họa theo mẫu")},
        ]


class DesignsView(_Screen):
    """The designs with a sample each, drawn for the person's own body; and its logo."""

    template_name = "designs/designs.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        body = own_bodies(request.user).first()
        logos = Logo.objects.filter(organisation=body)
        own = policy_registry.get_by_type(Asset).instances_user_has_permission_for(request.user, "change")
        return self.render_to_response(
            self.get_context_data(
                designs=[(design, _sample(body, design)) for design in DESIGNS.values()] if body else [],
                body=body,
                has_logo=logos.exists(),
                made=own.filter(image__drawing__isnull=False).order_by("-updated_at")[:MOST_SHOWN],
                behind=set(behind_their_photo(own).values_list("pk", flat=True)),
            )
        )

    def post(self, request: HttpRequest) -> HttpResponse:
        body, file = own_bodies(request.user).first(), request.FILES.get("logo")
        if body is None:
            raise PermissionDenied
        try:
            if file is None:
                raise InputRefused(_("Vui lòng chọn tệp biểu trưng."))
            keep_logo(body, file, file.name or "", request.user)
            messages.success(request, _("Đã lưu biểu trưng của cơ quan."))
        except InputRefused as refusal:
            messages.error(request, refusal.sentence)
        return redirect("designs")


def _sample(body: Any, design: Design) -> str:
    try:
        return _inline(drawn(body, SAMPLES[design.key]))
    except InputRefused:
        return ""


def _inline(content: bytes) -> str:
    return f"data:image/png;base64,{base64.b64encode(content).decode()}"


class NewDrawingView(_Screen):
    """The fields of the design named by `?mau=`; "Xem thử" draws without keeping anything."""

    template_name = "designs/drawing.html"
    asset: Asset | None = None

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        found = DESIGNS.get(request.GET.get("mau", ""))
        if found is None:
            raise Http404
        self.design = found

    def form(self, data: Any = None) -> DrawingForm:
        return DrawingForm(
            data, design=self.design, user=self.request.user, initial={"colour": self.design.first_colour}
        )

    def get(self, request: HttpRequest, **named: Any) -> HttpResponse:
        return self.show(self.form())

    def post(self, request: HttpRequest, **named: Any) -> HttpResponse:
        form = self.form(request.POST)
        if not form.is_valid():
            return self.show(form, status=422)
        try:
            if request.POST.get("viec") == "xem":
                return self.show(form, _inline(drawn(form.body, form.words, self.picture(form))))
            asset = self.keep(form)
        except InputRefused as refusal:
            form.refused(refusal)
            return self.show(form, status=422)
        messages.success(
            request, _("Đã lưu đồ họa vào bản nháp. Vui lòng điền nguồn và quyền sử dụng rồi đưa vào kho.")
        )
        return redirect("wagtailsnippets_library_asset:edit", asset.pk)

    def picture(self, form: DrawingForm):
        return form.picture_row

    def keep(self, form: DrawingForm) -> Asset:
        return draw_new(form.body, form.words, form.picture_row, self.request.user)

    def show(self, form: forms.Form, preview: str = "", status: int = 200) -> HttpResponse:
        context = self.get_context_data(form=form, design=self.design, preview=preview, asset=self.asset)
        return self.render_to_response(context, status=status)


class RedrawView(NewDrawingView):
    """An infographic that was made from a design: other words, or the record of the body as it is now.

    A copy for a place has no fields here: its words are the original's, its foot is the place's record."""

    asset: Asset

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        View.setup(self, request, *args, **kwargs)
        rows = policy_registry.get_by_type(Asset).instances_user_has_permission_for(request.user, "change")
        asset = rows.filter(public_id=kwargs["public_id"]).select_related("organisation__place").first()
        if asset is None:
            raise Http404
        working = asset.get_latest_revision_as_object() if asset.latest_revision_id else asset
        drawing = drawing_of(working)
        if drawing is None:
            raise Http404
        self.asset, self.drawing = asset, drawing
        self.words = Words.from_json(drawing.words)
        self.design = self.words.shape

    @property
    def follows(self) -> bool:
        """Whether this is a copy for a place in the original's own language: its words are locked."""
        copy = getattr(self.asset, "localisation", None)
        return copy is not None and copy.language == copy.upstream.language

    def form(self, data: Any = None) -> DrawingForm:
        words = self.words
        initial = {
            "title": words.title, "kicker": words.kicker, "lead": words.lead, "points": "\n".join(words.points),
            "colour": words.colour,
        }  # fmt: skip
        if self.follows:
            data = initial if data is not None else None
        form = DrawingForm(
            data, design=self.design, user=self.request.user, body=self.asset.organisation, initial=initial
        )
        if self.follows:
            for field in form.fields.values():
                field.disabled = True
        return form

    def picture(self, form: DrawingForm):
        return form.picture_row or self.drawing.picture

    def keep(self, form: DrawingForm) -> Asset:
        return draw_again(self.asset, form.words, self.picture(form), self.request.user)

    def post(self, request: HttpRequest, **named: Any) -> HttpResponse:
        if request.POST.get("viec") == "anh-moi":
            return self.with_the_newer_photo(request)
        return super().post(request, **named)

    def with_the_newer_photo(self, request: HttpRequest) -> HttpResponse:
        """Draw it again, words and all, with the picture its photo has in the library now."""
        newer = newer_photo(self.drawing)
        try:
            if newer is None:
                raise InputRefused(_("Đồ họa này đã dùng ảnh mới nhất."))
            now, photo = clock.now(), self.drawing.photo
            sentence = photo and (refusal_for_good(photo, now) or refusal_at(photo, now))
            if sentence:
                raise InputRefused(sentence)
            draw_again(self.asset, self.words, newer, request.user)
        except InputRefused as refusal:
            messages.error(request, refusal.sentence)
            return redirect("redraw", self.asset.public_id)
        messages.success(request, _("Đã vẽ lại với ảnh mới vào bản nháp. Vui lòng xem rồi đưa vào kho."))
        return redirect("wagtailsnippets_library_asset:edit", self.asset.pk)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        newer = newer_photo(self.drawing)
        old = self.drawing.imprint != record_of(self.asset.organisation)
        return super().get_context_data(
            is_old=old,
            follows=self.follows,
            photo=self.drawing.photo if newer is not None else None,
            **kwargs,
        )
