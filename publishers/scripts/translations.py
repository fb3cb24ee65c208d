"""Which approved translations go with which scripts, and what each says at one station.

A translation is served beside scripts of the very Vietnamese text it was made from. Places in it are filled from the
facts frozen with the script; numbers stand as the translator wrote them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from campaigns.posts.models import Variant
from cms.approvals.content import content_hash
from cms.approvals.models import Approval
from cms.channels.kinds import ChannelKind
from cms.facts.placeholders import fill
from publishers.scripts.blocks import Block, BlockKind, Part
from publishers.scripts.languages import LanguageState, LanguageVersion, source_hash
from publishers.scripts.local_wording import generic_wording, place_in_text
from publishers.scripts.models import ScriptVersion


@dataclass(frozen=True)
class Translated:
    """A live script with its approved translation, filled for the station: paragraphs as the translator wrote them."""

    version: ScriptVersion
    found: LanguageVersion

    @property
    def language(self) -> str:
        return self.found.language

    @cached_property
    def paragraphs(self) -> tuple[str, ...]:
        """What is read, line by line; a line whose fact is missing is left out."""
        place = place_in_text(self.version.station.place.full_name)
        values = {
            **generic_wording(place),
            **{name: str(fact["value"]) for name, fact in self.version.facts.items()},
            "ten_dai": self.version.station.name,
            "dia_ban": place.name,
        }
        lines = fill(self.found.text, values).splitlines()
        return tuple(line.strip() for line in lines if line.strip() and "{{" not in line)

    @property
    def blocks(self) -> tuple[Block, ...]:
        """One person reads it through; a paragraph is kept whole, because its sentences are not ours to cut."""
        return tuple(Block(BlockKind.CONTENT, sentences=(((Part(line),),),)) for line in self.paragraphs)

    @property
    def sha256(self) -> str:
        """The SHA-256 of what is read at this station: the approved translation and the words put into it."""
        return content_hash({"approved": self.found.approved_hash, "paragraphs": list(self.paragraphs)})

    @property
    def language_in_text(self) -> str:
        """ "tiếng Khmer", as it stands inside a line."""
        name = str(self.found.get_language_display())
        return name[:1].lower() + name[1:]


class TranslationShelf:
    """The approved translations of some texts: three queries however many scripts ask.

    `scripts` are pairs of variant id and approval hash, those of the scripts that will be asked about."""

    def __init__(self, scripts: Iterable[tuple[int, str]]) -> None:
        wanted = set(scripts)
        self._rows: dict[int, list[LanguageVersion]] = {}
        for row in LanguageVersion.objects.filter(
            variant__in={variant for variant, _hash in wanted}, state=LanguageState.APPROVED
        ):
            self._rows.setdefault(row.variant_id, []).append(row)
        translated = {pair for pair in wanted if pair[0] in self._rows}
        self._sources = _sources(translated) if translated else {}

    def rows_for(self, variant: int, approval_hash: str) -> list[LanguageVersion]:
        """Return the translations of the text that was approved under `approval_hash`, in the order of their tags."""
        rows = self._rows.get(variant, [])
        return [row for row in rows if row.source_sha256 == self._sources.get((variant, approval_hash))]

    def beside(self, version: ScriptVersion) -> list[LanguageVersion]:
        """Return the translations served beside `version`, whose slot should have been fetched."""
        return self.rows_for(version.slot.variant_id, version.approval_hash)

    def of_station(self, version: ScriptVersion) -> list[Translated]:
        """Return those in a language the station broadcasts in; `version.station.place` should have been fetched."""
        spoken = version.station.languages
        return [Translated(version, row) for row in self.beside(version) if row.language in spoken]


def shelf_for(versions: Sequence[ScriptVersion]) -> TranslationShelf:
    """Return the shelf of `versions`, whose slots should have been fetched."""
    return TranslationShelf((version.slot.variant_id, version.approval_hash) for version in versions)


def served_with(version: ScriptVersion) -> list[LanguageVersion]:
    """Return the approved translations of the very text `version` was issued from."""
    return shelf_for([version]).beside(version)


def _sources(scripts: Iterable[tuple[int, str]]) -> dict[tuple[int, str], str]:
    """The hash of the Vietnamese text as it was approved for each script; of the present one where the approval says
    nothing."""
    scripts = set(scripts)
    texts: dict[str, str] = {}
    approvals = Approval.objects.filter(content_hash__in={approved for _variant, approved in scripts})
    for approved, payload in approvals.order_by("approved_at").values_list("content_hash", "payload"):
        text = _loudspeaker_text(payload)
        if text is not None:
            texts[approved] = text
    present = dict(
        Variant.objects.filter(pk__in={variant for variant, _hash in scripts}).values_list("pk", "text")
    )
    return {
        (variant, approved): source_hash(texts.get(approved, present.get(variant, "")))
        for variant, approved in scripts
    }


def _loudspeaker_text(payload: Any) -> str | None:
    for row in (payload or {}).get("variants", []):
        if row.get("kind") == ChannelKind.LOUDSPEAKER:
            return str(row.get("text", ""))
    return None
