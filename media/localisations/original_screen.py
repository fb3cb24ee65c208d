"""The original's side: which copies there are and who is behind, what places may rewrite, offers to answer."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.permissions import policy_registry

from cms.core.errors import LanToaError
from media.library.models import Asset
from media.localisations import services, urgent, wording
from media.localisations.content import FILES, content_of
from media.localisations.merge import BLOCK
from media.localisations.models import Localisation, OpenParts
from media.localisations.openness import ALWAYS_OPEN, USUALLY_OPEN
from media.localisations.screens import Screen, readable_original

ROWS = 50


class OriginalView(Screen):
    """Bản gốc và các bản địa phương của nó. Only people who may change the original come here."""

    template_name = "localisations/original.html"
    page_title = gettext_lazy("Các bản địa phương của một tài liệu")

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.upstream = readable_original(request.user, kwargs["public_id"])
        policy = policy_registry.get_by_type(Asset)
        if not policy.user_has_permission_for_instance(request.user, "change", self.upstream):
            raise PermissionDenied

    def get(self, request: HttpRequest, public_id) -> HttpResponse:
        copies = Localisation.objects.of(self.upstream).with_names()
        behind = copies.behind().count()
        if request.GET.get("cho") == "cap-nhat":
            copies = copies.behind()
        context = self.get_context_data(
            upstream=self.upstream,
            page=Paginator(copies.order_by("organisation__place__path", "pk"), ROWS).get_page(
                request.GET.get("trang")
            ),
            number=Localisation.objects.of(self.upstream).count(),
            behind=behind,
            offers=Localisation.objects.of(self.upstream)
            .with_names()
            .filter(offered_at__isnull=False, offer_answer=""),
            parts=self._parts(),
        )
        return self.render_to_response(context)

    def _parts(self) -> list[dict[str, object]]:
        content = content_of(self.upstream)
        marked = OpenParts.objects.filter(asset=self.upstream).first()
        keys = frozenset(marked.keys) if marked is not None else USUALLY_OPEN
        flat = content.flat()
        return [
            {
                "key": key,
                "label": wording.label_of(key, value[0] if key.startswith(BLOCK) else ""),
                "text": wording.shown(key, value),
                "is_open": key in keys or key in ALWAYS_OPEN,
                "is_always_open": key in ALWAYS_OPEN,
            }
            for key, value in flat.items()
            if value and key not in FILES
        ]

    def post(self, request: HttpRequest, public_id) -> HttpResponse:
        try:
            done = self._act(request)
        except LanToaError as refusal:
            messages.error(request, refusal.sentence)
        else:
            messages.success(request, done)
        return redirect("localisation_original", public_id)

    def _act(self, request: HttpRequest) -> str:
        action = request.POST.get("action")
        if action == "open":
            services.open_parts(self.upstream, request.POST.getlist("keys"), request.user)
            return _("Đã ghi những phần địa phương được sửa.")
        if action == "urgent":
            held = urgent.correct_urgently(self.upstream, request.POST.get("reason", ""), request.user)
            return _("Đã thu hồi %(n)d bản cũ; lượt đăng còn dùng chúng được tạm giữ.") % {"n": held}
        offers = Localisation.objects.of(self.upstream)
        offered = offers.filter(public_id__in=[request.POST.get("copy") or None]).first()
        if offered is None or action not in ("accept", "decline"):
            raise LanToaError(_("Không tìm thấy bản được giới thiệu."))
        services.answer_offer(offered, action == "accept", request.POST.get("note", "")[:500], request.user)
        if action == "accept":
            return _("Đã nhận vào kho dùng chung, ghi tên cơ quan biên tập.")
        return _("Đã trả lời địa phương.")
