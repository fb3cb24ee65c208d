"""Public addresses: no sign-in, no session, no cookie."""

from django.urls import path

from publishers.portal import station_pages

app_name = "portal"

urlpatterns = [
    path("dai/<slug:slug>/ban-tin/<slug:code>/", station_pages.script, name="script"),
]
