"""Tệp theo kênh: the page on which somebody cuts files from an asset, sees how far they are and takes them away.

Every view begins at the assets that the person may read; every button calls a verb of the services."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.files.storage import default_storage
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.http import content_disposition_header
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from django.views.decorators.http import require_safe
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.permissions import policy_registry

from cms.core.errors import LanToaError
from cms.core.folding import fold
from media.library.byte_ranges import served
from media.library.captions import as_srt
from media.library.models import Asset
from media.library.usability import download_refusal
from media.library.versions import CLIP, PICTURE, SOUND
from media.renditions import services
from media.renditions.cutting import crop_box
from media.renditions.focal import focal_shares, set_focal
from media.renditions.models import Rendition, RenditionState
from media.renditions.offers import OFFERS, Offer, offers_for
from media.renditions.orders import Bodies, is_for_body, order_of
from media.renditions.recipes import CutRecipe
from media.renditions.recut_plan import Fit
from media.renditions.tasks import make_renditions
from media.renditions.wishes import CaptionPlace, Wishes

#: Newest renditions of one asset that are shown.
SHOWN = 60
_GROUPS = (
    (PICTURE, gettext_lazy("Từ hình")),
    (CLIP, gettext_lazy("Từ video")),
    (SOUND, gettext_lazy("Từ âm thanh")),
)
FITS = (
    (Fit.WHOLE, gettext_lazy("Cả khung, nền mờ")),
    (Fit.FILL, gettext_lazy("Đầy khung, cắt bớt")),
)
CAPTION_PLACES = (
    (CaptionPlace.BURNT, gettext_lazy("In vào hình")),
    (CaptionPlace.BESIDE, gettext_lazy("Tệp riêng (SRT, WebVTT)")),
    (CaptionPlace.NONE, gettext_lazy("Không kèm")),
)


@dataclass(frozen=True, slots=True)
class Card:
    """One offer as it stands on the page. `crop` is the part of the picture that is kept: left, top, width, height."""

    name: str
    offer: Offer
    minutes: int
    crop: tuple[int, int, int, int] | None


@dataclass(frozen=True, slots=True)
class Row:
    """One rendition as it stands on the page."""

    rendition: Rendition
    label: str | Promise
    wishes: str
    is_stale: bool


class RenditionsView(WagtailAdminTemplateMixin, View):
    """The page (GET) and its buttons (POST: khuon=…, viec=dung|tiep|cat-lai, viec=diem-chinh)."""

    page_title = gettext_lazy("Tệp theo kênh")
    header_icon = "image"
    template_name = "renditions/renditions.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any):
        self.asset = _asset(request, kwargs["public_id"])
        return super().dispatch(request, *args, **kwargs)

    def get_page_subtitle(self) -> str:
        return self.asset.title

    def get_breadcrumbs_items(self):
        return [
            {"url": reverse("wagtailadmin_home"), "label": _("Tổng quan")},
            {"url": reverse("wagtailsnippets_library_asset:list"), "label": _("Kho tài liệu")},
            {"url": self.asset.get_absolute_url(), "label": self.asset.title},
            {"url": "", "label": str(self.page_title)},
        ]

    def get(self, request: HttpRequest, public_id) -> HttpResponse:
        asset, image = self.asset, self.asset.picture
        rows = rows_of(asset, services.body_of(request.user))
        mine = policy_registry.get_by_type(Asset).user_has_permission_for_instance(
            request.user, "change", asset
        )
        across, down = focal_shares(asset)
        return self.render_to_response(
            self.get_context_data(
                asset=asset,
                refusal=download_refusal(asset),
                groups=groups_of(asset),
                rows=rows,
                waits=any(row.rendition.is_open for row in rows),
                fits=FITS,
                caption_places=CAPTION_PLACES,
                has_captions=bool(asset.captions),
                image=image,
                may_focus=mine and image is not None,
                focal={
                    "across": round(across * 100),
                    "down": round(down * 100),
                    "x": round(across * image.width) if image else 0,
                    "y": round(down * image.height) if image else 0,
                    "radius": round(min(image.width, image.height) / 14) if image else 0,
                },
            )
        )

    def post(self, request: HttpRequest, public_id) -> HttpResponse:
        try:
            self._act(request)
        except LanToaError as refusal:
            messages.warning(request, refusal.sentence)
        return redirect("renditions", public_id)

    def _act(self, request: HttpRequest) -> None:
        act = request.POST.get("viec", "")
        if act == "diem-chinh":
            set_focal(self.asset, request.user, _share(request, "ngang"), _share(request, "doc"))
            messages.success(request, _("Đã lưu điểm chính: mọi khuôn cắt đều giữ chỗ này trong hình."))
        elif act == "cat-lai":
            stale = _own(self.asset, request, request.POST.get("tep", ""))
            services.ask(request.user, self.asset, stale.offer, Wishes.from_text(stale.wishes))
            transaction.on_commit(make_renditions.delay)
        elif act in ("dung", "tiep"):
            rendition = _own(self.asset, request, request.POST.get("tep", ""))
            if act == "dung":
                if services.stop(rendition, request.user):
                    messages.success(request, _("Đã dừng. Phần đã cắt được giữ lại để làm tiếp."))
            elif services.go_on(rendition, request.user):
                transaction.on_commit(make_renditions.delay)
        else:
            wishes = Wishes.from_form(request.POST) if "dung-phim" in request.POST else None
            rendition = services.ask(request.user, self.asset, request.POST.get("khuon", ""), wishes)
            if rendition.state == RenditionState.DONE:
                messages.info(request, _("Tệp này đã có sẵn, vui lòng tải ở danh sách dưới đây."))
            else:
                transaction.on_commit(make_renditions.delay)


def groups_of(asset: Asset) -> list[dict[str, Any]]:
    """Return what can be cut from `asset`, by the file it is cut from."""
    focal, offered = focal_shares(asset), offers_for(asset)
    groups = []
    for role, label in _GROUPS:
        cards = [
            Card(
                name,
                offer,
                max(1, round(offer.limit(file.seconds) / 60)),
                _crop(offer, file.width or 0, file.height or 0, focal),
            )
            for name, (offer, file) in offered.items()
            if offer.role == role and offer.is_shown
        ]
        if cards:
            clips = [card for card in cards if card.offer.takes_wishes]
            groups.append(
                {"label": label, "clips": clips, "cards": [card for card in cards if card not in clips]}
            )
    return groups


def rows_of(asset: Asset, body: Any) -> list[Row]:
    """Return the renditions of `asset` that a member of `body` may take, the newest first: what carries the name of
    another body is that body's."""
    found = Rendition.objects.filter(asset=asset).select_related("organisation__place").order_by("-pk")
    bodies, rows = Bodies(), []
    for rendition in found[:SHOWN]:
        offer = OFFERS.get(rendition.offer)
        if (
            offer is None
            or not offer.is_shown
            or (is_for_body(rendition.offer) and (body is None or rendition.organisation_id != body.pk))
        ):
            continue
        rendition.asset = asset
        order = order_of(rendition, bodies) if rendition.state == RenditionState.DONE else None
        stale = rendition.state == RenditionState.DONE and (order is None or order.key != rendition.key)
        rows.append(Row(rendition, offer.label, _said(rendition), stale))
    return rows


