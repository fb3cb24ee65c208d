"""From a rendition's row to the exact order: everything the file will show, and the key over it."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from typing import Any, Final

from django.conf import settings
from django.utils import translation

from cms.core.clock import in_vietnam
from cms.facts.imprints import Imprint, imprint_of
from cms.organisations.models import Organisation
from media.library.captions import as_srt
from media.library.models import Blob, Sharing
from media.library.versions import AssetFile
from media.renditions.captions import Cue, read_srt
from media.renditions.content import CardContent
from media.renditions.end_cards import end_card
from media.renditions.focal import focal_shares
from media.renditions.models import Rendition
from media.renditions.offers import A4_SHEET, OFFERS, Offer, offers_for
from media.renditions.print_sheet import SheetWords
from media.renditions.recipes import ClipRecipe
from media.renditions.recut_plan import CARD_SECONDS
from media.renditions.signatures import logo_of
from media.renditions.wishes import CaptionPlace, Wishes

#: Goes into every key: raised when the same order would give another file than before.
ENGINE: Final = 1
MACHINE_LABEL: Final = "Hình hoặc giọng do máy tạo"


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be cut. `description` holds everything the result depends on; `key` is its SHA-256."""

    offer: Offer
    source: AssetFile
    focal: tuple[float, float]
    machine_made: bool
    sheet: SheetWords | None
    wishes: Wishes | None
    intro: CardContent | None
    end: CardContent | None
    logo: Blob | None
    cues: tuple[Cue, ...]
    key: str

    @property
    def burnt(self) -> tuple[Cue, ...]:
        return self.cues if self.wishes is not None and self.wishes.captions == CaptionPlace.BURNT else ()

    @property
    def beside(self) -> tuple[Cue, ...]:
        """Captions for a file of their own, moved by the opening card."""
        if self.wishes is None or self.wishes.captions != CaptionPlace.BESIDE:
            return ()
        before = CARD_SECONDS if self.wishes.intro else 0.0
        return tuple(Cue(cue.start + before, cue.end + before, cue.lines) for cue in self.cues)


class Bodies:
    """What bodies say of themselves, asked once for each while one page or one job lasts."""

    def __init__(self) -> None:
        self._imprints: dict[int, Imprint] = {}
        self._logos: dict[int, Blob | None] = {}

    def imprint(self, body: Organisation) -> Imprint:
        if body.pk not in self._imprints:
            self._imprints[body.pk] = imprint_of(body)
        return self._imprints[body.pk]

    def logo(self, body: Organisation) -> Blob | None:
        if body.pk not in self._logos:
            self._logos[body.pk] = logo_of(body)
        return self._logos[body.pk]


def order_of(rendition: Rendition, bodies: Bodies | None = None) -> Order | None:
    """Return what `rendition` means now; None when the asset no longer has the file it is cut from."""
    asset, bodies = rendition.asset, bodies or Bodies()
    found = offers_for(asset).get(rendition.offer)
    if found is None:
        return None
    offer, source = found
    described: dict[str, Any] = {
        "engine": ENGINE,
        "offer": rendition.offer,
        "recipe": asdict(offer.recipe) if offer.recipe is not None else None,
        "source": source.blob.sha256,
        "machine_made": asset.machine_made,
    }
    focal = (0.5, 0.5)
    sheet: SheetWords | None = None
    wishes: Wishes | None = None
    intro = end = None
    logo: Blob | None = None
    cues: tuple[Cue, ...] = ()
    if offer.recipe is not None:
        focal = focal_shares(asset)
        described["focal"] = focal
    if offer.key == A4_SHEET:
        sheet = _sheet(rendition, bodies.imprint(rendition.organisation))
        described["sheet"] = asdict(sheet)
    if isinstance(offer.recipe, ClipRecipe):
        wishes, imprint = Wishes.from_text(rendition.wishes), bodies.imprint(rendition.organisation)
        cues = read_srt(as_srt(asset.captions)) if asset.captions else ()
        intro = _intro(rendition) if wishes.intro else None
        end = end_card(imprint, asset.end_card) if wishes.end else None
        logo = bodies.logo(rendition.organisation) if wishes.logo else None
        described |= {
            "wishes": rendition.wishes,
            "captions": asset.captions if wishes.captions != CaptionPlace.NONE else "",
            "cards": [asdict(card) if card is not None else None for card in (intro, end)],
            "logo": logo.sha256 if logo is not None else "",
        }
    text = json.dumps(described, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)
    key = hashlib.sha256(text.encode()).hexdigest()
    return Order(offer, source, focal, asset.machine_made, sheet, wishes, intro, end, logo, cues, key)


def is_for_body(offer_name: str) -> bool:
    """Return whether the file shows the body it is made for; any other is the same for everybody."""
    offer = OFFERS[offer_name]
    return offer.takes_wishes or offer.key == A4_SHEET


def _sheet(rendition: Rendition, imprint: Imprint) -> SheetWords:
    asset, body = rendition.asset, rendition.organisation
    at = asset.last_published_at
    lines = [f"Ban hành ngày {in_vietnam(at):%d/%m/%Y}"] if at else []
    lines += [body.name] if asset.organisation_id != body.pk else []
    lines += [f"Đường dây nóng: {imprint.hotline}"] if imprint.hotline else []
    public = asset.sharing == Sharing.PUBLIC and asset.live
    own_page = f"{settings.PUBLIC_BASE_URL.rstrip('/')}{asset.get_absolute_url()}"
    return SheetWords(
        title=asset.title,
        issuer=asset.organisation.name,
        lines=tuple(lines),
        address=own_page if public else imprint.portal,
        label=MACHINE_LABEL if asset.machine_made else "",
    )


def _intro(rendition: Rendition) -> CardContent:
    with translation.override("vi"):
        kicker = str(rendition.asset.get_kind_display())
    return CardContent(title=rendition.asset.title, kicker=kicker, issuer=rendition.asset.organisation.name)
