"""Verbs of a commune's own notices: write, submit, approve, send back, withdraw."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.permissions import policy_registry

from cms.access.roles import roles_allowing
from cms.access.scopes import reachable_organisations
from cms.audit.services import record
from cms.core import clock
from cms.core.errors import ConflictingState, InputRefused, NotAllowed
from cms.core.models import nfc
from publishers.programmes.models import LocalNotice, NoticeState
from publishers.scripts.blocks import Block, BlockKind, to_json
from publishers.scripts.composition import Piece, address_of, opens_with_salutation, voice
from publishers.scripts.cuts import seconds_of
from publishers.scripts.hotlines import hotlines_in, with_its_word
from publishers.scripts.local_wording import paragraphs_of
from publishers.scripts.plans import Priority
from publishers.scripts.script_code import script_code
from publishers.scripts.speech import Speech
from publishers.scripts.spoken import assess, clean
from publishers.scripts.station_voices import voices_of
from publishers.scripts.timing import whole_seconds
from publishers.stations.models import Station

WRITERS: Final = roles_allowing("programmes.localnotice", frozenset({"add"}))
#: A notice is short; longer texts are bulletins.
LONGEST_TEXT: Final = 3000
#: A notice is read for so many days at most, then somebody looks at it again.
MOST_DAYS: Final = 31


@dataclass(frozen=True)
class NoticeText:
    """What a person writes of a notice."""

    title: str
    text: str
    priority: str
    first_day: date
    last_day: date


def may_write(user: Any, station: Station) -> bool:
    """Whether `user` may write notices of `station`."""
    return reachable_organisations(user, WRITERS).filter(pk=station.organisation_id).exists()


@transaction.atomic
def write_notice(station: Station, given: NoticeText, by: Any) -> LocalNotice:
    """Make a notice of the station's own body. Raises NotAllowed, InputRefused (naming the field)."""
    if not may_write(by, station):
        raise NotAllowed(_("Bạn không có quyền soạn thông báo cho đài này."))
    notice = LocalNotice(
        organisation=station.organisation, station=station, made_by=by, last_edited_by=by, **_checked(given)
    )
    notice.save()
    record("write_notice", notice, actor=by)
    return notice


@transaction.atomic
def edit_notice(notice: LocalNotice, given: NoticeText, by: Any) -> LocalNotice:
    """Change a notice that is not approved yet; one that was waiting is called back. Raises NotAllowed, InputRefused,
    ConflictingState once it is frozen."""
    row = _locked(notice, by, "change", _("Bạn không có quyền sửa thông báo này."))
    if row.is_frozen:
        raise ConflictingState(_("Thông báo đã duyệt thì không sửa được. Hãy thu hồi và soạn thông báo mới."))
    for name, value in _checked(given).items():
        setattr(row, name, value)
    row.last_edited_by = by
    row.state = NoticeState.DRAFT
    row.save()
    record("edit_notice", row, actor=by)
    return row


@transaction.atomic
def submit_notice(notice: LocalNotice, by: Any) -> LocalNotice:
    """Send a notice to be approved. Raises NotAllowed, ConflictingState, InputRefused when it cannot be read."""
    row = _locked(notice, by, "change", _("Bạn không có quyền gửi duyệt thông báo này."))
    if row.state != NoticeState.DRAFT:
        raise ConflictingState(_("Thông báo này đã được gửi duyệt hoặc đã duyệt rồi."))
    compose(row)
    row.state = NoticeState.WAITING
    row.save(update_fields=["state", "updated_at"])
    record("submit_notice", row, actor=by, content_hash=row.present_hash())
    return row


