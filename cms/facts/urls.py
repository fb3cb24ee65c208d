"""Addresses of this room that are open to the outside."""

from django.urls import path

from cms.facts.link_page import fill

app_name = "facts"
urlpatterns = [path("dien-du-kien/<str:token>/", fill, name="fill")]
