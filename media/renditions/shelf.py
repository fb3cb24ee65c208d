"""Finished files for whoever needs them at once (download packs): taken from the shelf, made for everybody when missing."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from typing import Any, Final

from django.core.files.storage import default_storage

from cms.audit.services import record
from cms.core import clock
from media.library.models import Asset
from media.renditions.making import make_one, make_together
from media.renditions.models import Rendition, RenditionState
from media.renditions.offers import OFFERS, offers_for
from media.renditions.orders import is_for_body, order_of
from media.renditions.recipes import CutRecipe
from media.renditions.services import let_wait

#: Somebody else who is making the same file is waited for so many seconds.
PATIENCE: Final = 300.0
_LOOK_EVERY: Final = 0.5


def finished(
    asset: Asset, offers: Iterable[str], by: Any, alive: Callable[[], None] = lambda: None
) -> dict[str, Rendition]:
    """Return offer → its rendition of `asset`, finished, or failed with its sentence, in the order of `offers`.

    Only what is the same for every body; an offer the asset has no file for is left out. What is missing or behind is
    made, stills of one picture together, and stays for everybody. `alive` is called while somebody else is waited for;
    an exception it raises ends the waiting. The caller has asked whether `by` may have files of the asset."""
    offered = offers_for(asset)
    rows = [_row(asset, name, by) for name in offers if name in offered and not is_for_body(name)]
    waiting = [row.pk for row in rows if row.is_open]
    stills = [row.pk for row in rows if row.is_open and isinstance(OFFERS[row.offer].recipe, CutRecipe)]
    make_together(stills)
    for pk in waiting:
        if pk not in stills:
            make_one(pk)
    until = time.monotonic() + PATIENCE
    while Rendition.objects.filter(pk__in=waiting, state__in=["waiting", "running"]).exists():
        if time.monotonic() > until:
            break
        alive()
        time.sleep(_LOOK_EVERY)
    Rendition.objects.filter(pk__in=[row.pk for row in rows], state=RenditionState.DONE).update(
        fetched_at=clock.now()
    )
    found = Rendition.objects.in_bulk([row.pk for row in rows])
    return {row.offer: found[row.pk] for row in rows}


def _row(asset: Asset, offer: str, by: Any) -> Rendition:
    """Return the row of this offer: finished as it stands now, or waiting to be made."""
    row, made = Rendition.objects.get_or_create(
        asset=asset, organisation=asset.organisation, offer=offer, wishes="", defaults={"asked_by": by}
    )
    if row.is_open and not made:
        return row
    if not made and row.state == RenditionState.DONE:
        order = order_of(row)
        if order is not None and order.key == row.key and default_storage.exists(row.file):
            return row
    let_wait(row, by)
    record("renditions.ask", row, actor=by, offer=offer, asset=asset.pk)
    return row