@transaction.atomic
def approve_notice(notice: LocalNotice, by: Any, expected_hash: str) -> LocalNotice:
    """Approve a notice exactly as `by` saw it, freeze what is read, and put it into the station's sessions.

    Raises NotAllowed for whoever wrote it, reaches it not as approver, or has no position to sign with;
    ConflictingState when it has moved on; InputRefused when it cannot be read aloud."""
    row = _locked(notice, by, "approve", _("Bạn không có quyền duyệt thông báo của cơ quan này."))
    if by.pk in (row.made_by_id, row.last_edited_by_id):
        raise NotAllowed(_("Người soạn hoặc sửa nội dung không được tự duyệt; cần một người thứ hai."))
    if not by.position.strip():
        raise NotAllowed(
            _("Tài khoản của bạn chưa ghi chức vụ nên chưa ký duyệt được. Vui lòng báo quản trị hệ thống.")
        )
    if row.state != NoticeState.WAITING:
        raise ConflictingState(_("Thông báo này không còn chờ duyệt."))
    digest = row.present_hash()
    if digest != expected_hash:
        raise ConflictingState(
            _("Nội dung đã thay đổi sau khi bạn mở trang này. Vui lòng đọc lại bản mới rồi hãy duyệt.")
        )
    blocks = compose(row)
    row.blocks = to_json(blocks)
    row.seconds = whole_seconds(seconds_of(blocks, row.station.reading_rate))
    row.code = script_code("notice", row.pk, digest)
    row.approved_hash = digest
    row.approved_by, row.approver_name, row.approver_position = by, by.get_full_name(), by.position
    row.approved_at = clock.now()
    row.state = NoticeState.APPROVED
    row.save()
    record("approve_notice", row, actor=by, content_hash=digest)
    return row


@transaction.atomic
def send_notice_back(notice: LocalNotice, by: Any, reason: str) -> None:
    """Give a notice back to its writer with a reason. Raises NotAllowed, ConflictingState, InputRefused."""
    row = _locked(notice, by, "approve", _("Bạn không có quyền duyệt thông báo của cơ quan này."))
    reason = _reason(reason, _("Vui lòng ghi lý do trả lại để người soạn biết cần sửa gì."))
    if row.state != NoticeState.WAITING:
        raise ConflictingState(_("Thông báo này không còn chờ duyệt."))
    row.state = NoticeState.DRAFT
    row.end_reason = reason
    row.save(update_fields=["state", "end_reason", "updated_at"])
    record("send_back_notice", row, actor=by, reason=reason)


@transaction.atomic
def withdraw_notice(notice: LocalNotice, by: Any, reason: str) -> None:
    """Take a notice out of every session at once. Writer or approver may; the public page says why."""
    policy = policy_registry.get_by_type(LocalNotice, fallback=False)
    row = LocalNotice.objects.select_for_update().get(pk=notice.pk)
    if not policy.user_has_any_permission_for_instance(by, ["change", "approve"], row):
        raise NotAllowed(_("Bạn không có quyền thu hồi thông báo này."))
    reason = _reason(reason, _("Vui lòng ghi lý do thu hồi để người nghe và các đài được biết."))
    if row.state != NoticeState.APPROVED:
        raise ConflictingState(_("Chỉ thông báo đã duyệt mới cần thu hồi."))
    row.state, row.ended_at, row.end_reason = NoticeState.WITHDRAWN, clock.now(), reason
    row.save(update_fields=["state", "ended_at", "end_reason", "updated_at"])
    record("withdraw_notice", row, actor=by, reason=reason)


def compose(notice: LocalNotice) -> tuple[Block, ...]:
    """Return what is read: a greeting (unless the text has its own) that names the body, the text, every telephone number twice, a closing.

    Raises InputRefused for a text that cannot be read, naming the places nobody knows how to say."""
    verdict = assess(notice.text)
    if not verdict.readable:
        raise InputRefused(" ".join(problem.message for problem in verdict.problems), field="text")
    pieces = written_pieces(notice)
    own = voices_of([notice.station])[notice.station.pk]
    speech = Speech()
    speech.learn((piece.written, own) for piece in pieces)
    rows = [speech.row(piece.written, own) for piece in pieces]
    if any(row.blocked for row in rows):
        red = [flag["written"] for row in rows for flag in row.flags if flag["colour"] == "red"]
        places = ", ".join(f"“{form}”" for form in dict.fromkeys(red)) or _("một đoạn không có lời đọc")
        raise InputRefused(
            _("Thông báo có chỗ chưa biết cách đọc: %(places)s. Vui lòng viết lại chỗ đó thành lời.")
            % {"places": places},
            field="text",
        )
    blocks = voice(tuple(pieces), {piece.written: speech.reading(piece.written, own) for piece in pieces})
    # A notice stands inside a session, which has its own music.
    return tuple(block for block in blocks if not block.cue)


