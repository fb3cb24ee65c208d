"""Public addresses: no sign-in, no session, no cookie."""

from django.urls import path

from publishers.portal import front_page, station_finder, station_pages, verification_pages

app_name = "portal"

urlpatterns = [
    path("", front_page.front, name="front"),
    path("dai/", station_finder.find, name="stations"),
    path("dai/<slug:slug>/", station_pages.station, name="station"),
    path("dai/<slug:slug>/ban-tin/<slug:code>/", station_pages.script, name="script"),
    path("dai/<slug:slug>/ban-tin/<slug:code>.txt", station_pages.script_as_text, name="script_txt"),
    path("dai/<slug:slug>/ban-tin/<slug:code>.docx", station_pages.script_as_sheet, name="script_docx"),
    path(
        "dai/<slug:slug>/ban-tin/<slug:code>.pdf",
        station_pages.script_file,
        {"ending": "pdf"},
        name="script_pdf",
    ),
    path(
        "dai/<slug:slug>/ban-tin/<slug:code>.truong_thon.pdf",
        station_pages.script_file,
        {"ending": "truong_thon.pdf"},
        name="script_village_page",
    ),
    path(
        "dai/<slug:slug>/ban-tin/<slug:code>.ssml.xml",
        station_pages.script_file,
        {"ending": "ssml.xml"},
        name="script_ssml",
    ),
    path(
        "dai/<slug:slug>/ban-tin/<slug:code>.zip",
        station_pages.script_file,
        {"ending": "zip"},
        name="script_package",
    ),
    path("dai/<slug:slug>/ban-tin/<slug:code>.mp3", station_pages.script_as_sound, name="script_mp3"),
    path("xac-minh/", verification_pages.ask, name="verify"),
    path("xac-minh/<slug:code>/", verification_pages.answer, name="verdict"),
]
