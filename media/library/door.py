"""The library's door: a file is handed out after the policy was asked, or when the asset is public.

An asset out of reach answers 404, as if it did not exist. Nothing served here can run as a page: types are the ones
found at upload, sniffing is forbidden, documents are always downloads."""

from __future__ import annotations

from django.core.files.storage import default_storage
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.utils.text import slugify
from django.views.decorators.http import require_safe
from PIL import features
from wagtail.permissions import policy_registry

from cms.access.roles import roles_allowing
from cms.access.scopes import reachable_organisations
from cms.core.folding import fold
from media.library.byte_ranges import served
from media.library.captions import as_srt
from media.library.models import Asset, LibraryImage, LibraryRendition, Sharing
from media.library.versions import AssetFile, download_name, files_of

# Small pictures the pages ask for, by name; nothing else is made on request.
THUMBNAILS = {
    "o": "fill-160x160",
    "the": "max-480x480",
    "trang": "max-1200x1200",
    # For public pages on slow lines: AVIF where Pillow writes it, WebP, and JPEG for browsers that read neither.
    **({"trang-avif": "max-1200x1200|format-avif|avifquality-60"} if features.check("avif") else {}),
    "trang-webp": "max-1200x1200|format-webp|webpquality-80",
    "trang-jpeg": "max-1200x1200|bgcolor-ffffff|format-jpeg|jpegquality-82",
}
#: The longest side of a picture on a page, in points.
PAGE_SIDE = 1200
# Asked with this word, the door shows the newest draft to those who edit it.
DRAFT = "ban-thao"
_SHOWN_IN_PLACE = ("image/", "video/", "audio/")
_KEPT_SECONDS = 300


@require_safe
def asset_file(request: HttpRequest, public_id, name: str) -> HttpResponseBase:
    """Serve one file of an asset under the name that `files_of` gives it."""
    asset = _readable(request, public_id)
    file = next((file for file in files_of(asset) if file.name == name), None)
    if file is None:
        raise Http404
    return _file_response(request, asset, file)


@require_safe
def captions(request: HttpRequest, public_id) -> HttpResponse:
    """Serve the captions of a clip as WebVTT."""
    asset = _readable(request, public_id)
    if not asset.captions:
        raise Http404
    return _guarded(HttpResponse(asset.captions, content_type="text/vtt; charset=utf-8"), asset)


@require_safe
def captions_srt(request: HttpRequest, public_id) -> HttpResponse:
    """Download the captions of a clip as SRT, for players and editors that take nothing else."""
    asset = _readable(request, public_id)
    if not asset.captions:
        raise Http404
    response = HttpResponse(as_srt(asset.captions), content_type="application/x-subrip; charset=utf-8")
    name = f"{slugify(fold(asset.title))[:80] or 'phu-de'}.srt"
    response["Content-Disposition"] = str(content_disposition_header(True, name))
    return _guarded(response, asset)


@require_safe
def thumbnail(request: HttpRequest, public_id, size: str) -> HttpResponseBase:
    """Serve a small picture of an asset, made when it is first asked for."""
    asset = _readable(request, public_id)
    picture = asset.picture
    if size not in THUMBNAILS or picture is None:
        raise Http404
    return _guarded(_picture_response(picture.get_rendition(THUMBNAILS[size])), asset)


@require_safe
def rendition(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Serve a picture that Wagtail made smaller, to those who may read an asset that carries it."""
    row = LibraryRendition.objects.select_related("image").filter(pk=pk).first()
    if row is None:
        raise Http404
    asset = _readable_assets(request).filter(_carries(row.image)).first()
    if asset is None and not _edits_for(request, row.image.organisation_id):
        raise Http404
    return _guarded(_picture_response(row), asset)


@require_safe
def asset_page(request: HttpRequest, public_id) -> HttpResponse:
    """Show the asset as a page: the article to be read, the picture, the player, the document to be downloaded."""
    asset = _readable(request, public_id)
    return _guarded(render(request, "library/page.html", {"asset": asset, "in_preview": False}), asset)


def _readable_assets(request: HttpRequest):
    rows = Asset.objects.with_files()
    public = rows.public()
    if not request.user.is_authenticated:
        return public
    policy = policy_registry.get_by_type(Asset, fallback=False)
    reachable = policy.instances_user_has_permission_for(request.user, "view")
    return rows.filter(pk__in=reachable.values("pk")) | public


def _readable(request: HttpRequest, public_id) -> Asset:
    asset = _readable_assets(request).filter(public_id=public_id).first()
    if asset is None:
        raise Http404
    if DRAFT in request.GET and _edits_for(request, asset.organisation_id):
        return asset.get_latest_revision_as_object()
    return asset


def _edits_for(request: HttpRequest, organisation_id: int | None) -> bool:
    """Whether the reader edits assets of this body, and so may see what is not in the library yet."""
    editors = roles_allowing(Asset._meta.label_lower, frozenset({"change"}))
    return reachable_organisations(request.user, editors).filter(pk=organisation_id).exists()


def _carries(image: LibraryImage):
    return Q(image=image) | Q(clip__poster=image)


def _file_response(request: HttpRequest, asset: Asset, file: AssetFile) -> HttpResponseBase:
    try:
        content = default_storage.open(file.path, "rb")
    except FileNotFoundError:
        raise Http404 from None
    response = served(request, content, file.blob.size, file.blob.media_type)
    in_place = file.blob.media_type.startswith(_SHOWN_IN_PLACE)
    response["Content-Disposition"] = str(
        content_disposition_header(not in_place, download_name(asset, file))
    )
    response["ETag"] = f'"{file.blob.sha256}"'
    return _guarded(response, asset)


def _picture_response(row: LibraryRendition) -> HttpResponse:
    kinds = {"png": "image/png", "webp": "image/webp", "avif": "image/avif"}
    media_type = kinds.get(row.file.name.rsplit(".", 1)[-1].lower(), "image/jpeg")
    with row.file.storage.open(row.file.name, "rb") as content:
        return HttpResponse(
            content.read(), content_type=media_type, headers={"Content-Disposition": "inline"}
        )


def _guarded(response, asset: Asset | None):
    """Forbid sniffing and running, and let only public things be kept by others than the reader."""
    public = asset is not None and asset.live and asset.sharing == Sharing.PUBLIC
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = f"{'public' if public else 'private'}, max-age={_KEPT_SECONDS}"
    return response
