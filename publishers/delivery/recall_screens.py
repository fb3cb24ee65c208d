"""Thu hồi, đính chính, on screen: starting one from a post, each with its copies and proofs, and from a withdrawn asset."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Count, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.permissions import policy_registry

from campaigns.posts.models import Post
from campaigns.posts.sockets import PostAction
from cms.approvals.services import standing
from cms.core.errors import InputRefused, LanToaError
from media.library.models import Asset, Withdrawal
from publishers.delivery.models import CarriedAsset, Delivery, Purpose, Recall
from publishers.delivery.recall_models import RecallKind
from publishers.delivery.screens import Screen
from publishers.delivery.services import recalling
from publishers.delivery.services.recalling import How
from publishers.delivery.states import State

ROWS = 50


def posts_seen_by(user: Any) -> QuerySet[Post]:
    return policy_registry.get_by_type(Post).instances_user_has_permission_for(user, "view")


def recalls_seen_by(user: Any) -> QuerySet[Recall]:
    """Return the recalls of posts that `user` may see, and those that touch a channel of theirs. Raises
    PermissionDenied for people who see no posts at all."""
    policy = policy_registry.get_by_type(Post)
    if not policy.user_has_permission(user, "view"):
        raise PermissionDenied
    visible = policy_registry.get_by_type(Delivery).instances_user_has_permission_for(user, "view")
    touched = visible.filter(recall__isnull=False)
    return Recall.objects.filter(
        Q(post__in=posts_seen_by(user)) | Q(pk__in=touched.order_by().values("recall"))
    ).select_related("post", "organisation", "started_by", "withdrawal__asset")


def action_for(post: Post, user: Any) -> list[PostAction]:
    """Offer the recall of a post that is out to those who may."""
    policy = policy_registry.get_by_type(Post)
    if not policy.user_has_permission_for_instance(user, "recall", post):
        return []
    if not Delivery.objects.publications().filter(slot__variant__post=post, state=State.LIVE).exists():
        return []
    return [PostAction(_("Thu hồi hoặc đính chính"), reverse("delivery_recall_start", args=[post.pk]))]


class RecallsView(Screen):
    """Every recall and correction within reach, the open ones first."""

    template_name = "delivery/recalls.html"
    page_title = gettext_lazy("Thu hồi, đính chính")

    def get(self, request: HttpRequest) -> HttpResponse:
        rows = recalls_seen_by(request.user).annotate(
            on_channels=Count("deliveries", distinct=True),
            proven=Count("deliveries", filter=Q(deliveries__state=State.LIVE), distinct=True),
        )
        rows = rows.order_by("finished_at", "-started_at", "-pk")
        return self.render_to_response(
            self.get_context_data(page=Paginator(rows, ROWS).get_page(request.GET.get("trang")))
        )


class RecallView(Screen):
    """One recall: how many copies, how each stands, and the proof."""

    template_name = "delivery/recall.html"
    page_title = gettext_lazy("Thu hồi, đính chính")

    def get(self, request: HttpRequest, public_id) -> HttpResponse:
        recall = recalls_seen_by(request.user).filter(public_id=public_id).first()
        if recall is None:
            raise Http404
        deliveries = recall.deliveries.select_related(
            "channel", "organisation", "receipt__recorded_by", "about__receipt"
        ).order_by("pk")
        stations = recall.stations.select_related("delivery__station", "delivery__receipt")
        return self.render_to_response(
            self.get_context_data(
                recall=recall,
                deliveries=deliveries,
                proven=sum(row.state == State.LIVE for row in deliveries),
                stations_total=stations.count(),
                stations_proven=stations.filter(proven_at__isnull=False).count(),
                open_stations=stations.filter(proven_at__isnull=True)[:200],
                proven_stations=stations.filter(proven_at__isnull=False)[:20],
            )
        )


class StartView(Screen):
    """A post that is out: every copy, and the question what shall become of them. Two steps."""

    template_name = "delivery/recall_start.html"
    page_title = gettext_lazy("Thu hồi hoặc đính chính")

    def get_post(self, request: HttpRequest, pk: int) -> Post:
        policy = policy_registry.get_by_type(Post)
        if not policy.user_has_permission(request.user, "view"):
            raise PermissionDenied
        post = posts_seen_by(request.user).select_related("organisation").filter(pk=pk).first()
        if post is None:
            raise Http404
        if not policy.user_has_permission_for_instance(request.user, "recall", post):
            raise PermissionDenied
        return post

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self.show(request, self.get_post(request, pk))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        post = self.get_post(request, pk)
        kind = request.POST.get("kind", "")
        reason = request.POST.get("reason", "")
        if kind not in RecallKind.values:
            return self.show(
                request, post, InputRefused(_("Vui lòng chọn thu hồi hay đính chính."), field="kind")
            )
        if not reason.strip():
            return self.show(request, post, InputRefused(recalling.REASON_WANTED, field="reason"))
        if request.POST.get("confirmed") != "1":
            return self.show(request, post, asks=True)
        replace = Purpose.COMMENT if request.POST.get("replace") == Purpose.COMMENT else Purpose.REPOST
        how = How(hide=request.POST.get("hide") == "1", replace=replace)
        verb = recalling.withdraw if kind == RecallKind.WITHDRAW else recalling.correct
        try:
            recall = verb(post, request.user, reason, how=how)
        except InputRefused as refusal:
            return self.show(request, post, refusal)
        except LanToaError as refusal:
            messages.error(request, refusal.sentence)
            return redirect("delivery_recall_start", pk)
        messages.success(request, _("Đã bắt đầu. Trang này cho biết từng bản đã được xử lý đến đâu."))
        return redirect("delivery_recall", recall.public_id)

    def show(
        self, request: HttpRequest, post: Post, refusal: InputRefused | None = None, *, asks: bool = False
    ) -> HttpResponse:
        copies = recalling.live_copies(post)
        on_channels = list(copies.filter(channel__isnull=False))
        context = self.get_context_data(
            post=post,
            copies=on_channels,
            stations=copies.filter(station__isnull=False).count(),
            open_recall=post.recalls.filter(finished_at__isnull=True).first(),
            approved=standing(post) is not None,
            kinds=RecallKind.choices,
            typed=request.POST,
            asks=asks,
            refusal=refusal,
        )
        return self.render_to_response(context, status=422 if refusal else 200)


def withdrawal_links(asset: Asset, user: Any) -> list[tuple[str, str]]:
    """Return, for the page of an asset's uses, the page of each withdrawal that stands: what is out with it."""
    standing = Withdrawal.objects.standing().filter(asset=asset)
    return [
        (_("Xem bài đã đăng bị thu hồi"), reverse("delivery_withdrawn_asset", args=[row.public_id]))
        for row in standing
    ]


