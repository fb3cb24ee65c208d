"""Every address of the house. Rooms bring their own through include(); the order here is a rule (see comments)."""

from django.urls import include, path
from django.views.generic import RedirectView
from wagtail.admin import urls as wagtailadmin_urls

from cms.access.bulk import guarded_bulk_action
from cms.access.closed import closed_addresses
from cms.access.editing_sessions import guarded_release
from cms.accounts.account_page import account_page
from cms.core.health import health

# Wagtail's own log-in form asks for a password only: these stand before Wagtail's addresses on purpose.
_TO_SIGN_IN = RedirectView.as_view(pattern_name="account_login", query_string=True)

urlpatterns = [
    path("suc-khoe/", health),
    path("admin/login/", _TO_SIGN_IN),
    path("admin/password_reset/", _TO_SIGN_IN),
    path("admin/bulk/<str:app_label>/<str:model_name>/<str:action>/", guarded_bulk_action),
    path("admin/editing-sessions/release/<int:session_id>/", guarded_release),
    path("admin/account/", account_page),
    *closed_addresses(),
    path("admin/", include(wagtailadmin_urls)),
    path("tai-khoan/", include("allauth.urls")),
    path("ngon-ngu/", include("django.conf.urls.i18n")),
    path("tep/", include("media.library.urls")),
    path("", include("cms.facts.urls")),
    path("", include("publishers.delivery.urls")),
    path("", include("publishers.portal.urls")),
]

handler400 = "cms.core.error_pages.bad_request"
handler404 = "cms.core.error_pages.not_found"
handler403 = "cms.core.error_pages.not_allowed"
handler500 = "cms.core.error_pages.broken"
