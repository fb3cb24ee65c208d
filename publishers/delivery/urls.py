"""Addresses of this room that are open to the outside: files a platform fetches itself."""

from django.urls import path

from publishers.delivery.public_door import public_file

app_name = "delivery"
urlpatterns = [path("anh-kenh/<str:token>.<str:ending>", public_file, name="public-file")]
