"""Which adapter speaks for which kind of channel."""

from __future__ import annotations

from collections.abc import Callable

from cms.channels.specs import SPECS
from publishers.adapters.bases import Bases, configured
from publishers.adapters.facebook.adapter import FacebookAdapter
from publishers.adapters.loudspeaker import LoudspeakerAdapter
from publishers.adapters.manual import ManualAdapter
from publishers.adapters.seam import Adapter
from publishers.adapters.youtube.adapter import YouTubeAdapter
from publishers.adapters.zalo.adapter import ZaloAdapter

CONNECTORS: dict[str, Callable[[Bases], Adapter]] = {
    "facebook": FacebookAdapter,
    "youtube": YouTubeAdapter,
    "zalo": ZaloAdapter,
    "loudspeaker": LoudspeakerAdapter,
}


def adapter_for(kind: str, bases: Bases | None = None) -> Adapter:
    """Return a new adapter for `kind` (a ChannelKind value), bound to `bases` or to the configured ones.

    An adapter keeps its connections open between calls and belongs to one thread. A kind without a connector gets
    the one that waits for a person. Raises KeyError for a kind the house does not know."""
    if kind in CONNECTORS:
        return CONNECTORS[kind](bases or configured())
    return ManualAdapter(SPECS[kind].kind)
