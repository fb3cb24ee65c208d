"""Every kind of fault the sandbox knows, as rules for a whole run: a share of all calls, drawn from the seed."""

from __future__ import annotations

from typing import Any

from benchmarks.ground.house import Sandbox

SHARE = 0.15


def rules_of(silence: float, lag: float) -> list[dict[str, Any]]:
    """Return the rules. `silence` (s) is longer than our patience with a platform, `lag` (s) keeps new posts out of lists."""
    everywhere: list[dict[str, Any]] = [
        {"action": "drop_before"}, {"action": "drop_after"}, {"action": "cut_body"}, {"action": "empty_200"},
        {"action": "html_502"}, {"action": "html_502_after"}, {"action": "no_content_type"},
        {"action": "status", "status": 503}, {"action": "slow_body", "seconds": 1}, {"action": "delay", "seconds": 1},
        {"action": "timeout_before", "seconds": silence}, {"action": "timeout_after", "seconds": silence},
        {"action": "lag", "n": lag},
    ]  # fmt: skip
    own: dict[str, list[dict[str, Any]]] = {
        "facebook": [
            _error(
                {"code": 2, "http": 500, "transient": True, "message": "An unexpected error has occurred."}
            ),
            _error({"code": 1, "message": "An unknown error occurred"}, after=True),
            _error({"code": 80001, "subcode": 2446079}),
            {"op": "feed.create", **_error({"code": 368, "message": "Temporarily blocked"}, after=True)},
            {"op": "feed.create", **_error({"code": 190, "message": "Session is invalid"}, after=True)},
            {"op": "videos.finish", "action": "fate", "fate": {"processing": "error"}},
        ],
        "youtube": [
            _error({"reason": "backendError", "http": 503, "message": "Backend Error"}),
            _error({"reason": "backendError", "http": 503, "message": "Backend Error"}, after=True),
            {"op": "videos.insert.start", "action": "fate", "fate": {"session": "gone"}},
        ],
        "zalo": [
            _error({"error": -1, "http": 502, "message": "Bad gateway"}),
            _error({"error": -1, "http": 502, "message": "Bad gateway"}, after=True),
            _error({"error": -32, "message": "Your OA reached limit call api"}),
        ],
    }
    found = []
    for platform, rules in own.items():
        every = [*everywhere, *rules]
        found += [{"platform": platform, "times": 0, "chance": SHARE / len(every), **rule} for rule in every]
    return found


def _error(error: dict[str, Any], *, after: bool = False) -> dict[str, Any]:
    return {"action": "error_after" if after else "error", "error": error}


def spoil(sandbox: Sandbox, silence: float, lag: float) -> int:
    """Put the rules in force; return how many there are."""
    rules = rules_of(silence, lag)
    for rule in rules:
        sandbox.control("POST", "rules", rule)
    return len(rules)
