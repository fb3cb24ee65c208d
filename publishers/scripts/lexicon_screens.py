"""The screens of the lexicon: the list, a trial reading, a file in and out, the doubts of one script."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import django_filters
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from wagtail.admin import messages
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.widgets.button import HeaderButton
from wagtail.permissions import policy_registry
from wagtail.snippets.views.snippets import IndexView

from campaigns.posts.models import Post
from cms.access.viewsets import ScopedViewSet
from cms.core.errors import InputRefused, LanToaError
from publishers.scripts import lexicon_services
from publishers.scripts.lexicon_entries import EntryKind, LexiconEntry
from publishers.scripts.lexicon_forms import FileForm, LexiconEntryForm, TrialForm
from publishers.scripts.lexicon_reach import beside, conditions_of
from publishers.scripts.lexicon_services import Doubt, bodies_open_to, bodies_read_for
from publishers.scripts.shipped_readings import shipped_as_tsv, shipped_count, shipped_like
from publishers.scripts.spoken import Confidence, Entry, LexiconError, Spoken, assess, speak
from publishers.scripts.station_voices import voice_at

#: Readings told apart on the trial screen.
SURENESS = {
    0: gettext_lazy("Chưa biết đọc"),
    1: gettext_lazy("Cần xem lại"),
    2: gettext_lazy("Khá chắc"),
    3: gettext_lazy("Chắc chắn"),
}


class LexiconFilterSet(WagtailFilterSet):
    kind = django_filters.ChoiceFilter(label=gettext_lazy("Loại"), choices=EntryKind.choices, empty_label=gettext_lazy("Tất cả"))  # fmt: skip

    class Meta:
        model = LexiconEntry
        fields = ["kind"]


class LexiconIndexView(IndexView):
    """The list; searching looks into both forms, and into what is shipped with the engine."""

    @property
    def is_searchable(self) -> bool:
        return True

    def search_queryset(self, queryset):
        if not self.is_searching:
            return queryset
        words = self.search_query
        return queryset.filter(written__icontains=words) | queryset.filter(spoken__icontains=words)

    @property
    def header_buttons(self):
        may_add = policy_registry.get_by_type(LexiconEntry).user_has_permission(self.request.user, "add")
        extra = [HeaderButton(_("Đọc thử"), reverse("lexicon_trial"), icon_name="media")]
        if may_add:
            extra.append(HeaderButton(_("Nhập, xuất tệp"), reverse("lexicon_file"), icon_name="upload"))
        return [*super().header_buttons, *extra]

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(*args, **kwargs)
        context |= {
            "shipped_count": shipped_count(),
            "shipped": shipped_like(self.search_query) if self.is_searching else None,
        }
        if bodies_open_to(self.request.user).exists():
            context["file_url"] = reverse("lexicon_file")
        return context


def _reach_of(row: LexiconEntry) -> str:
    return (
        str(_("Chỉ trong bản tin “%(title)s”") % {"title": row.post.title})
        if row.post
        else row.place.full_name
    )


class LexiconViewSet(ScopedViewSet):
    """Từ điển cách đọc."""

    model = LexiconEntry
    icon = "openquote"
    menu_label = gettext_lazy("Từ điển cách đọc")
    menu_name = "tu-dien"
    menu_order = 285
    add_to_admin_menu = True
    url_prefix = "tu-dien"
    index_view_class = LexiconIndexView
    index_results_template_name = "lexicon/index_results.html"
    filterset_class = LexiconFilterSet
    list_display = [
        "written",
        Column("spoken", label=gettext_lazy("Cách đọc"), accessor="spoken"),
        Column("kind", label=gettext_lazy("Loại"), accessor="get_kind_display"),
        Column("when", label=gettext_lazy("Chỉ khi"), accessor="when"),
        Column("reach", label=gettext_lazy("Áp dụng cho"), accessor=_reach_of),
    ]

    def get_form_class(self, for_update=False):
        return LexiconEntryForm

    def get_edit_handler(self):
        return None

    def get_queryset(self, request):
        return LexiconEntry.objects.select_related("place", "organisation", "post").order_by("written", "pk")


class _Screen(WagtailAdminTemplateMixin, View):
    header_icon = "openquote"

    def get_breadcrumbs_items(self):
        here = {"url": "", "label": str(self.page_title)}
        home = {"url": reverse("wagtailadmin_home"), "label": _("Tổng quan")}
        listed = {"url": reverse("wagtailsnippets_scripts_lexiconentry:list"), "label": _("Từ điển cách đọc")}
        return [home, listed, here]

    def bodies(self) -> Any:
        """The bodies the person may keep readings for. Raises PermissionDenied when there are none."""
        bodies = bodies_open_to(self.request.user)
        if not bodies.exists():
            raise PermissionDenied
        return bodies

    def show(self, **context: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data(**context))


class TrialView(_Screen):
    """ "Đọc thử": a text, how it is read, why, and for whoever may keep readings "always read it so"."""

    page_title = gettext_lazy("Đọc thử")
    template_name = "lexicon/trial.html"

    def bodies(self) -> Any:
        bodies = bodies_read_for(self.request.user)
        if not bodies.exists():
            raise PermissionDenied
        return bodies

    def get(self, request: HttpRequest) -> HttpResponseBase:
        return self.show(form=TrialForm(bodies=self.bodies()))

    def post(self, request: HttpRequest) -> HttpResponseBase:
        form = TrialForm(request.POST, bodies=self.bodies())
        if not form.is_valid():
            return self.show(form=form)
        body = form.cleaned_data["organisation"]
        if request.POST.get("keep"):
            try:
                row = lexicon_services.keep_reading(body, _taught(request, form), request.user)
            except (LexiconError, LanToaError) as error:
                messages.error(request, str(getattr(error, "sentence", error)))
            else:
                messages.success(request, _("Từ nay “%(written)s” được đọc là “%(spoken)s”.") % {"written": row.written, "spoken": row.spoken})  # fmt: skip
        text = form.cleaned_data["text"]
        verdict = assess(text)
        if not verdict.readable:
            return self.show(form=form, problems=[problem.message for problem in verdict.problems])
        voice = voice_at(body.place.path, region=form.cleaned_data["region"])
        told = speak(text, style=voice.style, lexicon=voice.lexicon)
        notes = [problem.message for problem in verdict.problems]
        may_keep = bodies_open_to(request.user).filter(pk=body.pk).exists()
        return self.show(form=form, told=told, rows=_rows(told), notes=notes, may_keep=may_keep)


def _taught(request: HttpRequest, form: TrialForm) -> Entry:
    """The reading a person has chosen on trial, with the conditions that keep it where it belongs."""
    written, spoken = request.POST.get("written", ""), request.POST.get("keep", "")
    entry = Entry(written, spoken, request.POST.get("kind") or "abbreviation")
    body = form.cleaned_data["organisation"]
    voice = voice_at(body.place.path, region=form.cleaned_data["region"])
    told = speak(form.cleaned_data["text"], style=voice.style, lexicon=voice.lexicon)
    spans = [span for span in told.spans if span.written == entry.written]
    span = min(spans, key=lambda each: each.confidence, default=None)
    if span is None:
        return entry
    asked = (span.spoken, *span.alternatives) if span.confidence <= Confidence.UNCERTAIN else ()
    when = conditions_of(entry.written, entry.spoken, asked, beside(told.written, span))
    return replace(entry, when=when)


def _rows(told: Spoken) -> list[dict[str, Any]]:
    """The spans worth showing: what carries a letter or digit on either side, the doubtful first."""
    shown = [span for span in told.spans if any(char.isalnum() for char in span.written + span.spoken)]
    rows: dict[tuple[str, str], dict[str, Any]] = {}
    for span in sorted(shown, key=lambda span: (span.confidence > 1, span.start)):
        choices = [choice for choice in dict.fromkeys(span.alternatives) if choice.strip(" ,")]
        rows.setdefault(
            (span.written, span.spoken),
            {
                "written": span.written,
                "spoken": span.spoken,
                "kind": span.kind if span.kind in EntryKind.values else "abbreviation",
                "rule": span.rule,
                "colour": span.confidence.colour,
                "sureness": SURENESS[int(span.confidence)],
                "reason": span.reason,
                "choices": choices[:6],
            },
        )
    return list(rows.values())


class FileView(_Screen):
    """A file of readings in, and the kept ones out."""

    page_title = gettext_lazy("Nhập, xuất từ điển")
    template_name = "lexicon/file.html"

    def get(self, request: HttpRequest) -> HttpResponseBase:
        bodies = self.bodies()
        if "co-san" in request.GET:
            return _tsv(shipped_as_tsv(), "tu-dien-co-san.tsv")
        wanted = request.GET.get("co-quan", "")
        if wanted:
            if not wanted.isdecimal():
                raise Http404
            body = get_object_or_404(bodies, pk=int(wanted[:12]))
            return _tsv(lexicon_services.file_of(body), f"tu-dien-{body.pk}.tsv")
        return self._page(FileForm(bodies=bodies), bodies)

    def post(self, request: HttpRequest) -> HttpResponseBase:
        bodies = self.bodies()
        form = FileForm(request.POST, request.FILES, bodies=bodies)
        if not form.is_valid():
            return self._page(form, bodies)
        brought = lexicon_services.bring_file(
            form.cleaned_data["organisation"], form.cleaned_data["file"].read(), request.user
        )
        if brought.faults:
            return self._page(form, bodies, faults=brought.faults)
        messages.success(
            request,
            _("Đã nhập %(created)s mục mới và thay %(replaced)s mục đã có.")
            % {"created": brought.created, "replaced": brought.replaced},
        )
        return redirect("wagtailsnippets_scripts_lexiconentry:list")

    def _page(self, form: FileForm, bodies: Any, **more: Any) -> HttpResponse:
        return self.show(form=form, bodies=bodies[:100], shipped_count=shipped_count(), **more)


def _tsv(text: str, name: str) -> HttpResponse:
    answer = HttpResponse(text, content_type="text/tab-separated-values; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


class DoubtsView(_Screen):
    """The doubtful places of one script; one click takes a reading, for this script or for good."""

    page_title = gettext_lazy("Chọn cách đọc")
    template_name = "lexicon/doubts.html"

    def _post(self, public_id: Any) -> Post:
        rows = policy_registry.get_by_type(Post).instances_user_has_permission_for(
            self.request.user, "change"
        )
        return get_object_or_404(rows.select_related("organisation__place"), public_id=public_id)

    def get(self, request: HttpRequest, public_id: Any) -> HttpResponseBase:
        post = self._post(public_id)
        doubts: list[Doubt] = lexicon_services.doubts_of(post)
        return self.show(post=post, doubts=doubts, red=sum(doubt.red for doubt in doubts))

    def post(self, request: HttpRequest, public_id: Any) -> HttpResponseBase:
        post = self._post(public_id)
        always = request.POST.get("always") == "1"
        try:
            row = lexicon_services.choose_reading(
                post,
                request.POST.get("written", ""),
                request.POST.get("choice", ""),
                request.user,
                always=always,
                own_words=request.POST.get("own") == "1",
            )
        except InputRefused as refused:
            messages.error(request, refused.sentence)
        except LanToaError as refused:
            messages.error(request, refused.sentence)
        else:
            messages.success(request, _("“%(written)s” sẽ được đọc là “%(spoken)s”.") % {"written": row.written, "spoken": row.spoken})  # fmt: skip
        return redirect("lexicon_doubts", public_id=public_id)
