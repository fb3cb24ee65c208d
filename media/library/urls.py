"""The file door: every file of the library is served here and nowhere else."""

from django.urls import path

from media.library import door

app_name = "library"

urlpatterns = [
    path("anh/<int:pk>/", door.rendition, name="rendition"),
    path("<uuid:public_id>/", door.asset_page, name="asset"),
    path("<uuid:public_id>/thu-nho/<slug:size>/", door.thumbnail, name="thumbnail"),
    path("<uuid:public_id>/phu-de.vtt", door.captions, name="captions"),
    path("<uuid:public_id>/phu-de.srt", door.captions_srt, name="captions_srt"),
    path("<uuid:public_id>/<str:name>", door.asset_file, name="file"),
]
