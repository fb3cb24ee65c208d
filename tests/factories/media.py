"""Tài liệu of the library; files are drawn here, not read from anywhere."""

from __future__ import annotations

import io
from datetime import date

import factory
from factory.django import DjangoModelFactory
from PIL import Image

from media.library.models import Asset, AssetKind, Consent, Licence, Sharing
from media.library.services import create_asset
from tests.factories.cms import OrganisationFactory


def picture_bytes(
    width: int = 640, height: int = 480, kind: str = "PNG", colour: str = "#1d4ed8", **save
) -> bytes:
    """Return a plain picture as file content."""
    target = io.BytesIO()
    Image.new("RGB", (width, height), colour).save(target, kind, **save)
    return target.getvalue()


def shareable(**given) -> dict[str, object]:
    """Return what an asset must carry before it is shared, changed by `given`."""
    return {
        "summary": "Tóm tắt mẫu.",
        "source_note": "Nguồn mẫu",
        "rights_holder": "Cơ quan mẫu",
        "licence": Licence.OWN,
        "consent": Consent.NOBODY,
        "review_by": date(2030, 1, 1),
        **given,
    }


def make_asset(**given) -> Asset:
    """Make an asset by the verb, with all that it must carry before it is shared."""
    return create_asset(**shareable(**given))


class AssetFactory(DjangoModelFactory):
    """An article that only its own body sees; `shared`, `public` and `draft` are traits."""

    class Meta:
        model = Asset
        skip_postgeneration_save = True

    organisation = factory.SubFactory(OrganisationFactory)
    kind = AssetKind.ARTICLE
    title = factory.Sequence(lambda n: f"Bài viết mẫu {n}")
    summary = "Tóm tắt của bài viết mẫu."
    body = factory.LazyFunction(lambda: [("paragraph", "<p>Nội dung của bài viết mẫu.</p>")])

    class Params:
        shared = factory.Trait(sharing=Sharing.EVERYBODY)
        public = factory.Trait(sharing=Sharing.PUBLIC)
        branch = factory.Trait(sharing=Sharing.BRANCH)
        draft = factory.Trait(live=False)
