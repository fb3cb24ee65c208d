"""Verbs of the connect flow: open a consent, take its answer, choose a Page.

A consent is bound to one session, one person and one channel, works once and lives ten minutes. It is spent by one
UPDATE before the platform is asked, so that a replayed answer finds nothing; no transaction is open while the platform is asked, and what
is kept is written in one."""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, cast

from django.db import IntegrityError, transaction
from django.db.models import Q
from wagtail.permissions import policy_registry

from cms.audit.services import record
from cms.channels.kinds import WITH_ACCOUNT, ChannelKind
from cms.channels.models import Channel
from cms.core import clock
from cms.core.errors import ConflictingState, InputRefused, LanToaError, NotAllowed
from cms.core.sealed_field import Secret
from cms.organisations.models import LeadBody
from publishers.connections import exchange
from publishers.connections.dialogs import (
    GOOGLE_SCOPES,
    NEEDED_GOOGLE,
    console_mode,
    dialog_address,
    new_verifier,
)
from publishers.connections.exchange import NAMES, Account, GrantRefused
from publishers.connections.models import (
    PLATFORM_OF_KIND,
    Connection,
    Consent,
    Platform,
    PlatformApp,
)
from publishers.connections.services import store_tokens

CONSENT_LIVES = timedelta(minutes=10)

NOT_YOURS = "Bạn không có quyền kết nối kênh của cơ quan này."
NOT_OURS = (
    "Yêu cầu kết nối này không mở từ phiên làm việc của bạn hoặc không còn hiệu lực, nên không có gì được lưu. "
    "Vui lòng mở trang của kênh và bấm “Kết nối”."
)
SPENT = "Lượt cấp quyền này đã dùng rồi, nên không có gì thay đổi. Nếu kênh chưa kết nối, vui lòng bấm “Kết nối” lại."
TOO_OLD = "Lượt cấp quyền đã quá 10 phút nên không còn hiệu lực. Vui lòng bấm “Kết nối” lại."
REFUSED = "Bạn đã từ chối cấp quyền trên {platform}, nên kênh chưa được kết nối. Không có gì thay đổi."
NOT_GIVEN = "{platform} không cấp quyền (mã {code}). Vui lòng bấm “Kết nối” lại; nếu vẫn lỗi, hãy báo quản trị hệ thống."
WRONG_ACCOUNT = (
    "Bạn đã chọn “{chosen}” (mã {chosen_id}), không phải tài khoản của kênh này (mã {wanted}). "
    "Không có gì được lưu. Vui lòng kết nối lại và chọn đúng tài khoản."
)
PAGE_MISSING = (
    "Tài khoản Facebook vừa đăng nhập không quản lý Trang có mã {wanted} (thấy: {seen}). Không có gì được lưu. "
    "Vui lòng đăng nhập bằng tài khoản quản lý Trang và đánh dấu Trang đó khi cấp quyền."
)
NO_PAGES = "Tài khoản Facebook vừa đăng nhập không quản lý Trang nào. Không có gì được lưu."
MAY_NOT_POST = (
    "Người vừa đăng nhập không có quyền tạo nội dung trên Trang “{name}”. Không có gì được lưu. "
    "Vui lòng nhờ quản trị Trang cấp quyền “Nội dung” rồi kết nối lại."
)
NO_LONG_TERM = (
    "Google không cấp quyền dài hạn cho lần này, nên không có gì được lưu. Vui lòng mở myaccount.google.com, phần Bảo mật, "
    "gỡ quyền của ứng dụng rồi kết nối lại."
)
SCOPES_MISSING = (
    "Bạn chưa đánh dấu đủ quyền trên Google (thiếu: {missing}). Không có gì được lưu. "
    "Vui lòng kết nối lại và đánh dấu tất cả các ô."
)
TAKEN = "Tài khoản có mã {id} đã thuộc về một kênh khác trong sổ đăng ký. Không có gì được lưu."
NO_APP = "Chưa có ứng dụng nào của nền tảng này. Vui lòng thêm ở mục “Ứng dụng nền tảng” trước."
CHOOSE_AGAIN = "Lựa chọn này không còn hiệu lực. Vui lòng bấm “Kết nối” lại từ đầu."


