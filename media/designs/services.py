"""Verbs: draw a new infographic, draw one again, keep a body's logo. Name, hotline, address and logo are the record's."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import F, QuerySet
from django.utils.translation import gettext as _
from PIL import Image

from cms.audit.services import record
from cms.core.errors import InputRefused
from cms.facts.imprints import imprint_of
from cms.organisations.models import Organisation
from media.designs.drawing import draw
from media.designs.models import Drawing, Logo
from media.designs.words import Words
from media.library import blobs, uploads
from media.library.models import Asset, AssetKind, Blob, LibraryImage
from media.library.services import create_asset
from media.renditions.errors import RenditionError


def drawn(body: Organisation, words: Words, picture: LibraryImage | None = None) -> bytes:
    """Return the graphic as PNG for `body`; nothing is kept. Raises InputRefused with the sentence."""
    logo = _logo_of(body)
    try:
        return draw(
            words,
            imprint_of(body),
            picture=_opened(picture) if picture is not None and words.shape.takes_picture else None,
            logo=_opened(logo.image) if logo is not None else None,
            focal=_focal(picture),
        )
    except RenditionError as refusal:
        raise InputRefused(str(refusal), getattr(refusal, "field", None)) from refusal


def draw_new(
    body: Organisation, words: Words, picture: LibraryImage | None = None, actor: Any = None
) -> Asset:
    """Make an infographic as a draft of `body`. Raises InputRefused when something does not fit; then nothing is kept."""
    content = drawn(body, words, picture)
    with transaction.atomic():
        asset = create_asset(
            organisation=body,
            kind=AssetKind.INFOGRAPHIC,
            title=words.title,
            summary=words.lead,
            file=io.BytesIO(content),
            file_name="do-hoa.png",
            alt_text=words.in_words(body.name, imprint_of(body).hotline),
            rights_holder=body.name,
            live=False,
            actor=actor,
        )
        assert asset.image is not None
        _remember(asset.image, words, picture, body)
        record("designs.draw", asset, actor=actor, design=words.design)
    return asset


def draw_again(asset: Asset, words: Words, picture: LibraryImage | None = None, actor: Any = None) -> Asset:
    """Draw `asset` with other words, or with what its body's record says now, as a new draft version.

    Raises InputRefused when something does not fit; then the picture stays as it is."""
    content = drawn(asset.organisation, words, picture)
    with transaction.atomic(), blobs.storing():
        working = asset.get_latest_revision_as_object() if asset.latest_revision_id else asset
        before = drawing_of(working)
        image = _kept(content, working.title, asset.organisation, actor)
        _remember(image, words, picture, asset.organisation)
        if before is not None and working.alt_text == _told(before):
            working.alt_text = words.in_words(asset.organisation.name, imprint_of(asset.organisation).hotline)
        working.image = image
        working.version_note = _("Vẽ lại theo mẫu")
        working.save_revision(user=actor, log_action=False)
        record("designs.draw_again", asset, actor=actor, design=words.design)
    asset.refresh_from_db()
    return asset


def redrawn_for(
    upstream: Asset, body: Organisation, local: Mapping[str, Any] | None, actor: Any, keep: bool
) -> dict[str, Any]:
    """Draw the original's picture again for `body` (the socket of localisations): its words, the body's own record.

    Without `keep` it is only asked what would change: nothing is drawn."""
    drawing = drawing_of(upstream)
    if drawing is None:
        return {}
    words = Words.from_json(drawing.words)
    told = words.in_words(body.name, imprint_of(body).hotline)
    own = Drawing.objects.filter(image_id=local["image"]).first() if local is not None else drawing
    follows = own is not None and (local is None or local["alt_text"] == _told(own))
    fields: dict[str, Any] = {"alt_text": told} if follows and upstream.alt_text == _told(drawing) else {}
    if not keep:
        return {"image": upstream.image_id, **fields}
    image = _kept(drawn(body, words, drawing.picture), upstream.title, body, actor)
    _remember(image, words, drawing.picture, body)
    return {"image": image.pk, **fields}


@transaction.atomic
def keep_logo(body: Organisation, file: Any, name: str, actor: Any = None) -> Logo:
    """Keep the logo of `body`. Raises UploadRefused for what is no picture."""
    checked = uploads.check_picture(file, "logo", name)
    with blobs.storing():
        image = uploads.picture_row(checked, f"{body.short_name}"[:200], body.pk, actor)
        logo, _made = Logo.objects.update_or_create(organisation=body, defaults={"image": image})
        record("designs.keep_logo", logo, actor=actor)
    return logo


def logo_blob_of(body: Organisation) -> Blob | None:
    """Return the blob of the logo of `body` (the socket of renditions); None when it has none."""
    logo = _logo_of(body)
    return logo.image.blob if logo is not None else None


def drawing_of(asset: Asset) -> Drawing | None:
    """Return how the picture that the object `asset` carries was drawn; None for an uploaded one."""
    return Drawing.objects.filter(image_id=asset.image_id).select_related("picture", "photo__image").first()


def photo_of(picture: LibraryImage) -> Asset | None:
    """Return the asset from which `picture` was drawn into something before; None when nothing was drawn from it."""
    before = Drawing.objects.filter(picture=picture, photo__isnull=False).select_related("photo").first()
    return before.photo if before is not None else None


def newer_photo(drawing: Drawing) -> LibraryImage | None:
    """Return the picture that the photo's asset carries now in the library; None while it is the one that was drawn."""
    photo = drawing.photo
    if photo is None or not photo.live or photo.image_id in (None, drawing.picture_id):
        return None
    return photo.image


