"""Verbs of the packs: ask for one, stop it, fetch it."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from cms.access.scopes import memberships_of
from cms.audit.services import record
from cms.core import clock
from cms.core.errors import ConflictingState, InputRefused, NotAllowed
from cms.core.leased_work import OPEN
from media.library.models import Asset
from media.packs.members import lost_since, members_of, readable, refusal
from media.packs.models import Pack, PackKind, PackState, SchoolAge
from media.taxonomy.models import Topic

#: Packs one person may have waiting at the same time.
MOST_WAITING = 5


@transaction.atomic
def ask_for_pack(
    by: Any, kind: str, *, asset: Asset | None = None, topic: Topic | None = None, age: str = ""
) -> Pack:
    """Return the pack that will be made; the one under way when the person asked for the same already.

    Raises NotAllowed for an asset out of reach, InputRefused with a sentence when there is nothing that may be packed."""
    if kind not in PackKind.values:
        raise InputRefused(_("Vui lòng chọn loại gói."), "kind")
    if kind == PackKind.LESSON and age not in SchoolAge.values:
        raise InputRefused(_("Vui lòng chọn cấp học cho gói bài học."), "age")
    wanted = {"kind": kind, "age": age if kind == PackKind.LESSON else "", "asset": asset, "topic": topic}
    if asset is not None:
        if not readable(by).filter(pk=asset.pk).exists():
            raise NotAllowed(_("Bạn không được xem tài liệu này nên không đóng gói được."))
        if sentence := refusal(asset, kind):
            raise InputRefused(sentence)
    body = next((membership.organisation for membership in memberships_of(by)), None)
    if body is None:
        raise NotAllowed(_("Tài khoản của bạn chưa thuộc cơ quan nào nên không đóng gói được."))
    standing = Pack.objects.filter(asked_by=by, state__in=OPEN).select_for_update()
    if same := standing.filter(**wanted).first():
        return same
    if standing.count() >= MOST_WAITING:
        raise InputRefused(
            _("Bạn đang có %(number)d gói chờ đóng. Vui lòng đợi xong rồi yêu cầu thêm.")
            % {"number": MOST_WAITING}
        )
    pack = Pack(asked_by=by, organisation=body, **wanted)
    if not members_of(pack):
        raise InputRefused(_("Không có tài liệu nào dùng được cho loại gói này."))
    pack.save()
    record("packs.ask", pack, actor=by, kind=str(kind))
    return pack


@transaction.atomic
def stop_pack(pack: Pack, by: Any) -> None:
    """Stop a pack that is being made. Stopping one that has ended changes nothing."""
    stopped = Pack.objects.filter(pk=pack.pk, asked_by=by, state__in=OPEN).update(
        state=PackState.STOPPED, finished_at=clock.now(), lease_until=None
    )
    if stopped:
        record("packs.stop", pack, actor=by)


@transaction.atomic
def resume_pack(pack: Pack, by: Any) -> Pack:
    """Let a stopped or failed pack be made after all; its tries are counted anew."""
    again = Pack.objects.filter(
        pk=pack.pk, asked_by=by, state__in=[PackState.STOPPED, PackState.FAILED]
    ).update(state=PackState.WAITING, finished_at=None, percent=0, tries=0, sentence="")
    if again:
        record("packs.resume", pack, actor=by)
    pack.refresh_from_db()
    return pack


@transaction.atomic
def fetch_pack(pack: Pack, by: Any) -> Pack:
    """Write down that `by` takes the finished pack away. Raises ConflictingState when it is not finished, or when
    something inside may not be read or used by now."""
    if pack.state != PackState.DONE or not pack.file:
        raise ConflictingState(_("Gói chưa đóng xong. Vui lòng đợi."))
    if sentence := lost_since(pack):
        raise ConflictingState(sentence)
    record("packs.fetch", pack, actor=by, sha256=pack.sha256, assets=pack.assets_inside)
    return pack