class ConnectFailed(LanToaError):
    """Nothing was stored. `channel` is where the person stands; None when the answer belongs to no consent of theirs."""

    def __init__(self, sentence: str, channel: Channel | None = None) -> None:
        super().__init__(sentence)
        self.channel = channel


@dataclass(frozen=True, repr=False)
class Opened:
    """A consent that waits for the person: the dialog's address."""

    address: str
    expires_at: datetime


@dataclass(frozen=True, repr=False)
class Finished:
    """What an answer led to: a connection, or Pages to choose from (`choices`: id → name)."""

    channel: Channel
    connection: Connection | None = None
    choices: dict[str, str] = field(default_factory=dict)


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def require_connect(user: Any, channel: Channel) -> None:
    """Raise NotAllowed unless `user` may connect this channel."""
    policy = policy_registry.get_by_type(Channel, fallback=False)
    if policy is None or not policy.user_has_permission_for_instance(user, "connect", channel):
        raise NotAllowed(NOT_YOURS)


def apps_for(channel: Channel) -> list[PlatformApp]:
    """Return the apps that may be used for `channel`: of its body, of the bodies above it, and of the bodies that lead
    its place or a place above. The nearest first is not promised; the channel's own come first."""
    if channel.kind not in WITH_ACCOUNT:
        return []
    body = channel.organisation
    above, parent = {body.pk}, body.parent
    while parent is not None:
        above.add(parent.pk)
        parent = parent.parent
    path = body.place.path
    leads = LeadBody.objects.filter(place__path__in=[path[:cut] for cut in range(1, len(path) + 1)])
    apps = PlatformApp.objects.filter(
        Q(organisation_id__in=above) | Q(organisation_id__in=leads.values("organisation_id")),
        platform=PLATFORM_OF_KIND[ChannelKind(channel.kind)],
    ).select_related("organisation")
    return sorted(apps, key=lambda app: (app.organisation_id != body.pk, app.name))


# ------------------------------------------------------------------------------------------------ there
@transaction.atomic
def open_consent(
    channel: Channel, app: PlatformApp, *, by: Any, session_key: str, redirect_uri: str
) -> Opened:
    """Open a consent and return the dialog's address. Consents the person left open for this channel end.

    Raises NotAllowed, and InputRefused for an app that is not for this channel."""
    require_connect(by, channel)
    if app.pk not in {each.pk for each in apps_for(channel)}:
        raise InputRefused(NO_APP, "app")
    now = clock.now()
    Consent.objects.filter(expires_at__lt=now - timedelta(days=1)).delete()
    Consent.objects.filter(channel=channel, user=by, used_at__isnull=True).update(
        used_at=now, verifier=Secret(""), choices=Secret("")
    )
    state, verifier = secrets.token_urlsafe(32), verifier_for(app)
    Consent.objects.create(
        state_hash=_hash(state), session_hash=_hash(session_key), user=by, channel=channel, app=app,
        redirect_uri=redirect_uri, verifier=Secret(verifier), opened_at=now, expires_at=now + CONSENT_LIVES,
    )  # fmt: skip
    record("connections.open_consent", channel, actor=by, app=app.name)
    address = dialog_address(
        app.platform, app_id=app.app_id, redirect_uri=redirect_uri, state=state, verifier=verifier
    )
    return Opened(address, now + CONSENT_LIVES)


def verifier_for(app: PlatformApp) -> str:
    """Return a fresh PKCE verifier, or the fixed one of a Zalo app whose challenge stands in the developers' console."""
    if app.platform != Platform.ZALO or not console_mode():
        return new_verifier()
    locked = PlatformApp.objects.select_for_update().get(pk=app.pk)
    if not locked.console_verifier:
        locked.console_verifier = cast(Any, Secret(new_verifier()))
        locked.save(update_fields=["console_verifier", "updated_at"])
    return cast(Secret, locked.console_verifier).reveal()


