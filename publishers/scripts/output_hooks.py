"""What the screens of packages and readings plug into the admin; registered in `wagtail_hooks`."""

from django.templatetags.static import static
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem
from wagtail.permissions import policy_registry

from publishers.scripts.models import PackageJob, RecordedReading
from publishers.scripts.package_screens import PackageJobView, PackagesView, package_file
from publishers.scripts.reading_screens import ReadingsView, ReadingView, WaitingSound


def addresses() -> list:
    return [
        path("goi-ban-tin/", PackagesView.as_view(), name="script_packages"),
        path("goi-ban-tin/<uuid:public_id>/", PackageJobView.as_view(), name="script_package_job"),
        path("thu-ban-doc/", ReadingsView.as_view(), name="script_readings"),
        path("thu-ban-doc/<slug:code>/", ReadingView.as_view(), name="script_reading"),
        path("thu-ban-doc/<slug:code>/nghe.mp3", WaitingSound.as_view(), name="script_reading_waiting"),
        path("thu-ban-doc/<slug:code>/<slug:language>/", ReadingView.as_view(), name="script_reading"),
        path(
            "thu-ban-doc/<slug:code>/<slug:language>/nghe.mp3",
            WaitingSound.as_view(),
            name="script_reading_waiting",
        ),
        path("goi-ban-tin/<uuid:public_id>/<slug:province>.zip", package_file, name="script_package_file"),
    ]


class _ForWhoSeesPackages(MenuItem):
    """A menu entry for people who may see packages."""

    def is_shown(self, request) -> bool:
        return policy_registry.get_by_type(PackageJob).user_has_permission(request.user, "view")


def packages_entry() -> MenuItem:
    return _ForWhoSeesPackages(
        _("Gói bản tin theo tỉnh"),
        reverse("script_packages"),
        name="goi-ban-tin",
        icon_name="download",
        order=275,
    )


class _ForWhoReads(MenuItem):
    """A menu entry for people who may bring readings."""

    def is_shown(self, request) -> bool:
        policy = policy_registry.get_by_type(RecordedReading)
        return policy.user_has_any_permission(request.user, ["add", "approve"])


def readings_entry() -> MenuItem:
    return _ForWhoReads(
        _("Thu bản đọc"), reverse("script_readings"), name="thu-ban-doc", icon_name="media", order=274
    )


def styles() -> str:
    return format_html('<link rel="stylesheet" href="{}">', static("scripts/packages.css"))


def scripts() -> str:
    return format_html('<script src="{}" defer></script>', static("scripts/reading.js"))
