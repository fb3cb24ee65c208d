"""Screens of the packs: choose a kind for an asset or a topic, see how far it is, fetch it.

Every view begins at what the person may see; every button calls a verb of the services."""

from __future__ import annotations

from typing import Any

from django.core.files.storage import default_storage
from django.db import transaction
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from django.views.decorators.http import require_safe
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.permissions import policy_registry

from cms.core.clock import in_vietnam
from cms.core.errors import LanToaError
from media.library.models import Asset
from media.packs.members import lost_since, members_of, readable
from media.packs.models import Pack, PackKind, PackState, SchoolAge
from media.packs.parts import ascii_name
from media.packs.services import ask_for_pack, fetch_pack, resume_pack, stop_pack
from media.packs.tasks import make_packs
from media.taxonomy.models import Topic

#: Newest packs shown.
SHOWN = 30

KIND_TEXTS = {
    PackKind.EVERYTHING: gettext_lazy("Tệp gốc, hình cắt cho từng kênh, nội dung bằng chữ, phụ đề, quyền sử dụng."),
    PackKind.LIGHT: gettext_lazy("Mọi thứ được thu nhỏ cho mạng yếu; tệp không vừa thì ghi rõ tên trong gói."),
    PackKind.PRESS: gettext_lazy("Ảnh gốc, chú thích, ghi công và người liên hệ. Chỉ gồm tài liệu công khai."),
    PackKind.LESSON: gettext_lazy("Giáo án một tiết theo cấp học và tài liệu đi kèm."),
    PackKind.CARDS: gettext_lazy("Thẻ A5 để in, hình cho điện thoại và trang xem không cần mạng."),
}  # fmt: skip


class _Screen(WagtailAdminTemplateMixin, View):
    header_icon = "download"
    page_title = gettext_lazy("Gói tải về")

    def get_breadcrumbs_items(self):
        return [
            {"url": reverse("wagtailadmin_home"), "label": _("Tổng quan")},
            {"url": reverse("wagtailsnippets_library_asset:list"), "label": _("Kho tài liệu")},
            {"url": reverse("packs"), "label": _("Gói tải về")},
        ]


class PacksView(_Screen):
    """The packs this person has asked for, and the topics that can be packed."""

    template_name = "packs/packs.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        mine = Pack.objects.asked_by(request.user).select_related("asset", "topic")
        topics = policy_registry.get_by_type(Topic).instances_user_has_permission_for(request.user, "view")
        return self.render_to_response(
            self.get_context_data(packs=mine[:SHOWN], topics=topics.filter(retired=False))
        )


class _ChooseView(_Screen):
    """The kinds of packs for one subject, as cards with one button each."""

    template_name = "packs/choose.html"

    def subject(self, request: HttpRequest, **named: Any) -> dict[str, Any]:
        """Return the subject as `ask_for_pack` takes it. Raises Http404 for one out of reach."""
        raise NotImplementedError

    def get(self, request: HttpRequest, **named: Any) -> HttpResponse:
        subject = self.subject(request, **named)
        return self.render_to_response(self.get_context_data(**subject, cards=self._cards(request, subject)))

    def post(self, request: HttpRequest, **named: Any) -> HttpResponse:
        subject = self.subject(request, **named)
        try:
            pack = ask_for_pack(
                request.user, request.POST.get("kind", ""), age=request.POST.get("age", ""), **subject
            )
        except LanToaError as refusal:
            messages.error(request, refusal.sentence)
            return self.get(request, **named)
        transaction.on_commit(make_packs.delay)
        return redirect("pack", pack.public_id)

    def _cards(self, request: HttpRequest, subject: dict[str, Any]) -> list[dict[str, Any]]:
        cards = []
        for kind in PackKind:
            probe = Pack(kind=kind, asked_by=request.user, **subject)
            cards.append(
                {
                    "kind": kind,
                    "text": KIND_TEXTS[kind],
                    "count": len(members_of(probe)),
                    "ages": SchoolAge.choices if kind == PackKind.LESSON else (),
                }
            )
        return cards


class AssetPacksView(_ChooseView):
    def subject(self, request: HttpRequest, **named: Any) -> dict[str, Any]:
        asset = readable(request.user).filter(public_id=named["public_id"]).first()
        if asset is None:
            raise Http404
        return {"asset": asset}


class TopicPacksView(_ChooseView):
    def subject(self, request: HttpRequest, **named: Any) -> dict[str, Any]:
        topics = policy_registry.get_by_type(Topic).instances_user_has_permission_for(request.user, "view")
        topic = topics.filter(pk=named["topic_id"]).first()
        if topic is None:
            raise Http404
        return {"topic": topic}


class PackView(_Screen):
    """One pack: how far it is, its sum, its buttons."""

    template_name = "packs/pack.html"

    def get(self, request: HttpRequest, public_id) -> HttpResponse:
        pack = _own(request, public_id)
        inside = Asset.objects.filter(pk__in=pack.assets_inside).order_by("pk")
        lost = lost_since(pack) if pack.state == PackState.DONE else None
        return self.render_to_response(
            self.get_context_data(pack=pack, lost=lost, inside=() if lost else inside)
        )

    def post(self, request: HttpRequest, public_id) -> HttpResponse:
        pack = _own(request, public_id)
        if request.POST.get("viec") == "dung":
            stop_pack(pack, request.user)
            messages.success(request, _("Đã dừng đóng gói."))
        elif request.POST.get("viec") == "tiep":
            resume_pack(pack, request.user)
            transaction.on_commit(make_packs.delay)
            messages.success(request, _("Đang đóng gói lại."))
        return redirect("pack", public_id)


@require_safe
def pack_file(request: HttpRequest, public_id) -> HttpResponseBase:
    """Download a finished pack; its SHA-256 stands in a header and on the page. Rights are asked again here."""
    pack = _own(request, public_id)
    try:
        fetch_pack(pack, request.user)
        # Closed by the response when it has been sent.
        content = default_storage.open(pack.file, "rb")
    except FileNotFoundError:
        raise Http404 from None
    except LanToaError as refusal:
        messages.error(request, refusal.sentence)
        return redirect("pack", public_id)
    response = FileResponse(
        content, as_attachment=True, filename=file_name(pack), content_type="application/zip"
    )
    response.headers["X-Content-SHA256"] = pack.sha256
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def file_name(pack: Pack) -> str:
    """Return the ASCII name under which a pack is kept: kind, subject, day."""
    age = f"-{pack.age}" if pack.age else ""
    day = in_vietnam(pack.finished_at or pack.created_at)
    return f"goi-{pack.kind}{age}-{ascii_name(pack.subject, 'lan-toa')}-{day:%Y%m%d}.zip"


def _own(request: HttpRequest, public_id) -> Pack:
    rows = Pack.objects.asked_by(request.user).select_related("asset", "topic", "organisation", "asked_by")
    pack = rows.filter(public_id=public_id).first()
    if pack is None:
        raise Http404
    return pack