def _said(rendition: Rendition) -> str:
    """Return the wishes of a clip in words."""
    if not rendition.wishes:
        return ""
    wishes = Wishes.from_text(rendition.wishes)
    parts = [str(dict(FITS)[wishes.fit])]
    if rendition.asset.captions:
        parts.append(_("phụ đề: %(place)s") % {"place": str(dict(CAPTION_PLACES)[wishes.captions]).lower()})
    for wanted, label in (
        (wishes.logo, _("biểu trưng")),
        (wishes.intro, _("cảnh mở đầu")),
        (wishes.end, _("cảnh kết")),
    ):
        if wanted:
            parts.append(label)
    return "; ".join(parts)


def _crop(
    offer: Offer, width: int, height: int, focal: tuple[float, float]
) -> tuple[int, int, int, int] | None:
    if not isinstance(offer.recipe, CutRecipe) or not offer.recipe.crop or not width or not height:
        return None
    left, top, right, bottom = crop_box(width, height, offer.recipe.width / offer.recipe.height, focal)
    return round(left), round(top), round(right - left), round(bottom - top)


@require_safe
def rendition_file(request: HttpRequest, public_id, rendition_id) -> HttpResponseBase:
    """Download a finished rendition. Rights are asked again here."""
    asset = _asset(request, public_id)
    rendition = _own(asset, request, rendition_id)
    try:
        services.fetch(rendition, request.user)
        # Closed by the response when it has been sent.
        content = default_storage.open(rendition.file, "rb")
    except FileNotFoundError:
        raise Http404 from None
    except LanToaError as refusal:
        messages.error(request, refusal.sentence)
        return redirect("renditions", public_id)
    response = served(request, content, rendition.size, rendition.media_type)
    return _download(response, rendition, "." + rendition.file.rsplit(".", 1)[-1], rendition.sha256)


@require_safe
def rendition_captions(request: HttpRequest, public_id, rendition_id, ending: str) -> HttpResponse:
    """Download the captions of a finished clip, in the clip's own time."""
    asset = _asset(request, public_id)
    rendition = _own(asset, request, rendition_id)
    if not rendition.captions or ending not in ("srt", "vtt") or download_refusal(asset):
        raise Http404
    text = as_srt(rendition.captions) if ending == "srt" else rendition.captions
    kind = "application/x-subrip" if ending == "srt" else "text/vtt"
    return _download(HttpResponse(text, content_type=f"{kind}; charset=utf-8"), rendition, f".{ending}", "")


def _download(response, rendition: Rendition, ending: str, digest: str):
    key = OFFERS[rendition.offer].key.replace("_", "-")
    name = f"{slugify(fold(rendition.asset.title))[:60] or 'tai-lieu'}-{key}{ending}"
    response["Content-Disposition"] = str(content_disposition_header(True, name))
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    if digest:
        response["X-Content-SHA256"] = digest
    return response


def _asset(request: HttpRequest, public_id) -> Asset:
    asset = services.readable(request.user).with_files().filter(public_id=public_id).first()
    if asset is None:
        raise Http404
    return asset


def _own(asset: Asset, request: HttpRequest, public_id: Any) -> Rendition:
    """Return a rendition that stands on this person's page. Raises Http404 for any other."""
    rows = rows_of(asset, services.body_of(request.user))
    found = next((row.rendition for row in rows if str(row.rendition.public_id) == str(public_id)), None)
    if found is None:
        raise Http404
    return found


def _share(request: HttpRequest, name: str) -> float:
    """Return a sent per cent as a share; what is no number lies outside the picture and is refused there."""
    sent = request.POST.get(name, "").strip().replace(",", ".")
    try:
        return float(sent) / 100
    except ValueError:
        return -1.0
