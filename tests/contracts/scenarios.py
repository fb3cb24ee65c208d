"""The seventeen scenarios of the platform contract × the four adapters, and how many posts citizens see in each.

A cell is played by the real engine and adapter over HTTP, once per take, and counted in the sandbox's ledger (stations:
on the pages that are served). A cell without a count says why that platform has nothing to show there."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from tests.contracts import plays, station_plays

PLATFORMS = ("facebook", "youtube", "zalo", "loudspeaker")


@dataclass(frozen=True)
class Cell:
    """`effects` posts are seen of each delivery that `play` makes, in every one of `takes`; or none, for `reason`."""

    effects: int | None
    play: Callable[[Any, str], None] | None = None
    takes: tuple[str, ...] = ("",)
    reason: str = ""
    # Its workers are threads of their own, so rows must be committed for good.
    threads: bool = False


def sees(effects: int, play: Callable[[Any, str], None], *takes: str, threads: bool = False) -> Cell:
    return Cell(effects, play, takes or ("",), threads=threads)


def nothing(reason: str) -> Cell:
    return Cell(None, reason=reason)


def each(*parts: Iterable[str]) -> list[str]:
    """Every combination of the parts, joined by colons."""
    found = [""]
    for part in parts:
        found = [f"{one}:{other}" if one else other for one in found for other in part]
    return found


def of(form: str, *names: str) -> list[str]:
    return each([form], names)


PLACES = ("before", "begun", "answered")
STEPS = {
    "facebook": [
        *of("page-all", "photo-1", "photo-2", "feed", "comment"), *of("link", "feed"), *of("text", "feed"),
        *of("video", "open", "transfer", "finish", "confirm"), *of("reel", "open", "transfer", "finish", "confirm"),
    ],
    "youtube": of("youtube-all", "open", "upload", "processed", "thumbnail", "captions", "playlist", "publish"),
    "zalo": of("zalo-clip", "pictures", "prepare-video", "video-ready", "create", "verify-hidden", "show", "verify-shown"),
}  # fmt: skip
WRITES = {
    "facebook": [
        *of("text", "feed.create"), *of("link", "feed.create"), *of("page-all", "photos.create", "feed.create", "comments.create"),
        *of("video", "videos.start", "videos.transfer", "videos.finish"),
        *of("reel", "reels.start", "reels.upload", "reels.finish"),
    ],
    "youtube": of(
        "youtube-all", "videos.insert.start", "videos.insert.chunk", "thumbnails.set", "captions.insert.start",
        "captions.insert.chunk", "playlistItems.insert", "videos.update",
    ),
    "zalo": of("zalo-clip", "video.prepare", "article.create", "article.verify", "article.update"),
}  # fmt: skip
# Refusals with which Facebook has answered although the post stood.
SEEN_CALLS = ["text:feed.create", "pictures:feed.create", "video:videos.finish", "reel:reels.finish"]
SAID = ("said-368", "said-80001", "said-100", "said-506", "said-4", "said-190")
TWICE = ("own-claim", "same-claim")
NO_TOKEN = "a station's page is public, there is no token"
OWN_PAGE = "our own pages set no limit and are served by ourselves"
READ_ONLY = "a station's page is rendered by us and only read: nothing is handed to a platform"
NO_REFRESH = "a Page token is never renewed: it lives until a person connects again (scenario 4)"

TABLE: dict[int, tuple[str, Cell, Cell, Cell, Cell]] = {
    1: (
        "worker killed between every two steps",
        sees(1, plays.killed, *each(STEPS["facebook"], PLACES)),
        sees(1, plays.killed, *each(STEPS["youtube"], PLACES)),
        sees(1, plays.killed, *each(STEPS["zalo"], PLACES)),
        sees(1, station_plays.killed, "render_for_stations", "_read_back", "_settle_chunk"),
    ),
    2: (
        "answer to each write dropped, late, false or cut",
        sees(1, plays.answer_lost, *each(WRITES["facebook"], plays.LOST), *each(SEEN_CALLS, SAID)),
        sees(1, plays.answer_lost, *each(WRITES["youtube"], plays.LOST)),
        sees(1, plays.answer_lost, *each(WRITES["zalo"], plays.LOST)),
        sees(1, station_plays.page_not_answering, "away", "cut", "other-version", "http-500"),
    ),
    3: (
        "the same task delivered twice at once",
        sees(1, plays.twice_at_once, *each(of("text", "feed") + of("pictures", "photo-1", "feed") + of("video", "finish"), TWICE)),
        sees(1, plays.twice_at_once, *each(of("youtube", "upload", "publish"), TWICE)),
        sees(1, plays.twice_at_once, *each(of("zalo", "create", "show"), TWICE)),
        sees(1, station_plays.twice_at_once),
    ),
    4: (
        "token dies in the middle",
        sees(1, plays.token_dies, *of("pictures", "photo-2", "feed"), *of("video", "transfer", "finish")),
        sees(1, plays.token_dies, *of("youtube", "upload", "processed", "publish")),
        sees(1, plays.token_dies, *of("zalo", "verify-hidden", "show", "verify-shown")),
        nothing(NO_TOKEN),
    ),
    5: (
        "ten workers meet one expired token: one refresh call",
        nothing(NO_REFRESH),
        sees(10, plays.ten_with_one_dead_token, "youtube", threads=True),
        sees(10, plays.ten_with_one_dead_token, "zalo", threads=True),
        nothing(NO_TOKEN),
    ),
    6: (
        "reply to a refresh lost",
        nothing(NO_REFRESH),
        sees(1, plays.refresh_reply_lost, "youtube"),
        sees(1, plays.refresh_reply_lost, "zalo"),
        nothing(NO_TOKEN),
    ),
    7: (
        "limit for one channel leaves the others running",
        sees(1, plays.limited, "text:feed.create", "pictures:photos.create", "video:videos.start"),
        sees(1, plays.limited, "youtube:videos.insert.start", "youtube:videos.update"),
        sees(1, plays.limited, "zalo:article.create", "zalo:article.update"),
        nothing(OWN_PAGE),
    ),
    8: (
        "chunk lost, session lost near the end",
        sees(1, plays.upload_broken, "video:videos.transfer:2:chunk=lost", "video:videos.transfer:3:session=gone"),
        sees(1, plays.upload_broken, "youtube:videos.insert.chunk:1:store_bytes=", "youtube:videos.insert.chunk:2:move_session=",
             "youtube:videos.insert.chunk:3:session=gone"),
        nothing("Zalo takes a clip in one piece; a cut one is handed over again (scenario 2, video.prepare)"),
        nothing(READ_ONLY),
    ),
    9: (
        "processing fails after success",
        sees(0, plays.processing_fails, "video:videos.finish:processing=error", "reel:reels.finish:processing=error"),
        sees(0, plays.processing_fails, "youtube:videos.insert.chunk:failureReason=codec",
             "youtube:videos.insert.chunk:rejectionReason=copyright"),
        sees(0, plays.processing_fails, "zalo-clip:video.prepare:processing=error", "zalo:article.create:media_failure=HTTP 404"),
        nothing("a script is rendered whole before its page is served"),
    ),
    10: (
        "duplicate error after an unclear outcome",
        sees(1, plays.refused_as_a_duplicate, "text", "pictures"),
        sees(1, plays.entry_exists_already),
        nothing("Zalo has no duplicate error; a second article is found by its list (scenario 11)"),
        nothing(READ_ONLY),
    ),
    11: (
        "list lags behind the first look",
        sees(1, plays.list_lags, "text:feed.create", "pictures:feed.create"),
        sees(1, plays.list_lags, "youtube:videos.insert.chunk"),
        sees(1, plays.list_lags, "zalo:article.create"),
        nothing("a station's page is read by its own address, not from a list"),
    ),
    12: (
        "content refused for good is not sent again",
        sees(0, plays.refused_for_good, "text:feed.create", "pictures:photos.create", "video:videos.finish"),
        sees(0, plays.refused_for_good, "youtube:videos.insert.start", "youtube:videos.update"),
        sees(0, plays.refused_for_good, "zalo:article.create", "zalo:article.update"),
        sees(0, station_plays.approval_gone),
    ),
    13: (
        "done in part",
        sees(1, plays.part_is_lost, "page-all:comments.create:drop_after", "page-all:comments.create:error"),
        sees(1, plays.part_is_lost, *each(["youtube-all"], ["thumbnails.set", "captions.insert.start", "playlistItems.insert"],
                                          ["error", "drop_after"])),
        nothing("an article has no parts that may fail by themselves"),
        sees(1, station_plays.one_station_without_facts),
    ),
    14: (
        "edit or delete of what is already gone",
        sees(1, plays.gone_already, "text", "pictures", "video", "reel"),
        sees(1, plays.gone_already, "youtube"),
        sees(1, plays.gone_already, "zalo"),
        sees(0, station_plays.withdrawn_already),
    ),
    15: (
        "NFD and emoji at the exact limits",
        sees(1, plays.text_at_the_limit, *each(["text:text"], ["NFC", "NFD"])),
        sees(1, plays.text_at_the_limit, *each(["youtube:title", "youtube:text"], ["NFC", "NFD"])),
        sees(1, plays.text_at_the_limit, *each(["zalo:title", "zalo:summary"], ["NFC", "NFD"])),
        sees(1, station_plays.text_in_nfd_with_emoji),
    ),
    16: (
        "the day changes in California and in Viet Nam",
        nothing("Facebook counts moving hours and tells the minutes itself: no day of its own"),
        sees(1, plays.day_changes, *of("youtube", "ordinary", "clocks-back", "clocks-forward")),
        sees(1, plays.day_changes, "zalo:viet-nam"),
        nothing(OWN_PAGE),
    ),
    17: (
        "secrets never in rows, logs or recorded requests",
        sees(1, plays.nothing_leaks, "text", "page-all", "video", "reel"),
        sees(1, plays.nothing_leaks, "youtube-all"),
        sees(1, plays.nothing_leaks, "zalo-clip"),
        nothing(NO_TOKEN),
    ),
}  # fmt: skip
