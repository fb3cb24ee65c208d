"""Bad days on demand: rules that make chosen calls slow, lost, refused or answered with rubbish."""

import fnmatch
import hashlib
import json
from dataclasses import dataclass, field
from typing import Any

from publishers.sandbox.request import Request
from publishers.sandbox.store import Store, dump

#: Actions that keep the call from doing anything.
BEFORE = frozenset({"status", "error", "drop_before", "timeout_before", "html_502"})
#: Actions that let the call do its work and then spoil the answer.
AFTER = frozenset(
    {
        "drop_after",
        "timeout_after",
        "error_after",
        "cut_body",
        "empty_200",
        "no_content_type",
        "slow_body",
        "html_502_after",
    }
)
#: Actions that change how the call is done.
DURING = frozenset({"delay", "lag", "fate"})
_FIELDS = frozenset(
    {
        "platform",
        "op",
        "account",
        "match",
        "nth",
        "times",
        "chance",
        "action",
        "seconds",
        "status",
        "error",
        "fate",
        "n",
        "label",
    }
)


class BadRule(ValueError):
    """A rule that makes no sense; the text is a Vietnamese sentence."""


@dataclass
class Trouble:
    """What the rules that fired want done to one call."""

    action: str = ""
    rule: dict[str, Any] = field(default_factory=dict)
    delay: float = 0.0

    @property
    def seconds(self) -> float:
        """How long the action lasts."""
        return float(self.rule.get("seconds", self.rule.get("n", 120)))


class Faults:
    """The rules in force; how often each was met survives a restart."""

    def __init__(self, store: Store, seed: int) -> None:
        self.store = store
        self.seed = seed
        self.rules: list[tuple[int, dict[str, Any]]] = []
        self.load()

    def load(self) -> None:
        """Read the rules again from the store."""
        rows = self.store.rows("SELECT id, data FROM rules ORDER BY id")
        self.rules = [(id_, json.loads(data)) for id_, data in rows]

    def add(self, rule: dict[str, Any]) -> int:
        """Put a rule in force and give its number. Raises BadRule."""
        check_rule(rule)
        self.store.run("INSERT INTO rules (seen, data) VALUES (0, ?)", dump(rule))
        id_ = int(self.store.rows("SELECT last_insert_rowid()")[0][0])
        self.load()
        return id_

    def clear(self, id_: int | None = None) -> None:
        """Lift one rule, or all."""
        self.store.run("DELETE FROM rules WHERE id = ? OR ? IS NULL", id_, id_)
        self.load()

    def listing(self) -> list[dict[str, Any]]:
        """The rules in force with how many calls matched each."""
        rows = self.store.rows("SELECT id, seen, data FROM rules ORDER BY id")
        return [{"id": id_, "seen": seen, **json.loads(data)} for id_, seen, data in rows]

    def meet(self, request: Request) -> Trouble:
        """Count the call against every rule it matches and gather what the firing ones want."""
        trouble = Trouble()
        for id_, rule in self.rules:
            if not matches(rule, request):
                continue
            self.store.run("UPDATE rules SET seen = seen + 1 WHERE id = ?", id_)
            seen = int(self.store.rows("SELECT seen FROM rules WHERE id = ?", id_)[0][0])
            if not self._fires(id_, rule, seen):
                continue
            if rule["action"] == "delay":
                trouble.delay += float(rule.get("seconds", 1))
            elif rule["action"] == "lag":
                request.fate["lag"] = float(rule.get("seconds", rule.get("n", 60)))
            elif rule["action"] == "fate":
                request.fate.update(rule.get("fate", {}))
            elif not trouble.action:
                trouble.action, trouble.rule = rule["action"], rule
        return trouble

    def _fires(self, id_: int, rule: dict[str, Any], seen: int) -> bool:
        first, times = int(rule.get("nth", 1)), int(rule.get("times", 1))
        if seen < first or (times and seen >= first + times):
            return False
        draw = hashlib.sha256(f"{self.seed}:{id_}:{seen}".encode()).digest()
        return int.from_bytes(draw[:4], "big") / 2**32 < float(rule.get("chance", 1.0))


def matches(rule: dict[str, Any], request: Request) -> bool:
    """True when a call is one the rule speaks of: platform, op (with ``*``), account and content."""
    if rule.get("platform") not in (None, "", "*", request.platform):
        return False
    if not fnmatch.fnmatchcase(request.op, rule.get("op") or "*"):
        return False
    if rule.get("account") and str(rule["account"]) != request.account:
        return False
    match rule.get("match"):
        case str(text) if text:
            return text in request.searchable()
        case dict(wanted):
            return all(request.params.get(key) == str(value) for key, value in wanted.items())
    return True


def check_rule(rule: dict[str, Any]) -> None:
    """Raise BadRule, in Vietnamese, for a rule that could never mean anything."""
    unknown = sorted(set(rule) - _FIELDS)
    if unknown:
        raise BadRule(f"Không hiểu trường “{unknown[0]}” của quy tắc.")
    if rule.get("action") not in BEFORE | AFTER | DURING:
        raise BadRule(f"Không có hành động “{rule.get('action')}”.")
    if rule.get("platform") not in (None, "", "*", "facebook", "youtube", "zalo"):
        raise BadRule("Nền tảng phải là facebook, youtube hoặc zalo.")
    for key in ("nth", "times", "seconds", "n", "chance", "status"):
        value = rule.get(key, 1)
        if isinstance(value, bool) or not isinstance(value, int | float) or value < 0:
            raise BadRule(f"Trường “{key}” của quy tắc phải là số không âm.")
    if rule["action"] in ("error", "error_after") and not isinstance(rule.get("error"), dict):
        raise BadRule("Hành động error cần có trường “error” mô tả lỗi.")
    if rule["action"] == "fate" and not isinstance(rule.get("fate"), dict):
        raise BadRule("Hành động fate cần có trường “fate”.")
    if not isinstance(rule.get("label", ""), str):
        raise BadRule("Trường “label” phải là đoạn chữ.")
    if rule.get("match") is not None and not isinstance(rule["match"], str | dict):
        raise BadRule("Trường “match” phải là đoạn chữ hoặc bảng tham số.")
