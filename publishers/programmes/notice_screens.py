"""The commune's own notices on screen: write, hear how it is read, send to the leader, approve."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.permissions import policy_registry

from cms.core import clock
from cms.core.errors import ConflictingState, InputRefused, LanToaError
from cms.core.pasted_text import PastedText
from cms.facts.staleness import stale_sentences
from publishers.programmes.models import LocalNotice, NoticeState
from publishers.programmes.notice_doubts import doubts_of, with_reading
from publishers.programmes.notice_services import (
    LONGEST_TEXT,
    NoticeText,
    approve_notice,
    compose,
    edit_notice,
    may_write,
    send_notice_back,
    submit_notice,
    withdraw_notice,
    write_notice,
    written_pieces,
)
from publishers.programmes.screens import StationScreen
from publishers.scripts.blocks import spoken_text
from publishers.scripts.cuts import seconds_of
from publishers.scripts.plans import Priority
from publishers.scripts.proofs_for_the_ear import hearing_of, said_once
from publishers.scripts.spoken import assess
from publishers.scripts.timing import length_in_words

#: Notices shown on a station's page; older ones are in the log.
SHOWN = 60
#: The button of a reading: "take|<as written>|<as it shall be said>".
TAKE = "take|"


class _Day(forms.DateInput):
    """The browser's own day field: no script, which the content policy would refuse."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class NoticeForm(forms.Form):
    """What is written of a notice. What cannot be kept is said by the verb."""

    title = forms.CharField(label=gettext_lazy("Tiêu đề"), max_length=150)
    text = PastedText(
        label=gettext_lazy("Nội dung"), max_length=LONGEST_TEXT, widget=forms.Textarea(attrs={"rows": 7})
    )
    priority = forms.ChoiceField(label=gettext_lazy("Mức ưu tiên"), choices=Priority.choices)
    first_day = forms.DateField(label=gettext_lazy("Phát từ ngày"), widget=_Day())
    last_day = forms.DateField(label=gettext_lazy("Phát đến hết ngày"), widget=_Day())

    def given(self) -> NoticeText:
        return NoticeText(**self.cleaned_data)


class NoticeListView(StationScreen):
    """A station's notices, and a form for another."""

    page_title = gettext_lazy("Thông báo của địa phương")
    here = True
    template_name = "programmes/notices.html"

    def get(self, request: HttpRequest, pk: int, form: NoticeForm | None = None) -> HttpResponse:
        status = 422 if form else 200
        today = clock.today()
        form = form or NoticeForm(
            initial={"first_day": today, "last_day": today, "priority": Priority.NORMAL}
        )
        rows = LocalNotice.objects.filter(station=self.station).select_related("organisation")[:SHOWN]
        return self.render_to_response(self.frame(form=form, rows=rows), status=status)

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        form = NoticeForm(request.POST)
        if form.is_valid():
            try:
                notice = write_notice(self.station, form.given(), request.user)
            except InputRefused as refusal:
                form.add_error(refusal.field if refusal.field in form.fields else None, refusal.sentence)
            except LanToaError as refusal:
                messages.error(request, refusal.sentence)
                return redirect("programme_notices", pk)
            else:
                messages.success(request, _("Đã lưu “%(title)s”.") % {"title": notice.title})
                _tell_what_was_taken_out(request, form)
                return redirect("programme_notice", notice.pk)
        return self.get(request, pk, form)