class WithdrawnAssetView(Screen):
    """A withdrawn asset: the posts that are out with it, and taking back those of one's own in one act."""

    template_name = "delivery/withdrawn_asset.html"
    page_title = gettext_lazy("Tài liệu đã bị thu hồi")

    def get_withdrawal(self, request: HttpRequest, public_id) -> Withdrawal:
        assets = policy_registry.get_by_type(Asset)
        if not assets.user_has_permission(request.user, "view"):
            raise PermissionDenied
        seen = assets.instances_user_has_permission_for(request.user, "view")
        row = (
            Withdrawal.objects.select_related("asset", "by")
            .filter(public_id=public_id, asset__in=seen)
            .first()
        )
        if row is None:
            raise Http404
        return row

    def get(self, request: HttpRequest, public_id) -> HttpResponse:
        return self.show(request, self.get_withdrawal(request, public_id))

    def post(self, request: HttpRequest, public_id) -> HttpResponse:
        withdrawal = self.get_withdrawal(request, public_id)
        policy = policy_registry.get_by_type(Post)
        mine = policy.instances_user_has_permission_for(request.user, "recall")
        wanted = _posts_out_with(withdrawal).filter(pk__in=mine.values("pk"))
        started = 0
        for post in wanted.exclude(recalls__withdrawal=withdrawal):
            try:
                recalling.withdraw(
                    post, request.user, recalling.sentence_for_citizens(withdrawal), withdrawal=withdrawal
                )
                started += 1
            except LanToaError as refusal:
                messages.error(request, f"{post.title}: {refusal.sentence}")
        messages.success(request, _("Đã bắt đầu thu hồi %(number)s bài.") % {"number": started})
        return redirect("delivery_withdrawn_asset", public_id)

    def show(self, request: HttpRequest, withdrawal: Withdrawal) -> HttpResponse:
        seen = posts_seen_by(request.user)
        out = _posts_out_with(withdrawal)
        policy = policy_registry.get_by_type(Post)
        mine = policy.instances_user_has_permission_for(request.user, "recall")
        context = self.get_context_data(
            withdrawal=withdrawal,
            posts=out.filter(pk__in=seen.values("pk")).select_related("organisation"),
            elsewhere=out.exclude(pk__in=seen.values("pk")).count(),
            recalls=recalls_seen_by(request.user).filter(withdrawal=withdrawal),
            may_recall=out.filter(pk__in=mine.values("pk")).exclude(recalls__withdrawal=withdrawal).exists(),
        )
        return self.render_to_response(context)


def _posts_out_with(withdrawal: Withdrawal) -> QuerySet[Post]:
    carried = CarriedAsset.objects.filter(asset=withdrawal.asset_id)
    if withdrawal.version:
        carried = carried.filter(version=withdrawal.version)
    out = Delivery.objects.publications().filter(slot__in=carried.values("slot"), state=State.LIVE)
    return Post.objects.filter(variants__slots__deliveries__in=out).distinct()
