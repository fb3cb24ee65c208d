"""What of an asset goes into the index: its words, its values to filter by, and who may see it."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress

from django.db.models import QuerySet

from cms.access.scopes import PARENT_LEVELS
from cms.core import clock
from cms.core.search_backend_words import plain_text
from cms.facts.querysets import paths_above
from cms.organisations.models import Organisation
from media.library.captions import words_of
from media.library.finding.tables import DocumentText
from media.library.finding.terms import EVERYTHING, Texts, facet, scope, word_terms
from media.library.models import Asset, Sharing
from media.library.usability import refusal_at


def with_everything(pks: Iterable[int]) -> QuerySet[Asset]:
    """Return these assets with all that `terms_of` looks at, in a constant number of questions."""
    return (
        Asset.objects.filter(pk__in=list(pks))
        .select_related("organisation__place", "organisation__parent__parent", "document__blob__words")
        .prefetch_related("topics", "audiences")
        .order_by("pk")
    )


def terms_of(asset: Asset) -> set[str]:
    """Return every term under which `asset` is found."""
    terms = word_terms(Texts(asset.title, tuple(_other_texts(asset))))
    terms.add(EVERYTHING)
    terms |= {
        facet("kind", asset.kind),
        facet("language", asset.language),
        facet("body", asset.organisation_id),
    }
    terms |= {facet("topic", topic.pk) for topic in asset.topics.all()}
    terms |= {facet("audience", audience.pk) for audience in asset.audiences.all()}
    terms.add(facet("standing", standing_of(asset)))
    terms.add(facet("sharing", asset.sharing))
    if asset.document_status:
        terms.add(facet("document", asset.document_status))
    if asset.review_by and asset.live:
        terms.add(facet("review", asset.review_by.isoformat()))
    place = asset.organisation.place
    if asset.procedure_code:
        terms.add(facet("procedure", asset.procedure_code))
        terms |= word_terms(Texts("", (asset.procedure_code,)))
    terms |= {facet("seat", path) for path in paths_above(place.path)} | {facet("seat", f"={place.path}")}
    return terms | scope_terms(asset)


def scope_terms(asset: Asset) -> set[str]:
    """Return the rights to see under which `asset` stands (asked by `finding.rights`)."""
    terms = {scope("place", path) for path in paths_above(asset.organisation.place.path)}
    terms |= {scope("body", body) for body in _body_and_parents(asset.organisation)}
    usable = asset.live and refusal_at(asset, clock.now()) is None
    if usable and asset.sharing in (Sharing.EVERYBODY, Sharing.PUBLIC):
        terms.add(scope("everybody"))
    if usable and asset.sharing == Sharing.BRANCH:
        terms.add(scope("branch", asset.organisation.place.path))
    return terms


def standing_of(asset: Asset) -> str:
    """Return the word of the filter for where the asset stands: in the library, a draft, or retired."""
    if asset.retired_at is not None:
        return "ngung-dung"
    return "trong-kho" if asset.live else "ban-nhap"


def _body_and_parents(body: Organisation | None) -> list[int]:
    ids: list[int] = []
    while body is not None and len(ids) <= PARENT_LEVELS:
        ids.append(body.pk)
        body = body.parent
    return ids


def own_texts(asset: Asset) -> list[str]:
    """Return what `asset` itself says, without its title and without the words inside its document's file."""
    return [
        asset.summary,
        asset.alt_text,
        asset.transcript,
        words_of(asset.captions) if asset.captions else "",
        asset.source_note,
        asset.document_number,
        " ".join(plain_text(block.block.get_prep_value(block.value)) for block in asset.body or []),
    ]


def _other_texts(asset: Asset) -> list[str]:
    texts = own_texts(asset)
    blob = asset.document.blob if asset.document is not None else None
    if blob is not None:
        # A document that was not read yet has no words; it comes back when it has.
        with suppress(DocumentText.DoesNotExist):
            texts.append(blob.words.text)
    return texts
