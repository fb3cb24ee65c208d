"""Which connection dies next, and what to do before it does. Pure rules over what is stored; no database, no wire.

Thresholds: PLATFORMS §1.1 (7 and 2 days before `data_access_expires_at`), §3.2 (a Zalo refresh token lives three
months; older than 75 days it has not been renewed for long). A package is bought through the body's own procedure,
so its end is said 30 days ahead. An end that nobody names is "unknown", never "for ever"."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import IntEnum

from cms.core.clock import VIETNAM, in_vietnam

TWO_DAYS, SEVEN_DAYS, THIRTY_DAYS = timedelta(days=2), timedelta(days=7), timedelta(days=30)
ZALO_REFRESH_LIVES, ZALO_REFRESH_OLD = timedelta(days=90), timedelta(days=75)
GOOGLE_TESTING_LIVES = timedelta(days=7)


class Urgency(IntEnum):
    """The less, the sooner somebody must act."""

    DEAD = 0
    NOW = 1
    SOON = 2
    CARE = 3
    UNKNOWN = 4
    FINE = 5


@dataclass(frozen=True)
class Standing:
    """What is known of one connection. `kind` is a ChannelKind value."""

    kind: str
    is_connected: bool
    needs_reconnect: bool = False
    sentence: str = ""
    renewable: bool = False
    expires_at: datetime | None = None
    refresh_token_since: datetime | None = None
    data_access_until: datetime | None = None
    package_until: date | None = None
    checked: bool = False
    bad: tuple[str, ...] = ()
    care: tuple[str, ...] = ()
    #: Google only: the consent screen is known to be in production (the register's checklist).
    in_production: bool = True


@dataclass(frozen=True)
class Forecast:
    """How soon somebody must act, when it dies at the latest (None: unknown), and why."""

    urgency: Urgency
    at: datetime | None
    sentence: str
    also: tuple[str, ...] = field(default=())

    @property
    def sort_key(self) -> tuple[int, float]:
        """The next to die first; what has no date after what has one."""
        return int(self.urgency), self.at.timestamp() if self.at else float("inf")


NOT_CONNECTED = "Chưa kết nối với nền tảng."
FINE = "Đang hoạt động."
UNKNOWN = "Nền tảng không cho biết ngày hết hạn. Hệ thống kiểm tra lại mỗi ngày."
NOT_CHECKED = "Chưa kiểm tra lần nào."


def forecast(standing: Standing, now: datetime) -> Forecast:
    """Return the forecast of one connection at `now` (aware)."""
    if not standing.is_connected:
        return Forecast(Urgency.DEAD, None, NOT_CONNECTED)
    if standing.needs_reconnect:
        return Forecast(Urgency.DEAD, None, standing.sentence or NOT_CONNECTED, standing.bad)
    ends = sorted(_ends(standing, now), key=lambda end: end.sort_key)
    others = standing.care
    if standing.bad:
        first, *rest = standing.bad
        return Forecast(Urgency.DEAD, None, first, (*rest, *(end.sentence for end in ends), *others))
    if ends:
        also = (*(end.sentence for end in ends[1:]), *others)
        return Forecast(ends[0].urgency, ends[0].at, ends[0].sentence, also)
    at = _known_end(standing)
    if standing.care:
        return Forecast(Urgency.CARE, at, standing.care[0], standing.care[1:])
    if not standing.checked:
        return Forecast(Urgency.UNKNOWN, at, NOT_CHECKED)
    if at is None and not standing.renewable:
        return Forecast(Urgency.UNKNOWN, None, UNKNOWN)
    return Forecast(Urgency.FINE, at, FINE)


def _known_end(standing: Standing) -> datetime | None:
    found = [standing.data_access_until]
    if not standing.renewable:
        found.append(standing.expires_at)
    if standing.kind == "zalo":
        found.append(standing.refresh_token_since and standing.refresh_token_since + ZALO_REFRESH_LIVES)
        found.append(_end_of(standing.package_until))
    known = [moment for moment in found if moment is not None]
    return min(known) if known else None


def _end_of(day: date | None) -> datetime | None:
    return datetime.combine(day, time(23, 59), VIETNAM) if day else None


def _ends(standing: Standing, now: datetime) -> Iterable[Forecast]:
    if standing.data_access_until is not None:
        yield from _closing(
            standing.data_access_until, now, "Quyền truy cập dữ liệu của Facebook hết hạn lúc {when}. Vui lòng kết nối lại kênh trước lúc đó.",
        )  # fmt: skip
    if standing.expires_at is not None and not standing.renewable:
        yield from _closing(
            standing.expires_at, now, "Mã truy cập hết hạn lúc {when} và không tự gia hạn được. Vui lòng kết nối lại kênh trước lúc đó.",
        )  # fmt: skip
    if standing.kind == "zalo" and standing.refresh_token_since is not None:
        yield from _old_refresh_token(standing.refresh_token_since, now)
    if standing.kind == "zalo" and standing.package_until is not None:
        yield from _closing(
            _end_of(standing.package_until), now, "Gói dịch vụ của OA hết hạn ngày {day}. Vui lòng gia hạn gói, nếu không OA sẽ không đăng được bài viết.",
            ahead=THIRTY_DAYS,
        )  # fmt: skip
    testing_ends = standing.refresh_token_since and standing.refresh_token_since + GOOGLE_TESTING_LIVES
    if standing.kind == "youtube" and not standing.in_production and testing_ends and testing_ends > now:
        # A grant that lived longer has proved that the consent screen is in production.
        yield _dated(
            testing_ends, now,
            "Màn hình cấp quyền của dự án Google chưa được ghi nhận là “In production”: nếu còn ở “Testing”, kết nối chết lúc {when}.",
        )  # fmt: skip


def _old_refresh_token(since: datetime, now: datetime) -> Iterable[Forecast]:
    if now - since <= ZALO_REFRESH_OLD:
        return
    dies = since + ZALO_REFRESH_LIVES
    yield _dated(
        dies, now, "Mã gia hạn của Zalo đã hơn 75 ngày không được đổi và chết lúc {when}. Vui lòng kết nối lại kênh trước lúc đó."
    )  # fmt: skip


def _closing(
    at: datetime | None, now: datetime, sentence: str, ahead: timedelta = SEVEN_DAYS
) -> Iterable[Forecast]:
    if at is not None and at - now <= ahead:
        yield _dated(at, now, sentence)


def _dated(at: datetime, now: datetime, sentence: str) -> Forecast:
    here = in_vietnam(at)
    said = sentence.format(when=here.strftime("%H:%M, %d/%m/%Y"), day=here.strftime("%d/%m/%Y"))
    left = at - now
    if left <= timedelta(0):
        return Forecast(Urgency.DEAD, at, said)
    if left <= TWO_DAYS:
        return Forecast(Urgency.NOW, at, said)
    return Forecast(Urgency.SOON if left <= SEVEN_DAYS else Urgency.CARE, at, said)
