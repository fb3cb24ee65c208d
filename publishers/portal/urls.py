"""Public addresses: no sign-in, no session, no cookie."""

from django.urls import path

from publishers.portal import (
    font_files,
    front_page,
    language_pages,
    offline_phone,
    operator_pages,
    programme_pages,
    station_finder,
    station_pages,
    verification_pages,
)

app_name = "portal"

urlpatterns = [
    path("", front_page.front, name="front"),
    path("dai/", station_finder.find, name="stations"),
    path("dai/<slug:slug>/", station_pages.station, name="station"),
    path(
        "dai/<slug:slug>/ngay/<int:year>-<int:month>-<int:day>.zip",
        station_pages.day_files,
        name="station_day",
    ),
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
    path(
        "dai/<slug:slug>/ban-tin/<slug:code>/dung-am-thanh/",
        station_pages.want_script_sound,
        name="script_sound_wanted",
    ),
    path(
        "dai/<slug:slug>/ban-tin/<slug:code>/ngon-ngu/<slug:language>/",
        language_pages.script_in_language,
        name="script_language",
    ),
    *(
        path(
            f"dai/<slug:slug>/ban-tin/<slug:code>.<slug:language>.{ending}",
            language_pages.language_file,
            {"ending": ending},
            name=f"script_language_{ending.partition('.')[0]}",
        )
        for ending in language_pages.FILES
    ),
    path(
        "dai/<slug:slug>/ban-tin/<slug:code>.<slug:language>.mp3",
        language_pages.language_sound,
        name="script_language_mp3",
    ),
    path("dai/<slug:slug>/thong-bao/<slug:code>/", programme_pages.notice, name="notice"),
    path("dai/<slug:slug>/chuong-trinh/<str:day>-<str:key>/", programme_pages.running_sheet, name="session"),
    path(
        "dai/<slug:slug>/chuong-trinh/<str:day>-<str:key>.mp3",
        programme_pages.session_sound,
        name="session_mp3",
    ),
    path(
        "dai/<slug:slug>/chuong-trinh/<str:day>-<str:key>/dung-am-thanh/",
        programme_pages.want_session_sound,
        name="session_sound_wanted",
    ),
    path("dai/<slug:slug>/ghi-danh/", operator_pages.enrolment, name="enrolment"),
    path("dai/<slug:slug>/da-phat/", operator_pages.confirm, name="confirm"),
    path("dai/<slug:slug>/doc-thu/", operator_pages.timed_reading, name="timed_reading"),
    path("dai/<slug:slug>/may-truc.js", offline_phone.service_worker, name="service_worker"),
    path("chu/<slug:name>.ttf", font_files.font, name="font"),
    path("xac-minh/", verification_pages.ask, name="verify"),
    path("xac-minh/<slug:code>/", verification_pages.answer, name="verdict"),
]
