"""The province's screens: what communes have said and what is missing, links by which they say it, facts from XLSX."""

from __future__ import annotations

from datetime import date
from typing import Any, BinaryIO, cast

from django.core import signing
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from cms.core import clock
from cms.core.errors import LanToaError, UploadRefused
from cms.facts.coverage import KEYS, coverage
from cms.facts.models import FactKey
from cms.facts.services import (
    LINK_DAYS,
    NewFact,
    invite,
    keep_facts,
    open_invitations,
    revoke_invitation,
    writable_bodies,
    writable_places,
)
from cms.places.models import AdministrativeUnit

ROWS = 50
#: A preview that has lain open longer than this is read from the file again (seconds).
PREVIEW_LASTS = 3600
_SALT = "cms.facts.preview"
#: Facts shown in the preview; the rest is counted.
SHOWN = 200


class FactScreen(WagtailAdminTemplateMixin, View):
    """What the screens share: the frame, and that only people who may keep facts come in."""

    header_icon = "info-circle"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not writable_bodies(request.user).exists():
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self):
        return [
            {"url": reverse("wagtailadmin_home"), "label": _("Tổng quan")},
            {"url": reverse("wagtailsnippets_facts_fact:list"), "label": _("Dữ kiện")},
            {"url": "", "label": str(self.page_title)},
        ]

    def provinces(self) -> list[AdministrativeUnit]:
        """The provinces in which the person may keep facts of at least one commune."""
        codes = writable_places(self.request.user).communes().values("parent")
        return list(AdministrativeUnit.objects.provinces().filter(pk__in=codes).order_by("sort_name"))

    def province(self, provinces: list[AdministrativeUnit]) -> AdministrativeUnit | None:
        wanted = self.request.GET.get("tinh") or self.request.POST.get("tinh")
        return next((each for each in provinces if each.code == wanted), provinces[0] if provinces else None)

    def communes(self, province: AdministrativeUnit | None) -> list[AdministrativeUnit]:
        if province is None:
            return []
        rows = writable_places(self.request.user).communes().filter(parent=province)
        return list(rows.select_related("parent").order_by("sort_name"))


class CoverageView(FactScreen):
    """What every commune of a province has said, and what is missing."""

    page_title = gettext_lazy("Dữ kiện còn thiếu")
    template_name = "facts/coverage.html"

    def get(self, request: HttpRequest, link: str = "", of: Any = None) -> HttpResponse:
        provinces = self.provinces()
        province = self.province(provinces)
        rows = coverage(self.communes(province), clock.today())
        only = request.GET.get("chi") == "thieu"
        shown = [row for row in rows if not row.is_complete] if only else rows
        page = Paginator(shown, ROWS).get_page(request.GET.get("trang"))
        invited = open_invitations(AdministrativeUnit.objects.filter(pk__in=[row.place.pk for row in page]))
        context = self.get_context_data(
            provinces=provinces,
            province=province,
            titles=[FactKey(key).label for key in KEYS],
            lines=[(row, invited.get(row.place.pk)) for row in page],
            page=page,
            only=only,
            total=len(rows),
            incomplete=sum(not row.is_complete for row in rows),
            held=sum(any(cell.holds_a_station for cell in row.cells) for row in rows),
            by_key=[
                (title, sum(row.cells[number].source in ("missing", "expired") for row in rows))
                for number, title in enumerate(FactKey(key).label for key in KEYS)
            ],
            link=link,
            link_of=of,
            link_days=LINK_DAYS,
        )
        response = self.render_to_response(context)
        if link:
            # The address is told once; no copy of this page may keep it.
            response.headers["Cache-Control"] = "no-store"
        return response

    def post(self, request: HttpRequest) -> HttpResponse:
        try:
            if "revoke" in request.POST:
                revoke_invitation(_number(request.POST["revoke"]), request.user)
                messages.success(request, _("Đã thu hồi liên kết."))
            else:
                place = writable_places(request.user).filter(pk=_number(request.POST.get("invite"))).first()
                if place is None:
                    messages.error(request, _("Địa bàn này ngoài phạm vi của bạn."))
                else:
                    token = invite(place, request.user)
                    address = request.build_absolute_uri(reverse("facts:fill", args=[token]))
                    return self.get(request, address, place)
        except LanToaError as refusal:
            messages.error(request, refusal.sentence)
        return redirect(f"{reverse('facts_coverage')}?{request.GET.urlencode()}")


