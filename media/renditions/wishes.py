"""What can be wished of a clip: how it fits, captions, logo, cards. Kept as text in one fixed form."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum

from media.renditions.recut_plan import Fit


class CaptionPlace(StrEnum):
    """Where captions go: into the picture, beside the file (SRT and WebVTT), nowhere."""

    BURNT = "trong-hinh"
    BESIDE = "tep-rieng"
    NONE = "khong"


@dataclass(frozen=True, slots=True)
class Wishes:
    fit: Fit = Fit.WHOLE
    captions: CaptionPlace = CaptionPlace.BURNT
    logo: bool = True
    intro: bool = True
    end: bool = True

    def as_text(self) -> str:
        """Return the one form in which these wishes are kept."""
        return json.dumps(asdict(self), sort_keys=True, separators=(",", ":"))

    @classmethod
    def from_text(cls, text: str) -> Wishes:
        """Return what `as_text` wrote; "" stands for the usual wishes."""
        kept = json.loads(text) if text else {}
        return cls(
            **{
                **kept,
                **({"fit": Fit(kept["fit"]), "captions": CaptionPlace(kept["captions"])} if kept else {}),
            }
        )

    @classmethod
    def from_form(cls, sent: Mapping[str, str]) -> Wishes:
        """Return the wishes of a sent form; what is not on the list falls back to the usual wish."""
        fit, captions = sent.get("khung", ""), sent.get("phu-de", "")
        return cls(
            fit=Fit(fit) if fit in list(Fit) else Fit.WHOLE,
            captions=CaptionPlace(captions) if captions in list(CaptionPlace) else CaptionPlace.BURNT,
            logo="bieu-trung" in sent,
            intro="mo-dau" in sent,
            end="ket" in sent,
        )
