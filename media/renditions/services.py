"""Verbs of the renditions: ask for one, stop it, go on, fetch it."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.permissions import policy_registry

from cms.access.scopes import memberships_of
from cms.audit.services import record
from cms.core import clock
from cms.core.errors import ConflictingState, InputRefused, NotAllowed
from cms.core.leased_work import OPEN
from cms.facts.imprints import imprint_of
from cms.organisations.models import Organisation
from media.library.models import Asset
from media.library.usability import download_refusal
from media.renditions.end_cards import refusal
from media.renditions.models import Rendition, RenditionState
from media.renditions.offers import OFFERS, offers_for
from media.renditions.orders import is_for_body, order_of
from media.renditions.recipes import ClipRecipe
from media.renditions.wishes import Wishes

#: Renditions one person may have waiting at the same time.
MOST_WAITING = 20


def readable(user: Any):
    """Return the assets of which `user` may have files."""
    policy = policy_registry.get_by_type(Asset, fallback=False)
    return policy.instances_user_has_permission_for(user, "view")


def body_of(user: Any) -> Organisation | None:
    """Return the body whose logo and contact stand on what `user` asks for."""
    return next((membership.organisation for membership in memberships_of(user)), None)


@transaction.atomic
def ask(by: Any, asset: Asset, offer: str, wishes: Wishes | None = None) -> Rendition:
    """Return the rendition that will be made; the finished or waiting one when nothing has changed since.

    Raises NotAllowed for an asset out of reach, InputRefused with a sentence when it cannot be cut so: the invitation on
    the end card must fit beside the name and the contact of the body that asks."""
    if not readable(by).filter(pk=asset.pk).exists():
        raise NotAllowed(_("Bạn không được xem tài liệu này nên không cắt tệp được."))
    if sentence := download_refusal(asset):
        raise InputRefused(sentence)
    if offer not in offers_for(asset):
        raise InputRefused(_("Vui lòng chọn một khuôn trong danh sách."), "offer")
    body = body_of(by)
    if body is None:
        raise NotAllowed(_("Tài khoản của bạn chưa thuộc cơ quan nào nên không cắt tệp được."))
    recipe = OFFERS[offer].recipe
    said = asset.end_card if (wishes or Wishes()).end else ""
    if said and isinstance(recipe, ClipRecipe) and (sentence := refusal(imprint_of(body), said, [recipe])):
        raise InputRefused(sentence, "end_card")
    row, made = Rendition.objects.select_for_update().get_or_create(
        asset=asset,
        organisation=body if is_for_body(offer) else asset.organisation,
        offer=offer,
        wishes=(wishes or Wishes()).as_text() if OFFERS[offer].takes_wishes else "",
        defaults={"asked_by": by},
    )
    if row.is_open and not made:
        return row
    if not made:
        order = order_of(row)
        if row.state == RenditionState.DONE and order is not None and order.key == row.key:
            return row
    if Rendition.objects.filter(asked_by=by, state__in=OPEN).count() > MOST_WAITING:
        raise InputRefused(
            _("Bạn đang có %(number)d tệp chờ cắt. Vui lòng đợi xong rồi yêu cầu thêm.")
            % {"number": MOST_WAITING}
        )
    let_wait(row, by)
    record("renditions.ask", row, actor=by, offer=offer, asset=asset.pk)
    return row


@transaction.atomic
def stop(rendition: Rendition, by: Any) -> bool:
    """Stop one that is being made; return whether it was. Stopping one that has ended changes nothing."""
    stopped = Rendition.objects.filter(pk=rendition.pk, state__in=OPEN).update(
        state=RenditionState.STOPPED, finished_at=clock.now(), lease_until=None
    )
    if stopped:
        record("renditions.stop", rendition, actor=by)
    return bool(stopped)


@transaction.atomic
def go_on(rendition: Rendition, by: Any) -> bool:
    """Go on with a stopped or failed one, after its last finished piece; its tries are counted anew."""
    row = Rendition.objects.select_for_update().get(pk=rendition.pk)
    if row.state not in (RenditionState.STOPPED, RenditionState.FAILED):
        return False
    let_wait(row, by, percent=row.percent)
    record("renditions.go_on", row, actor=by)
    return True


@transaction.atomic
def fetch(rendition: Rendition, by: Any) -> Rendition:
    """Write down that `by` takes the finished file. Raises ConflictingState when it is not finished, or when the asset
    may not be used by now."""
    if rendition.state != RenditionState.DONE or not rendition.file:
        raise ConflictingState(_("Tệp chưa cắt xong. Vui lòng đợi."))
    if sentence := download_refusal(rendition.asset):
        raise ConflictingState(sentence)
    Rendition.objects.filter(pk=rendition.pk).update(fetched_at=clock.now())
    record("renditions.fetch", rendition, actor=by, sha256=rendition.sha256)
    return rendition


def let_wait(row: Rendition, by: Any, percent: int = 0) -> None:
    """Put `row` into the line, asked for by `by`, its tries counted anew."""
    row.state, row.percent, row.sentence, row.tries = RenditionState.WAITING, percent, "", 0
    row.finished_at = row.lease_until = None
    row.asked_by = by
    row.save()
