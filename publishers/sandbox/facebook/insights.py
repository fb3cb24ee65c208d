"""Numbers about posts, videos and Pages; one unknown metric fails the whole call."""

import hashlib
from typing import Any

from publishers.sandbox.clock import graph_time, parse_moment
from publishers.sandbox.facebook.callers import check_params, page_caller
from publishers.sandbox.facebook.envelope import refuse, refuse_missing
from publishers.sandbox.replies import Reply
from publishers.sandbox.request import Request
from publishers.sandbox.routing import FACEBOOK, operation
from publishers.sandbox.world import World

POST_METRICS = {
    "post_media_view": 40, "post_total_media_view_unique": 30, "post_clicks": 3, "post_reactions_by_type_total": 2,
    "post_video_views": 12, "post_video_avg_time_watched": 1,
}  # fmt: skip
VIDEO_METRICS = {"total_video_views": 12, "total_video_views_unique": 9, "total_video_avg_time_watched": 1,
                 "blue_reels_play_count": 15, "post_impressions_unique": 10}  # fmt: skip
PAGE_METRICS = {"page_media_view": 400, "page_total_media_view_unique": 300, "page_follows": 20,
                "page_daily_follows_unique": 2, "page_post_engagements": 40}  # fmt: skip
PERIODS = ("day", "week", "days_28", "lifetime", "month", "total_over_range")


@operation(FACEBOOK, "insights.read", "GET", "/graph/{id}/insights", "/graph/{id}/video_insights")
def insights(world: World, request: Request) -> Reply:
    """Metrics of a page-post id, a Page, or (edge video_insights) a video."""
    id_, edge = request.args[0], request.path.rsplit("/", 1)[1]
    known, page, since = _subject(world, request, id_, edge)
    page_caller(world, request, page, "read_insights")
    check_params(world, request, "metric", "period", "since", "until", "date_preset")
    period = request.params.get("period", "lifetime" if known is not PAGE_METRICS else "day")
    if period not in PERIODS:
        refuse(world, 100, f"(#100) period must be one of {', '.join(PERIODS)}")
    names = [name for name in request.params.get("metric", "").split(",") if name]
    wrong = [name for name in names if name not in known]
    if wrong or not names:
        refuse(world, 100, f"(#100) The value must be a valid insights metric: {(wrong or [''])[0]}")
    until = _until(world, request)
    hours = max(0.0, until - since) / 3600
    return Reply.json({"data": [_reading(id_, name, period, known[name], hours, until) for name in names]})


def _subject(world: World, request: Request, id_: str, edge: str) -> tuple[dict[str, int], str, float]:
    if world.register.get(FACEBOOK, "page", id_) and edge == "insights":
        return PAGE_METRICS, id_, world.now() - 86400
    found = world.store.get(FACEBOOK, id_, "post", "video")
    if found is None and "_" not in id_ and edge == "insights":
        refuse(world, 12, "(#12) singular statuses API is deprecated for versions v2.4 and higher",
               finding="Mã bài phải có dạng <trang>_<bài>.")  # fmt: skip
    if found is None:
        refuse_missing(world, id_)
    if (found.kind == "video") != (edge == "video_insights"):
        kind = "Video" if found.kind == "video" else "PagePost"
        refuse(world, 100, f"(#100) Tried accessing nonexisting field ({edge}) on node type ({kind})")
    return (VIDEO_METRICS if found.kind == "video" else POST_METRICS), found.account, found.created


def _until(world: World, request: Request) -> float:
    text = request.params.get("until")
    if text is None:
        return world.now()
    try:
        return min(world.now(), float(text) if text.isdigit() else parse_moment(text))
    except ValueError:
        refuse(world, 100, "(#100) Param until must be a valid timestamp")


def _reading(id_: str, name: str, period: str, pace: int, hours: float, until: float) -> dict[str, Any]:
    own_pace = pace * (1 + hashlib.sha256(f"{id_}:{name}".encode()).digest()[0] % 5)
    number = int(own_pace * min(hours, 24 * 30))
    value: Any = {"like": number, "love": number // 5} if name.endswith("by_type_total") else number
    point = {"value": value} if period == "lifetime" else {"value": value, "end_time": graph_time(until)}
    return {
        "name": name,
        "period": period,
        "values": [point],
        "title": name,
        "id": f"{id_}/insights/{name}/{period}",
    }
