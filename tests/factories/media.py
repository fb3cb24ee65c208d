"""Tài liệu of the library; files are drawn here, not read from anywhere."""

from __future__ import annotations

import io

import factory
from factory.django import DjangoModelFactory
from PIL import Image

from media.library.models import Asset, AssetKind, Sharing
from tests.factories.cms import OrganisationFactory


def picture_bytes(
    width: int = 640, height: int = 480, kind: str = "PNG", colour: str = "#1d4ed8", **save
) -> bytes:
    """Return a plain picture as file content."""
    target = io.BytesIO()
    Image.new("RGB", (width, height), colour).save(target, kind, **save)
    return target.getvalue()


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
