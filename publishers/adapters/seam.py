"""The one seam between delivery and the platforms: values in, values out. No table, no Django model, no schedule.

Delivery walks the steps of an adapter in order. Before each it commits an attempt row; after each it commits the
answer. Handles an answer brings (photo ids, video ids, session addresses) are stored before anything else happens
and handed to every later call, the sealed ones among them, so that a step can be continued or read back by exact
handle. One name is delivery's own: `taken` lists the remote ids that other deliveries of the same account already
hold, so that a look never takes a twin for this one. The receipt comes with the visible step or with the last step
after it: a platform that processes first (a video, an article) confirms in a step of its own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, Protocol


class Outcome(StrEnum):
    """What is known after a call (PLATFORMS §0.1)."""

    OK = "ok"  # confirmed
    PENDING = "pending"  # accepted, still processing: ask again later
    RETRY = "retry"  # certainly not performed, transient
    RATE = "rate"  # certainly not performed, limited until `not_before`
    TOKEN = "token"  # the token is dead  # noqa: S105
    CONFIG = "config"  # permission, package, account state: a person must act
    CONTENT = "content"  # this payload will never be accepted
    UNKNOWN = "unknown"  # may or may not have happened: reconcile, never resend blindly


class ParkScope(StrEnum):
    """How far a RATE answer reaches."""

    CHANNEL = "channel"
    APP = "app"  # Facebook app, Zalo app
    PROJECT = "project"  # Google project


@dataclass(frozen=True)
class Media:
    """One approved file that goes out: the bytes at `path`, known by `sha256`."""

    sha256: str
    path: str
    media_type: str  # image/jpeg, image/png, video/mp4 …
    size: int  # bytes
    alt_text: str = ""
    title: str = ""
    # Set only where the platform fetches the file itself (Zalo): address under PUBLIC_MEDIA_BASE.
    public_url: str = ""
    captions_path: str = ""  # SRT beside a clip, if there is one
    # What was measured when the file came in; 0 where it is not known.
    seconds: float = 0.0
    width: int = 0
    height: int = 0


@dataclass(frozen=True)
class Request:
    """What is to be published, frozen at booking. Texts are NFC."""

    kind: str  # ChannelKind value
    account: str  # page id, channel id, OA id
    text: str
    title: str = ""
    summary: str = ""
    link: str = ""
    media: tuple[Media, ...] = ()
    author: str = ""  # name of the issuing body
    # Unique per delivery; goes into our own links as utm_content, so that a link post is found again exactly.
    marker: str = ""
    machine_made: bool = False
    # "" = the media decide; "reel" asks Facebook for a reel, "video" Zalo for a video article.
    form: str = ""
    # "" = the first picture is the cover; "horizontal", "vertical", "square": the clip, in this frame (Zalo).
    cover: str = ""
    # Goes under the post as its first comment, where the platform has comments (Facebook).
    first_comment: str = ""
    tags: tuple[str, ...] = ()  # YouTube
    playlist: str = ""  # YouTube playlist id
    category: str = "25"  # YouTube category id; 25 = News & Politics
    language: str = "vi"  # BCP 47


@dataclass(frozen=True, repr=False)
class Credential:
    """What an adapter may use for one account. Never logged, never stored by an adapter."""

    access_token: str
    app_secret: str = ""
    app_id: str = ""

    def __repr__(self) -> str:
        return "Credential(•••)"


@dataclass(frozen=True)
class Receipt:
    """What the other side confirmed."""

    remote_id: str
    permalink: str = ""
    visible_at: datetime | None = None


@dataclass(frozen=True)
class Answer:
    """The classified result of one call (or one look).

    `sentence` is Vietnamese and says what to do; empty for OK and PENDING. `handles` are merged into the delivery's
    handles; `sealed` likewise, but encrypted at rest (session addresses are capabilities). `exchange` is the request
    and answer without secrets, for the delivery's page.

    `not_before` beside OK says that the platform's own usage header reports the budget as spent: the step stands, but
    the channel (or app) is parked. `restart_from` names an earlier step that must be done again because what it made
    is gone on the other side (an upload session that ended, an article that never came to be); nothing is visible
    yet when it is set, and an empty value in `handles` or `sealed` erases what was kept under that name."""

    outcome: Outcome
    sentence: str = ""
    code: str = ""  # the platform's own code, for the page and the tests
    handles: Mapping[str, Any] = field(default_factory=dict)
    sealed: Mapping[str, str] = field(default_factory=dict)
    receipt: Receipt | None = None
    not_before: datetime | None = None
    park: ParkScope = ParkScope.CHANNEL
    http_status: int | None = None
    exchange: Mapping[str, Any] = field(default_factory=dict)
    restart_from: str = ""


@dataclass(frozen=True)
class PostedThere:
    """One post that citizens can see on an account of ours, whoever made it.

    `ids` are all names under which the platform may know it (post, clip, pictures): one of them among the remote ids
    and handles of our own deliveries means that we made it. `by_our_app` is what the platform itself says: None where
    it does not tell which program made a post (YouTube, Zalo)."""

    remote_id: str
    text: str  # what stands there; the title where a list gives no more (Zalo)
    published_at: datetime | None
    permalink: str = ""
    title: str = ""
    ids: frozenset[str] = frozenset()
    by_our_app: bool | None = None


@dataclass(frozen=True)
class Recent:
    """What stands on an account, newest first. `answer` is OK, or says why the platform could not be asked (`posts` is
    then what had been read until there). `complete` is False when the account holds more than was read."""

    answer: Answer
    posts: tuple[PostedThere, ...] = ()
    complete: bool = True


class Look(StrEnum):
    """What a reconciliation found."""

    DONE = "done"  # the step happened: the answer carries its handles or receipt
    NOT_DONE = "not-done"  # this look found nothing
    UNSURE = "unsure"  # cannot be told apart by machine (two equal texts …): a person decides
    AGAIN = "again"  # the platform could not be asked now


@dataclass(frozen=True)
class Sighting:
    """The result of one look: `answer` is OK-classified when `look` is DONE, and says why when `look` is AGAIN.

    `certain` marks a NOT_DONE that was read by exact handle, or that concerns a step whose repetition nobody can
    see: no second look is needed before the step is performed again."""

    look: Look
    answer: Answer | None = None
    sentence: str = ""
    certain: bool = False


@dataclass(frozen=True)
class Step:
    """One call of a publication. Exactly one step of a plan is `visible`: the small one at the due second."""

    name: str
    visible: bool = False
    # A step that may fail without failing the publication (thumbnail, captions, first comment).
    optional: bool = False
    # How often a PENDING answer may be asked again, and how many seconds apart.
    polls: int = 0
    poll_every: float = 3.0
    # Looks needed before a negative reconciliation counts, and the seconds between them.
    looks: int = 2
    look_every: tuple[float, ...] = (30.0, 150.0)
    # A refusal (RATE, TOKEN, CONTENT, CONFIG) of this step is read back with `look` before it is believed: Facebook has answered
    # 4xx with the post live.
    read_back_refusals: bool = False


class Purpose(StrEnum):
    """What an errand beside the ordinary publishing is to achieve."""

    TAKE_DOWN = "take-down"  # remove it there; what is gone already counts as removed
    HIDE = "hide"  # out of citizens' sight, kept on the platform (Facebook: off the Page's timeline)
    CORRECT = "correct"  # the text of the request takes the place of the old one; never shows what is hidden


Beat = Callable[[], None]


class Adapter(Protocol):
    """A platform behind the seam. One object per call chain; never shared across threads."""

    kind: str

    def refuse(self, request: Request) -> list[str]:
        """Return Vietnamese sentences for everything this platform would refuse; [] when it can go."""
        ...

    def plan(self, request: Request) -> tuple[Step, ...]:
        """Return the steps that publish `request`, invisible ones first. Pure."""
        ...

    def perform(
        self, step: Step, request: Request, handles: Mapping[str, Any], credential: Credential, beat: Beat
    ) -> Answer:
        """Do one step, once. Never raises for anything the wire or the platform does; calls `beat()` now and then
        during long uploads so that the lease is kept."""
        ...

    def look(
        self,
        step: Step,
        request: Request,
        handles: Mapping[str, Any],
        credential: Credential,
        since: datetime,
    ) -> Sighting:
        """Read back whether `step` has happened. `since` is when it was first attempted without a known result: a
        later attempt may meet what the first one made. Changes nothing."""
        ...

    def take_down(self, request: Request, handles: Mapping[str, Any], credential: Credential) -> Answer:
        """Remove the published object; an object already gone is OK."""
        ...

    def amend(self, request: Request, handles: Mapping[str, Any], credential: Credential) -> Answer:
        """Replace the text of the published object by that of `request` (correction)."""
        ...

    def read(self, request: Request, handles: Mapping[str, Any], credential: Credential) -> Sighting:
        """Read the published object back: DONE with a receipt while it is live, NOT_DONE when it is gone."""
        ...

    def plan_for(self, purpose: Purpose, request: Request) -> tuple[Step, ...]:
        """Return the steps that achieve `purpose` for the post that `request` (for a correction: with the new text)
        and the handles of its delivery describe: the call, then the proof by reading back. () where the platform has
        no such thing. Pure.

        `perform` and `look` know these steps too. They may be repeated without harm; the last one brings a
        receipt whose `visible_at` is when the proof was seen."""
        ...

    def recent(self, account: str, credential: Credential, since: datetime) -> Recent:
        """List what citizens can see on `account` that was published from `since` on: ours and what people posted there
        by hand. Changes nothing; costs a few reads, so ask some times a day, not every minute."""
        ...
