"""Where an asset is used: a socket into which each room says where it uses assets, and the questions asked of it.

The library itself knows which assets rest on a source document. Posts, localisations and scripts plug in from their
rooms; one file to read, one list to show, one rule: what is used cannot be deleted, only retired."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from cms.organisations.models import Organisation
from media.library.models import Asset, PublishedVersion


@dataclass(frozen=True, slots=True)
class Use:
    """One place that uses an asset. `row` is the thing itself, asked for permission before its name is shown."""

    asset_id: int
    kind: str
    name: str
    organisation: Organisation
    at: datetime
    address: str
    row: Any


#: Given the keys of assets, answers every use of them in a constant number of questions.
Asker = Callable[[list[int]], Iterable[Use]]

_askers: list[Asker] = []


def plug(asker: Asker) -> None:
    """Ask `asker` from now on; plugging the same one twice changes nothing."""
    if asker not in _askers:
        _askers.append(asker)


def uses_of(pks: Iterable[int]) -> list[Use]:
    """Return every use of these assets, the newest first."""
    pks = list(pks)
    found = [use for asker in [_as_source, *_askers] for use in asker(pks)]
    return sorted(found, key=lambda use: use.at, reverse=True)


#: Given one version of an asset, answers what rests on just that version (copies, graphics drawn from its picture).
VersionAsker = Callable[[PublishedVersion], Iterable[Use]]

_version_askers: list[VersionAsker] = []


def plug_for_versions(asker: VersionAsker) -> None:
    """Ask `asker` what rests on one version; plugging the same one twice changes nothing."""
    if asker not in _version_askers:
        _version_askers.append(asker)


def resting_on(version: PublishedVersion) -> list[Use]:
    """Return what rests on this version and goes with it when it is recalled, the newest first."""
    found = [use for asker in _version_askers for use in asker(version)]
    return sorted(found, key=lambda use: use.at, reverse=True)


def is_used(asset: Asset) -> bool:
    """Return whether anything uses `asset`."""
    return bool(asset.pk) and bool(uses_of([asset.pk]))


def by_province(uses: Iterable[Use]) -> list[tuple[str, int]]:
    """Return how often the bodies of each province use it, the most first; the centre counts as a place of its own."""
    counts: Counter[str] = Counter()
    for use in uses:
        place = use.organisation.place
        while place.parent is not None and place.parent.parent is not None:
            place = place.parent
        counts[place.full_name] += 1
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))


def counts(pks: Iterable[int]) -> dict[int, int]:
    """Return how often each of these assets is used; those that are not are missing."""
    return dict(Counter(use.asset_id for use in uses_of(pks)))


def _as_source(pks: list[int]) -> Iterable[Use]:
    through = Asset.sources.through.objects.filter(to_asset_id__in=pks)  # type: ignore[attr-defined]
    for link in through.select_related("from_asset__organisation__place__parent__parent"):
        asset = link.from_asset
        yield Use(
            link.to_asset_id,
            _("Tài liệu dựa vào"),
            asset.title,
            asset.organisation,
            asset.created_at,
            asset.get_absolute_url(),
            asset,
        )


# ------------------------------------------------------------------------------------------------ facts, further acts
#: Given a fact's key, answers every place to the right that was filled with it (a bulletin that names the hotline).
FactAsker = Callable[[int], Iterable[Use]]
#: Given an asset and a person, answers further pages about it: (words, address).
LinkAsker = Callable[[Asset, Any], Iterable[tuple[str, str]]]

_fact_askers: list[FactAsker] = []
_link_askers: list[LinkAsker] = []


def plug_for_facts(asker: FactAsker) -> None:
    """Ask `asker` which places hold the value of a fact; plugging the same one twice changes nothing."""
    if asker not in _fact_askers:
        _fact_askers.append(asker)


def plug_link(asker: LinkAsker) -> None:
    """Let `asker` put links beside the uses of an asset; plugging the same one twice changes nothing."""
    if asker not in _link_askers:
        _link_askers.append(asker)


def holding(fact_pk: int) -> list[Use]:
    """Return every place that was filled with this fact itself, the newest first."""
    found = [use for asker in _fact_askers for use in asker(fact_pk)]
    return sorted(found, key=lambda use: use.at, reverse=True)


def links_for(asset: Asset, user: Any) -> list[tuple[str, str]]:
    """Return what rooms to the right offer beside the uses of `asset`."""
    return [link for asker in _link_askers for link in asker(asset, user)]
