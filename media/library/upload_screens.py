"""Tải lên nhiều tệp: the page, and the address to which its script sends parts.

Each answer is small JSON: how much has arrived, and once the file is whole, the draft it became or why it was refused."""

from __future__ import annotations

from typing import Any

from django.contrib.admin.utils import quote
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from cms.core.errors import InputRefused, LanToaError
from media.library import arrivals
from media.library.forms import own_bodies
from media.library.panels import ACCEPTED_EVERYWHERE
from media.library.similar import warnings_about
from media.library.upload_tables import Upload, UploadState


class ManyFilesView(WagtailAdminTemplateMixin, View):
    """The page (GET), and the beginning of one file (POST)."""

    page_title = gettext_lazy("Tải lên nhiều tệp")
    header_icon = "upload"
    template_name = "library/many_files.html"

    def get_breadcrumbs_items(self):
        return [
            {"url": reverse("wagtailadmin_home"), "label": _("Tổng quan")},
            {"url": reverse("wagtailsnippets_library_asset:list"), "label": _("Kho tài liệu")},
            {"url": "", "label": str(self.page_title)},
        ]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any):
        self.bodies = own_bodies(request.user)
        if not self.bodies.exists():
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest) -> HttpResponse:
        waiting = Upload.objects.filter(user=request.user, state=UploadState.COMING).order_by("created_at")
        return self.render_to_response(
            self.get_context_data(
                bodies=self.bodies,
                accepted=ACCEPTED_EVERYWHERE,
                waiting=waiting,
                part=arrivals.PART,
                list_url=reverse("wagtailsnippets_library_asset:list"),
            )
        )

    def post(self, request: HttpRequest) -> JsonResponse:
        try:
            body = self.bodies.get(pk=request.POST.get("organisation", ""))
        except (self.bodies.model.DoesNotExist, ValueError):
            return _refused(_("Vui lòng chọn cơ quan của bạn."))
        try:
            size, changed = int(request.POST.get("size", "")), int(request.POST.get("changed_at", "0"))
            upload = arrivals.begin(
                request.user, body, request.POST.get("name", ""), size, min(max(changed, 0), 2**53)
            )
        except (ValueError, OverflowError):
            return _refused(_("Không đọc được dung lượng của tệp."))
        except LanToaError as refused:
            return _refused(str(refused.sentence))
        return _standing(upload)


class PartView(View):
    """One upload of the person's own: how far it is (GET), a part of it (POST), and giving it up (DELETE)."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any):
        upload = Upload.objects.filter(user=request.user, public_id=kwargs["public_id"]).first()
        if upload is None:
            raise Http404
        if not own_bodies(request.user).filter(pk=upload.organisation_id).exists():
            raise PermissionDenied
        self.upload = upload
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, public_id) -> JsonResponse:
        return _standing(self.upload)

    def post(self, request: HttpRequest, public_id) -> JsonResponse:
        try:
            offset = int(request.headers.get("Upload-Offset", ""))
            if int(request.headers.get("Content-Length") or 0) > arrivals.PART:
                raise InputRefused(_("Phần vừa gửi dài hơn phần còn thiếu của tệp."))
            return _standing(arrivals.add_part(self.upload, offset, request.read(arrivals.PART + 1)))
        except arrivals.WrongOffset as wrong:
            return JsonResponse({"offset": wrong.offset}, status=409)
        except ValueError:
            return _refused(_("Phần vừa gửi không ghi chỗ bắt đầu."))
        except LanToaError as refused:
            return _refused(str(refused.sentence))

    def delete(self, request: HttpRequest, public_id) -> JsonResponse:
        arrivals.give_up(self.upload)
        return JsonResponse({})


def _standing(upload: Upload) -> JsonResponse:
    said: dict[str, Any] = {
        "address": reverse("library_upload", args=[upload.public_id]),
        "offset": upload.received,
        "size": upload.size,
        "state": upload.state,
    }
    if upload.state == UploadState.REFUSED:
        said["refused"] = upload.complaint
    if upload.state == UploadState.KEPT and upload.asset_id:
        said["edit"] = reverse("wagtailsnippets_library_asset:edit", args=[quote(upload.asset_id)])
        said["warnings"] = warnings_about(upload.asset, upload.user)  # type: ignore[arg-type]
        said["title"] = upload.asset.title  # type: ignore[union-attr]
        said["kind"] = upload.asset.get_kind_display()  # type: ignore[union-attr]
    return JsonResponse(said)


def _refused(sentence: str) -> JsonResponse:
    return JsonResponse({"refused": sentence}, status=400)
