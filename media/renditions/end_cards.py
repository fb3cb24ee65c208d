"""The end card of a clip: the asset's own invitation over the contact of the body that asks, from its record."""

from __future__ import annotations

from collections.abc import Iterable

from cms.facts.imprints import Imprint, imprint_of
from cms.organisations.models import Organisation
from media.renditions.canvas import Canvas
from media.renditions.cards import foot_of, paint_card
from media.renditions.content import Callout, CardContent
from media.renditions.errors import RenditionError
from media.renditions.recipes import CLIPS, ClipRecipe


def end_card(imprint: Imprint, invitation: str = "") -> CardContent:
    """Return what the card says; without an invitation, the usual one. Raises UnknownCharacter."""
    callouts = []
    if imprint.hotline:
        callouts.append(Callout("Đường dây nóng", imprint.hotline))
    if imprint.portal:
        callouts.append(Callout("Trang web", imprint.portal, "globe"))
    title = invitation or ("Cần hỗ trợ, mời liên hệ" if callouts else imprint.name)
    return CardContent(
        title=title, issuer=imprint.name if callouts or invitation else "", callouts=tuple(callouts)
    )


def refusal(imprint: Imprint, invitation: str, recipes: Iterable[ClipRecipe] = CLIPS.values()) -> str | None:
    """Return the sentence why the card has no room for the whole invitation in one of `recipes`; None: it has."""
    try:
        card = end_card(imprint, invitation)
        for recipe in recipes:
            # A canvas without ground is only measured on, as large as the card will be.
            paint_card(Canvas(recipe.width, recipe.height, None), card, recipe, foot=foot_of(recipe))
    except RenditionError as error:
        return str(error)
    return None


def refusal_for(body: Organisation, invitation: str) -> str | None:
    """Answer the library's socket: whether `invitation` fits with the record of `body`."""
    return refusal(imprint_of(body), invitation)
