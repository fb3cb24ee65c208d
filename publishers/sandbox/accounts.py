"""The register: pages, channels, OAs, the apps that act for them, and every token ever issued."""

import json
from dataclasses import dataclass, field
from typing import Any

from publishers.sandbox.store import Store, dump

#: Fields each kind of account may have, with their defaults. Secrets are kept apart and never listed.
FIELDS: dict[tuple[str, str], dict[str, Any]] = {
    ("facebook", "page"): {
        "name": "", "category": "Tổ chức chính phủ", "username": "", "app_id": "100000000000001", "followers": 0,
        "scopes": [
            "pages_show_list", "pages_manage_posts", "pages_read_engagement", "pages_manage_engagement",
            "read_insights", "publish_video",
        ],
        "tasks": ["CREATE_CONTENT", "MANAGE", "MODERATE"], "data_access_expires_at": 0, "publishing_authorised": True,
        "calls_per_day": 4800, "reels_per_day": 30, "duplicate_window_seconds": 0, "list_lag_seconds": 0,
        "processing_seconds": 1, "publish_delay_seconds": 0, "post_id_delay_seconds": 0, "chunk_bytes": 1048576,
    },
    ("facebook", "app"): {"name": "Lan Tỏa", "require_appsecret_proof": False, "redirect_uris": [], "calls_per_hour": 0},
    ("youtube", "channel"): {
        "name": "", "handle": "", "project": "du-an-1", "client_id": "", "subscribers": 0, "has_channel": True,
        "scopes": [
            "https://www.googleapis.com/auth/youtube", "https://www.googleapis.com/auth/youtube.force-ssl",
            "https://www.googleapis.com/auth/yt-analytics.readonly",
        ],
        "phone_verified": True, "force_private": False, "uploads_per_day": 0, "processing_seconds": 1,
        "uploads_lag_seconds": 0, "playlists": [], "thumbnail_waits_for_processing": False,
    },
    ("youtube", "client"): {"name": "Lan Tỏa", "redirect_uris": []},
    ("youtube", "project"): {"name": "", "inserts_per_day": 100, "searches_per_day": 100, "units_per_day": 10000},
    ("zalo", "oa"): {
        "name": "", "app_id": "", "is_verified": True, "package_name": "Nâng cao",
        "package_valid_through_date": "31/12/2027", "package_allows_articles": True, "followers": 0,
        "articles_per_day": 0, "broadcasts_per_month": 4, "processing_polls": 1, "video_converting_seconds": 1,
        "list_lag_seconds": 0, "calls_per_minute": 0,
    },
    ("zalo", "app"): {"name": "Lan Tỏa", "redirect_uris": [], "calls_per_minute": 4000},
}  # fmt: skip

DEFAULT_KIND = {"facebook": "page", "youtube": "channel", "zalo": "oa"}
#: secrets a registration may carry besides the tokens: field → (kind of the owner, field naming the owner)
_APP_SECRETS = {
    "facebook": ("app_secret", "app", "app_id"),
    "youtube": ("client_secret", "client", "client_id"),
    "zalo": ("secret_key", "app", "app_id"),
}
DEFAULT_LIFETIME = {"facebook": 0, "youtube": 3599, "zalo": 90000}


class BadAccount(ValueError):
    """A registration that makes no sense; the text is a Vietnamese sentence."""


@dataclass
class Token:
    """One token, code or grant; ``dead`` holds the reason once it no longer works."""

    platform: str
    value: str
    kind: str
    account: str
    expires_at: float = 0.0
    dead: str = ""
    extra: dict[str, Any] = field(default_factory=dict)

    def __repr__(self) -> str:
        return f"Token({self.platform}, {self.kind}, {self.account})"

    def lives(self, now: float) -> bool:
        """True while the token still opens the door."""
        return not self.dead and (self.expires_at == 0 or now < self.expires_at)


