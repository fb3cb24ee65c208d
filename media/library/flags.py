"""Assets that rest on something that changed: flagged for a person to look at, until that person says it is right again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from cms.audit.services import record
from cms.core import clock
from cms.core.clock import today
from cms.core.search_backend_words import plain_markup, plain_text
from cms.facts.models import Fact
from cms.facts.staleness import Stale, find_stale
from media.library.captions import words_of
from media.library.flag_tables import AssetFlag
from media.library.models import Asset
from media.library.uses import Use, holding, uses_of


@dataclass(frozen=True, slots=True)
class Touched:
    """What a change of a fact touches: the assets that rest on it, and every place that uses one of them."""

    assets: list[Asset]
    uses: list[Use]


def touched_by(fact: Fact) -> Touched:
    """Return every asset that relies on `fact`, and every post, script and copy that uses one of them."""
    assets = list(
        Asset.objects.filter(relies_on=fact)
        .select_related("organisation__place__parent__parent")
        .order_by("pk")
    )
    found = uses_of([asset.pk for asset in assets])
    told = {(use.kind, use.address, use.at) for use in found}
    found += [use for use in holding(fact.pk) if (use.kind, use.address, use.at) not in told]
    return Touched(assets, found)


def flag_for(fact: Fact) -> int:
    """Flag every asset that relies on `fact`, whose value or time changed; return how many. An asset that is flagged
    for it already is not flagged twice."""
    sentence = _("Dữ kiện “%(fact)s” đã thay đổi. Vui lòng rà soát tài liệu này.") % {"fact": str(fact)[:120]}
    flagged = 0
    with transaction.atomic():
        for asset in Asset.objects.filter(relies_on=fact).order_by("pk"):
            row, new = AssetFlag.objects.get_or_create(
                asset=asset, fact=fact, settled_at=None, defaults={"sentence": sentence, "at": clock.now()}
            )
            if not new:
                AssetFlag.objects.filter(pk=row.pk).update(sentence=sentence)
            else:
                flagged += 1
                record("library.flag", asset, fact=fact.pk)
    return flagged


def settle(asset: Asset, actor: Any = None) -> int:
    """Say that `asset` was looked at and is right again; return how many flags that settled."""
    with transaction.atomic():
        count = AssetFlag.objects.filter(asset=asset, settled_at=None).update(
            settled_at=clock.now(), settled_by=actor if getattr(actor, "pk", None) else None
        )
        if count:
            record("library.settle_flags", asset, actor=actor, count=count)
    return count


def stale_in(asset: Asset) -> tuple[Stale, ...]:
    """Return what the words of `asset` say that is no longer so today (see `cms.facts.staleness`)."""
    return find_stale("\n".join(_texts(asset)), today())


def _texts(asset: Asset) -> Iterable[str]:
    body = (plain_text(block.block.get_prep_value(block.value)) for block in asset.body or [])
    yield from (asset.title, asset.summary, asset.alt_text, asset.transcript, asset.source_note)
    yield words_of(asset.captions) if asset.captions else ""
    yield from (plain_markup(words) for words in body)