class NoticeView(StationScreen):
    """One notice: its text or, once approved, what is read; and what the person may do with it."""

    model = LocalNotice  # type: ignore[assignment]
    page_title = gettext_lazy("Thông báo của địa phương")
    here = True
    template_name = "programmes/notice.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        policy = policy_registry.get_by_type(LocalNotice, fallback=False)
        rows = policy.instances_user_has_permission_for(request.user, "view")
        notice = rows.select_related("station__organisation", "station__place", "organisation").filter(
            pk=kwargs["pk"]
        )
        self.notice = notice.first()
        if self.notice is None:
            raise Http404
        return super().dispatch(request, *args, pk=self.notice.station_id)

    def get(
        self, request: HttpRequest, pk: int, form: NoticeForm | None = None, why: str = ""
    ) -> HttpResponse:
        notice = self.notice
        policy = policy_registry.get_by_type(LocalNotice, fallback=False)
        status = 422 if form or why else 200
        form = form or NoticeForm(
            initial={
                name: getattr(notice, name) for name in ("title", "text", "priority", "first_day", "last_day")
            }
        )
        spoken, length, refused = _heard(notice)
        hearing = hearing_of(notice.text)
        context = self.frame(
            notice=notice,
            form=form,
            why=why,
            spoken=spoken,
            length=length,
            refused=refused,
            doubts=[] if notice.is_frozen else doubts_of(notice.station, f"{notice.title}\n{notice.text}"),
            remarks=[
                *said_once(piece.written for piece in written_pieces(notice)),
                *(remark.told for remark in (hearing.remarks if hearing else ())),
            ],
            score=hearing,
            stale=stale_sentences(f"{notice.title}\n{notice.text}", clock.today()),
            content_hash=notice.present_hash(),
            may_edit=may_write(request.user, notice.station) and not notice.is_frozen,
            may_approve=notice.state == NoticeState.WAITING
            and policy.user_has_permission_for_instance(request.user, "approve", notice)
            and request.user.pk not in (notice.made_by_id, notice.last_edited_by_id),
            may_withdraw=notice.state == NoticeState.APPROVED
            and policy.user_has_any_permission_for_instance(request.user, ["change", "approve"], notice),
        )
        return self.render_to_response(context, status=status)

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        action = request.POST.get("action", "")
        writes = action in ("save", "submit") or action.startswith(TAKE)
        form = NoticeForm(request.POST) if writes else None
        if form is not None and not form.is_valid():
            return self.get(request, pk, form)
        try:
            self.act(request, action, form)
        except InputRefused as refusal:
            if form is None:
                return self.get(request, pk, why=refusal.sentence)
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.sentence)
            return self.get(request, pk, form)
        except LanToaError as refusal:
            messages.error(request, refusal.sentence)
        return redirect("programme_notice", self.notice.pk)

    def act(self, request: HttpRequest, action: str, form: NoticeForm | None) -> None:
        """Do what the pressed button says."""
        notice = self.notice
        assert notice is not None
        if form is not None:
            given = form.given()
            _tell_what_was_taken_out(request, form)
            if action.startswith(TAKE):
                given = _with_chosen(notice, given, action)
            if given != _present(notice) or notice.state != NoticeState.DRAFT:
                notice = edit_notice(notice, given, request.user)
            if action == "submit":
                submit_notice(notice, request.user)
                messages.success(request, _("Đã gửi “%(title)s” cho người duyệt.") % {"title": notice.title})
            elif action.startswith(TAKE):
                messages.success(request, _("Đã thay bằng lời vừa chọn. Vui lòng đọc lại."))
            else:
                messages.success(request, _("Đã lưu “%(title)s”.") % {"title": notice.title})
        elif action == "approve":
            approve_notice(notice, request.user, request.POST.get("content_hash", ""))
            messages.success(request, _("Đã duyệt “%(title)s”.") % {"title": notice.title})
        elif action == "send_back":
            send_notice_back(notice, request.user, request.POST.get("reason", ""))
            messages.success(request, _("Đã trả lại “%(title)s” để sửa.") % {"title": notice.title})
        elif action == "withdraw":
            withdraw_notice(notice, request.user, request.POST.get("reason", ""))
            messages.success(request, _("Đã thu hồi “%(title)s”.") % {"title": notice.title})
        else:
            raise Http404


def _tell_what_was_taken_out(request: HttpRequest, form: NoticeForm) -> None:
    told = assess(form.given().text)
    for problem in told.problems if told.readable else ():
        messages.info(request, problem.message)


def _with_chosen(notice: LocalNotice, given: NoticeText, action: str) -> NoticeText:
    """The text with the reading somebody pressed, which must be one that was offered. Raises ConflictingState."""
    written, _bar, choice = action.removeprefix(TAKE).partition("|")
    offered = {
        doubt.written: doubt.choices for doubt in doubts_of(notice.station, f"{given.title}\n{given.text}")
    }
    if choice not in offered.get(written, ()):
        raise ConflictingState(_("Nội dung đã thay đổi nên không còn chỗ này nữa. Vui lòng xem lại."))
    return replace(
        given,
        title=with_reading(notice.station, given.title, written, choice),
        text=with_reading(notice.station, given.text, written, choice),
    )


def _present(notice: LocalNotice) -> NoticeText:
    return NoticeText(notice.title, notice.text, notice.priority, notice.first_day, notice.last_day)


def _heard(notice: LocalNotice) -> tuple[str, str, str]:
    """Return how a notice is read, how long that takes, and why it cannot be read, if it cannot."""
    if notice.blocks:
        return spoken_text(notice.composed()), notice.length_text, ""
    try:
        blocks = compose(notice)
    except InputRefused as refusal:
        return "", "", refusal.sentence
    return spoken_text(blocks), length_in_words(seconds_of(blocks, notice.station.reading_rate)), ""
