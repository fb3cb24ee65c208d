"""Where a room further right says whether a channel can be posted to. Empty until it plugs in from its ready()."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.http import HttpRequest

    from cms.channels.models import Channel

#: Given channels, says for each one that cannot be posted to why: channel id → a Vietnamese sentence. Asked in bulk,
#: so that a list of channels costs a constant number of queries.
Readiness = Callable[[Iterable["Channel"]], Mapping[int, str]]

channel_readiness: list[Readiness] = []


def not_ready(channels: Iterable[Channel]) -> dict[int, str]:
    """Return channel id → sentence for every channel of `channels` that cannot be posted to at present.

    The register's own reasons come first (switched off); a channel that is missing in the result is ready."""
    channels = list(channels)
    found: dict[int, str] = {}
    for channel in channels:
        if not channel.is_active:
            found[channel.pk] = f"Kênh “{channel.name}” đã ngừng dùng, vui lòng chọn kênh khác."
    for ask in channel_readiness:
        for channel_id, sentence in ask(channels).items():
            found.setdefault(channel_id, str(sentence))
    return found


#: Rooms further right say on a channel's page what they know of it: HTML that is safe to show ("" for nothing).
ChannelPanel = Callable[["HttpRequest", "Channel"], str]

channel_panels: list[ChannelPanel] = []