# ------------------------------------------------------------------------------------------------ and back
def take_answer(params: Mapping[str, str], platform: str, *, by: Any, session_key: str) -> Finished:
    """Take what the dialog sent back and keep the grant. Raises ConnectFailed; then nothing was stored."""
    consent = _spend(params.get("state", ""), platform, by, session_key)
    channel = consent.channel
    try:
        require_connect(by, channel)
        _check_given(params, platform)
        return _granted(consent, params, by)
    except LanToaError as refusal:
        with transaction.atomic():
            record("connections.refused", channel, actor=by, sentence=refusal.sentence)
        raise ConnectFailed(refusal.sentence, channel) from None
    finally:
        Consent.objects.filter(pk=consent.pk).update(verifier=Secret(""))


def _spend(state: str, platform: str, by: Any, session_key: str) -> Consent:
    """Return the consent that `state` names, spent. One that is another person's or session's is left alone."""
    consent = (
        Consent.objects.select_related("channel__organisation__place", "app")
        .filter(
            state_hash=_hash(state),
            session_hash=_hash(session_key),
            user=by,
            app__platform=platform,
        )  # fmt: skip
        .first()
    )
    if not state or consent is None:
        raise ConnectFailed(NOT_OURS)
    now = clock.now()
    if not Consent.objects.filter(pk=consent.pk, used_at__isnull=True).update(used_at=now):
        raise ConnectFailed(SPENT, consent.channel)
    if consent.expires_at < now:
        raise ConnectFailed(TOO_OLD, consent.channel)
    return consent


def _check_given(params: Mapping[str, str], platform: str) -> None:
    error = params.get("error") or params.get("error_code") or ""
    if error in ("access_denied", "-14019") or params.get("error_reason") == "user_denied":
        raise GrantRefused(REFUSED.format(platform=NAMES[platform]))
    if error or not params.get("code"):
        raise GrantRefused(NOT_GIVEN.format(platform=NAMES[platform], code=str(error or "?")[:40]))


def _granted(consent: Consent, params: Mapping[str, str], by: Any) -> Finished:
    channel, app, code = consent.channel, consent.app, params["code"]
    given: dict[str, Any] = {"code": code, "app_id": app.app_id, "secret": cast(Any, app.secret).reveal()}
    verifier = cast(Any, consent.verifier).reveal()
    if app.platform == Platform.FACEBOOK:
        pages = exchange.facebook_pages(redirect_uri=consent.redirect_uri, **given)
        return _page_of(consent, pages, by)
    if app.platform == Platform.GOOGLE:
        answer, scopes = exchange.google_grant(
            redirect_uri=consent.redirect_uri, verifier=verifier, now=clock.now(), **given
        )
        missing = [scope.rsplit("/", 1)[-1] for scope in NEEDED_GOOGLE if scope not in scopes]
        if missing:
            raise GrantRefused(SCOPES_MISSING.format(missing=", ".join(missing)))
        account = exchange.youtube_channel(answer.access_token, app.app_id)
        _check_account(channel, account)
        if not answer.refresh_token and not _kept_refresh_token(channel, app):
            raise GrantRefused(NO_LONG_TERM)
        scopes = [scope for scope in scopes if scope in GOOGLE_SCOPES]
    else:
        # The OA is named in the answer already: exchanging the code of another one would kill that OA's living pair.
        _check_account(channel, Account(params.get("oa_id", ""), params.get("oa_id", "")))
        answer, scopes = exchange.zalo_grant(verifier=verifier, now=clock.now(), **given), []
        account = exchange.zalo_oa(answer.access_token)
        _check_account(channel, account)
    kept = _keep(
        channel, account, app, by, scopes=scopes, access_token=answer.access_token,
        refresh_token=answer.refresh_token, expires_at=answer.expires_at,
    )  # fmt: skip
    return Finished(channel, kept)


def _kept_refresh_token(channel: Channel, app: PlatformApp) -> bool:
    """Return whether a refresh token is stored that this app can use: Google binds it to the client id."""
    row = Connection.objects.filter(channel=channel, app=app).first()
    return row is not None and bool(row.refresh_token)