class Register:
    """Accounts and tokens, kept in memory and written through to the store."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.accounts: dict[tuple[str, str, str], dict[str, Any]] = {}
        self.tokens: dict[tuple[str, str], Token] = {}
        self.load()

    def load(self) -> None:
        """Read everything again from the store."""
        self.accounts = {
            (platform, kind, id_): json.loads(data)
            for platform, kind, id_, data in self.store.rows("SELECT * FROM accounts")
        }
        self.tokens = {}
        for platform, value, kind, account, data in self.store.rows("SELECT * FROM tokens"):
            self.tokens[platform, value] = Token(platform, value, kind, account, **json.loads(data))

    # -- accounts -----------------------------------------------------------------------------

    def get(self, platform: str, kind: str, id_: str) -> dict[str, Any] | None:
        """The fields of an account, None when it was never registered."""
        return self.accounts.get((platform, kind, id_))

    def settings(self, platform: str, kind: str, id_: str) -> dict[str, Any]:
        """The fields of an account, the defaults of its kind when it was never registered."""
        return self.accounts.get((platform, kind, id_)) or FIELDS[platform, kind]

    def of_kind(self, platform: str, kind: str) -> list[dict[str, Any]]:
        """All accounts of a kind, by id."""
        return [
            data
            for (p, k, _), data in sorted(self.accounts.items(), key=lambda i: i[0])
            if (p, k) == (platform, kind)
        ]

    def upsert(self, document: dict[str, Any], now: float) -> dict[str, Any]:
        """Register or change an account; gives its public fields. Raises BadAccount.

        A token value already known keeps its fate: registering again does not revive a token that
        has been rotated away, unless ``reset_tokens`` is true.
        """
        wanted = dict(document)
        platform = str(wanted.pop("platform", ""))
        if platform not in DEFAULT_KIND:
            raise BadAccount("Nền tảng phải là facebook, youtube hoặc zalo.")
        kind = str(wanted.pop("kind", DEFAULT_KIND[platform]))
        if (platform, kind) not in FIELDS:
            raise BadAccount(f"Nền tảng {platform} không có loại tài khoản “{kind}”.")
        id_ = str(wanted.pop("id", "")).strip()
        if not id_ or "/" in id_:
            raise BadAccount("Tài khoản cần có mã (id) không chứa dấu gạch chéo.")
        secrets: dict[str, Any] = {
            key: wanted.pop(key) for key in ("access_token", "refresh_token", "expires_in") if key in wanted
        }
        revive = bool(wanted.pop("reset_tokens", False))
        secret_field, owner_kind, owner_field = _APP_SECRETS[platform]
        app_secret = wanted.pop(secret_field, None)
        unknown = sorted(set(wanted) - set(FIELDS[platform, kind]))
        if unknown:
            raise BadAccount(f"Không hiểu trường “{unknown[0]}” của tài khoản {platform}/{kind}.")
        for key, value in wanted.items():
            if not isinstance(value, type(FIELDS[platform, kind][key])) and not _both_numbers(
                value, FIELDS[platform, kind][key]
            ):
                raise BadAccount(f"Trường “{key}” của tài khoản {platform}/{kind} sai kiểu dữ liệu.")
        data = {**FIELDS[platform, kind], **(self.get(platform, kind, id_) or {}), **wanted, "id": id_}
        self._write(platform, kind, id_, data)
        if app_secret is not None:
            owner = id_ if kind == owner_kind else str(data.get(owner_field) or "")
            if not owner:
                raise BadAccount(f"Có {secret_field} thì phải có {owner_field}.")
            if self.get(platform, owner_kind, owner) is None:
                self._write(platform, owner_kind, owner, {**FIELDS[platform, owner_kind], "id": owner})
            self.issue(Token(platform, f"secret:{owner}", "secret", owner, extra={"value": str(app_secret)}))
        self._register_tokens(platform, kind, data, secrets, now, revive=revive)
        return data

    def _register_tokens(
        self,
        platform: str,
        kind: str,
        data: dict[str, Any],
        secrets: dict[str, Any],
        now: float,
        *,
        revive: bool,
    ) -> None:
        lifetime = float(secrets.get("expires_in", DEFAULT_LIFETIME[platform]))
        for field_, token_kind in (("access_token", "access"), ("refresh_token", "refresh")):
            value = str(secrets.get(field_) or "")
            known = self.tokens.get((platform, value))
            if not value or (known and not revive and known.account == data["id"]):
                continue
            if known and known.account != data["id"]:
                raise BadAccount(f"{field_} này đã thuộc về tài khoản khác.")
            expires = now + lifetime if field_ == "access_token" and lifetime else 0.0
            self.issue(Token(platform, value, token_kind, data["id"], expires_at=expires, extra={"by": kind}))

    def _write(self, platform: str, kind: str, id_: str, data: dict[str, Any]) -> None:
        self.accounts[platform, kind, id_] = data
        self.store.run(
            "INSERT INTO accounts VALUES (?,?,?,?) ON CONFLICT (platform, kind, id) DO UPDATE SET data = excluded.data",
            platform, kind, id_, dump(data),
        )  # fmt: skip

    # -- tokens -------------------------------------------------------------------------------

    def issue(self, token: Token) -> Token:
        """Write a token, new or changed."""
        self.tokens[token.platform, token.value] = token
        data = {"expires_at": token.expires_at, "dead": token.dead, "extra": token.extra}
        self.store.run(
            "INSERT INTO tokens VALUES (?,?,?,?,?) ON CONFLICT (platform, token) DO UPDATE SET"
            " kind = excluded.kind, account = excluded.account, data = excluded.data",
            token.platform, token.value, token.kind, token.account, dump(data),
        )  # fmt: skip
        return token

    def token(self, platform: str, value: str, *kinds: str) -> Token | None:
        """The token with this value, dead or alive, if it is of one of ``kinds``."""
        found = self.tokens.get((platform, value))
        return found if found and found.kind in kinds else None

    def kill(self, token: Token, reason: str) -> None:
        """End a token's life."""
        token.dead = reason
        self.issue(token)

    def tokens_of(self, platform: str, account: str, *kinds: str) -> list[Token]:
        """Every token of an account of the given kinds."""
        return [
            t
            for t in self.tokens.values()
            if (t.platform, t.account) == (platform, account) and t.kind in kinds
        ]

    def secret_of(self, platform: str, owner: str) -> str | None:
        """The secret of an app or OAuth client, None when it was never registered."""
        found = self.token(platform, f"secret:{owner}", "secret")
        return str(found.extra["value"]) if found else None


def _both_numbers(value: object, default: object) -> bool:
    numbers = (int, float)
    return all(isinstance(x, numbers) and not isinstance(x, bool) for x in (value, default))
