"""The page of one loudspeaker text: how each word is read and how sure that is, what is kept when it is cut short, its
priority, what listeners would not follow, and whether it may be approved."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.permissions import policy_registry

from campaigns.posts.checks import draft_of
from campaigns.posts.models import Post, Variant
from campaigns.posts.sockets import Draft
from cms.approvals.services import standing
from cms.channels.kinds import ChannelKind
from cms.core import clock
from cms.core.errors import LanToaError
from cms.facts.placeholders import LABELS, fill
from cms.facts.staleness import stale_sentences
from publishers.scripts.blocks import Keep, Part
from publishers.scripts.breaths import with_its_weekday
from publishers.scripts.cuts import KEEP_LABELS
from publishers.scripts.local_wording import paragraphs_of
from publishers.scripts.plan_services import keep_plan
from publishers.scripts.plans import Priority, plan_of
from publishers.scripts.proofs import sample_values, spoken_preview
from publishers.scripts.proofs_for_the_ear import hearing_of
from publishers.scripts.spoken import Spoken, assess, speak
from publishers.scripts.station_voices import StationVoice, voice_at

KEEP_VALUES = frozenset(str(int(keep)) for keep in Keep)
#: What is told of a span beside its colour: nobody has to see colours.
WORDS = {"red": gettext_lazy("chưa biết đọc"), "amber": gettext_lazy("cần xem lại"), "": ""}


@dataclass(frozen=True)
class Stretch:
    """A stretch of a paragraph as it is said: plain words, or a span with its colour, written form and reason."""

    spoken: str
    written: str = ""
    colour: str = ""
    reason: str = ""
    alternatives: tuple[str, ...] = ()

    @property
    def word(self) -> str:
        return str(WORDS[self.colour])


@dataclass(frozen=True)
class Paragraph:
    """One paragraph: how it is said, and its mark."""

    number: int
    stretches: tuple[Stretch, ...]
    keep: Keep


class ScriptPage(WagtailAdminTemplateMixin, View):
    """Bản đọc: to everybody who may see the post; its choices to those who may change it."""

    header_icon = "media"
    page_title = gettext_lazy("Bản đọc")
    template_name = "scripts/script_page.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        policy = policy_registry.get_by_type(Post, fallback=False)
        posts = policy.instances_user_has_permission_for(request.user, "view")
        post = posts.select_related("organisation__place").filter(public_id=kwargs["public_id"]).first()
        variant = post.variants.filter(kind=ChannelKind.LOUDSPEAKER).first() if post else None
        if post is None or variant is None:
            raise Http404
        self.post_row, self.variant = post, variant
        self.may_change = policy.user_has_permission_for_instance(request.user, "change", post)
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self):
        return [
            {"url": reverse("wagtailadmin_home"), "label": _("Tổng quan")},
            {"url": reverse("wagtailsnippets_posts_post:list"), "label": _("Bài đăng")},
            {"url": "", "label": str(self.page_title)},
        ]

    def get(self, request: HttpRequest, public_id: Any) -> HttpResponse:
        post, variant = self.post_row, self.variant
        plan = plan_of(variant.pk)
        plain = fill(variant.text, dict(LABELS))
        draft = draft_of(variant, post.organisation)
        verdict = assess(plain)
        paragraphs = (
            _paragraphs(variant, plan.marks(variant.text) if plan else (), draft, post)
            if verdict.readable
            else []
        )
        flags = [stretch for paragraph in paragraphs for stretch in paragraph.stretches if stretch.colour]
        context = self.get_context_data(
            post=post,
            variant=variant,
            paragraphs=paragraphs,
            problems=[problem.message for problem in verdict.problems],
            red=sum(stretch.colour == "red" for stretch in flags),
            amber=sum(stretch.colour == "amber" for stretch in flags),
            preview=spoken_preview(draft),
            hearing=hearing_of(variant.text),
            stale=stale_sentences(f"{variant.title}\n{variant.text}", clock.today()),
            approval=standing(post),
            may_change=self.may_change,
            priorities=Priority.choices,
            priority=plan.priority if plan else Priority.NORMAL,
            keeps=[(int(keep), label) for keep, label in KEEP_LABELS.items()],
        )
        return self.render_to_response(context)

    def post(self, request: HttpRequest, public_id: Any) -> HttpResponse:
        marks = {
            int(name.removeprefix("keep-")): int(str(value))
            for name, value in request.POST.items()
            if name.startswith("keep-")
            and name[5:9].isdecimal()
            and len(name) < 9
            and str(value) in KEEP_VALUES
        }
        try:
            keep_plan(self.variant, request.user, priority=request.POST.get("priority", ""), marks=marks)
        except LanToaError as refusal:
            messages.error(request, refusal.sentence)
        else:
            messages.success(request, _("Đã lưu cách phát."))
        return redirect(request.path)


def _paragraphs(variant: Variant, marks: tuple[Keep, ...], draft: Draft, post: Post) -> list[Paragraph]:
    voice = voice_at(post.organisation.place.path, post.pk)
    rows = []
    for number, sentences in enumerate(paragraphs_of(fill(variant.text, sample_values(draft)))):
        told = _said(" ".join(sentences), voice)
        rows.append(
            Paragraph(number, tuple(_stretches(told)), marks[number] if number < len(marks) else Keep.USUAL)
        )
    return rows


def _said(text: str, voice: StationVoice) -> Spoken:
    return speak(text, style=voice.style, lexicon=voice.lexicon)


def _stretches(told: Spoken) -> list[Stretch]:
    """The spoken text cut at its spans; joined, the words are the text."""
    found: list[Stretch] = []
    at = 0
    for span in sorted(told.spans, key=lambda span: span.spoken_start):
        start, end, form = with_its_weekday(told.text, (span.spoken_start, span.spoken_end, span.written))
        if start < at:
            continue
        if start > at:
            found.append(Stretch(told.text[at:start]))
        words = told.text[start:end]
        written = Part(words, form).shown if form != words else ""
        found.append(Stretch(words, written, span.confidence.colour, span.reason, span.alternatives))
        at = end
    if at < len(told.text):
        found.append(Stretch(told.text[at:]))
    return found
