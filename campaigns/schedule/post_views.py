"""The pages of a post: list, editor, removal."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop
from django.views import View
from wagtail.admin import messages
from wagtail.admin.ui.tables import BulkActionsCheckboxColumn
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.models import WorkflowState
from wagtail.snippets.views.snippets import IndexView

from campaigns.posts.models import Post
from campaigns.posts.services import delete_post
from campaigns.schedule.editor_page import EditorPage, Refused
from cms.approvals import services as approvals
from cms.core.errors import ConflictingState, InputRefused, LanToaError

LIST = "wagtailsnippets_posts_post:list"
EDIT = "wagtailsnippets_posts_post:edit"
DECIDE = "wagtailsnippets_posts_post:decide"
MEANWHILE = gettext_noop(
    "Chưa lưu: %(name)s đã sửa bài này sau khi bạn mở trang. Nội dung bạn gõ vẫn còn bên dưới; "
    "vui lòng so lại với bản mới, rồi bấm Lưu lần nữa nếu vẫn muốn dùng bản của bạn."
)


class PostPage(PermissionCheckedMixin, WagtailAdminTemplateMixin, View):
    """What the pages of posts share: the frame and the way home. The viewset guards the row."""

    model = Post
    permission_policy: Any = None
    header_icon = "doc-full"
    index_url_name = ""
    edit_url_name = ""
    delete_url_name = ""
    breadcrumbs_items: list[dict[str, Any]] = []
    page_title: Any = ""

    def get_breadcrumbs_items(self):
        return [
            {"url": reverse("wagtailadmin_home"), "label": _("Tổng quan")},
            {"url": reverse(LIST), "label": _("Bài đăng")},
            {"url": "", "label": self.get_page_title()},
        ]

    def get_post(self) -> Post:
        return Post.objects.with_content().with_state().get(pk=self.kwargs["pk"])


class EditorView(PostPage):
    """The editor's page, for a new post and for one that exists."""

    template_name = "posts/editor.html"

    def show(self, page: EditorPage, post: Post | None, status: int = 200) -> HttpResponse:
        context = self.get_context_data(
            page=page,
            post=post,
            approval=approvals.standing(post) if post else None,
            waiting=approvals.awaiting(post) if post else None,
            sent_back=_sent_back(post) if post else None,
        )
        return self.render_to_response(context, status=status)

    def save(self, page: EditorPage, request: HttpRequest) -> HttpResponse:
        try:
            post = page.save()
        except Refused:
            messages.error(
                request, page.blocked or _("Chưa lưu được: vui lòng xem các dòng ghi chú màu đỏ bên dưới.")
            )
            return self.show(page, page.post, status=422)
        if request.POST.get("action") == "submit":
            return self.submit(post, request)
        messages.success(request, _("Đã lưu “%(title)s”.") % {"title": post.title})
        return redirect(EDIT, post.pk)

    def submit(self, post: Post, request: HttpRequest) -> HttpResponse:
        try:
            approvals.submit(post, request.user)
        except LanToaError as refusal:
            messages.error(
                request, _("Đã lưu nhưng chưa gửi duyệt được. %(why)s") % {"why": refusal.sentence}
            )
            return redirect(EDIT, post.pk)
        messages.success(request, _("Đã lưu và gửi duyệt “%(title)s”.") % {"title": post.title})
        return redirect(DECIDE, post.pk)


class PostCreateView(EditorView):
    """A new post."""

    permission_required = "add"
    page_title = gettext_lazy("Soạn bài đăng")

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.show(EditorPage(request.user, campaign_id=request.GET.get("chien-dich", "")), None)

    def post(self, request: HttpRequest) -> HttpResponse:
        return self.save(EditorPage(request.user, data=request.POST), request)


class PostEditView(EditorView):
    """A post that exists."""

    permission_required = "change"
    page_title = gettext_lazy("Sửa bài đăng")

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        post = self.get_post()
        return self.show(EditorPage(request.user, post), post)

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        post = self.get_post()
        if request.POST.get("action") == "withdraw":
            return self.withdraw(post, request)
        page = EditorPage(request.user, post, request.POST)
        seen = request.POST.get("seen")
        if seen and seen != post.updated_at.isoformat():
            messages.error(request, _(MEANWHILE) % {"name": post.last_edited_by})
            return self.show(page, post, status=409)
        return self.save(page, request)

    def withdraw(self, post: Post, request: HttpRequest) -> HttpResponse:
        try:
            approvals.withdraw(post, request.user)
        except LanToaError as refusal:
            messages.error(request, refusal.sentence)
        else:
            messages.success(request, _("Đã rút “%(title)s” về để sửa.") % {"title": post.title})
        return redirect(EDIT, post.pk)


class PostDeleteView(PostPage):
    """Asking once more before a post is removed."""

    permission_required = "delete"
    page_title = gettext_lazy("Xóa bài đăng")
    template_name = "posts/delete.html"

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self.render_to_response(self.get_context_data(post=self.get_post()))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        post = self.get_post()
        try:
            delete_post(post, request.user)
        except (ConflictingState, InputRefused) as refusal:
            messages.error(request, refusal.sentence)
            return redirect(EDIT, pk)
        messages.success(request, _("Đã xóa “%(title)s”.") % {"title": post.title})
        return redirect(LIST)


class PostIndexView(IndexView):
    """The list of posts. Whoever may not change a post is led to the page on which it is read."""

    @cached_property
    def columns(self):
        # No ticking of many at once: a post is removed by its own verb, one by one.
        return [column for column in super().columns if not isinstance(column, BulkActionsCheckboxColumn)]

    def get_edit_url(self, instance):
        return super().get_edit_url(instance) or reverse(DECIDE, args=[instance.pk])


def _sent_back(post: Post) -> Any:
    """Return the task state with which the post was last sent back, if that is where it stands."""
    state = (
        WorkflowState.objects.for_instance(post)
        .filter(status=WorkflowState.STATUS_NEEDS_CHANGES)
        .select_related("current_task_state__finished_by")
        .first()
    )
    return state.current_task_state if state else None