def behind_their_photo(assets: QuerySet[Asset]) -> QuerySet[Asset]:
    """Return those of `assets` that show a photo of which its own asset carries a newer one."""
    return assets.filter(
        image__drawing__photo__live=True, image__drawing__photo__image__isnull=False
    ).exclude(image__drawing__photo__image=F("image__drawing__picture"))


def record_of(body: Organisation) -> dict[str, str]:
    """Return what a drawing takes from the body's record, to be told from what an earlier one took."""
    logo = _logo_of(body)
    kept = asdict(imprint_of(body))
    return {
        **{name: kept[name] for name in ("name", "address", "hotline")},
        "logo": logo.image.blob.sha256 if logo is not None and logo.image.blob else "",
    }


def _told(drawing: Drawing) -> str:
    return Words.from_json(drawing.words).in_words(drawing.imprint["name"], drawing.imprint["hotline"])


def _kept(content: bytes, title: str, body: Organisation, actor: Any) -> LibraryImage:
    checked = uploads.check_picture(io.BytesIO(content), "image", "do-hoa.png")
    return uploads.picture_row(checked, title, body.pk, actor if getattr(actor, "pk", None) else None)


def _remember(image: LibraryImage, words: Words, picture: LibraryImage | None, body: Organisation) -> None:
    photo = None
    if picture is not None:
        # Copies for places carry the same picture; the oldest is the one they were taken from.
        photo = Asset.objects.filter(image=picture).order_by("pk").first() or photo_of(picture)
    Drawing.objects.create(
        image=image, words=words.as_json(), picture=picture, photo=photo, imprint=record_of(body)
    )


def _logo_of(body: Organisation) -> Logo | None:
    return Logo.objects.filter(organisation=body).select_related("image__blob").first()


def _opened(image: LibraryImage) -> Image.Image:
    with default_storage.open(str(image.file.name), "rb") as content, Image.open(content) as picture:
        picture.load()
        return picture.copy()


def _focal(picture: LibraryImage | None) -> tuple[float, float]:
    point = picture.get_focal_point() if picture is not None else None
    if picture is None or point is None:
        return (0.5, 0.5)
    return (point.centroid[0] / picture.width, point.centroid[1] / picture.height)