def _check_account(channel: Channel, account: Account) -> None:
    if not account.id:
        raise GrantRefused(NOT_GIVEN.format(platform=channel.get_kind_display(), code="?"))
    if channel.external_id and account.id != channel.external_id:
        raise GrantRefused(
            WRONG_ACCOUNT.format(
                chosen=account.name[:80], chosen_id=account.id[:60], wanted=channel.external_id
            )
        )


# ------------------------------------------------------------------------------------------------ Pages
def _page_of(consent: Consent, pages: list[Account], by: Any) -> Finished:
    channel = consent.channel
    if not pages:
        raise GrantRefused(NO_PAGES)
    if channel.external_id:
        for page in pages:
            if page.id == channel.external_id:
                return Finished(channel, _keep_page(channel, page, consent.app, by))
        seen = ", ".join(f"“{page.name}”" for page in pages[:5]) + (" …" if len(pages) > 5 else "")
        raise GrantRefused(PAGE_MISSING.format(wanted=channel.external_id, seen=seen))
    waiting = [
        {"id": page.id, "name": page.name, "token": page.access_token, "may_post": page.may_post}
        for page in pages
    ]
    Consent.objects.filter(pk=consent.pk).update(
        choices=Secret(json.dumps(waiting)), expires_at=clock.now() + CONSENT_LIVES
    )
    return Finished(channel, choices={page.id: page.name for page in pages})


def open_choices(channel: Channel, *, by: Any, session_key: str) -> dict[str, str]:
    """Return the Pages this person can still choose from for `channel` (id → name); empty when there are none."""
    consent = _choosing(channel, by, session_key)
    return {row["id"]: row["name"] for row in _waiting(consent)} if consent else {}


def choose_page(channel: Channel, page_id: str, *, by: Any, session_key: str) -> Connection:
    """Connect `channel` to the chosen Page; the tokens of the others are wiped. Raises ConnectFailed."""
    consent = _choosing(channel, by, session_key)
    rows = {row["id"]: row for row in _waiting(consent)} if consent else {}
    if consent is None or page_id not in rows:
        raise ConnectFailed(CHOOSE_AGAIN, channel)
    row = rows[page_id]
    page = Account(row["id"], row["name"], row["token"], row["may_post"])
    try:
        require_connect(by, channel)
        _check_account(channel, page)
        kept = _keep_page(channel, page, consent.app, by)
    except LanToaError as refusal:
        raise ConnectFailed(refusal.sentence, channel) from None
    Consent.objects.filter(pk=consent.pk).update(choices=Secret(""))
    return kept


def _choosing(channel: Channel, by: Any, session_key: str) -> Consent | None:
    return (
        Consent.objects.select_related("app")
        .filter(channel=channel, user=by, session_hash=_hash(session_key), expires_at__gte=clock.now())
        .exclude(choices="")
        .order_by("-opened_at")
        .first()
    )


def _waiting(consent: Consent) -> list[dict[str, Any]]:
    return list(json.loads(cast(Any, consent.choices).reveal()))


def _keep_page(channel: Channel, page: Account, app: PlatformApp, by: Any) -> Connection:
    if not page.may_post or not page.access_token:
        raise GrantRefused(MAY_NOT_POST.format(name=page.name[:80]))
    # No end is named, which is not the same as "for ever": the health check asks for one.
    return _keep(channel, page, app, by, access_token=page.access_token)


def _keep(channel: Channel, account: Account, app: PlatformApp, by: Any, **tokens: Any) -> Connection:
    """Store the grant, and the account's id where the register had none, in one transaction."""
    try:
        with transaction.atomic():
            if not channel.external_id:
                Channel.objects.filter(pk=channel.pk, external_id="").update(external_id=account.id)
                channel.external_id = account.id
                record("channels.learn_account", channel, actor=by, external_id=account.id)
            kept = store_tokens(channel, app=app, by=by, **tokens)
            Connection.objects.filter(pk=kept.pk).update(
                health="", findings=[], told="", data_access_until=None, package_until=None
            )
    except IntegrityError:
        channel.external_id = ""
        raise ConflictingState(TAKEN.format(id=account.id)) from None
    return kept
