"""Registration only."""

from django.templatetags.static import static
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.permissions import policy_registry

from publishers.delivery.broadcast_screens import BroadcastsView, BroadcastView
from publishers.delivery.models import Delivery
from publishers.delivery.recall_screens import RecallsView, RecallView, StartView, WithdrawnAssetView
from publishers.delivery.screens import (
    DeliveryPage,
    NeedsLookView,
    QueueView,
    package,
    package_file,
    proof_photo,
)
from publishers.delivery.stop_screens import StopsView, StopView


@hooks.register("register_admin_urls")
def queue_addresses() -> list:
    return [
        path("hang-doi-dang/", QueueView.as_view(), name="delivery_queue"),
        path("hang-doi-dang/can-xem-lai/", NeedsLookView.as_view(), name="delivery_needs_look"),
        path("dung-dang/", StopsView.as_view(), name="delivery_stops"),
        path("dung-dang/<int:pk>/", StopView.as_view(), name="delivery_stop"),
        path("thong-bao-zalo/", BroadcastsView.as_view(), name="delivery_broadcasts"),
        path("thong-bao-zalo/<uuid:public_id>/", BroadcastView.as_view(), name="delivery_broadcast"),
        path("thu-hoi/", RecallsView.as_view(), name="delivery_recalls"),
        path("thu-hoi/bai/<int:pk>/", StartView.as_view(), name="delivery_recall_start"),
        path(
            "thu-hoi/tai-lieu/<uuid:public_id>/",
            WithdrawnAssetView.as_view(),
            name="delivery_withdrawn_asset",
        ),
        path("thu-hoi/<uuid:public_id>/", RecallView.as_view(), name="delivery_recall"),
        path("hang-doi-dang/<uuid:public_id>/", DeliveryPage.as_view(), name="delivery_page"),
        path("hang-doi-dang/<uuid:public_id>/goi/", package, name="delivery_package"),
        path("hang-doi-dang/<uuid:public_id>/anh-chup/", proof_photo, name="delivery_proof_photo"),
        path(
            "hang-doi-dang/<uuid:public_id>/tep/<int:position>/", package_file, name="delivery_package_file"
        ),
    ]


class _ForWhoSees(MenuItem):
    """A menu entry for people who may see deliveries."""

    def is_shown(self, request) -> bool:
        return policy_registry.get_by_type(Delivery).user_has_permission(request.user, "view")


@hooks.register("register_admin_menu_item")
def queue_entry() -> MenuItem:
    return _ForWhoSees(
        _("Hàng đợi đăng"), reverse("delivery_queue"), name="hang-doi-dang", icon_name="tasks", order=250
    )


@hooks.register("insert_global_admin_css")
def queue_styles() -> str:
    return format_html('<link rel="stylesheet" href="{}">', static("delivery/queue.css"))
