"""Fills the shared library: guides in advance; source documents, articles, graphic and clip as part of the main job."""

from __future__ import annotations

import io
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from django.db import transaction

from cms.accounts.models import User
from cms.core import clock
from cms.facts.models import Fact
from media.library.models import Asset, AssetKind, Consent, DocumentStatus, Licence, Sharing
from media.library.services import create_asset
from media.taxonomy.models import Audience, Topic
from media.taxonomy.seed import seed_taxonomy
from publishers.demo.articles import ARTICLES, Article
from publishers.demo.bodies import lead_of
from publishers.demo.documents import DOCUMENTS
from publishers.demo.people import person
from publishers.demo.shelf import GUIDES

EDITORS = {"00": "tw.bientap", "38": "thanhhoa.truyenthong", "52": "gialai.truyenthong"}


def named(title: str, kind: str) -> Asset | None:
    """Return the demo asset with this title and kind, if it is there already."""
    return Asset.objects.filter(title=title, kind=kind).first()


def _rights() -> dict[str, Any]:
    return {"rights_holder": lead_of("00").name, "licence": Licence.OWN, "consent": Consent.NOBODY}


def _topics(name: str) -> list[Topic]:
    return [Topic.objects.get_or_create(name=name)[0]]


def _next_review() -> date:
    return clock.today() + timedelta(days=180)


@transaction.atomic
def seed_library() -> int:
    """Put the guides on the shelf; return how many items the library holds."""
    seed_taxonomy()
    citizens = Audience.objects.order_by("order")[:3]
    for number, guide in enumerate(GUIDES):
        if named(guide.title, AssetKind.ARTICLE):
            continue
        create_asset(
            organisation=lead_of(guide.place),
            kind=AssetKind.ARTICLE,
            title=guide.title,
            actor=person(EDITORS[guide.place]),
            summary=guide.summary,
            body=[("paragraph", f"<p>{guide.summary}</p>"), ("steps", list(guide.points))],
            source_note="Cổng Dịch vụ công quốc gia",
            **_rights(),
            sharing=Sharing.BRANCH if guide.place != "00" else Sharing.EVERYBODY,
            topics=_topics(guide.topic),
            audiences=citizens,
            review_by=clock.today() + timedelta(days=20 + 23 * number),
        )
    return Asset.objects.count()


def keep_source_documents(editor: User) -> list[Asset]:
    """Keep the five source documents with their status; return them in order."""
    kept = []
    for document in DOCUMENTS:
        asset = named(document.title, AssetKind.DOCUMENT)
        if asset is None:
            asset = create_asset(
                organisation=lead_of("00"),
                kind=AssetKind.DOCUMENT,
                title=document.title,
                actor=editor,
                summary=document.why,
                file=io.BytesIO(document.text().encode()),
                file_name=document.file,
                document_status=document.status,
                document_number=document.number,
                source_note="Văn bản nguồn; tên người và thông tin liên hệ đã được thay",
                sharing=Sharing.EVERYBODY,
                rights_holder="Cơ quan ban hành văn bản",
                licence=Licence.LAW,
                review_by=_next_review(),
            )
        kept.append(asset)
    return kept


def write_articles(editor: User, documents: list[Asset]) -> list[Asset]:
    """Write the articles for citizens, resting on the source documents that are in force; return them in order."""
    in_force = [document for document in documents if document.document_status == DocumentStatus.IN_FORCE]
    facts = list(Fact.objects.filter(place__level=0))
    return [_write(article, editor, in_force, facts) for article in ARTICLES]


def _write(article: Article, editor: User, sources: list[Asset], facts: list[Fact]) -> Asset:
    return named(article.title, AssetKind.ARTICLE) or create_asset(
        organisation=lead_of("00"),
        kind=AssetKind.ARTICLE,
        title=article.title,
        actor=editor,
        summary=article.summary,
        body=article.blocks,
        source_note="Cổng Dịch vụ công quốc gia; Quyết định số 1588/QĐ-TTg",
        **_rights(),
        sharing=Sharing.PUBLIC,
        sources=sources,
        relies_on=facts,
        topics=_topics(article.topic),
        audiences=Audience.objects.order_by("order")[:3],
        review_by=_next_review(),
    )


def keep_graphic(editor: User, title: str, picture: Path, in_words: str, sources: list[Asset]) -> Asset:
    """Keep a drawn infographic in the library."""
    with picture.open("rb") as file:
        return create_asset(
            organisation=lead_of("00"),
            kind=AssetKind.INFOGRAPHIC,
            title=title,
            actor=editor,
            file=file,
            file_name=picture.name,
            alt_text=in_words,
            summary=in_words,
            **_rights(),
            sharing=Sharing.PUBLIC,
            sources=sources,
            machine_made=True,
            source_note="Dựng từ bài viết đã duyệt",
            review_by=_next_review(),
        )


def keep_clip(editor: User, title: str, clip: Path, captions: Path, sources: list[Asset]) -> Asset:
    """Keep a made clip with its captions in the library."""
    with clip.open("rb") as file:
        return create_asset(
            organisation=lead_of("00"),
            kind=AssetKind.CLIP,
            title=title,
            actor=editor,
            file=file,
            file_name=clip.name,
            captions=captions.read_text(encoding="utf-8"),
            summary=title,
            **_rights(),
            sharing=Sharing.PUBLIC,
            sources=sources,
            machine_made=True,
            source_note="Dựng từ đồ họa và bài viết đã duyệt",
            review_by=_next_review(),
        )