class ImportView(FactScreen):
    """Facts of many communes from one workbook: template, reading, preview, and only then keeping."""

    page_title = gettext_lazy("Nhập dữ kiện từ Excel")
    template_name = "facts/import.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        provinces = self.provinces()
        province = self.province(provinces)
        if "mau" in request.GET and province is not None:
            from cms.facts.spreadsheet import XLSX, template  # openpyxl: heavy, seldom needed

            content = template(coverage(self.communes(province), clock.today()))
            response = HttpResponse(content, content_type=XLSX)
            response.headers["Content-Disposition"] = f'attachment; filename="du-kien-{province.code}.xlsx"'
            return response
        return self.show(provinces, province)

    def post(self, request: HttpRequest) -> HttpResponse:
        if request.POST.get("action") == "keep":
            return self.keep(request)
        provinces = self.provinces()
        file = request.FILES.get("file")
        if file is None:
            return self.show(provinces, self.province(provinces), refusal=_("Vui lòng chọn tệp Excel."))
        places = {
            place.code: place for place in writable_places(request.user).communes().select_related("parent")
        }
        try:
            from cms.facts.spreadsheet import read

            today = clock.today()
            known = coverage(list(places.values()), today)
            sheet = read(cast(BinaryIO, file), file.size or 0, places, today, known)
        except UploadRefused as refusal:
            return self.show(provinces, self.province(provinces), refusal=refusal.sentence)
        if not sheet.facts and not sheet.mistakes:
            return self.show(
                provinces,
                self.province(provinces),
                refusal=_("Tệp chưa có dữ kiện nào khác với những gì đã lưu."),
            )
        by_id = {place.pk: place for place in places.values()}
        return self.show(
            provinces,
            self.province(provinces),
            mistakes=sheet.mistakes,
            facts=[(by_id[fact.place_id], FactKey(fact.key).label, fact) for fact in sheet.facts[:SHOWN]],
            total=len(sheet.facts),
            communes=len({fact.place_id for fact in sheet.facts}),
            sealed=_sealed(sheet.facts, request.user.pk) if sheet.facts else "",
        )

    def keep(self, request: HttpRequest) -> HttpResponse:
        try:
            facts = _opened(request.POST.get("sealed", ""), request.user.pk)
            changed = keep_facts(facts, request.user)
        except signing.BadSignature:
            messages.error(request, _("Bản xem trước đã cũ. Vui lòng tải tệp lên lại."))
            return redirect("facts_import")
        except LanToaError as refusal:
            messages.error(request, refusal.sentence)
            return redirect("facts_import")
        messages.success(request, _("Đã lưu %(changed)s dữ kiện mới hoặc thay đổi.") % {"changed": changed})
        return redirect("facts_coverage")

    def show(self, provinces, province, refusal: str = "", **more: Any) -> HttpResponse:
        context = self.get_context_data(provinces=provinces, province=province, refusal=refusal, **more)
        wrong = refusal or more.get("mistakes")
        return self.render_to_response(context, status=422 if wrong else 200)


def _sealed(facts: tuple[NewFact, ...], user_id: Any) -> str:
    """Return the read facts signed for this person: what is kept is exactly what was shown."""
    rows = [
        [fact.place_id, fact.key, fact.value, fact.valid_from.isoformat(), fact.valid_to and fact.valid_to.isoformat(), fact.source]
        for fact in facts
    ]  # fmt: skip
    return signing.dumps([user_id, rows], salt=_SALT, compress=True)


def _opened(sealed: str, user_id: Any) -> list[NewFact]:
    """Return the facts that `_sealed` was given. Raises BadSignature for another person's, an old or a changed one."""
    owner, rows = signing.loads(sealed, salt=_SALT, max_age=PREVIEW_LASTS)
    if owner != user_id:
        raise signing.BadSignature
    return [
        NewFact(
            place, key, value, date.fromisoformat(begins), date.fromisoformat(ends) if ends else None, source
        )
        for place, key, value, begins, ends, source in rows
    ]


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) < 12 else 0