def written_pieces(notice: LocalNotice) -> list[Piece]:
    """Return the notice as it is written, with everything that is said around its text."""
    people = address_of(notice.text)
    issuer = " ".join(notice.organisation.name.split()).rstrip(" .,;")
    paragraphs = [" ".join(sentences) for sentences in paragraphs_of(notice.text)]
    greeted = bool(paragraphs) and opens_with_salutation(paragraphs[0])
    announced = f"{issuer} xin thông báo: {_stopped(notice.title)}"
    pieces = [
        Piece(BlockKind.GREETING, announced if greeted else f"Kính thưa {people}! {announced}"),
        *(Piece(BlockKind.CONTENT, paragraph) for paragraph in paragraphs),
    ]
    numbers = [with_its_word(number) for number in hotlines_in(f"{notice.title}\n{notice.text}")]
    if numbers:
        told = " ".join(f"Xin nhắc lại, {number}." for number in numbers)
        pieces.append(Piece(BlockKind.REMINDER, told))
    pieces.append(
        Piece(
            BlockKind.CLOSING, f"Thông báo của {issuer} đến đây là hết. Cảm ơn {people} đã chú ý lắng nghe."
        )
    )
    return pieces


# ---------------------------------------------------------------------------------------------- parts
def _checked(given: NoticeText) -> dict[str, Any]:
    title, text = " ".join(clean(given.title).split()), nfc(given.text).replace("\r\n", "\n").strip()
    if assess(text).readable:
        # Signs nobody sees would stand on the public page and could turn its letters round. A text in an old encoding
        # is kept sign by sign: there they are letters, and somebody may want to convert it.
        text = clean(text).strip()
    if not title:
        raise InputRefused(_("Tiêu đề đang để trống, vui lòng nhập."), field="title")
    if len(title) > 150:
        raise InputRefused(_("Tiêu đề dài quá 150 ký tự, vui lòng rút ngắn."), field="title")
    if not clean(text).strip():
        raise InputRefused(_("Nội dung đang để trống, vui lòng nhập."), field="text")
    if len(text) > LONGEST_TEXT:
        raise InputRefused(
            _("Thông báo dài quá %(most)s ký tự, vui lòng rút ngắn.") % {"most": LONGEST_TEXT}, field="text"
        )
    if given.priority not in Priority.values:
        raise InputRefused(_("Mức ưu tiên của bản tin không hợp lệ."), field="priority")
    if given.last_day < given.first_day:
        raise InputRefused(_("Ngày cuối phải sau ngày đầu."), field="last_day")
    if (given.last_day - given.first_day).days >= MOST_DAYS:
        raise InputRefused(
            _("Một thông báo phát tối đa %(most)s ngày.") % {"most": MOST_DAYS}, field="last_day"
        )
    return {
        "title": title,
        "text": text,
        "priority": given.priority,
        "first_day": given.first_day,
        "last_day": given.last_day,
    }


def _locked(notice: LocalNotice, by: Any, action: str, refusal: str) -> LocalNotice:
    policy = policy_registry.get_by_type(LocalNotice, fallback=False)
    if not policy.user_has_permission_for_instance(by, action, notice):
        raise NotAllowed(refusal)
    return (
        LocalNotice.objects.select_for_update(of=("self",))
        .select_related("station__place", "organisation")
        .get(pk=notice.pk)
    )


def _reason(reason: str, sentence: str) -> str:
    reason = nfc(reason).strip()[:250]
    if not reason:
        raise InputRefused(sentence, field="reason")
    return reason


def _stopped(text: str) -> str:
    text = text.rstrip(" ,;:")
    return text if text.endswith((".", "!", "?", "…")) else f"{text}."
